//! `cargo xtask list`: the cases by part.

use anyhow::Result;

use crate::outcome::Outcome;
use crate::table::Side::Left;
use crate::table::Table;
use cases::Workspace;

/// Prints every case with its title, part and peer.
///
/// # Errors
/// If the workspace cannot be read.
pub fn run() -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let mut table = Table::indented([Left, Left]);
    let mut part = "";
    for case in &workspace.cases {
        if case.part != part {
            part = &case.part;
            table.note(part);
        }
        table.row([&case.name, &format!("{} (peer: {})", case.title, case.peer)]);
    }
    record::output::out(table);
    Ok(Outcome::Fine)
}
