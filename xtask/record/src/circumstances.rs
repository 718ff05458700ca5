//! Under what circumstances a run was made: one list of them, from which everything that holds
//! runs together takes what it needs.

use std::fmt;

use protocol::machine::known;

use crate::{Record, Toolchain, UserFile};

/// One circumstance of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstance {
    /// What it is: "compiler".
    pub name: &'static str,
    /// What it belongs to.
    pub aspect: Aspect,
    /// What it was; empty where that is not known.
    pub text: String,
    /// Whether older records do not have it.
    pub newer: bool,
}

/// What a circumstance belongs to, and hence what is compared where it differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Machines are compared.
    Machine,
    /// Compilers are compared.
    Toolchain,
    /// Runs are compared of which one measured less.
    Effort,
    /// Inputs of different content are compared.
    Input,
    /// Code is compared, as it should be.
    Code,
    /// Nothing that is known: one of the records is from before this was kept.
    Unrecorded,
}

impl Circumstance {
    fn new(name: &'static str, aspect: Aspect, text: impl Into<String>) -> Self {
        Self { name, aspect, text: text.into(), newer: false }
    }

    /// The commit of the cases.
    pub fn commit(commit: Option<&str>) -> Self {
        Self::new("commit", Aspect::Code, commit.unwrap_or_default())
    }

    fn file(file: Option<&UserFile>) -> Self {
        let named = |file: &UserFile| format!("{} ({} bytes)", file.name, file.bytes);
        Self::new("file", Aspect::Input, file.map_or("none".to_owned(), named))
    }

    /// What it was and what it has become, where that is not the same.
    pub fn became(&self, now: &Self) -> Option<String> {
        (self != now).then(|| format!("{}: then {self}, now {now}", self.name))
    }

    /// Whether both are known to have been the same. Two trees with changes may have different
    /// ones.
    pub fn surely_equals(&self, other: &Self) -> bool {
        let changed = self.aspect == Aspect::Code && self.text.contains('+');
        self == other && !self.text.is_empty() && !changed
    }
}

impl fmt::Display for Circumstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(known(&self.text))
    }
}

impl Toolchain {
    /// What it is, part by part.
    pub fn circumstances(&self) -> [Circumstance; 6] {
        let flags = if self.flags.is_empty() { "none" } else { &self.flags };
        let wrapper = match (self.profile.as_str(), self.wrapper.as_str()) {
            (profile, "") => {
                if profile.is_empty() {
                    ""
                } else {
                    "none"
                }
            }
            (_, wrapper) => wrapper,
        };
        let alignment = match self.alignment {
            0 => String::new(),
            bytes => format!("{bytes} bytes"),
        };
        let newer = |name, text: &str| Circumstance {
            newer: true,
            ..Circumstance::new(name, Aspect::Toolchain, text)
        };
        [
            Circumstance::new("compiler", Aspect::Toolchain, &self.rustc),
            Circumstance::new("target", Aspect::Toolchain, &self.target),
            Circumstance::new("flags", Aspect::Toolchain, flags),
            newer("profile", &self.profile),
            newer("wrapper", wrapper),
            newer("function alignment", &alignment),
        ]
    }
}

impl Record {
    /// Everything that made its figures what they are: always the same names in the same order.
    pub fn circumstances(&self) -> Vec<Circumstance> {
        let machine = self.machine.circumstances();
        let machine = machine.map(|(name, text)| Circumstance::new(name, Aspect::Machine, text));
        let others = [
            Circumstance::new("effort", Aspect::Effort, self.effort.to_string()),
            Circumstance::file(self.file.as_ref()),
            Circumstance::commit(self.commit.as_ref().map(|_| self.commits()).as_deref()),
        ];
        machine.into_iter().chain(self.toolchain.circumstances()).chain(others).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::record;

    #[test]
    fn every_circumstance_has_a_name_and_a_text() {
        let mut record = record();
        let texts = |record: &Record| -> Vec<String> {
            let all = record.circumstances();
            all.iter().map(|one| format!("{}: {one}", one.name)).collect()
        };
        record.machine.system = "linux".into();
        record.toolchain.flags.clear();
        assert_eq!(
            texts(&record),
            [
                "processor: Example, \"fast\" one",
                "cores: 2",
                "system: linux",
                "vector extensions: none",
                "compiler: rustc 1.95.0",
                "target: x86_64-unknown-linux-gnu",
                "flags: none",
                "profile: unknown",
                "wrapper: unknown",
                "function alignment: 64 bytes",
                "effort: quick",
                "file: words.txt (100 bytes)",
                "commit: unknown",
            ]
        );
        record.file = None;
        assert!(texts(&record).contains(&"file: none".to_owned()));
    }

    #[test]
    fn what_is_not_known_is_not_surely_equal() {
        let commit = Circumstance::commit;
        assert!(commit(Some("abc")).surely_equals(&commit(Some("abc"))));
        assert!(!commit(Some("abc")).surely_equals(&commit(Some("def"))));
        assert!(!commit(None).surely_equals(&commit(None)));
        assert!(!commit(Some("abc+")).surely_equals(&commit(Some("abc+"))), "other changes");
        let mut odd = record().toolchain;
        odd.flags = "-C target-feature=+".into();
        let flags = |toolchain: &Toolchain| toolchain.circumstances()[2].clone();
        assert!(flags(&odd).surely_equals(&flags(&odd)), "only a commit's plus sign is one");
    }
}
