//! How much to measure, as flags of several commands.

use protocol::Effort;

/// `--quick`, `--full`, or neither.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct EffortArgs {
    /// Only the scenarios of a quick run, in few processes
    #[arg(long, conflicts_with = "full")]
    quick: bool,
    /// Every scenario, for as long as it takes
    #[arg(long)]
    full: bool,
}

impl EffortArgs {
    /// What was asked for.
    pub fn effort(self) -> Effort {
        match (self.quick, self.full) {
            (true, _) => Effort::Quick,
            (_, true) => Effort::Full,
            _ => Effort::Standard,
        }
    }
}
