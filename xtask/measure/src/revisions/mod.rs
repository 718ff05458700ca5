//! Measures two revisions of the cases against each other: in each round, a process of the one and
//! a process of the other, in turns.

pub mod checkout;
mod trial;

use std::path::Path;

use protocol::{Effort, Refusal, Scenario};

use crate::binary::{Binary, Failure};
use crate::interrupt;
use crate::progress::Progress;
use judge::revisions::Change;

use trial::Trial;

/// How much an effort measures.
#[derive(Clone, Copy)]
pub struct Budget {
    /// Pairs of processes per scenario; as many again where something seems to have changed.
    pub pairs: u64,
    /// Milliseconds of each process; more where it has few blocks in them.
    pub millis: u64,
}

impl Budget {
    /// The budget of an effort.
    pub fn of(effort: Effort) -> Self {
        match effort {
            Effort::Quick => Self { pairs: 10, millis: 120 },
            Effort::Standard => Self { pairs: 12, millis: 200 },
            Effort::Full => Self { pairs: 20, millis: 400 },
        }
    }
}

/// A case in both revisions.
pub struct Contest {
    /// The case.
    pub name: String,
    /// Scenarios of both.
    trials: Vec<Trial>,
    /// Rungs of both: name, and index in each.
    rungs: Vec<(String, [usize; 2])>,
    /// Scenarios and rungs that only the tree has.
    pub added: Vec<String>,
    /// Those that only the base has.
    pub removed: Vec<String>,
    /// Why one of the two, the base (0) or the tree (1), is not measured any further.
    pub failure: Option<(usize, String)>,
    binaries: [Binary; 2],
}

/// A rung in one scenario of both revisions.
pub struct Line<'a> {
    /// Distribution and size.
    pub scenario: &'a Scenario,
    /// The rung's name.
    pub rung: &'a str,
    /// What became of it.
    pub change: Change,
}

/// Whether two binaries are the same, byte by byte: then nothing can differ.
pub fn identical(one: &Path, other: &Path) -> bool {
    std::fs::read(one).is_ok_and(|one| std::fs::read(other).is_ok_and(|other| one == other))
}

impl Contest {
    /// Asks both what they have. With a failure, of the base (0) or the tree (1), if one does not
    /// answer.
    ///
    /// # Errors
    /// Which of the two does not answer, and why.
    pub fn new(name: &str, paths: [&Path; 2], effort: Effort) -> Result<Self, (usize, String)> {
        let binaries = paths.map(Binary::new);
        let describe = |at: usize| {
            binaries[at].describe().map_err(|failure| {
                let what = "its bench does not say what it can do, perhaps because the protocol \
                            between bench and xtask changed; then measure each revision with its \
                            own `cargo xtask bench-all` and compare the two records";
                (at, format!("{what} ({failure})"))
            })
        };
        let both = [describe(0)?, describe(1)?];
        let lists = both.each_ref().map(|case| {
            let rungs = case.rungs.iter().map(|rung| format!("rung {}", rung.name));
            let scenarios = case.scenarios.iter().map(|scenario| format!("scenario {scenario}"));
            rungs.chain(scenarios).collect::<Vec<String>>()
        });
        let beyond = |a: usize, b: usize| {
            let only = lists[a].iter().filter(|entry| !lists[b].contains(entry));
            only.map(|entry| format!("{name}: {entry}")).collect()
        };
        let rungs = both[1].rungs.iter().enumerate().filter_map(|(now, rung)| {
            let then = both[0].rungs.iter().position(|other| other.name == rung.name)?;
            Some((rung.name.clone(), [then, now]))
        });
        let trials = both[1].scenarios.iter().filter(|scenario| {
            let known = || both[0].scenarios.iter().any(|old| old.same_place(scenario));
            scenario.effort <= effort && known()
        });
        Ok(Self {
            name: name.to_owned(),
            trials: trials.cloned().map(Trial::new).collect(),
            rungs: rungs.collect(),
            added: beyond(1, 0),
            removed: beyond(0, 1),
            failure: None,
            binaries,
        })
    }

    /// Every rung of both in every scenario that was measured; none if the case failed, for a wrong
    /// rung gets no time.
    pub fn lines(&self, same_ruler: bool) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let trials = self.trials.iter().filter(|_| self.failure.is_none());
        for trial in trials {
            for (rung, at) in &self.rungs {
                if let Some(change) = trial.change(*at, same_ruler) {
                    lines.push(Line { scenario: &trial.scenario, rung, change });
                }
            }
        }
        lines
    }

    /// Scenarios in which neighbours left too little undisturbed, twice.
    pub fn inconclusive(&self) -> impl Iterator<Item = &Scenario> {
        self.trials.iter().filter(|trial| trial.is_inconclusive()).map(|trial| &trial.scenario)
    }

    /// Has the rungs of both held against naive on what is not timed.
    fn edges(&mut self) {
        for (at, binary) in self.binaries.iter().enumerate() {
            if interrupt::came() || self.failure.is_some() {
                return;
            }
            match binary.edges() {
                // A base from before there were edges does not know the question.
                Ok(()) | Err(Failure::Refused(Refusal::Usage(_))) => {}
                Err(_) if interrupt::came() => {}
                Err(failure) => self.failure = Some((at, failure.to_string())),
            }
        }
    }

    /// One pair of processes of every scenario that `wants` one.
    fn round(&mut self, round: u64, millis: u64, wants: fn(&Trial) -> bool, progress: &Progress) {
        for trial in &mut self.trials {
            if interrupt::came() || self.failure.is_some() {
                return;
            }
            if !wants(trial) {
                continue;
            }
            progress.at(&format!("{} {}", self.name, trial.scenario));
            if let Err((at, failure)) = trial.pair(&self.binaries, round, millis) {
                if interrupt::came() {
                    return; // Ctrl-C ends the processes too
                }
                self.failure = Some((at, failure.to_string()));
            }
            progress.did(pair_seconds(millis));
        }
    }

    /// Which scenarios are measured again, after a whole stage.
    fn close_stage(&mut self, same_ruler: bool) {
        for trial in &mut self.trials {
            trial.close_stage(&self.rungs, same_ruler);
        }
    }
}

/// Seconds of a pair of processes, about.
fn pair_seconds(millis: u64) -> f64 {
    2.0 * millis as f64 / 1e3
}

/// Measures all contests, rounds outermost, and what seems to have changed, or was disturbed, once
/// more.
pub fn run(contests: &mut [Contest], budget: Budget, same_ruler: bool) {
    let scenarios: usize = contests.iter().map(|contest| contest.trials.len()).sum();
    let progress =
        Progress::new((scenarios as u64 * budget.pairs) as f64 * pair_seconds(budget.millis), 0.0);
    contests.iter_mut().for_each(Contest::edges);
    for round in 0..budget.pairs {
        for contest in &mut *contests {
            contest.round(round, budget.millis, |_| true, &progress);
        }
        if interrupt::came() {
            return;
        }
        progress.say(&format!("round {} of {}", round + 1, budget.pairs));
    }
    // A disturbed scenario may then seem to have changed, and asks for a third stage.
    for stage in 1..=2 {
        contests.iter_mut().for_each(|contest| contest.close_stage(same_ruler));
        let again = contests.iter().flat_map(|contest| &contest.trials);
        let again = again.filter(|trial| trial.is_open()).count() as u64;
        if again == 0 || interrupt::came() {
            break;
        }
        progress.say(&format!("{again} of {scenarios} scenarios once more, to be sure"));
        progress.replan(0.0, (again * budget.pairs) as f64 * pair_seconds(budget.millis));
        for round in 0..budget.pairs {
            for contest in &mut *contests {
                let round = stage * budget.pairs + round;
                contest.round(round, budget.millis, Trial::is_open, &progress);
            }
        }
    }
    contests.iter_mut().for_each(|contest| contest.close_stage(same_ruler));
    contests.iter_mut().for_each(Contest::edges);
    progress.end();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::stand_in;

    /// A binary that says it has these rungs, and scenarios of these sizes and efforts.
    fn binary(folder: &Path, name: &str, rungs: &[&str], scenarios: &[(usize, Effort)]) -> Binary {
        let rungs: Vec<_> = rungs.iter().map(|name| serde_json::json!({"name": name})).collect();
        let scenario = |&(n, effort)| Scenario { input: "short".into(), n, effort };
        let description = serde_json::json!({
            "item": "word", "rungs": rungs, "claims": [], "limit": null, "reads_files": false,
            "scenarios": scenarios.iter().map(scenario).collect::<Vec<_>>(),
        });
        stand_in::binary(folder, name, &format!("echo '{description}'"))
    }

    #[test]
    fn a_rung_that_is_wrong_at_an_edge_fails_its_revision_unless_that_knows_of_none() {
        let folder = tempfile::tempdir().unwrap();
        let sound = "{\"item\":\"word\",\"rungs\":[{\"name\":\"naive\"}],\"scenarios\":[],\
                     \"claims\":[],\"limit\":null,\"reads_files\":false}";
        let answers = |name: &str, edges: &str| {
            let script = format!("case \"$2\" in *edges*) {edges};; *) echo '{sound}';; esac");
            stand_in::binary(folder.path(), name, &script).path
        };
        let wrong = "echo '{\"disagreement\":{\"rung\":\"fast\",\"scenario\":\"edges/1\",\
                     \"seed\":0,\"difference\":\"\"}}'; exit 3";
        let older = answers("older", "echo '{\"usage\":\"is no question\"}'; exit 3");
        let (right, wrong) = (answers("right", "echo null"), answers("wrong", wrong));
        let failure = |paths: [&Path; 2]| {
            let mut contest = Contest::new("a", paths, Effort::Quick).ok().unwrap();
            contest.edges();
            contest.failure
        };
        assert_eq!(failure([&older, &right]), None);
        let (at, why) = failure([&older, &wrong]).unwrap();
        assert!(at == 1 && why.contains("`fast` disagrees with naive at edges/1"), "{why}");
    }

    #[test]
    fn what_only_one_of_the_two_has_is_listed_and_not_measured() {
        let folder = tempfile::tempdir().unwrap();
        let quick = |n| (n, Effort::Quick);
        let old = binary(folder.path(), "old", &["naive", "gone", "fast"], &[10, 100].map(quick));
        let new = binary(folder.path(), "new", &["naive", "fast", "fresh"], &[100, 7].map(quick));
        let contest = Contest::new("words", [&old.path, &new.path], Effort::Standard).unwrap();
        assert_eq!(contest.added, ["words: rung fresh", "words: scenario short/7"]);
        assert_eq!(contest.removed, ["words: rung gone", "words: scenario short/10"]);
        assert_eq!(contest.rungs, [("naive".into(), [0, 0]), ("fast".into(), [2, 1])]);
        let places = contest.trials.iter().map(|trial| trial.scenario.to_string());
        assert_eq!(places.collect::<Vec<_>>(), ["short/100"]);
    }

    #[test]
    fn a_scenario_is_the_same_at_another_effort_and_the_trees_effort_decides() {
        use Effort::*;
        let folder = tempfile::tempdir().unwrap();
        let efforts = |name, of: [Effort; 3]| {
            let scenarios: Vec<(usize, Effort)> = (1..).zip(of).collect();
            binary(folder.path(), name, &["naive"], &scenarios)
        };
        let (old, new) =
            (efforts("old", [Quick, Full, Quick]), efforts("new", [Standard, Quick, Full]));
        let measured = |effort| {
            let contest = Contest::new("words", [&old.path, &new.path], effort).unwrap();
            assert!(contest.added.is_empty() && contest.removed.is_empty());
            contest.trials.iter().map(|trial| trial.scenario.n).collect::<Vec<_>>()
        };
        assert_eq!(measured(Quick), [2]);
        assert_eq!(measured(Standard), [1, 2]);
        assert_eq!(measured(Full), [1, 2, 3]);
    }

    #[test]
    fn who_does_not_answer_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let sound = binary(folder.path(), "sound", &["naive"], &[(1, Effort::Quick)]);
        let old = stand_in::binary(folder.path(), "old", "echo '{\"rungs\":[]}'");
        let dead = stand_in::binary(folder.path(), "dead", "echo so it goes >&2; exit 1");
        let failure =
            |paths: [&Path; 2]| Contest::new("words", paths, Effort::Quick).err().unwrap();
        let (at, why) = failure([&old.path, &sound.path]);
        assert!(at == 0 && why.contains("protocol") && why.contains("not readable"), "{why}");
        let (at, why) = failure([&sound.path, &dead.path]);
        assert!(at == 1 && why.contains("so it goes"), "{why}");
    }

    #[test]
    fn a_case_that_fails_has_no_lines() {
        let folder = tempfile::tempdir().unwrap();
        let both = ["old", "new"].map(|name| {
            let binary = binary(folder.path(), name, &["naive"], &[(1, Effort::Quick)]);
            binary.path
        });
        let mut contests =
            [Contest::new("words", both.each_ref().map(|path| &**path), Effort::Quick).unwrap()];
        // They describe themselves whatever they are asked, which is no round.
        run(&mut contests, Budget { pairs: 1, millis: 1 }, true);
        let (at, why) = contests[0].failure.clone().unwrap();
        assert!(at == 0 && why.contains("not readable"), "{why}");
        assert!(contests[0].lines(true).is_empty());
    }
}
