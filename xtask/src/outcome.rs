//! What becomes of a command: the one place that decides with which status the tool ends.

use std::process::ExitCode;

use anyhow::{Result, bail};
use record::output;

/// What every `--help` says of it.
pub const HELP: &str = "\
Exit status, of every command:
  0    as wished
  1    what was asked about is so: something got slower, a case failed, a target was missed
  2    it could not be done: bad arguments, a file that is missing or cannot be used or written
  130  ended by Ctrl-C, before it was done";

/// How a command that could be done has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As wished.
    Fine,
    /// What was asked about is so, and somebody should look at it.
    Found,
    /// Ctrl-C ended it.
    Interrupted,
}

impl Outcome {
    /// What it is called where something should not be so.
    pub fn found(is_so: bool) -> Self {
        if is_so { Self::Found } else { Self::Fine }
    }
}

/// The status of a command that ended so, or could not be done, which is said. What did not arrive
/// on standard output was not done either.
pub fn status(ended: Result<Outcome>) -> ExitCode {
    let ended = ended.and_then(|outcome| match outcome {
        Outcome::Fine | Outcome::Found if output::lost() => {
            bail!("cannot write to standard output; is the disk full?")
        }
        outcome => Ok(outcome),
    });
    match ended {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(error) => {
            record::errln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
