//! What a run is: two processes may add to the same journal only if all of this is equal.

use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hasher as _};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use protocol::Effort;
use serde::{Deserialize, Serialize};

use crate::shard::Shard;
use record::{Circumstance, Toolchain};

/// Everything that the figures of a run depend on, the machine apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The commit; a plus sign behind it says that files were changed, then the binaries decide.
    pub commit: Option<String>,
    /// Compiler, target, flags and profile; empty before the binaries are built, which say that.
    pub toolchain: Toolchain,
    /// How much is measured.
    pub effort: Effort,
    /// The cases that the user named; empty for all.
    pub only: Vec<String>,
    /// Which part of them.
    pub shard: Option<Shard>,
    /// The cases that follow from that.
    pub cases: Vec<String>,
    /// The user's file.
    pub file: Option<InputFile>,
    /// Fingerprints of the bench binaries by case; empty before they are built.
    pub binaries: BTreeMap<String, String>,
}

/// The user's file, by content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its fingerprint.
    pub content: String,
}

impl InputFile {
    /// Reads the file once.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn new(path: &Path) -> Result<Self> {
        let context = || format!("cannot read {}", path.display());
        let bytes = path.metadata().with_context(context)?.len();
        Ok(Self { path: path.to_owned(), bytes, content: fingerprint(path)? })
    }
}

impl Plan {
    /// The command that goes on with this run.
    pub fn command(&self) -> String {
        let mut command = "cargo xtask bench-all --resume".to_owned();
        match self.effort {
            Effort::Quick => command.push_str(" --quick"),
            Effort::Standard => {}
            Effort::Full => command.push_str(" --full"),
        }
        for case in &self.only {
            command.push_str(" --only ");
            command.push_str(case);
        }
        if let Some(shard) = self.shard {
            command.push_str(&format!(" --shard {shard}"));
        }
        if let Some(file) = &self.file {
            command.push_str(&format!(" --input '{}'", file.path.display()));
        }
        command
    }

    /// Refuses to go on with another run. What is not known yet (binaries before the build) is not
    /// compared.
    ///
    /// # Errors
    /// Says what differs and what to do.
    pub fn check(&self, now: &Self) -> Result<()> {
        let choice = self.other_choice(now);
        let ground = self.other_ground(now);
        if choice.is_empty() && ground.is_empty() {
            return Ok(());
        }
        let advice = if ground.is_empty() {
            format!("go on with `{}`", self.command())
        } else {
            "restore what was measured".to_owned()
        };
        let differences = [choice, ground].concat().join("\n  ");
        bail!(
            "the unfinished run is not this one:\n  {differences}\n{advice}, or begin a new run \
             without --resume"
        )
    }

    /// What the user chose otherwise.
    fn other_choice(&self, now: &Self) -> Vec<String> {
        let shard = |plan: &Self| plan.shard.map_or("none".to_owned(), |shard| shard.to_string());
        let file = |plan: &Self| {
            plan.file.as_ref().map_or("none".to_owned(), |file| file.path.display().to_string())
        };
        let mut differences = Vec::new();
        differences.extend(differ("effort", &self.effort.to_string(), &now.effort.to_string()));
        differences.extend(differ("shard", &shard(self), &shard(now)));
        differences.extend(differ("cases", &self.cases.join(", "), &now.cases.join(", ")));
        if self.file.is_none() || now.file.is_none() {
            differences.extend(differ("--input", &file(self), &file(now)));
        }
        differences
    }

    fn circumstances(&self) -> impl Iterator<Item = Circumstance> {
        let commit = Circumstance::commit(self.commit.as_deref());
        std::iter::once(commit).chain(self.toolchain.circumstances())
    }

    /// What the figures stand on and is no longer the same.
    fn other_ground(&self, now: &Self) -> Vec<String> {
        let pairs = self.circumstances().zip(now.circumstances());
        let known = if now.toolchain == Toolchain::default() { 1 } else { usize::MAX };
        let mut differences: Vec<String> =
            pairs.take(known).filter_map(|(then, now)| then.became(&now)).collect();
        if let (Some(old), Some(new)) = (&self.file, &now.file)
            && (old.bytes, &old.content) != (new.bytes, &new.content)
        {
            differences.push("--input: the file's content has changed".to_owned());
        }
        if !now.binaries.is_empty() {
            let changed: Vec<&str> = self
                .cases
                .iter()
                .filter(|case| self.binaries.get(*case) != now.binaries.get(*case))
                .map(String::as_str)
                .collect();
            if !changed.is_empty() {
                differences.push(format!("sources: another binary of {}", changed.join(", ")));
            }
        }
        differences
    }
}

fn differ(what: &str, then: &str, now: &str) -> Option<String> {
    (then != now).then(|| format!("{what}: then {then}, now {now}"))
}

/// Tells a changed file from an unchanged one. Not for any other purpose: the hash may change with
/// the compiler, but a journal does not outlive that anyway.
///
/// # Errors
/// If the file cannot be read.
pub fn fingerprint(path: &Path) -> Result<String> {
    let context = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(context)?;
    let mut hasher = DefaultHasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).with_context(context)?;
        if read == 0 {
            return Ok(format!("{:016x}", hasher.finish()));
        }
        hasher.write(&buffer[..read]);
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A quick run of two cases.
    pub fn plan() -> Plan {
        let names = ["bitsets", "small-vectors"].map(String::from);
        Plan {
            commit: Some("abc".into()),
            toolchain: Toolchain {
                rustc: "rustc 1.95.0".into(),
                target: "x".into(),
                profile: "release".into(),
                ..Toolchain::default()
            },
            effort: Effort::Quick,
            only: names.to_vec(),
            shard: Some(Shard { number: 1, of: 2 }),
            cases: names.to_vec(),
            file: None,
            binaries: names.map(|name| (name, "1".into())).into(),
        }
    }

    fn refusal(change: impl FnOnce(&mut Plan)) -> String {
        let mut now = plan();
        change(&mut now);
        plan().check(&now).unwrap_err().to_string()
    }

    #[test]
    fn another_choice_is_answered_with_the_right_command() {
        let error = refusal(|now| {
            now.effort = Effort::Full;
            now.shard = None;
        });
        for part in [
            "effort: then quick, now full",
            "shard: then 1/2, now none",
            "`cargo xtask bench-all --resume --quick --only bitsets --only small-vectors --shard \
             1/2`",
        ] {
            assert!(error.contains(part), "{error}");
        }
        assert!(refusal(|now| now.cases.truncate(1)).contains("cases: then bitsets, small-v"));
        let file = InputFile { path: "a.txt".into(), bytes: 1, content: "1".into() };
        assert!(refusal(|now| now.file = Some(file)).contains("--input: then none, now a.txt"));
    }

    #[test]
    fn changed_ground_is_named() {
        type Change = fn(&mut Plan);
        let changes: [(&str, Change); 7] = [
            ("commit: then abc, now unknown", |now| now.commit = None),
            ("compiler: then rustc 1.95.0, now new", |now| now.toolchain.rustc = "new".into()),
            ("target: then x, now y", |now| now.toolchain.target = "y".into()),
            ("flags: then none, now -O", |now| now.toolchain.flags = "-O".into()),
            ("profile: then release, now dev", |now| now.toolchain.profile = "dev".into()),
            ("wrapper: then none, now w", |now| now.toolchain.wrapper = "w".into()),
            ("another binary of bitsets", |now| {
                now.binaries.insert("bitsets".into(), "2".into());
            }),
        ];
        for (expected, change) in changes {
            let error = refusal(change);
            assert!(error.contains(expected), "{error}");
            assert!(error.contains("without --resume") && !error.contains("go on with"), "{error}");
        }
    }

    #[test]
    fn binaries_are_not_compared_before_they_are_built() {
        let mut now = plan();
        now.binaries.clear();
        now.toolchain = Toolchain::default();
        plan().check(&now).unwrap();
    }

    #[test]
    fn fingerprints_tell_content_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "one").unwrap();
        let first = fingerprint(&path).unwrap();
        assert_eq!(first, fingerprint(&path).unwrap());
        std::fs::write(&path, "two").unwrap();
        assert_ne!(first, fingerprint(&path).unwrap());
        assert!(fingerprint(folder.path().join("none").as_path()).is_err());
    }
}
