//! What on this machine, or in what cargo builds with, disturbs measurements: each check is a pure
//! function from the text that the system gave to a finding, so that every system's answer can be
//! tested on any other.

mod build;
#[cfg(any(target_os = "linux", test))]
mod confines;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(target_os = "macos", test))]
mod macos;
#[cfg(any(target_os = "linux", test))]
mod neighbours;
#[cfg(any(target_os = "linux", test))]
mod processor;
#[cfg(any(target_os = "linux", test))]
mod tools;
#[cfg(any(target_os = "windows", test))]
mod windows;

use anyhow::Error;
use record::{Condition, Severity};

use crate::build::Settings;

/// The mend where a finding asks for none.
const NOTHING: &str = "nothing to do";
/// The mend of what the host decides.
const GUEST: &str = "nobody inside the guest can change this";

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub name: &'static str,
    /// How much it matters to the figures.
    pub severity: Severity,
    /// What the system said.
    pub found: String,
    /// What follows for the figures.
    pub means: &'static str,
    /// The one command or act that mends it.
    pub mend: String,
}

impl Finding {
    fn ok(name: &'static str, found: impl Into<String>, means: &'static str) -> Self {
        let found = found.into();
        Self { name, severity: Severity::Ok, found, means, mend: NOTHING.to_owned() }
    }

    fn note(name: &'static str, found: impl Into<String>, means: &'static str, mend: &str) -> Self {
        let found = found.into();
        Self { name, severity: Severity::Note, found, means, mend: mend.to_owned() }
    }

    fn disturbs(
        name: &'static str,
        found: impl Into<String>,
        means: &'static str,
        mend: &str,
    ) -> Self {
        Self { severity: Severity::Disturbs, ..Self::note(name, found, means, mend) }
    }

    /// Of a file that is missing, forbidden or not in a form that the check knows.
    #[cfg(any(target_os = "linux", target_os = "macos", target_os = "windows", test))]
    fn unreadable(name: &'static str) -> Self {
        let means = "whether it disturbed the figures is not known.";
        Self::note(name, "cannot be read here", means, NOTHING)
    }

    /// Of a check that has no source on this system.
    #[cfg(not(target_os = "linux"))]
    fn unknown(name: &'static str) -> Self {
        let means = "whether it disturbed the figures is not known.";
        Self::note(name, "not known on this system", means, NOTHING)
    }

    /// What a record keeps of it.
    pub fn condition(&self) -> Condition {
        Condition {
            name: self.name.to_owned(),
            finding: self.found.clone(),
            severity: self.severity,
        }
    }
}

/// Looks at this machine, now, and at what cargo builds with, or why that cannot be read. Takes
/// about a fifth of a second, and never fails.
pub fn examine(settings: Result<&Settings, &Error>) -> Vec<Finding> {
    #[cfg(target_os = "linux")]
    let mut findings = linux::examine();
    #[cfg(target_os = "macos")]
    let mut findings = macos::examine();
    #[cfg(target_os = "windows")]
    let mut findings = windows::examine();
    #[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
    let mut findings = vec![Finding::unknown("machine")];
    findings.extend(build::examine(settings));
    findings
}

/// What the build is, now that the binaries have said it: takes the place of what was read, and is
/// told if it disturbs and was not told before.
pub fn observed(findings: &mut Vec<Finding>, settings: &Settings) {
    let seen = build::examine(Ok(settings));
    let news: Vec<_> = seen.iter().filter(|finding| !findings.contains(finding)).cloned().collect();
    record::output::err(short(&news));
    findings.retain(|finding| seen.iter().all(|seen| seen.name != finding.name));
    findings.extend(seen);
}

/// All findings as aligned lines: the mark, the name, what was found; beneath it, where it matters,
/// what that means and what mends it.
pub fn report(findings: &[Finding]) -> String {
    let widest = findings.iter().map(|finding| finding.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for finding in findings {
        let Finding { name, severity, found, means, mend } = finding;
        text += &format!("{severity:<8}  {name:<widest$}  {found}");
        if *severity == Severity::Ok {
            text += &format!(": {means}\n");
        } else {
            let under = 12 + widest;
            text += &format!("\n{:under$}{means}\n{:under$}{mend}\n", "", "");
        }
    }
    let count = |severity| findings.iter().filter(|found| found.severity == severity).count();
    let (disturbing, to_note) = (count(Severity::Disturbs), count(Severity::Note));
    let ok = count(Severity::Ok);
    text + &format!("\n{disturbing} disturbing, {to_note} to note, {ok} ok\n")
}

/// Only what disturbs, one line each; empty on a quiet machine.
pub fn short(findings: &[Finding]) -> String {
    let disturbing = findings.iter().filter(|finding| finding.severity == Severity::Disturbs);
    let lines: String = disturbing
        .map(|Finding { name, found, mend, .. }| {
            let mend = if mend == GUEST { String::new() } else { format!("; better: {mend}") };
            format!("  {name}: {found}{mend}\n")
        })
        .collect();
    if lines.is_empty() {
        return lines;
    }
    format!("Figures will be less exact here than they could be:\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings() -> Vec<Finding> {
        vec![
            Finding::ok("turbo", "off", "the clock is steady."),
            Finding::note("huge pages", "always", "they vary.", "echo madvise"),
            Finding::disturbs("load", "5.0", "others run.", "close them"),
        ]
    }

    #[test]
    fn the_report_is_aligned_and_counts() {
        let expected = "\
ok        turbo       off: the clock is steady.
note      huge pages  always
                      they vary.
                      echo madvise
disturbs  load        5.0
                      others run.
                      close them

1 disturbing, 1 to note, 1 ok
";
        assert_eq!(report(&findings()), expected);
        assert!(report(&[]).contains("0 disturbing"));
    }

    #[test]
    fn the_short_form_has_only_what_disturbs() {
        assert_eq!(
            short(&findings()),
            "Figures will be less exact here than they could be:\n  load: 5.0; better: close them\n"
        );
        assert_eq!(short(&findings()[..2]), "");
    }

    #[test]
    fn a_record_keeps_the_finding() {
        let condition = findings()[2].condition();
        assert_eq!((condition.name.as_str(), condition.finding.as_str()), ("load", "5.0"));
        assert_eq!(condition.severity, Severity::Disturbs);
    }

    /// Whatever this machine is, it is examined without an error, and every finding is whole.
    #[test]
    fn this_machine_can_be_examined() {
        let findings = examine(Err(&anyhow::anyhow!("nobody\nlooked")));
        assert!(!findings.is_empty());
        for finding in findings {
            assert!(finding.means.ends_with('.'), "{finding:?}");
            assert!(!finding.found.is_empty() && !finding.mend.is_empty(), "{finding:?}");
            assert!(!finding.found.contains('\n'), "{finding:?}");
        }
    }
}
