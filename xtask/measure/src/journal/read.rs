//! Reads a journal as a crash left it.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::entry::{Entry, FORMAT, Head};

/// A journal's whole lines.
pub struct Content {
    /// The first.
    pub head: Head,
    /// The others.
    pub entries: Vec<Entry>,
    /// Bytes up to the end of the last whole line.
    pub length: u64,
}

/// Reads everything. A line without an end was torn by a crash and is left out. So is one that is
/// not readable, as a power failure leaves it: each line stands for itself, and what it said is
/// measured again.
///
/// # Errors
/// If the first line is not that of a journal of this version.
pub fn all(file: &File, path: &Path) -> Result<Content> {
    let advice = || {
        format!(
            "{} is not a journal that this xtask can read; begin a new run without --resume",
            path.display()
        )
    };
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    let mut next = |line: &mut Vec<u8>| -> Result<bool> {
        line.clear();
        let read = reader.read_until(b'\n', line);
        read.with_context(|| format!("cannot read {}", path.display()))?;
        Ok(line.ends_with(b"\n"))
    };
    if !next(&mut line)? {
        return Err(anyhow::anyhow!("its first line is not whole")).with_context(advice);
    }
    let head = parse_head(&line).with_context(advice)?;
    let (mut entries, mut length, mut broken) = (Vec::new(), line.len() as u64, 0);
    while next(&mut line)? {
        length += line.len() as u64;
        match serde_json::from_slice(&line) {
            Ok(entry) => entries.push(entry),
            Err(_) => broken += 1,
        }
    }
    if broken > 0 {
        record::errln!("{broken} lines of the journal are not readable; that is measured again");
    }
    Ok(Content { head, entries, length })
}

/// Reads the first line only.
pub fn head(path: &Path) -> Option<Head> {
    let mut line = Vec::new();
    BufReader::new(File::open(path).ok()?).read_until(b'\n', &mut line).ok()?;
    parse_head(&line).ok()
}

fn parse_head(line: &[u8]) -> Result<Head> {
    #[derive(Deserialize)]
    struct Format {
        journal: String,
    }
    let format: Format = serde_json::from_slice(line)?;
    anyhow::ensure!(format.journal == FORMAT, "it is a {}, not a {FORMAT}", format.journal);
    Ok(serde_json::from_slice(line)?)
}
