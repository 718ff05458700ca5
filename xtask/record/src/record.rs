//! A record: what it holds, and how it is saved.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use protocol::{Allocations, Claim, Description, Effort, Machine, Scenario, Tail};
use serde::{Deserialize, Serialize};

use crate::check::{Check as _, kept};
use crate::named;
use crate::{Calibration, Evidence, Run, Shards, whole};

/// What every record says it is.
pub(crate) const FORMAT: &str = "casebook-record";
/// The version written, and the only one read so far.
pub(crate) const VERSION: u32 = 1;
/// Log ratios are stored as integers of this fraction: a hundredth of a per cent.
const LOG_UNIT: f64 = 1e-4;

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "Casebook record"))]
pub struct Record {
    /// Always "casebook-record".
    #[cfg_attr(test, schemars(extend("const" = FORMAT)))]
    pub format: String,
    /// Version of the schema.
    #[cfg_attr(test, schemars(extend("const" = VERSION)))]
    pub version: u32,
    /// Seconds since 1970, UTC.
    pub started: u64,
    /// Commit of the cases; with a plus sign behind it if the tree had changes; null outside a
    /// repository.
    pub commit: Option<String>,
    /// How much was measured.
    pub effort: Effort,
    /// Compiler, target, flags and profile.
    pub toolchain: Toolchain,
    /// The machine and its limits.
    pub machine: Machine,
    /// What was found on the machine before the run that may disturb it; empty if nobody looked.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// The user's file, in a record that was made with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<UserFile>,
    /// How far verdicts can be trusted on this machine, from its latest `calibrate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
    /// The parts of a run that this record holds; absent if it holds the whole of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shards: Option<Shards>,
    /// Cases that a later run on this kind of machine measured again, and which run that was.
    #[serde(default, deserialize_with = "named::once", skip_serializing_if = "BTreeMap::is_empty")]
    pub again: BTreeMap<String, Run>,
    /// What was measured, by case.
    #[serde(deserialize_with = "named::once")]
    pub cases: BTreeMap<String, CaseRecord>,
}

/// What made the binaries, as they say themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Toolchain {
    /// First line of `rustc --version`.
    pub rustc: String,
    /// The target triple.
    pub target: String,
    /// Flags that rustc was given beside those of the profile.
    pub flags: String,
    /// The profile: the one that it goes back to, what differs from its defaults, and then single
    /// packages, as in "release, lto=fat; opt-level=0: regex". Empty in records from before it was
    /// kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// Programs that ran around rustc, without their folders. Empty if there were none, and in
    /// records without a profile.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wrapper: String,
    /// Bytes to whose multiples the functions of all binaries are aligned, as their addresses
    /// show. 0 where no binary said so, as in older records.
    #[serde(default, skip_serializing_if = "is_unknown")]
    pub alignment: u64,
}

fn is_unknown(alignment: &u64) -> bool {
    *alignment == 0
}

impl Toolchain {
    /// What of the profile holds for all packages: "release" where it has only defaults, and
    /// nothing where it is not known.
    pub fn overall(&self) -> &str {
        self.profile.split(';').next().unwrap_or_default()
    }
}

/// One thing about the machine that may disturb measurements, as it was before the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Condition {
    /// What was looked at.
    pub name: String,
    /// What the system said.
    pub finding: String,
    /// How much it matters to the figures.
    pub severity: Severity,
}

/// How much a condition matters to the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not at all.
    Ok,
    /// A reader should know it.
    Note,
    /// It makes times longer, or intervals wider.
    Disturbs,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Disturbs => "disturbs",
        })
    }
}

/// The user's file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UserFile {
    /// Its name, without folders.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Bytes from its beginning that the run measured at most.
    #[serde(default)]
    pub measured: u64,
    /// Lines in those.
    #[serde(default)]
    pub lines: u64,
    /// Cases that cannot read it, and why.
    #[serde(default, deserialize_with = "named::once", skip_serializing_if = "BTreeMap::is_empty")]
    pub refused: BTreeMap<String, String>,
}

/// One case in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CaseRecord {
    /// Why nothing, or no more, was measured: it does not compile, a rung disagrees, the file is
    /// bad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// What the case said of itself; null if it could not be asked.
    pub description: Option<Description>,
    /// One entry per measured scenario.
    pub scenarios: Vec<ScenarioRecord>,
    /// Why each rung takes its time; absent if nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Seconds that this case took.
    pub seconds: f64,
}

impl CaseRecord {
    /// Index of the scenario that a claim is about, if it was measured.
    pub fn claimed(&self, claim: &Claim) -> Option<usize> {
        self.scenarios.iter().position(|known| claim.is_about(&known.scenario))
    }
}

/// One scenario in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScenarioRecord {
    /// Distribution and size.
    pub scenario: Scenario,
    /// How many inputs rotated.
    pub inputs: usize,
    /// Limited work in one call, and bytes within which it happens.
    pub work: f64,
    /// See `work`.
    pub within: f64,
    /// Bytes of data each rung works on.
    pub data_bytes: Vec<Option<u64>>,
    /// Nanoseconds that a cache line took from core to core; 0 where it does not matter, or is not
    /// known. Processes for which it took a multiple are left out.
    #[serde(default, skip_serializing_if = "protocol::is_zero")]
    pub handover: f64,
    /// Blocks measured, all processes together.
    pub blocks: usize,
    /// Share of them in which the sentinel ran at its usual speed.
    pub quiet: f64,
    /// Nanoseconds per call by process and rung; 0 where a rung is unavailable.
    pub times: Vec<Vec<f64>>,
    /// Nanoseconds of processor time per call, all threads together, by process and rung; empty
    /// where no rung's differs from the time that passed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cpu: Vec<Vec<f64>>,
    /// Pages that the system handed over per call while it was timed, by process and rung; empty
    /// where no rung's take a part of its time that tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Vec<f64>>,
    /// Paired ratios.
    pub pairs: Vec<Pair>,
    /// What criterion measured, by rung: nanoseconds per call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solo: Vec<Option<Solo>>,
    /// Allocations of one call, by rung.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocations: Vec<Option<Allocations>>,
    /// How long single calls took, by rung, where the case asks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tails: Vec<Option<Tail>>,
    /// Nanoseconds per call of each rung measured alone, in processes in which no other rung was
    /// called; empty if nobody measured it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alone: Vec<Option<f64>>,
}

/// One rung against another, block by block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Pair {
    /// Index of the rung that the other is held against.
    pub base: usize,
    /// Index of the rung; the same as `base` in the A/A control.
    pub rung: usize,
    /// Medians of log(base time / rung time) in ten-thousandths, by process and chunk of blocks.
    pub logs: Vec<Vec<i32>>,
}

/// criterion's estimate of a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Solo {
    /// The median, in nanoseconds per call.
    pub ns: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Pair {
    /// Rounds log ratios for storage.
    pub fn new(base: usize, rung: usize, logs: &[Vec<f64>]) -> Self {
        let round = |log: &f64| (log / LOG_UNIT).round() as i32;
        let logs = logs.iter().map(|chunks| chunks.iter().map(round).collect()).collect();
        Self { base, rung, logs }
    }

    /// Log ratios by process and chunk.
    pub fn log_ratios(&self) -> Vec<Vec<f64>> {
        let value = |log: &i32| f64::from(*log) * LOG_UNIT;
        self.logs.iter().map(|chunks| chunks.iter().map(value).collect()).collect()
    }
}

impl Record {
    /// An empty record of a run that starts now.
    pub fn new(
        effort: Effort,
        commit: Option<String>,
        toolchain: Toolchain,
        machine: Machine,
    ) -> Self {
        let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            started: started.map_or(0, |since| since.as_secs()),
            commit,
            effort,
            toolchain,
            machine,
            conditions: Vec::new(),
            file: None,
            calibration: None,
            shards: None,
            again: BTreeMap::new(),
            cases: BTreeMap::new(),
        }
    }

    /// Writes the record whole or not at all: into a file beside it, which then takes its name.
    /// What compilers, panics and systems said is kept as far as a record may hold it.
    ///
    /// # Errors
    /// If the folder cannot be written to; or, once it is written, if nobody could read it.
    pub fn save(&self, path: &Path) -> Result<()> {
        let mut record = self.clone();
        record.words_of_others();
        write_json(&record, path)?;
        record.check().with_context(|| {
            format!("{} is written, but what it holds is refused when it is read", path.display())
        })
    }

    /// Cuts and cleans what came from elsewhere to what a record may hold.
    fn words_of_others(&mut self) {
        let text = |text: &mut String| *text = kept(text);
        let line = |line: &mut String| *line = kept(line).replace(['\n', '\t'], " ");
        let Self { toolchain, machine, conditions, file, cases, .. } = self;
        let Toolchain { rustc, flags, profile, wrapper, .. } = toolchain;
        [rustc, flags, profile, wrapper].into_iter().for_each(line);
        [&mut machine.processor, &mut machine.system].into_iter().for_each(line);
        conditions.iter_mut().for_each(|condition| text(&mut condition.finding));
        if let Some(file) = file {
            line(&mut file.name);
            file.refused.values_mut().for_each(text);
        }
        for case in cases.values_mut() {
            case.failure.iter_mut().for_each(text);
            if let Some(description) = &mut case.description {
                description.absent.iter_mut().for_each(|absent| text(&mut absent.why));
            }
            case.evidence.iter_mut().for_each(|evidence| evidence.words_of_others(text, line));
        }
    }

    /// Of these records the one to hold this one against: of the same target, at best of the same
    /// kind of processor, and the latest of those.
    pub fn reference(&self, known: Vec<Self>) -> Option<Self> {
        known
            .into_iter()
            .filter(|known| known.toolchain.target == self.toolchain.target)
            .max_by_key(|known| (known.machine.is_alike(&self.machine), known.started))
    }

    /// Adds what was found at another time, or on another machine of the kind.
    pub fn add_conditions(&mut self, conditions: &[Condition]) {
        for condition in conditions {
            if !self.conditions.contains(condition) {
                self.conditions.push(condition.clone());
            }
        }
    }

    /// When the run started, as text: "2026-11-22 20:15 UTC".
    pub fn date(&self) -> String {
        date(self.started)
    }
}

/// "2026-11-22 20:15 UTC", of seconds since 1970, [`LAST_SECOND`](crate::LAST_SECOND) at most.
pub fn date(seconds: u64) -> String {
    let date = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let text = humantime::format_rfc3339_seconds(date).to_string();
    format!("{} {} UTC", &text[..10], &text[11..16])
}

/// Writes a value whole or not at all.
///
/// # Errors
/// If the folder cannot be written to.
pub fn write_json(value: &impl Serialize, path: &Path) -> Result<()> {
    whole::replace(path, |file| {
        let mut file = BufWriter::new(file);
        serde_json::to_writer(&mut file, value)?;
        file.write_all(b"\n")?;
        file.flush()
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::fixture;

    fn record() -> Record {
        let toolchain =
            Toolchain { rustc: "rustc".into(), target: "x".into(), ..Toolchain::default() };
        Record::new(Effort::Quick, None, toolchain, Machine::default())
    }

    #[test]
    fn a_record_survives_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/record.json");
        fixture::record().save(&path).unwrap();
        assert_eq!(Record::load(&path).unwrap(), fixture::record());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn whatever_a_panic_or_a_compiler_says_can_be_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        let said = format!("\u{1b}[31merror\u{202e}\r\n\t{}", "at fault ".repeat(100_000));
        let mut record = fixture::record();
        record.cases.get_mut("words").unwrap().failure = Some(said.clone());
        let file_facts = record.file.as_mut().unwrap();
        file_facts.name = "a\nb\u{7}.txt".into();
        file_facts.refused.values_mut().for_each(|why| why.clone_from(&said));
        record.conditions.push(Condition {
            name: "load".into(),
            finding: said,
            severity: Severity::Note,
        });
        record.toolchain.flags = "-Ctarget-cpu=native\u{1f}-O".into();
        record.save(&path).unwrap();
        let read = Record::load(&path).unwrap();
        assert_eq!(read.toolchain.flags, "-Ctarget-cpu=native\u{fffd}-O");
        let failure = read.cases["words"].failure.as_ref().unwrap();
        assert!(failure.starts_with("\u{fffd}[31merror\u{fffd}\u{fffd}\n\tat fault"), "{failure}");
        assert_eq!(read.file.unwrap().name, "a b\u{fffd}.txt");
    }

    #[test]
    fn a_record_that_nobody_could_read_is_written_and_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        let mut record = fixture::record();
        record.cases.get_mut("words").unwrap().scenarios[0].times[1].pop();
        let error = format!("{:#}", record.save(&path).unwrap_err());
        assert!(error.contains("cases.words.scenarios[0].times[1]: 3 rungs"), "{error}");
        assert!(fs::read_to_string(&path).unwrap().contains("short, mixed"));
    }

    #[test]
    fn records_from_before_conditions_can_be_read() {
        let mut with = record();
        with.conditions.push(Condition {
            name: "load".into(),
            finding: "none".into(),
            severity: Severity::Ok,
        });
        let text = serde_json::to_string(&with).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), with);
        let older = serde_json::to_string(&record()).unwrap().replace("\"conditions\":[],", "");
        assert!(!older.contains("conditions"));
        assert_eq!(serde_json::from_str::<Record>(&older).unwrap(), record());
    }

    #[test]
    fn records_from_before_profiles_can_be_read() {
        let older = serde_json::to_string(&record()).unwrap();
        assert!(!older.contains("profile") && !older.contains("wrapper"));
        assert_eq!(serde_json::from_str::<Record>(&older).unwrap().toolchain.overall(), "");
        let mut with = record();
        with.toolchain.profile = "release, lto=fat; opt-level=0: regex".into();
        with.toolchain.wrapper = "sccache".into();
        let text = serde_json::to_string(&with).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), with);
        assert_eq!(with.toolchain.overall(), "release, lto=fat");
    }

    #[test]
    fn what_newer_records_leave_out_is_no_obstacle() {
        let record = crate::fixture::record();
        let older = serde_json::to_string(&record).unwrap();
        let older = older.replace("\"packed\":", "\"bytes\":64,\"packed\":");
        assert!(older.contains("\"bytes\":64"));
        assert_eq!(serde_json::from_str::<Record>(&older).unwrap(), record);
    }

    #[test]
    fn log_ratios_are_stored_to_a_hundredth_of_a_per_cent() {
        let logs = [vec![0.512_345, -0.01], vec![2.123_456]];
        let back = Pair::new(0, 1, &logs).log_ratios();
        assert!((back[0][0] - 0.5123).abs() < 1e-9 && (back[1][0] - 2.1235).abs() < 1e-9);
    }

    #[test]
    fn dates_are_civil() {
        let mut record = record();
        record.started = 951_827_696; // a leap day
        assert_eq!(record.date(), "2000-02-29 12:34 UTC");
        assert_eq!(date(0), "1970-01-01 00:00 UTC");
        assert_eq!(date(1_767_225_599), "2025-12-31 23:59 UTC", "seconds are cut, not rounded");
    }

    #[test]
    fn the_reference_is_of_the_target_then_of_the_processor_then_the_latest() {
        let made = |started, target: &str, processor: &str| {
            let mut made = Record { started, ..record() };
            made.toolchain.target = target.into();
            made.machine.processor = processor.into();
            made
        };
        let own = made(9, "x", "own");
        let reference = |known: Vec<Record>| own.reference(known).map(|known| known.started);
        let other_target = made(8, "y", "own");
        let (late, early) = (made(7, "x", "other"), made(2, "x", "other"));
        let (own_late, own_early) = (made(4, "x", "own"), made(3, "x", "own"));
        assert_eq!(reference(vec![]), None);
        assert_eq!(reference(vec![other_target.clone()]), None, "other machine code");
        assert_eq!(reference(vec![late.clone(), early, other_target.clone()]), Some(7));
        assert_eq!(reference(vec![own_late, late, own_early, other_target]), Some(4));
    }
}
