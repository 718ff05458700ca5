//! How differences read: verdicts, claims, counts, changes.

use protocol::Claim;

use judge::records::{Flip, Grounds, Instructions, Line};
use judge::stats::{Interval, Verdict};
use judge::summary::Outcome;
use judge::words::{claim, format};

/// What a line's verdict is, and what it rests on.
pub fn verdict(line: &Line, same_setup: bool) -> &'static str {
    match (line.grounds, line.verdict) {
        (Grounds::More, _) => "SLOWER: more instructions",
        (Grounds::Fewer, _) => "fewer instructions",
        (Grounds::Equal, _) => "unchanged: as many instructions",
        (Grounds::MoreYetFaster, _) => "faster, at more instructions",
        (Grounds::FewerYetNoFaster, _) => "fewer instructions, yet no faster",
        (Grounds::Unexplained, _) => {
            "SLOWER than instructions explain: layout, branches, caches or memory"
        }
        (Grounds::Times, _) if line.naive && !same_setup => {
            "drifting: time on another machine or compiler"
        }
        (Grounds::Times, Verdict::Faster) if line.naive => "drifting: faster, or the machine was",
        (Grounds::Times, Verdict::Slower) if line.naive => "drifting: slower, or the machine was",
        (Grounds::Times, Verdict::CannotTell) if line.naive => "drifting: undecided",
        (Grounds::Times, Verdict::Faster) => "faster",
        (Grounds::Times, Verdict::Slower) => "SLOWER",
        (Grounds::Times, Verdict::CannotTell) => "undecided",
    }
}

/// "instructions 48,213 → 50,900 (+5.6 %)".
pub fn instructions(counts: Instructions) -> String {
    let count = |n: f64| format::count(n.round() as usize);
    format!(
        "instructions {} → {} ({})",
        count(counts.old),
        count(counts.new),
        percent(counts.growth())
    )
}

/// "REGRESSION: arenas: the claim that … went from held to broken".
pub fn flip_text(flip: &Flip) -> String {
    let word = |outcome| match outcome {
        Outcome::Held => "held",
        Outcome::Broken => "broken",
        Outcome::Undecided => "undecided",
        Outcome::NotMeasured => "not measured",
        Outcome::Absent => "not on this system",
        Outcome::Elsewhere => "not on this machine",
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
    format!("{} {} at {}/{}", claim.rung, claim::says(claim), claim.input, claim.n)
}

/// "−4.2 % \[−5.1, −3.0\]".
pub fn change(change: Interval) -> String {
    format!("{} [{}, {}]", percent(change.mid), signed(change.low), signed(change.high))
}

/// A ratio as "+5.6 %".
pub fn percent(ratio: f64) -> String {
    format!("{} %", signed(ratio))
}

/// A ratio as per cent more or less, with a sign; nothing is "+0.0", never "−0.0".
fn signed(ratio: f64) -> String {
    let tenths = ((ratio - 1.0) * 1e3).round();
    let sign = if tenths < 0.0 { '−' } else { '+' };
    format!("{sign}{:.1}", tenths.abs() / 10.0)
}

/// "9.43×": three digits, where the book has two, so that a small change is seen.
pub fn ratio(ratio: f64) -> String {
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
    use protocol::Expect;

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
    fn counts_read_well() {
        let text = instructions(Instructions { old: 48_213.0, new: 50_900.2 });
        assert_eq!(text, "instructions 48,213 → 50,900 (+5.6 %)");
    }

    #[test]
    fn claims_read_as_sentences() {
        let claim = |expect| Claim {
            rung: "fast".into(),
            input: "words".into(),
            n: 10,
            expect,
            over: None,
        };
        let flip =
            |old, new| Flip { case: "arenas".into(), claim: claim(Expect::Faster), old, new };
        assert_eq!(
            flip_text(&flip(Outcome::Held, Outcome::Broken)),
            "REGRESSION: arenas: the claim that fast is faster than naive at \
             words/10 went from held to broken"
        );
        assert!(flip_text(&flip(Outcome::Held, Outcome::Undecided)).starts_with("arenas: "));
        assert_eq!(
            claim_text(&claim(Expect::MemoryAtMost(0.125))),
            "fast works on at most 1/8 of naive's bytes at words/10"
        );
    }
}
