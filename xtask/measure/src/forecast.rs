//! How long a run will take, all of it, before it begins; and what this machine took for the last
//! ones, from which the next forecast is made.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use protocol::Effort;
use record::write_json;
use serde::{Deserialize, Serialize};

/// Seconds of a package in a build from nothing, until this machine has shown its own: two cores of
/// a kind took 0.45, two of an older kind 0.8.
const PACKAGE: f64 = 0.6;
/// Seconds in which everything is found to be built already, or one case is built anew.
const CHECK: f64 = 3.0;
/// Seconds in which the machine's limits are measured: before, and except in a quick run after.
const LIMITS: f64 = 4.5;

/// Seconds by what they are spent on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Spent {
    /// The rounds that every scenario gets.
    pub rounds: f64,
    /// The rounds that are added where those decide too little.
    pub more: f64,
    /// What is not timed in pairs: allocations, criterion, machine code, counts.
    pub looks: f64,
}

impl Spent {
    /// What a case takes until this machine has shown what it takes here: of a standard run the
    /// middle between two machines, of which one has idle neighbours and a fast core, and the other
    /// neither.
    fn usual(effort: Effort) -> Self {
        match effort {
            Effort::Quick => Self { rounds: 2.1, more: 0.1, looks: 0.5 },
            Effort::Standard => Self { rounds: 17.0, more: 8.0, looks: 27.0 },
            Effort::Full => Self { rounds: 75.0, more: 50.0, looks: 40.0 },
        }
    }

    /// All of it.
    pub fn total(self) -> f64 {
        self.rounds + self.more + self.looks
    }
}

impl std::ops::Add for Spent {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            rounds: self.rounds + other.rounds,
            more: self.more + other.more,
            looks: self.looks + other.looks,
        }
    }
}

/// What is known of this machine's speed. It lies in the target folder and goes with it, as what
/// was built does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// Seconds of a package, in the largest build so far.
    package: Option<f64>,
    /// Packages built so far, as "name version".
    built: BTreeSet<String>,
    /// Seconds by effort and case.
    cases: BTreeMap<String, BTreeMap<String, Spent>>,
}

impl Pace {
    /// What earlier runs have left; nothing if there was none, or it cannot be read: the next run
    /// makes it anew.
    pub fn load(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps it for the next run.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        write_json(self, path)
    }

    /// Notes what a build took that needed these packages.
    pub fn learn_build(&mut self, needed: &BTreeSet<String>, took: Duration) {
        let new = needed.difference(&self.built).count();
        // A few packages are mostly linking.
        if new * 2 > needed.len() {
            self.package = Some(took.as_secs_f64() / new as f64);
        }
        self.built.extend(needed.iter().cloned());
    }

    /// Notes what a case took, in a run that nobody interrupted.
    pub fn learn(&mut self, effort: Effort, case: &str, spent: Spent) {
        self.cases.entry(effort.to_string()).or_default().insert(case.to_owned(), spent);
    }

    /// What a run of these cases will take, whose build needs these packages.
    pub fn forecast(&self, effort: Effort, cases: &[&str], needed: &BTreeSet<String>) -> Forecast {
        let known = self.cases.get(&effort.to_string());
        let of = |case: &str| known.and_then(|known| known.get(case)).copied();
        // A case that was not measured here yet is taken for one like the others.
        let others: Vec<Spent> = known.into_iter().flat_map(BTreeMap::values).copied().collect();
        let usual = match others.len() {
            0..3 => Spent::usual(effort),
            count => {
                let sum = others.into_iter().fold(Spent::default(), std::ops::Add::add);
                let part = |seconds: f64| seconds / count as f64;
                Spent { rounds: part(sum.rounds), more: part(sum.more), looks: part(sum.looks) }
            }
        };
        let spent = cases.iter().map(|case| of(case).unwrap_or(usual));
        let packages = needed.difference(&self.built).count();
        Forecast {
            packages,
            build: CHECK + packages as f64 * self.package.unwrap_or(PACKAGE),
            limits: if effort == Effort::Quick { LIMITS } else { 2.0 * LIMITS },
            spent: spent.fold(Spent::default(), std::ops::Add::add),
        }
    }
}

/// What a run will take, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Packages that are not built yet.
    pub packages: usize,
    /// Building all.
    pub build: f64,
    /// Measuring the machine.
    pub limits: f64,
    /// Measuring the cases.
    pub spent: Spent,
}

impl Forecast {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.build + self.limits + self.spent.total()
    }
}

impl fmt::Display for Forecast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spent { rounds, more, looks } = self.spent;
        let build = match self.packages {
            0 => "what changed".to_owned(),
            count => format!("{count} packages that are not built yet"),
        };
        let mut text = String::new();
        for (seconds, what, how) in [
            (self.build, "building", build.as_str()),
            (self.limits, "the machine", "what it can do at best"),
            (rounds, "rounds", "each scenario in fresh processes, rungs in turns"),
            (more, "more rounds", "where those decide too little"),
            (looks, "looking why", "allocations, machine code and what else says why"),
        ] {
            writeln!(text, "  {:>9}  {what:<12} {how}", about(seconds))?;
        }
        f.write_str(text.trim_end())
    }
}

/// "40 s", "7 min", "1 h 20 min": what a forecast is good for.
pub fn about(seconds: f64) -> String {
    match seconds.max(0.0) {
        s if s < 10.0 => format!("{s:.0} s"),
        s if s < 100.0 => format!("{:.0} s", (s / 5.0).round() * 5.0),
        s if s < 600.0 => format!("{} min", (s / 30.0).round() / 2.0),
        s if s < 5_400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.0} h {:02.0} min", (s / 3_600.0).floor(), s % 3_600.0 / 60.0),
    }
}

/// The packages that these need, themselves included, as "name version": what `Cargo.lock` says,
/// which is there before anything is downloaded. Some are for other systems; they count as if they
/// were for this one.
///
/// # Errors
/// If there is no readable `Cargo.lock`.
pub fn packages(lock: &Path, of: &[&str]) -> Result<BTreeSet<String>> {
    let lock: Lock = toml::from_str(&std::fs::read_to_string(lock)?)?;
    let of = of.iter().map(|name| (*name).to_owned());
    Ok(lock.closure(of.collect()))
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

impl Lock {
    fn closure(&self, mut open: Vec<String>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        while let Some(wanted) = open.pop() {
            // "name", or "name version" where there are several.
            let (name, version) = wanted.split_once(' ').unwrap_or((&wanted, ""));
            let of_name = self.package.iter().filter(|package| package.name == name);
            for package in of_name.filter(|p| version.is_empty() || version == p.version) {
                if found.insert(format!("{} {}", package.name, package.version)) {
                    open.extend(package.dependencies.iter().cloned());
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_first_forecast_is_made_of_what_is_usual_and_a_second_of_what_happened() {
        let mut pace = Pace::default();
        let packages = needed(&["a 1", "b 1", "c 1"]);
        let cases = ["bitsets", "strings"];
        let first = pace.forecast(Effort::Quick, &cases, &packages);
        let usual = Spent::usual(Effort::Quick);
        assert_eq!((first.packages, first.spent), (3, usual + usual));

        pace.learn_build(&packages, Duration::from_secs(30));
        let spent = Spent { rounds: 5.0, more: 1.0, looks: 2.0 };
        pace.learn(Effort::Quick, "bitsets", spent);
        let second = pace.forecast(Effort::Quick, &cases, &packages);
        assert_eq!((second.packages, second.build), (0, CHECK));
        assert_eq!(second.spent.rounds, 5.0 + Spent::usual(Effort::Quick).rounds);
        let standard = pace.forecast(Effort::Standard, &["bitsets"], &packages);
        assert_eq!(standard.spent, Spent::usual(Effort::Standard), "another effort is another run");

        let more = needed(&["a 1", "d 1"]);
        assert_eq!(pace.forecast(Effort::Quick, &cases, &more).build, CHECK + 10.0);
    }

    #[test]
    fn cases_without_a_past_are_like_those_with_one() {
        let mut pace = Pace::default();
        for (case, rounds) in [("a", 10.0), ("b", 20.0), ("c", 30.0)] {
            pace.learn(Effort::Quick, case, Spent { rounds, ..Spent::default() });
        }
        let forecast = pace.forecast(Effort::Quick, &["new", "a"], &BTreeSet::new());
        assert_eq!(forecast.spent.rounds, 30.0);
    }

    #[test]
    fn it_survives_the_disk_and_a_broken_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pace.json");
        assert_eq!(Pace::load(&path), Pace::default());
        let mut pace = Pace::default();
        pace.learn(Effort::Full, "a", Spent::usual(Effort::Full));
        pace.learn_build(&needed(&["a 1"]), Duration::from_secs(1));
        pace.save(&path).unwrap();
        assert_eq!(Pace::load(&path), pace);
        std::fs::write(&path, "{").unwrap();
        assert_eq!(Pace::load(&path), Pace::default());
    }

    #[test]
    fn packages_are_those_that_are_needed() {
        let lock = r#"
            version = 4
            [[package]]
            name = "case"
            version = "0.1.0"
            dependencies = ["memchr", "syn 2.0.1"]
            [[package]]
            name = "memchr"
            version = "2.7.0"
            [[package]]
            name = "syn"
            version = "1.0.0"
            dependencies = ["other"]
            [[package]]
            name = "syn"
            version = "2.0.1"
            dependencies = ["memchr"]
            [[package]]
            name = "other"
            version = "1.0.0"
        "#;
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lock).unwrap();
        let found = packages(file.path(), &["case"]).unwrap();
        assert_eq!(found, needed(&["case 0.1.0", "memchr 2.7.0", "syn 2.0.1"]));
        assert!(packages(Path::new("/nowhere"), &[]).is_err());
    }

    #[test]
    fn durations_read_as_people_say_them() {
        let texts = [4.2, 37.0, 200.0, 1_300.0, 5_500.0].map(about);
        assert_eq!(texts, ["4 s", "35 s", "3.5 min", "22 min", "1 h 32 min"]);
        let spent = Spent { rounds: 60.0, more: 4.0, looks: 20.0 };
        let text = Forecast { packages: 210, build: 80.0, limits: 9.0, spent }.to_string();
        assert!(text.contains("80 s  building     210 packages"), "{text}");
    }
}
