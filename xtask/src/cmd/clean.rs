//! `cargo xtask clean`: gives back the disk that runs took. What was found out stays.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Result;
use cases::Workspace;
use judge::words::format;
use measure::builds::room;
use record::whole;

use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;

/// Folders that commands make anew when they need them, and what each is.
const FOLDERS: [(&str, &str); 7] = [
    ("base", "another revision, checked out and built, of `compare --base`"),
    ("book", "pages before they became the book"),
    ("builds", "programs in all their variants, of `builds`"),
    ("criterion", "what criterion keeps"),
    ("mutants", "wrong rungs and what was built of them, of `mutants`"),
    ("profiles", "pictures, of `profile`"),
    ("rows", "rows and what programs made of them, of `rows`"),
];

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Say what would be removed, and remove nothing
    #[arg(long)]
    dry_run: bool,
}

/// Removes them and says how much they took.
///
/// # Errors
/// If one cannot be removed.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let (table, all) = clear(&workspace.scratch(), args.dry_run)?;
    record::output::out(table);
    let freed = if args.dry_run { "would be free" } else { "are free" };
    record::outln!("{} {freed}; records and calibrations stay", format::bytes(all as f64));
    Ok(Outcome::Fine)
}

/// What there was of them, as a table, and bytes of all.
fn clear(scratch: &Path, dry_run: bool) -> Result<(String, u64)> {
    let mut table = Table::new([Left, Right, Left]);
    let mut all = 0;
    for (name, what) in FOLDERS {
        let path = scratch.join(name);
        let taken = room::taken(&path);
        if !dry_run {
            match fs::remove_dir_all(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(whole::cannot_write(&path, error));
                }
                _ => {}
            }
        }
        if taken > 0 {
            table.row([name, &format::bytes(taken as f64), what]);
        }
        all += taken;
    }
    Ok((table.to_string(), all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_made_again_goes_and_what_was_found_out_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, [0; 500]).unwrap();
        };
        for name in
            ["builds/rules/kept/x", "rows/10.txt", "rows.json", "record.json", "labs/mine.rs"]
        {
            file(name);
        }
        let (table, all) = clear(folder.path(), true).unwrap();
        assert!(table.contains("builds") && all == 1_000, "{table}");
        assert!(folder.path().join("rows").exists());
        assert_eq!(clear(folder.path(), false).unwrap().1, 1_000);
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["labs", "record.json", "rows.json"]);
        assert_eq!(clear(folder.path(), false).unwrap().1, 0);
    }
}
