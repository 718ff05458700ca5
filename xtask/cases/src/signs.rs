//! How a case's problem is seen in a profile, as its manifest says it. A closed small language:
//! patterns on names of functions, what must and must not stand around them, and a share from which
//! on something is said. What is not in it is an error where the cases are loaded.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::code::{Code, Fact};
use crate::repeats::Repeats;

/// One way in which a problem is seen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// The words that a reader gets: "keys are hashed by SipHash".
    pub what: String,
    /// Functions in or below which the time goes; one of them is enough.
    #[serde(default)]
    pub frames: Vec<Pattern>,
    /// One of these calls them, however far above.
    #[serde(default)]
    pub under: Vec<Pattern>,
    /// The function of the program's own that is nearest above the innermost of them, or in which
    /// the time goes, is one of these; its crate's name is not looked at.
    #[serde(default)]
    pub owner: Vec<Pattern>,
    /// That function of the program's own has one of these below it, in at least a twentieth of the
    /// stacks in which it is: what an instruction costs is often written to the one behind it.
    #[serde(default)]
    pub calling: Vec<Pattern>,
    /// The time goes in a function of another crate which the program's own calls itself.
    #[serde(default)]
    pub foreign: bool,
    /// This share of the machine's cores at least was idle meanwhile, which is known of what ran
    /// here.
    #[serde(default)]
    pub idle: f64,
    /// Its threads went to sleep so many times in a second of its run, which is known of what ran
    /// here.
    #[serde(default)]
    pub sleeps: u32,
    /// None of these is on the stack.
    #[serde(default)]
    pub without: Vec<Pattern>,
    /// One of these is on some other stack, with at least a hundredth of all: who frees what is
    /// allocated here.
    #[serde(default)]
    pub beside: Vec<Pattern>,
    /// Nothing stands below the function.
    #[serde(default)]
    pub innermost: bool,
    /// The same function of the program's own stands on the stack so often, called by itself.
    #[serde(default)]
    pub recursion: usize,
    /// The function that is meant stands on the stack so often: what is dropped in another of its
    /// own kind.
    #[serde(default)]
    pub nested: usize,
    /// System calls, by name.
    #[serde(default)]
    pub calls: Vec<Pattern>,
    /// So many of them at least.
    #[serde(default)]
    pub often: u64,
    /// Blocks of so many bytes at least, where allocations were recorded.
    #[serde(default)]
    pub block_least: u64,
    /// Blocks of so many bytes at most.
    #[serde(default)]
    pub block_most: Option<u64>,
    /// The machine code in which the time goes has so much of each of these at least, where it is
    /// known: in a program that ran here, or was recorded with it.
    #[serde(default)]
    pub code_least: BTreeMap<Fact, u32>,
    /// It has so much of each of these at most, as far as it is known.
    #[serde(default)]
    pub code_most: BTreeMap<Fact, u32>,
    /// This share of the calls of a function of the program's own at least asked what it had been
    /// asked before, and was answered the same, where calls were looked at.
    #[serde(default)]
    pub repeats: f64,
    /// Such a call executes so many instructions at least: what costs less is not worth
    /// remembering.
    #[serde(default)]
    pub call_least: u64,
    /// The share from which on it is said; without one, never by itself.
    #[serde(default)]
    pub least: f64,
    /// The share from which on it is said where another case is: it fits programs that are as they
    /// should be too often to accuse one by itself.
    #[serde(default)]
    pub beside_another: f64,
    /// How sure this sign is of its case where another one sees the same samples; the surer one
    /// gets them.
    #[serde(default = "Sign::usual")]
    pub sure: u8,
}

/// A part of a name, or a whole one with `*` for anything.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Pattern(String);

/// How often the machine can be misled: a sign is surer than all others, or less than all.
const SUREST: u8 = 9;

impl Sign {
    const fn usual() -> u8 {
        5
    }

    /// The share from which on it is said where another case is.
    pub fn least_beside_another(&self) -> f64 {
        if self.beside_another > 0.0 { self.beside_another } else { self.least }
    }

    /// Whether it is about stacks, and not about system calls.
    pub fn is_of_stacks(&self) -> bool {
        self.calls.is_empty()
    }

    /// Whether it is about the size of blocks, which samples of time do not have.
    pub fn is_of_blocks(&self) -> bool {
        self.block_least > 0 || self.block_most.is_some()
    }

    /// Whether it is about the run as a whole, which accuses no part of it.
    pub fn is_of_the_run(&self) -> bool {
        self.idle > 0.0 || self.sleeps > 0
    }

    /// Whether it is about how often a function is asked the same.
    pub fn is_of_repeats(&self) -> bool {
        self.repeats > 0.0
    }

    /// Whether the calls of a function are as it asks for.
    pub fn fits_repeats(&self, repeats: Repeats) -> bool {
        repeats.share() >= self.repeats && repeats.instructions >= self.call_least
    }

    /// Whether it is about machine code.
    pub fn is_of_code(&self) -> bool {
        !self.code_least.is_empty()
    }

    /// Whether machine code is as it asks for; none where nothing is known of it.
    pub fn fits_code(&self, code: Option<&Code>) -> bool {
        code.map_or(!self.is_of_code(), |code| {
            self.code_least.iter().all(|(fact, least)| code.get(*fact) >= *least)
                && self.code_most.iter().all(|(fact, most)| code.get(*fact) <= *most)
        })
    }

    /// Whether it can see something, and not everything.
    ///
    /// # Errors
    /// If it can see nothing, or sees everything.
    pub fn check(&self) -> Result<()> {
        let patterns = [
            &self.frames,
            &self.under,
            &self.owner,
            &self.calling,
            &self.without,
            &self.beside,
            &self.calls,
        ];
        if self.what.trim().is_empty() {
            bail!("a sign has no words: `what` says what is seen");
        }
        let shown = &self.what;
        if let Some(Pattern(vague)) =
            patterns.into_iter().flatten().find(|Pattern(text)| text.replace('*', "").len() < 3)
        {
            bail!("the sign «{shown}» has `{vague}`, which is nearly everywhere");
        }
        // What is nested is a frame, so that of a sign without frames nothing is.
        if self.frames.is_empty()
            && (self.nested > 0 || self.owner.is_empty())
            && self.calling.is_empty()
            && !self.foreign
            && !self.is_of_code()
            && !self.is_of_the_run()
            && !self.is_of_repeats()
            && self.recursion == 0
            && self.calls.is_empty()
        {
            bail!("the sign «{shown}» sees nothing: it has nothing to look for");
        }
        if self.code_least.values().any(|least| *least == 0) {
            bail!("the sign «{shown}» asks for none at least in `code_least`, which is everywhere");
        }
        let inverted = |(fact, most): (&Fact, &u32)| self.code_least.get(fact) > Some(most);
        if self.code_most.iter().any(inverted) {
            bail!("the sign «{shown}» sees nothing: a `code_most` is below its `code_least`");
        }
        let of_stacks = patterns[..6].iter().any(|list| !list.is_empty())
            || self.innermost
            || !self.code_least.is_empty()
            || !self.code_most.is_empty();
        if !self.calls.is_empty() && of_stacks {
            bail!("the sign «{shown}» has system calls and frames; no profile has both");
        }
        if !(0.0..1.0).contains(&self.repeats) {
            bail!("the sign «{shown}» has `repeats` that are no share below 1");
        }
        if self.call_least > 0 && !self.is_of_repeats() {
            bail!("the sign «{shown}» has a `call_least` without `repeats`");
        }
        let is_share = |share: f64| share > 0.0 && share < 1.0;
        let never_alone = self.least == 0.0 && self.beside_another > 0.0;
        if !(is_share(self.least) || never_alone) {
            bail!("the sign «{shown}» has a `least` that is no share between 0 and 1");
        }
        if self.beside_another != 0.0 && !is_share(self.beside_another) {
            bail!("the sign «{shown}» has a `beside_another` that is no share between 0 and 1");
        }
        if is_share(self.least) && self.beside_another >= self.least {
            bail!("the sign «{shown}» is said by itself before it is said beside another");
        }
        if self.sure > SUREST {
            bail!("the sign «{shown}» is surer than {SUREST}");
        }
        Ok(())
    }
}

impl Pattern {
    /// Whether a name is meant: it has the text somewhere, or is as the pattern with its `*` says.
    pub fn fits(&self, name: &str) -> bool {
        if !self.0.contains('*') {
            return name.contains(&self.0);
        }
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = name.strip_prefix(first) else { return false };
        let parts: Vec<&str> = parts.collect();
        let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
        for part in between {
            let Some((_, after)) = rest.split_once(part) else { return false };
            rest = after;
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, name: &str) -> bool {
        Pattern(pattern.into()).fits(name)
    }

    #[test]
    fn a_pattern_is_a_part_of_a_name_or_all_of_it() {
        assert!(fits("sip::Hasher", "<core::hash::sip::Hasher<S> as core::hash::Hasher>::write"));
        assert!(fits("*::write", "std::io::Write::write") && !fits("*::write", "a::write_all"));
        assert!(fits("core::*::sort*", "core::slice::sort::stable") && !fits("core::*", "a::core"));
        assert!(fits("a*b*a", "aba") && !fits("a*b*a", "ab") && !fits("ab*ba", "aba"));
    }

    /// What a manifest's sign is refused for.
    fn refused(sign: &str) -> String {
        #[derive(Deserialize)]
        struct Signs {
            sign: Sign,
        }
        let json: serde_json::Value = serde_json::from_str(sign).unwrap();
        match serde_json::from_value::<Signs>(serde_json::json!({ "sign": json })) {
            Ok(signs) => signs.sign.check().err().map_or(String::new(), |e| e.to_string()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_sign_that_means_nothing_is_refused_with_its_reason() {
        assert_eq!(refused(r#"{"what": "x", "frames": ["sip::"], "least": 0.1}"#), "");
        assert_eq!(refused(r#"{"what": "x", "frames": ["sip::"], "beside_another": 0.1}"#), "");
        for (sign, why) in [
            (r#"{"what": "x", "frames": ["abc"], "least": 0.1, "frame": []}"#, "unknown field"),
            (r#"{"what": "x", "frames": ["abc"]}"#, "least"),
            (r#"{"what": "x", "frames": ["abc"], "least": 1.5}"#, "no share"),
            (r#"{"what": "x", "frames": ["abc"], "beside_another": 1.5}"#, "no share"),
            (
                r#"{"what": "x", "frames": ["abc"], "least": 0.1, "beside_another": 0.2}"#,
                "before it is said beside",
            ),
            (r#"{"what": " ", "frames": ["abc"], "least": 0.1}"#, "no words"),
            (r#"{"what": "x", "frames": ["*a*"], "least": 0.1}"#, "nearly everywhere"),
            (r#"{"what": "x", "under": ["abc"], "least": 0.1}"#, "sees nothing"),
            (r#"{"what": "x", "calls": ["write"], "frames": ["abc"], "least": 0.1}"#, "both"),
            (r#"{"what": "x", "frames": ["abc"], "least": 0.1, "sure": 10}"#, "surer"),
            (r#"{"what": "x", "owner": ["abc"], "nested": 2, "least": 0.1}"#, "sees nothing"),
            (r#"{"what": "x", "repeats": 1.0, "least": 0.1}"#, "below 1"),
            (r#"{"what": "x", "frames": ["abc"], "call_least": 9, "least": 0.1}"#, "without"),
            (r#"{"what": "x", "code_least": {"chain": 1}, "least": 0.1}"#, "unknown variant"),
            (r#"{"what": "x", "code_least": {"chains": 0}, "least": 0.1}"#, "everywhere"),
            (r#"{"what": "x", "code_most": {"calls": 0}, "least": 0.1}"#, "sees nothing"),
            (
                r#"{"what": "x", "code_least": {"calls": 2}, "code_most": {"calls": 1}, "least": 0.1}"#,
                "below",
            ),
            (
                r#"{"what": "x", "calls": ["write"], "code_least": {"loads": 1}, "least": 0.1}"#,
                "both",
            ),
        ] {
            assert!(refused(sign).contains(why), "{sign}: {}", refused(sign));
        }
    }
}
