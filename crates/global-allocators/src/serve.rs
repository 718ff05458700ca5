//! The worker's side of the pipe: a line asks, a line answers, and the end of the input is the end
//! of the process.

use std::io::{BufRead, Write};

use crate::job::{KINDS, run};

/// Answers until nobody asks.
pub fn serve() {
    let (mut asked, mut answers) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut line = String::new();
    while asked.read_line(&mut line).is_ok_and(|read| read > 0) {
        let asked_for = line.trim_end();
        let answer = answer(asked_for).unwrap_or_else(|| format!("cannot read `{asked_for}`"));
        if writeln!(answers, "{answer}").and_then(|()| answers.flush()).is_err() {
            return;
        }
        line.clear();
    }
}

/// `KIND N SEED` does the job and gives its checksum, `memory` gives the resident bytes.
fn answer(line: &str) -> Option<String> {
    if line == "memory" {
        return Some(resident().unwrap_or(0).to_string());
    }
    let mut words = line.split(' ');
    let name = words.next()?;
    let &(kind, _) = KINDS.iter().find(|(_, known)| *known == name)?;
    let n = words.next()?.parse().ok()?;
    let seed = words.next()?.parse().ok()?;
    Some(run(kind, n, seed).to_string())
}

/// Bytes of this process that are in memory. Linux says so in a file; elsewhere it is unknown.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
