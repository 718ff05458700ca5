//! DHAT's JSON, of valgrind's tool or of the crate: program points with their blocks and bytes.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::names::readable;
use crate::profile::stack;
use crate::{Kind, Profile};

pub(super) fn read(whole: &Value) -> Result<Profile> {
    let names = whole["ftbl"].as_array().context("DHAT's JSON has no `ftbl`")?;
    let points = whole["pps"].as_array().context("DHAT's JSON has no `pps`")?;
    if whole["bklt"] == false {
        bail!("DHAT counted something else than blocks of the heap; run it with `--mode=heap`");
    }
    let names: Vec<String> =
        names.iter().map(|name| function(name.as_str().unwrap_or(""))).collect();
    let (mut stacks, mut bytes) = (Vec::new(), Vec::new());
    for (at, point) in points.iter().enumerate() {
        let frames = point["fs"].as_array().with_context(|| format!("`pps[{at}]` has no `fs`"))?;
        let blocks = point["tbk"].as_u64().with_context(|| format!("`pps[{at}]` has no `tbk`"))?;
        let name = |at: &Value| names.get(usize::try_from(at.as_u64()?).ok()?).cloned();
        let frames: Vec<String> = frames.iter().rev().filter_map(name).collect();
        stacks.push(stack(frames, blocks));
        bytes.push(point["tb"].as_u64().unwrap_or(0));
    }
    let kind = Kind::Allocations;
    Ok(Profile { kind, bytes, ..Profile::samples("DHAT's JSON", stacks) })
}

/// The function of "0x10B2F1: alloc::alloc (alloc.rs:98)".
fn function(entry: &str) -> String {
    let name = match entry.split_once(": ") {
        Some((address, rest)) if address.starts_with("0x") => rest,
        _ => entry,
    };
    let name = match name.rsplit_once(" (") {
        Some((name, place)) if place.ends_with(')') => name,
        _ => name,
    };
    readable(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn points_are_stacks_with_blocks_and_bytes() {
        let whole = json!({"dhatFileVersion": 2, "bklt": true,
            "pps": [{"tb": 640, "tbk": 10, "fs": [1, 2]}],
            "ftbl": ["[root]", "0x1: malloc (in /usr/lib/x.so)", "0x2: app::go (main.rs:3)"]});
        let read = read(&whole).unwrap();
        assert_eq!(read.stacks[0].frames, ["app::go", "malloc"]);
        assert_eq!((read.total(), read.bytes, read.kind), (10, vec![640], Kind::Allocations));
    }

    #[test]
    fn what_is_missing_is_named() {
        let refused = |whole: Value| format!("{:#}", read(&whole).unwrap_err());
        assert!(refused(json!({"ftbl": []})).contains("`pps`"));
        assert!(refused(json!({"ftbl": [], "pps": [{}]})).contains("`pps[0]` has no `fs`"));
        assert!(refused(json!({"ftbl": [], "pps": [], "bklt": false})).contains("--mode=heap"));
    }
}
