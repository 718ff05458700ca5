//! `cargo xtask compare`: two records in, what got faster or slower out.

use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use protocol::{Claim, Expect};

use crate::compare::{Comparison, Fact, FactKind, Flip, Line};
use crate::page::format;
use crate::record::Record;
use crate::stats::{self, Interval, Verdict};
use crate::summary::Outcome;

/// Prints what changed between two records, or with `all` every line. The exit status is 1 if
/// something is slower, a claim broke, or a case fails that did not.
///
/// # Errors
/// If a record cannot be read, or the two have no rung in common.
pub fn run(old: &Path, new: &Path, all: bool) -> Result<ExitCode> {
    let (before, after) = (Record::load(old)?, Record::load(new)?);
    let comparison = Comparison::new(&before, &after);
    let mut out = String::new();
    for (which, path, record) in [("old", old, &before), ("new", new, &after)] {
        let effort = format!("{:?}", record.effort).to_lowercase();
        writeln!(out, "{which}: {}, {}, {effort} effort", path.display(), record.date())?;
    }
    print_all(&mut out, &comparison, all)?;
    warn(&comparison);
    // At once, and a reader who has seen enough (`| head`) must not turn the status into another.
    let written = std::io::stdout().write_all(out.as_bytes());
    if let Err(error) = written.or_else(ignore_closed) {
        return Err(error).context("cannot print the comparison; is the disk full?");
    }
    if comparison.rungs().next().is_none() && comparison.failures.is_empty() {
        bail!(
            "{} and {} have no rung of a scenario in common, so nothing was compared: measure both \
             with the same --only and the same effort",
            old.display(),
            new.display()
        );
    }
    let sound = comparison.regressions() == 0;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn ignore_closed(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}

fn print_all(out: &mut String, comparison: &Comparison, all: bool) -> fmt::Result {
    print_facts(out, &comparison.facts)?;
    print_lines(out, comparison, all)?;
    for naive in comparison.naive_changed() {
        writeln!(
            out,
            "{} at {}: the rungs changed alike and naive the other way; perhaps it is naive that \
             changed",
            naive.case, naive.scenario
        )?;
    }
    for flip in &comparison.flips {
        writeln!(out, "{}", flip_text(flip))?;
    }
    for (case, failure) in &comparison.failures {
        writeln!(out, "REGRESSION: {case} fails now: {failure}")?;
    }
    print_names(out, "added, only in the new record", &comparison.added)?;
    print_names(out, "removed, only in the old record", &comparison.removed)?;
    print_summary(out, comparison)
}

fn print_facts(out: &mut String, facts: &[Fact]) -> fmt::Result {
    let equal: Vec<&str> = facts.iter().filter(|f| f.equal).map(|f| f.name).collect();
    writeln!(
        out,
        "equal: {}",
        if equal.is_empty() { "nothing".to_owned() } else { equal.join(", ") }
    )?;
    let known = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
    for fact in facts.iter().filter(|fact| !fact.equal) {
        let how = if fact.old == fact.new { "perhaps not equal" } else { "not equal" };
        writeln!(out, "{how}: {}: {} → {}", fact.name, known(&fact.old), known(&fact.new))?;
    }
    Ok(())
}

fn warn(comparison: &Comparison) {
    if !comparison.equal(FactKind::Machine) {
        eprintln!("warning: different machines: the verdicts compare machines, not code");
    }
    if !comparison.equal(FactKind::Toolchain) {
        eprintln!("warning: different toolchains: the verdicts compare compilers as well as code");
    }
    if !comparison.equal(FactKind::Input) {
        eprintln!("warning: different files: where a case read one, the verdicts compare inputs");
    }
}

/// Naive is shown wherever another rung of its scenario is: if naive got faster, every other rung's
/// ratio falls.
fn print_lines(out: &mut String, comparison: &Comparison, all: bool) -> fmt::Result {
    let changed = |line: &Line| !line.naive && line.verdict != Verdict::CannotTell;
    let same_place = |a: &Line, b: &Line| (&a.case, &a.scenario) == (&b.case, &b.scenario);
    let shown = |line: &&Line| {
        let beside = |other: &Line| changed(other) && same_place(other, line);
        all || changed(line) || (line.naive && comparison.lines.iter().any(beside))
    };
    let lines: Vec<&Line> = comparison.lines.iter().filter(shown).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let same_setup = comparison.equal(FactKind::Machine) && comparison.equal(FactKind::Toolchain);
    writeln!(
        out,
        "\n{:<20} {:<24} {:<14} {:>10} {:>10}  {:<28} verdict",
        "case", "scenario", "rung", "old ratio", "new ratio", "speed changed by"
    )?;
    for line in lines {
        let figure = if line.naive { format::time } else { ratio };
        writeln!(
            out,
            "{:<20} {:<24} {:<14} {:>10} {:>10}  {:<28} {}",
            line.case,
            line.scenario.to_string(),
            line.rung,
            figure(line.old.mid),
            figure(line.new.mid),
            change(line.change),
            verdict(line, same_setup)
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn print_names(out: &mut String, what: &str, names: &[String]) -> fmt::Result {
    if !names.is_empty() {
        writeln!(out, "{what}:")?;
        for name in names {
            writeln!(out, "  {name}")?;
        }
    }
    Ok(())
}

fn print_summary(out: &mut String, comparison: &Comparison) -> fmt::Result {
    let naive: Vec<f64> =
        comparison.lines.iter().filter(|line| line.naive).map(|line| line.change.mid).collect();
    if !naive.is_empty() {
        let at = |share| percent(stats::quantile(&mut naive.clone(), share));
        writeln!(
            out,
            "naive, by absolute time: speed changed by {} at the median of {} scenarios, by {} to \
             {} at the extremes; that drifts with the machine and is no regression",
            at(0.5),
            naive.len(),
            at(0.0),
            at(1.0)
        )?;
    }
    let agreement = comparison.agreement;
    if agreement.all > 0 {
        writeln!(
            out,
            "verdicts against naive: {} of {} agree ({}), {} are opposite",
            agreement.same,
            agreement.all,
            format::share(agreement.same as f64 / agreement.all as f64),
            agreement.opposite
        )?;
    }
    writeln!(out, "{}", counts(comparison))
}

/// "412 compared: 3 faster, 1 slower, 408 cannot tell or unchanged; 1 claim broke".
fn counts(comparison: &Comparison) -> String {
    let mut text = format!(
        "{} compared: {} faster, {} slower, {} cannot tell or unchanged",
        comparison.rungs().count(),
        comparison.count(Verdict::Faster),
        comparison.count(Verdict::Slower),
        comparison.count(Verdict::CannotTell),
    );
    for (count, item, what) in [
        (comparison.broken(), "claim", "broke"),
        (comparison.failures.len(), "case", "fails that did not"),
    ] {
        if count > 0 {
            text += &format!("; {count} {} {what}", format::plural(item, count));
        }
    }
    text
}

fn verdict(line: &Line, same_setup: bool) -> &'static str {
    match (line.naive, line.verdict) {
        (true, _) if !same_setup => "drifting: time on another machine or compiler",
        (true, Verdict::Faster) => "drifting: faster, or the machine was",
        (true, Verdict::Slower) => "drifting: slower, or the machine was",
        (true, Verdict::CannotTell) => "drifting: cannot tell",
        (false, Verdict::Faster) => "faster",
        (false, Verdict::Slower) => "SLOWER",
        (false, Verdict::CannotTell) => "cannot tell",
    }
}

fn flip_text(flip: &Flip) -> String {
    let word = |outcome| match outcome {
        Outcome::Held => "held",
        Outcome::Broken => "broken",
        Outcome::Undecided => "undecided",
        Outcome::NotMeasured => "not measured",
    };
    let mark = if flip.is_regression() { "REGRESSION: " } else { "" };
    format!(
        "{mark}{}: the claim that {} went from {} to {}",
        flip.case,
        claim_text(&flip.claim),
        word(flip.old),
        word(flip.new)
    )
}

fn claim_text(claim: &Claim) -> String {
    let what = match claim.expect {
        Expect::AtLeast(least) => format!("is at least {least} times as fast as naive"),
        Expect::DoesNotPay => "does not pay".to_owned(),
        Expect::MemoryAtMost(share) => {
            format!("needs at most {} of naive's memory", format::fraction(share))
        }
    };
    format!("{} {what} at {}/{}", claim.rung, claim.input, claim.n)
}

/// "−4.2 % \[−5.1, −3.0\]".
fn change(change: Interval) -> String {
    format!("{} [{}, {}]", percent(change.mid), signed(change.low), signed(change.high))
}

fn percent(ratio: f64) -> String {
    format!("{} %", signed(ratio))
}

/// A ratio as per cent more or less, with a sign; nothing is "+0.0", never "−0.0".
fn signed(ratio: f64) -> String {
    let tenths = ((ratio - 1.0) * 1e3).round();
    let sign = if tenths < 0.0 { '−' } else { '+' };
    format!("{sign}{:.1}", tenths.abs() / 10.0)
}

/// "9.43×": three digits, where the book has two, so that a small change is seen.
fn ratio(ratio: f64) -> String {
    match ratio {
        r if r >= 99.95 => format!("{r:.0}×"),
        r if r >= 9.995 => format!("{r:.1}×"),
        r if r >= 0.0995 => format!("{r:.2}×"),
        r => format!("{r:.4}×"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_read_well() {
        let interval = Interval { low: 0.899, mid: 0.95, high: 0.9996 };
        assert_eq!(change(interval), "−5.0 % [−10.1, +0.0]");
        assert_eq!([percent(1.0), percent(2.5)], ["+0.0 %", "+150.0 %"]);
        assert_eq!(
            [ratio(150.2), ratio(31.62), ratio(9.432), ratio(0.25), ratio(0.012_34)],
            ["150×", "31.6×", "9.43×", "0.25×", "0.0123×"]
        );
    }

    #[test]
    fn claims_read_as_sentences() {
        let claim = |expect| Claim { rung: "fast".into(), input: "words".into(), n: 10, expect };
        let flip =
            |old, new| Flip { case: "arenas".into(), claim: claim(Expect::AtLeast(1.5)), old, new };
        assert_eq!(
            flip_text(&flip(Outcome::Held, Outcome::Broken)),
            "REGRESSION: arenas: the claim that fast is at least 1.5 times as fast as naive at \
             words/10 went from held to broken"
        );
        assert!(flip_text(&flip(Outcome::Held, Outcome::Undecided)).starts_with("arenas: "));
        assert_eq!(
            claim_text(&claim(Expect::MemoryAtMost(0.125))),
            "fast needs at most 1/8 of naive's memory at words/10"
        );
    }

    #[test]
    fn records_that_share_nothing_are_an_error_that_names_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        let toolchain = crate::record::Toolchain {
            rustc: "rustc".into(),
            target: "x".into(),
            flags: String::new(),
        };
        let machine = protocol::Machine::default();
        Record::new(protocol::Effort::Quick, None, toolchain, machine).save(&path).unwrap();
        let error = run(&path, &path, false).unwrap_err().to_string();
        assert!(error.contains("record.json") && error.contains("--only"), "{error}");
    }
}
