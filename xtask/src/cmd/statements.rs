//! `cargo xtask statements`: what records say of each statement of the chapters, and what else is
//! wrong with the chapters.

use std::path::PathBuf;

use anyhow::Result;

use crate::outcome::Outcome as Ended;
use crate::statements::{Chapter, Held, is_borne_out, load, untold};
use crate::tidy;
use cases::Workspace;
use judge::statement::Outcome;
use judge::words::statement as words;

/// What `--help` says below the flags.
pub const HELP: &str = "\
A statement is the text of a footnote in a chapter:

  Most of the time goes into recovering from wrong guesses.[^guesses]

  [^guesses]: `largest part of naive's bill is wrong guesses`

It is one of

  hot RUNG has MNEMONIC             in the listing of the rung's hottest part; or lacks
  QUANTITY of RUNG < QUANTITY of RUNG             or =, >; with a factor: < 0.5 × QUANTITY of RUNG
  QUANTITY of RUNG < NUMBER         or =, >; per ITEM behind it
  RUNG ahead of RUNG                faster beyond doubt
  RUNG level with RUNG              no difference can be told, or none above a tenth
  RUNG behind RUNG                  slower beyond doubt
  largest part of RUNG's bill is PART
  PART of RUNG > 0.25 × time of RUNG
  limit of RUNG > 0.5               share of the declared limit that it reaches

and may end in `in INPUT at N`, `at N` and `on` an architecture or a vector extension. Several stand
in code spans of their own with `and` between them. One must be borne out by a record and
contradicted by none; what a record cannot tell proves nothing. Where another rung of ours is more
than a tenth ahead of the last one, a statement or a claim of that scenario must say so.";

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Only the chapters of these cases
    cases: Vec<String>,
    /// A record to hold them against instead of the committed ones (may be repeated)
    #[arg(long, value_name = "PATH")]
    record: Vec<PathBuf>,
}

/// Prints each statement with what records say of it.
///
/// # Errors
/// If a chapter or a record cannot be read, or there is no record.
pub fn run(args: &Args) -> Result<Ended> {
    let workspace = Workspace::load()?;
    let cases = workspace.select(&args.cases)?;
    let paths = match args.record.is_empty() {
        true => workspace.committed_records(),
        false => args.record.clone(),
    };
    let records = load(&paths)?;
    let (mut all, mut holds, mut others) = (0, 0, 0);
    for case in cases {
        let chapter = Chapter::of(case)?;
        let untold = records.iter().flat_map(|record| untold(&chapter, case, record));
        let problems =
            chapter.problems.iter().cloned().chain(tidy::of_chapter(case)?).chain(untold);
        record::outln!("{}", case.name);
        for problem in problems {
            record::outln!("  ✗ {problem}");
            others += 1;
        }
        let held = chapter.held(case, &records);
        held.iter().for_each(print);
        all += held.len();
        holds += held.iter().filter(|held| is_borne_out(held)).count();
    }
    record::outln!("{holds} of {all} statements are borne out, {others} other problems");
    Ok(Ended::found(holds < all || others > 0))
}

fn print((tied, says): &Held) {
    record::outln!("  line {}: {}", tied.line, tied.text);
    for (name, outcome) in says {
        let (Outcome::Holds(said) | Outcome::Fails(said) | Outcome::Cannot(said)) = outcome;
        let (sign, word) = words::outcome(outcome);
        let by = if says.len() > 1 { format!(" ({name})") } else { String::new() };
        record::outln!("    {sign} {word}: {said}{by}");
    }
}
