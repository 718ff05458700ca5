//! The Firefox profiler's JSON, which samply writes too: stacks as a tree of prefixes, in tables.
//! Older files have a schema and rows, newer ones a list for each column.

use anyhow::{Context, Result, bail};
use protocol::Stack;
use serde_json::Value;

use crate::Profile;
use crate::names::{is_unknown, readable};

/// Frames beyond which a stack is a circle.
const DEEPEST: usize = 4096;

pub(super) fn read(whole: &Value) -> Result<Profile> {
    let threads = whole["threads"].as_array().context("`threads` is no list of threads")?;
    let mut stacks = Vec::new();
    for (at, thread) in threads.iter().enumerate() {
        let tables = Tables { thread, shared: &whole["shared"] };
        tables.stacks(&mut stacks).with_context(|| format!("`threads[{at}]`"))?;
    }
    if stacks.is_empty() {
        bail!("a Firefox or samply profile without samples; did the program run long enough?");
    }
    let unknown = |stack: &&Stack| is_unknown(&stack.function);
    if stacks.iter().filter(unknown).count() * 10 > stacks.len() * 9 {
        bail!(
            "a profile of addresses without names: samply looks them up when it shows them. Open \
             it with `samply load FILE`, and save it from there; or record with `perf`"
        );
    }
    Ok(Profile::samples("a Firefox or samply profile", stacks))
}

/// Where a thread's tables are: its own, or those that all share.
struct Tables<'a> {
    thread: &'a Value,
    shared: &'a Value,
}

impl<'a> Tables<'a> {
    fn table(&self, name: &str) -> &'a Value {
        let own = &self.thread[name];
        if own.is_null() { &self.shared[name] } else { own }
    }

    /// The values of a column, however the table is written.
    fn column(&self, table: &str, column: &str) -> Option<Vec<&'a Value>> {
        let table = self.table(table);
        if let Some(place) = table["schema"][column].as_u64() {
            let rows = table["data"].as_array()?;
            return Some(rows.iter().map(|row| &row[place as usize]).collect());
        }
        Some(table[column].as_array()?.iter().collect())
    }

    fn needed(&self, table: &str, column: &str) -> Result<Vec<&'a Value>> {
        self.column(table, column).with_context(|| format!("has no `{table}.{column}`"))
    }

    fn string(&self, at: &Value) -> Option<&'a str> {
        let strings = ["stringArray", "stringTable"].map(|name| self.table(name));
        let strings = strings.into_iter().find(|strings| strings.is_array())?;
        strings[usize::try_from(at.as_u64()?).ok()?].as_str()
    }

    /// The name of each frame.
    fn names(&self) -> Result<Vec<String>> {
        let of_string = |at: &Value| readable(self.string(at).unwrap_or_default());
        if let Some(locations) = self.column("frameTable", "location") {
            return Ok(locations.into_iter().map(of_string).collect());
        }
        let functions = self.needed("funcTable", "name")?;
        let of_function = |at: &Value| {
            let at = at.as_u64().and_then(|at| functions.get(at as usize));
            at.map_or_else(String::new, |at| of_string(at))
        };
        Ok(self.needed("frameTable", "func")?.into_iter().map(of_function).collect())
    }

    fn stacks(&self, found: &mut Vec<Stack>) -> Result<()> {
        let Some(samples) = self.column("samples", "stack") else { return Ok(()) };
        if samples.is_empty() {
            return Ok(());
        }
        let names = self.names()?;
        let (frames, prefixes) =
            (self.needed("stackTable", "frame")?, self.needed("stackTable", "prefix")?);
        let weights = self.column("samples", "weight").unwrap_or_default();
        // Samplers of time count processor time beside, which is none where the thread waited.
        let times = self.column("samples", "threadCPUDelta").unwrap_or_default();
        for (at, sample) in samples.into_iter().enumerate() {
            let idle = times.get(at).and_then(|time| time.as_f64()) == Some(0.0);
            let Some(mut next) = sample.as_u64().filter(|_| !idle) else { continue };
            let mut stack = Vec::new();
            while let Some(frame) = frames.get(next as usize).filter(|_| stack.len() < DEEPEST) {
                let name = frame.as_u64().and_then(|frame| names.get(frame as usize));
                stack.push(name.cloned().unwrap_or_default());
                let Some(prefix) = prefixes.get(next as usize).and_then(|at| at.as_u64()) else {
                    break;
                };
                next = prefix;
            }
            stack.reverse();
            let weight = weights.get(at).and_then(|weight| weight.as_u64()).unwrap_or(1);
            let function = stack.last().cloned().unwrap_or_default();
            found.push(Stack { frames: stack, function, samples: weight });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_kinds_of_tables_are_read() {
        let columns = json!({"threads": [{
            "samples": {"stack": [1, null, 1], "weight": [2, 1, 1]},
            "stackTable": {"frame": [0, 1], "prefix": [null, 0]},
            "frameTable": {"func": [1, 0]},
            "funcTable": {"name": [0, 1]},
            "stringArray": ["app::go", "main"],
        }]});
        let rows = json!({"threads": [{
            "samples": {"schema": {"stack": 0}, "data": [[1], [1], [1]]},
            "stackTable": {"schema": {"prefix": 0, "frame": 1}, "data": [[null, 0], [0, 1]]},
            "frameTable": {"schema": {"location": 0}, "data": [[1], [0]]},
            "stringTable": ["app::go", "main"],
        }]});
        for file in [columns, rows] {
            let read = read(&file).unwrap();
            assert_eq!((read.stacks[0].frames.join(";"), read.total()), ("main;app::go".into(), 3));
        }
    }

    #[test]
    fn what_waited_is_not_counted_and_circles_end() {
        let file = json!({"shared": {"stringArray": ["a::b"], "funcTable": {"name": [0]}},
            "threads": [{
            "samples": {"stack": [0, 0], "threadCPUDelta": [0, 5]},
            "stackTable": {"frame": [0], "prefix": [0]},
            "frameTable": {"func": [0]},
        }]});
        let read = read(&file).unwrap();
        assert_eq!((read.total(), read.stacks[0].frames.len()), (1, DEEPEST));
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_the_way_out() {
        let bare = |name: &str| {
            json!({"threads": [{
                "samples": {"stack": [0]}, "stackTable": {"frame": [0], "prefix": [null]},
                "frameTable": {"func": [0]}, "funcTable": {"name": [0]}, "stringArray": [name],
            }]})
        };
        let refused = |file: &Value| format!("{:#}", read(file).unwrap_err());
        assert!(refused(&bare("0x1234")).contains("samply load"));
        let mut lacks = bare("a");
        lacks["threads"][0]["stackTable"] = json!({});
        assert!(refused(&lacks).contains("`threads[0]`: has no `stackTable.frame`"));
        assert!(refused(&json!({"threads": []})).contains("without samples"));
    }
}
