//! What is to come: the forecast of a run, and what this one teaches for the next.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use cases::{Case, Workspace};
use measure::forecast::{Forecast, Pace, packages};
use measure::schedule::Measured;
use protocol::Effort;

/// Packages that are built whatever the cases are.
const ALWAYS: [&str; 2] = ["machine", "book"];

/// The forecast of a run.
pub struct Coming {
    /// How long it will take.
    pub forecast: Forecast,
    pace: Pace,
    needed: BTreeSet<String>,
}

impl Coming {
    /// Of a run of these cases.
    pub fn new(workspace: &Workspace, cases: &[&Case], effort: Effort) -> Self {
        let pace = Pace::load(&file(workspace));
        let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        let of = [names.as_slice(), &ALWAYS].concat();
        let lock = workspace.root.join("Cargo.lock");
        // Without a lock file cargo makes one, and what has to be built cannot be known before.
        let needed = packages(&lock, &of).unwrap_or_default();
        Self { forecast: pace.forecast(effort, &names, &needed), pace, needed }
    }

    /// The build took this long.
    pub fn built(&mut self, workspace: &Workspace, took: Duration) {
        self.pace.learn_build(&self.needed, took);
        self.save(workspace);
    }

    /// The cases took this long.
    pub fn measured(&mut self, workspace: &Workspace, measured: Measured, effort: Effort) {
        measured.teach(effort, &mut self.pace);
        self.save(workspace);
    }

    fn save(&self, workspace: &Workspace) {
        if let Err(error) = self.pace.save(&file(workspace)) {
            record::errln!("the next forecast will not know how long this run took: {error:#}");
        }
    }
}

fn file(workspace: &Workspace) -> PathBuf {
    workspace.scratch().join("pace.json")
}
