//! Tables of system calls: `strace -c` and `perf trace -s`.

use anyhow::{Result, bail};

use super::shown;
use crate::{Call, Kind, Profile};

const STRACE: [&str; 2] = ["% time", "syscall"];
const PERF: [&str; 3] = ["syscall", "calls", "total"];

/// Whether one of the first lines is the head of such a table.
pub(super) fn is(text: &str) -> bool {
    text.lines().take(200).any(|line| head(line).is_some())
}

/// In which column the calls and the names stand.
#[derive(Clone, Copy)]
enum Table {
    /// % time, seconds, usecs/call, calls, errors or nothing, syscall.
    Strace,
    /// syscall, calls, errors, total, …
    Perf,
}

fn head(line: &str) -> Option<Table> {
    let has = |words: &[&str]| words.iter().all(|word| line.contains(word));
    if has(&STRACE) { Some(Table::Strace) } else { has(&PERF).then_some(Table::Perf) }
}

pub(super) fn read(text: &str) -> Result<Profile> {
    let mut table = None;
    let mut calls: Vec<Call> = Vec::new();
    let mut how = "";
    for (at, line) in text.lines().enumerate() {
        if let Some(found) = head(line) {
            table = Some(found);
            how = match found {
                Table::Strace => "`strace -c` output",
                Table::Perf => "`perf trace -s` output",
            };
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(found) = table else { continue };
        if words.first().is_none_or(|word| word.starts_with(['-', '('])) {
            continue;
        }
        let row = match (found, &words[..]) {
            (Table::Strace, [_, _, _, count, .., name]) => Some((name, count)),
            (Table::Perf, [name, count, _, ..]) => Some((name, count)),
            _ => None,
        };
        match row.and_then(|(name, count)| Some((*name, count.parse::<u64>().ok()?))) {
            Some(("total", _)) => {}
            Some((name, count)) => match calls.iter_mut().find(|call| call.name == name) {
                Some(call) => call.count = call.count.saturating_add(count),
                None => calls.push(Call { name: name.to_owned(), count }),
            },
            // What perf prints between the tables of two threads.
            None if matches!(found, Table::Perf) => table = None,
            None => bail!("line {} is no row of {how}: «{}»", at + 1, shown(line)),
        }
    }
    Ok(Profile { kind: Kind::Calls, calls, ..Profile::samples(how, Vec::new()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str) -> Vec<(String, u64)> {
        assert!(is(text));
        let calls = read(text).unwrap().calls;
        calls.into_iter().map(|call| (call.name, call.count)).collect()
    }

    #[test]
    fn calls_are_counted_by_name() {
        let strace = "\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 99.10    0.812345           1    600000           write
  0.90    0.000123           4        30        12 openat
------ ----------- ----------- --------- --------- ----------------
100.00    0.812468           1    600030        12 total
";
        assert_eq!(counts(strace), [("write".into(), 600_000), ("openat".into(), 30)]);
        let perf = "
 Summary of events:

 app (77), 1200 events, 99.0%

   syscall            calls  errors  total       min       avg       max       stddev
                                     (msec)    (msec)    (msec)    (msec)        (%)
   --------------- --------  ------ -------- --------- --------- ---------     ------
   write               1000      0     1.2     0.001     0.001     0.002      1.00%

 app (78), 4 events, 0.1%

   syscall            calls  errors  total       min       avg       max       stddev
   write                  4      0     1.2     0.001     0.001     0.002      1.00%
";
        assert_eq!(counts(perf), [("write".into(), 1_004)]);
    }

    #[test]
    fn a_row_that_is_none_is_named() {
        let error = read("% time seconds usecs/call calls errors syscall\nwrite: bad\n");
        assert!(error.unwrap_err().to_string().contains("line 2"));
    }
}
