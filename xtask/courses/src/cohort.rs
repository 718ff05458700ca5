//! How a class went, from the logs that learners hand in: how far they came, which hints they took,
//! where attempts failed, what they had guessed. Nobody is named, nobody stands before another, and
//! of fewer than five people nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use judge::stats::median;
use labs::{Event, Lab, Level, Line, Progress};
use serde::{Deserialize, Serialize};

/// Fewer people than this could be recognized.
pub const FEWEST: usize = 5;

/// A class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// How many people it has: logs, those of one alias taken together.
    pub people: usize,
    /// Lines of their logs that could not be read.
    pub unreadable: usize,
    /// Labs that enough of them have begun, in their order.
    pub labs: Vec<OfLab>,
    /// Titles of labs that fewer have begun.
    pub too_few: Vec<String>,
}

/// A lab in a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfLab {
    /// What it is called.
    pub title: String,
    /// Who has begun it.
    pub people: usize,
    /// The best share of each who was graded, the least first, whoever it was.
    pub shares: Vec<f64>,
    /// How many reached which level at best, each level once.
    pub levels: Vec<(Level, usize)>,
    /// Who has no check that counts: none made, not gradable there, or something was changed.
    pub ungraded: usize,
    /// How many took no hint, one, two, three.
    pub hints: [usize; 4],
    /// Who had the solution shown.
    pub revealed: usize,
    /// Patterns of failures, each with how many people met it, the most frequent first.
    pub patterns: Vec<(String, usize)>,
    /// Who met another one, which too few have met to tell it.
    pub other_patterns: usize,
    /// What was expected; absent where too few have guessed.
    pub guesses: Option<Guesses>,
}

/// Guesses against what was measured for the same person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guesses {
    /// The middle of each range over the truth, the least first.
    pub middles: Vec<f64>,
    /// Ranges that held it.
    pub held: usize,
    /// The upper end over the lower of the middle range.
    pub width: f64,
    /// Who named what bounds naive, and who was right; absent where the lab does not tell.
    pub limits: Option<[usize; 2]>,
}

/// What one person did in a lab.
#[derive(Default)]
struct Did<'a> {
    share: Option<f64>,
    level: Option<Level>,
    hints: u8,
    revealed: bool,
    patterns: BTreeSet<&'a str>,
    /// The ends of the range, the truth, and the limit that was named.
    guess: Option<([f64; 2], f64, Option<&'a str>)>,
}

impl Cohort {
    /// What these logs say of these labs; `None` if they are of too few people.
    pub fn new(logs: &[Progress], labs: &[Lab]) -> Option<Self> {
        let people = people(logs);
        if people.len() < FEWEST {
            return None;
        }
        let (mut told, mut too_few) = (Vec::new(), Vec::new());
        for lab in labs {
            let did: Vec<Did> = people.iter().filter_map(|log| Did::of(log, &lab.name)).collect();
            match did.len() {
                0 => {}
                1..FEWEST => too_few.push(lab.title.clone()),
                _ => told.push(OfLab::new(lab, &did)),
            }
        }
        let unreadable = logs.iter().map(|log| log.unreadable.len()).sum();
        Some(Self { people: people.len(), unreadable, labs: told, too_few })
    }

    /// All of it in plain lines.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{} people; nobody is named, and of fewer than {FEWEST} nothing is said",
            self.people
        )];
        if self.unreadable > 0 {
            lines.push(format!("{} lines of their logs could not be read", self.unreadable));
        }
        lines.extend(self.labs.iter().flat_map(OfLab::lines));
        if !self.too_few.is_empty() {
            let names = self.too_few.join(", ");
            lines.push(format!("begun by fewer than {FEWEST}, and so not told: {names}"));
        }
        lines
    }
}

/// Logs of one alias are one person's, as of somebody with two machines.
fn people(logs: &[Progress]) -> Vec<Progress> {
    let (mut named, mut others) = (BTreeMap::<&str, Progress>::new(), Vec::new());
    for log in logs.iter().filter(|log| !log.lines.is_empty()) {
        match log.lines.iter().rev().find_map(|line| line.alias.as_deref()) {
            Some(alias) => named.entry(alias).or_default().lines.extend(log.lines.iter().cloned()),
            None => others.push(log.clone()),
        }
    }
    let mut people: Vec<Progress> = named.into_values().chain(others).collect();
    // What came first is told by the times: a guess after a check is none.
    people.iter_mut().for_each(|log| log.lines.sort_by(|a, b| a.time.cmp(&b.time)));
    people
}

impl<'a> Did<'a> {
    /// `None` if the lab was not begun.
    fn of(log: &'a Progress, lab: &str) -> Option<Self> {
        log.of(lab).next()?;
        let counted = || log.checks(lab).filter(|check| check.counts());
        let middle = |ends: [f64; 2]| (ends[0] + ends[1]) / 2.0;
        let pattern = |line: &'a Line| match &line.event {
            Event::Disagreed { pattern, .. } => Some(pattern.as_str()),
            _ => None,
        };
        let truth = log.checks(lab).next().map(|check| check.truth());
        Some(Self {
            share: counted().filter_map(|check| check.share).map(middle).reduce(f64::max),
            level: log.best(lab),
            hints: log.hints(lab),
            revealed: log.of(lab).any(|line| line.event == Event::Revealed),
            patterns: log.of(lab).filter_map(pattern).collect(),
            guess: log
                .guess(lab)
                .zip(truth)
                .map(|(guess, truth)| ([guess.low, guess.high], truth, guess.limit.as_deref())),
        })
    }
}

impl OfLab {
    fn new(lab: &Lab, did: &[Did]) -> Self {
        let mut shares: Vec<f64> = did.iter().filter_map(|did| did.share).collect();
        shares.sort_by(f64::total_cmp);
        let at = |level: Level| did.iter().filter(|did| did.level == Some(level)).count();
        let mut hints = [0; 4];
        did.iter().for_each(|did| hints[usize::from(did.hints.min(3))] += 1);
        let (patterns, other_patterns) = patterns(did);
        Self {
            title: lab.title.clone(),
            people: did.len(),
            shares,
            levels: Level::ALL.map(|level| (level, at(level))).to_vec(),
            ungraded: did.iter().filter(|did| did.level.is_none()).count(),
            hints,
            revealed: did.iter().filter(|did| did.revealed).count(),
            patterns,
            other_patterns,
            guesses: Guesses::new(lab, did),
        }
    }

    /// How many reached each level, in words.
    pub fn reached(&self) -> String {
        let levels = self.levels.iter().filter(|(_, count)| *count > 0);
        let mut said: Vec<String> =
            levels.map(|(level, count)| format!("{count} {level}")).collect();
        if self.ungraded > 0 {
            said.push(format!("{} not graded", self.ungraded));
        }
        said.join(", ")
    }

    /// Which hints were taken, in words.
    pub fn hinted(&self) -> String {
        let [none, one, two, three] = self.hints;
        format!("{none} took no hint, {one} one, {two} two, {three} all three")
    }

    /// Who failed in other ways, if anybody did: "7", or "a few" where they could be recognized.
    pub fn others(&self) -> Option<String> {
        match self.other_patterns {
            0 => None,
            1..FEWEST => Some("a few".to_owned()),
            others => Some(others.to_string()),
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            format!("{}: {} people", self.title, self.people),
            format!("  at best: {}", self.reached()),
            format!("  hints: {}; {} had the solution shown", self.hinted(), self.revealed),
        ];
        lines.extend(self.guesses.iter().map(|guesses| format!("  guesses: {}", guesses.says())));
        let patterns = self.patterns.iter();
        lines.extend(patterns.map(|(pattern, count)| format!("  {count} failed so: {pattern}")));
        lines.extend(self.others().map(|others| format!("  {others} failed in other ways")));
        lines
    }
}

/// What enough people met, and how many met something else.
fn patterns(did: &[Did]) -> (Vec<(String, usize)>, usize) {
    let mut counts = BTreeMap::<&str, usize>::new();
    for pattern in did.iter().flat_map(|did| &did.patterns) {
        *counts.entry(pattern).or_default() += 1;
    }
    let is_told = |pattern: &str| counts[pattern] >= FEWEST;
    let others = did.iter().filter(|did| did.patterns.iter().any(|pattern| !is_told(pattern)));
    let others = others.count();
    let mut told: Vec<(String, usize)> = counts
        .iter()
        .filter(|(pattern, _)| is_told(pattern))
        .map(|(pattern, count)| ((*pattern).to_owned(), *count))
        .collect();
    told.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    (told, others)
}

impl Guesses {
    fn new(lab: &Lab, did: &[Did]) -> Option<Self> {
        let guesses: Vec<_> = did.iter().filter_map(|did| did.guess).collect();
        if guesses.len() < FEWEST {
            return None;
        }
        let middle = |([low, high], truth, _): &([f64; 2], f64, _)| (low * high).sqrt() / truth;
        let mut middles: Vec<f64> = guesses.iter().map(middle).collect();
        middles.sort_by(f64::total_cmp);
        let holds = |([low, high], truth, _): &&([f64; 2], f64, _)| low <= truth && truth <= high;
        let mut widths: Vec<f64> = guesses.iter().map(|([low, high], ..)| high / low).collect();
        let limits = (!lab.limits.is_empty()).then(|| {
            let named: Vec<&str> = guesses.iter().filter_map(|(.., limit)| *limit).collect();
            let right = |named: &&&str| lab.limits.iter().any(|limit| limit == **named);
            [named.iter().filter(right).count(), named.len()]
        });
        let held = guesses.iter().filter(holds).count();
        let limits = limits.filter(|[_, named]| *named >= FEWEST);
        Some(Self { held, middles, width: median(&mut widths), limits })
    }

    /// In a sentence without its point.
    pub fn says(&self) -> String {
        let Self { middles, held, width, limits } = self;
        let mut said = format!(
            "{held} of {} ranges held the answer; the upper end of the middle one is {width:.1} \
             times the lower",
            middles.len()
        );
        if let Some([right, named]) = limits {
            said += &format!("; {right} of {named} named what bounds naive");
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{class, lab};

    #[test]
    fn forty_made_up_people_are_told_together_and_none_by_name() {
        let labs = [lab("hashing", None), lab("slow-report", Some("allocations"))];
        let cohort = Cohort::new(&class(40), &labs).unwrap();
        assert_eq!((cohort.people, cohort.labs.len()), (40, 2));
        for of_lab in &cohort.labs {
            let levels: usize = of_lab.levels.iter().map(|(_, count)| count).sum();
            assert_eq!(levels + of_lab.ungraded, of_lab.people);
            assert_eq!(of_lab.hints.iter().sum::<usize>(), of_lab.people);
            assert!(of_lab.shares.is_sorted() && of_lab.shares.len() <= of_lab.people);
            assert!(of_lab.guesses.as_ref().unwrap().middles.is_sorted());
        }
        let text = cohort.lines().join("\n");
        assert!(!text.contains("made-up"), "{text}");
        assert!(text.contains("failed so: right wherever n is a multiple of 8"), "{text}");
        assert!(text.contains("named what bounds naive") && text.contains("a few failed in other"));
        let json = serde_json::to_string(&cohort).unwrap();
        assert!(!json.contains("made-up"), "{json}");
        let read: Cohort = serde_json::from_str(&json).unwrap();
        assert_eq!(read.lines(), cohort.lines());
    }

    #[test]
    fn of_fewer_than_five_nothing_is_said() {
        let labs = [lab("hashing", None)];
        assert_eq!(Cohort::new(&class(4), &labs), None);
        assert!(Cohort::new(&class(5), &labs).is_some());
        let mut logs = class(40);
        logs.iter_mut().skip(4).for_each(|log| log.lines.retain(|line| line.lab != "hashing"));
        let cohort = Cohort::new(&logs, &labs).unwrap();
        assert_eq!((cohort.labs.len(), &*cohort.too_few), (0, &["hashing".to_owned()][..]));
    }

    #[test]
    fn two_logs_of_one_alias_are_one_person_and_the_first_guess_counts() {
        let mut logs = class(6);
        let later: Vec<Line> = logs[0].lines.iter().skip(2).cloned().collect();
        logs[0].lines.truncate(2);
        logs.insert(0, Progress { lines: later, unreadable: vec![3] });
        let cohort = Cohort::new(&logs, &[lab("hashing", None)]).unwrap();
        assert_eq!((cohort.people, cohort.unreadable), (6, 1));
        assert_eq!(cohort.labs, Cohort::new(&class(6), &[lab("hashing", None)]).unwrap().labs);
    }
}
