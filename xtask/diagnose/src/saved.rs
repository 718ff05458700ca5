//! What is kept of a diagnosis: JSON with a version, held against what must be so when it is read.

use anyhow::{Context, Result, bail, ensure};
use record::LAST_SECOND;
use serde::{Deserialize, Serialize};

use crate::Kind;
use crate::find::{Finding, MOST, Part};

const FORMAT: &str = "casebook-diagnosis";
/// Goes up when a field changes its name or meaning.
const VERSION: u32 = 1;
/// Letters of a text that anybody reads.
const LONGEST: usize = 2_000;
/// Things of one kind that are shown at most.
const LISTED: usize = 16;

/// The last diagnosis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    format: String,
    version: u32,
    /// The program with its arguments, or the file.
    pub program: String,
    /// Seconds since 1970, UTC.
    pub started: u64,
    /// The processor on which the answer was given; a file may be from elsewhere.
    pub machine: String,
    /// What the profile is.
    pub how: String,
    /// What was counted.
    pub kind: Kind,
    /// How many of them.
    pub samples: u64,
    /// The size of the reader's data, if he said it.
    pub size: Option<u64>,
    /// What is to be known first.
    pub warnings: Vec<String>,
    /// Cases, the likeliest first.
    pub findings: Vec<Finding>,
    /// What else the run shows, each with a case that is about it and is not accused.
    #[serde(default)]
    pub asides: Vec<(String, String)>,
    /// The functions in which most was seen.
    pub widest: Vec<Part>,
}

impl Diagnosis {
    /// One of this version, of which nothing is known yet.
    pub fn new(program: String, started: u64, machine: String) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: program.chars().take(LONGEST).collect(),
            started,
            machine,
            how: String::new(),
            kind: Kind::Samples,
            samples: 0,
            size: None,
            warnings: Vec::new(),
            findings: Vec::new(),
            asides: Vec::new(),
            widest: Vec::new(),
        }
    }

    /// As JSON.
    ///
    /// # Errors
    /// If it cannot be written so.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Reads what [`Self::json`] wrote, or somebody else.
    ///
    /// # Errors
    /// If it is of another version, or says what cannot be.
    pub fn read(text: &str) -> Result<Self> {
        let read: Self = serde_json::from_str(text).context("it is no diagnosis")?;
        if read.format != FORMAT || read.version != VERSION {
            bail!("it is of another version; diagnose again");
        }
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<()> {
        let share = |share: f64| (0.0..=1.0).contains(&share);
        let parts = |parts: &[Part]| {
            parts.len() <= LISTED && parts.iter().all(|part| share(part.share) && short(&part.name))
        };
        ensure!(self.started <= LAST_SECOND, "it is of a year with more than four digits");
        ensure!(self.findings.len() <= MOST, "it has more than {MOST} cases");
        ensure!(self.warnings.len() <= LISTED, "it has too many warnings");
        ensure!(self.asides.len() <= LISTED, "it has too many asides");
        let asides = self.asides.iter().flat_map(|(case, what)| [case, what]);
        ensure!(
            [&self.program, &self.machine, &self.how]
                .into_iter()
                .chain(&self.warnings)
                .chain(asides)
                .all(|t| short(t)),
            "it has a text too long to show"
        );
        ensure!(parts(&self.widest), "it has a share beyond 0 and 1 among the widest functions");
        for finding in &self.findings {
            let Finding { case, what, share: of, low, high, own, .. } = finding;
            let lists = [&finding.frames, &finding.callers, &finding.overlaps];
            let well = [of, low, high, own].into_iter().all(|of| share(*of))
                && low <= high
                && what.len() <= LISTED
                && what.iter().chain([case]).all(|text| short(text))
                && lists.into_iter().all(|list| parts(list));
            ensure!(well, "what it says of a case cannot be");
        }
        Ok(())
    }
}

fn short(text: &str) -> bool {
    text.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnosis() -> Diagnosis {
        let part = |name: &str, share| Part { name: name.into(), share };
        Diagnosis {
            samples: 1_000,
            findings: vec![Finding {
                case: "hashing".into(),
                perhaps: false,
                what: vec!["SipHash".into()],
                share: 0.4,
                low: 0.37,
                high: 0.43,
                own: 0.4,
                frames: vec![part("sip", 0.4)],
                callers: Vec::new(),
                overlaps: Vec::new(),
            }],
            widest: vec![part("sip", 0.4)],
            ..Diagnosis::new("app x".into(), 1, "a processor".into())
        }
    }

    #[test]
    fn what_was_written_is_read_again() {
        let json = diagnosis().json().unwrap();
        assert_eq!(Diagnosis::read(&json).unwrap(), diagnosis());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |change: &dyn Fn(&mut Diagnosis)| {
            let mut changed = diagnosis();
            change(&mut changed);
            Diagnosis::read(&changed.json().unwrap()).unwrap_err().to_string()
        };
        assert!(refused(&|d| d.version = 9).contains("diagnose again"));
        assert!(refused(&|d| d.findings[0].share = 1.5).contains("cannot be"));
        assert!(refused(&|d| d.widest[0].share = -1.0).contains("beyond"));
        assert!(refused(&|d| d.program = "x".repeat(9_999)).contains("too long"));
        assert!(refused(&|d| d.findings = vec![d.findings[0].clone(); 9]).contains("more than 5"));
        assert!(refused(&|d| d.started = u64::MAX).contains("four digits"));
        assert!(Diagnosis::read("{}").is_err() && Diagnosis::read("").is_err());
    }
}
