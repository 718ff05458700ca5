//! Sentences that everybody repeats: what settles one, in a closed language, and what a record says
//! of it.
//!
//! ```text
//! build pgo ahead of release            build one-unit level with release
//! build speed of pgo > 1.1              build file of fat-one-abort < 0.84
//! case global-allocators: peer ahead of naive in requests at 16000
//! ```
//!
//! What is said of builds is of the program `rules` and its first job. Speeds and costs are shares
//! of the base's; what is said of a case is a [`Statement`].

use std::collections::BTreeMap;
use std::str::FromStr;

use protocol::Machine;
use record::BuildCost;

use crate::builds::ProgramSummary;
use crate::programs::Standing;
use crate::statement::{Order, Outcome, Statement};
use crate::stats::{self, PAYS, Verdict};
use crate::summary::CaseSummary;
use crate::words::format;

/// What settles a sentence, or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Settles {
    /// A record of builds.
    Build(Built),
    /// A record of cases.
    Case(String, Box<Statement>),
}

/// What is said of builds.
#[derive(Debug, Clone, PartialEq)]
pub enum Built {
    /// How a variant came out beside another.
    Order(String, Order, String),
    /// How much of something a variant has, in shares of the base's.
    Share(Measure, String, bool, f64),
}

/// What is counted of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// How many times as fast.
    Speed,
    /// Bytes of the file.
    File,
    /// Bytes of machine code.
    Code,
    /// Time to build from nothing.
    Clean,
    /// Time to build after a change.
    Again,
    /// Memory at its fullest.
    Memory,
    /// Time to start.
    Start,
}

impl Measure {
    const NAMED: [(&'static str, Self); 7] = [
        ("speed", Self::Speed),
        ("file", Self::File),
        ("code", Self::Code),
        ("clean", Self::Clean),
        ("again", Self::Again),
        ("memory", Self::Memory),
        ("start", Self::Start),
    ];

    /// As a reader has it.
    fn words(self) -> &'static str {
        match self {
            Self::Speed => "speed",
            Self::File => "file",
            Self::Code => "machine code",
            Self::Clean => "clean build",
            Self::Again => "incremental build",
            Self::Memory => "peak memory",
            Self::Start => "start",
        }
    }

    /// The lowest and the highest that it may be in truth, as a share of the base's.
    fn of(self, rules: &ProgramSummary, name: &str) -> Option<(f64, f64)> {
        let cost = |of: fn(&BuildCost) -> u64| rules.costs(name, of).map(|share| (share, share));
        let share = |of: fn(&Standing) -> Option<f64>| {
            let share = of(&rules.speed(name)?)? / of(&rules.base().first()?)?;
            Some((share, share))
        };
        match self {
            Self::Speed => {
                let standing = rules.speed(name)?;
                // As little as could be layout is not told.
                let by = 1.0 + standing.floor;
                let (low, high) = (standing.ratio.low, standing.ratio.high);
                Some((low.min(standing.ratio.mid / by), high.max(standing.ratio.mid * by)))
            }
            Self::File => cost(|cost| cost.file),
            Self::Code => cost(|cost| cost.text),
            Self::Clean => cost(|cost| cost.clean),
            Self::Again => cost(|cost| cost.incremental),
            Self::Memory => share(|standing| standing.peak),
            Self::Start => share(|standing| standing.start_up),
        }
    }
}

/// What can settle sentences.
#[derive(Default)]
pub struct Evidence<'r> {
    /// The program `rules`, in its variants.
    pub rules: Option<&'r ProgramSummary<'r>>,
    /// Cases, and the machine on which they were measured.
    pub cases: Option<(&'r BTreeMap<&'r str, CaseSummary<'r>>, &'r Machine)>,
}

impl Settles {
    /// What the evidence says.
    pub fn judge(&self, evidence: &Evidence) -> Outcome {
        match self {
            Self::Build(built) => evidence.rules.map_or_else(
                || Outcome::Cannot("no builds were measured: `cargo xtask builds`".to_owned()),
                |rules| built.judge(rules),
            ),
            Self::Case(name, statement) => {
                let found = evidence.cases.and_then(|(cases, machine)| {
                    Some(statement.judge(cases.get(name.as_str())?, machine))
                });
                let none = || Outcome::Cannot(format!("the record has no figures of {name}"));
                found.unwrap_or_else(none)
            }
        }
    }
}

impl Built {
    fn judge(&self, rules: &ProgramSummary) -> Outcome {
        let (held, said) = match self {
            Self::Order(one, order, other) => {
                let names = [one, other].map(|name| rules.speed(name).ok_or(name));
                let [one, other] = match names {
                    [Ok(one), Ok(other)] => [one, other],
                    [Err(name), _] | [_, Err(name)] => return missing(rules, name),
                };
                let ratio = stats::quotient(one.ratio, other.ratio);
                let floor = one.floor.max(other.floor);
                let said = format!("{} as fast", format::with_interval(ratio));
                // Level is what differs by too little to be worth a line, not what is unknown.
                let near = ratio.high < PAYS && ratio.low > 1.0 / PAYS;
                let found = match stats::verdict(ratio, floor) {
                    _ if !one.is_enough() || !other.is_enough() => None,
                    Verdict::Faster => Some(Order::Ahead),
                    Verdict::Slower => Some(Order::Behind),
                    Verdict::CannotTell => near.then_some(Order::Level),
                };
                let Some(found) = found else {
                    return Outcome::Cannot(format!("{said}, too near to tell"));
                };
                (found == *order, said)
            }
            Self::Share(measure, name, less, bound) => {
                let Some((low, high)) = measure.of(rules, name) else {
                    return missing(rules, name);
                };
                let mid = format::ratio((low * high).sqrt());
                let said = format!("{}: {mid} the base’s", measure.words());
                if low < *bound && *bound < high {
                    return Outcome::Cannot(format!("{said}, too near to tell"));
                }
                ((high <= *bound) == *less, said)
            }
        };
        if held { Outcome::Holds(said) } else { Outcome::Fails(said) }
    }

    /// Names of the variants that it speaks of.
    pub fn variants(&self) -> Vec<&str> {
        match self {
            Self::Order(one, _, other) => vec![one, other],
            Self::Share(_, name, ..) => vec![name],
        }
    }
}

/// Why nothing is known of a variant.
fn missing(rules: &ProgramSummary, name: &str) -> Outcome {
    use record::BuildOutcome::{Built, Refused, Unavailable};
    let variant = rules.variants.iter().find(|variant| variant.record.name == name);
    Outcome::Cannot(match variant.map(|variant| &variant.record.outcome) {
        Some(Unavailable(why) | Refused(why)) => why.clone(),
        Some(Built(_)) | None => format!("`{name}` was not measured"),
    })
}

impl FromStr for Settles {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(rest) = text.strip_prefix("case ") {
            let (name, statement) = rest.split_once(": ").ok_or("`: ` was expected")?;
            return Ok(Self::Case(name.to_owned(), Box::new(statement.parse()?)));
        }
        let rest = text.strip_prefix("build ").ok_or("`build` or `case` was expected")?;
        let words: Vec<&str> = rest.split(' ').collect();
        let name = |word: &str| word.to_owned();
        let built = match words[..] {
            [one, "ahead", "of", other] => Built::Order(name(one), Order::Ahead, name(other)),
            [one, "level", "with", other] => Built::Order(name(one), Order::Level, name(other)),
            [one, "behind", other] => Built::Order(name(one), Order::Behind, name(other)),
            [measure, "of", one, than @ ("<" | ">"), bound] => {
                let known = Measure::NAMED.iter().find(|known| known.0 == measure);
                let (_, measure) = known.ok_or_else(|| format!("`{measure}` is not counted"))?;
                let bound = bound.parse().map_err(|_| format!("`{bound}` is no number"))?;
                Built::Share(*measure, name(one), than == "<", bound)
            }
            _ => return Err(format!("`{rest}` says nothing of builds that is understood")),
        };
        Ok(Self::Build(built))
    }
}

/// What becomes of a whole sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// All that settles it holds.
    Holds,
    /// Some of it does, and some does not.
    InPart,
    /// None of it does.
    Fails,
    /// Nothing is known, or not enough.
    Open,
}

/// Of all that settles it.
pub fn settled(outcomes: &[Outcome]) -> Settled {
    let holds = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Holds(_)));
    let fails = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Fails(_)));
    let open = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Cannot(_)));
    match (holds, fails) {
        (true, true) => Settled::InPart,
        (false, true) => Settled::Fails,
        (true, false) if !open => Settled::Holds,
        _ => Settled::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::summaries;
    use record::fixture;

    fn said(text: &str) -> Outcome {
        let builds = fixture::builds();
        let rules = ProgramSummary::of(builds.program("rules").unwrap());
        let record = fixture::record();
        let cases = summaries(&record);
        let evidence = Evidence { rules: Some(&rules), cases: Some((&cases, &record.machine)) };
        text.parse::<Settles>().unwrap().judge(&evidence)
    }

    #[test]
    fn sentences_of_builds_are_settled_by_their_figures() {
        for (text, holds) in [
            ("build fat ahead of release", true),
            ("build small behind release", true),
            ("build fat level with release", false),
            ("build fat ahead of small", true),
            ("build speed of fat > 1.2", true),
            ("build speed of fat > 1.5", false),
            ("build file of small < 0.6", true),
            ("build clean of fat > 2", true),
            ("build clean of fat < 2", false),
            ("build again of small < 0.8", true),
            ("build code of fat < 0.9", true),
        ] {
            let found = said(text);
            assert_eq!(matches!(found, Outcome::Holds(_)), holds, "{text}: {found:?}");
            assert_eq!(matches!(found, Outcome::Fails(_)), !holds, "{text}: {found:?}");
        }
        for (text, why) in [
            ("build bolt ahead of release", "BOLT is not here"),
            ("build thin ahead of release", "not measured"),
            ("build speed of fat > 1.25", "too near"),
            ("case bitsets: optimized ahead of naive", "no figures of bitsets"),
        ] {
            let Outcome::Cannot(found) = said(text) else { panic!("{text} was told") };
            assert!(found.contains(why), "{text}: {found}");
        }
        assert!(matches!(said("case words: optimized ahead of naive"), Outcome::Holds(_)));
        let none = "build fat ahead of release".parse::<Settles>().unwrap();
        assert!(matches!(none.judge(&Evidence::default()), Outcome::Cannot(_)));
    }

    #[test]
    fn what_is_too_noisy_or_too_little_is_not_level() {
        let mut builds = fixture::builds();
        builds.programs[0].jobs[0].rounds.truncate(4);
        let rules = ProgramSummary::of(&builds.programs[0]);
        let evidence = Evidence { rules: Some(&rules), cases: None };
        for text in ["build fat ahead of release", "build fat level with release"] {
            let found = text.parse::<Settles>().unwrap().judge(&evidence);
            assert!(matches!(found, Outcome::Cannot(_)), "{text}: {found:?}");
        }
    }

    #[test]
    fn whatever_else_stands_there_is_refused() {
        for text in [
            "",
            "fat ahead of release",
            "build fat",
            "build size of fat < 1",
            "case a",
            "build file of fat < many",
            "case words: optimized is fast",
        ] {
            assert!(text.parse::<Settles>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_sentence_holds_if_all_of_it_does() {
        let [holds, fails, open] =
            [Outcome::Holds, Outcome::Fails, Outcome::Cannot].map(|of| of(String::new()));
        let of = |outcomes: &[&Outcome]| {
            settled(&outcomes.iter().map(|&one| one.clone()).collect::<Vec<_>>())
        };
        assert_eq!(of(&[&holds, &holds]), Settled::Holds);
        assert_eq!(of(&[&holds, &fails, &open]), Settled::InPart);
        assert_eq!(of(&[&fails, &open]), Settled::Fails);
        assert_eq!(of(&[&holds, &open]), Settled::Open);
        assert_eq!(of(&[]), Settled::Open);
    }
}
