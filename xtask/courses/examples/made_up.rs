//! Writes logs of forty people who do not exist, each in a folder of its own, to see what
//! `cargo xtask lab cohort` makes of a class before there is one:
//! `cargo run -p courses --features fixture --example made_up -- FOLDER`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use courses::made_up::class;
use labs::Progress;

/// As many as a large class has.
const PEOPLE: usize = 40;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("which folder shall they be written to?")?;
    for (number, log) in class(PEOPLE).into_iter().enumerate() {
        let own = folder.join(format!("made-up-{number}"));
        fs::create_dir_all(&own)?;
        let path = own.join("progress.jsonl");
        log.lines.iter().try_for_each(|line| Progress::append(&path, line))?;
    }
    Ok(())
}
