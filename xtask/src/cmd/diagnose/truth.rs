//! `--truth FOLDER`: the diagnosis held against programs of which it is known what is slow.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cases::Workspace;
use cases::names::known;
use diagnose::read;
use diagnose::truth::{Known, Score};
use judge::words::format;

use crate::outcome::Outcome;

/// What is known of a program; the share that was planted is for people.
#[derive(Default, serde::Deserialize)]
struct Entry {
    planted: Vec<String>,
    #[serde(default)]
    acceptable: Vec<String>,
}

/// Counts, says what was missed, and whether the targets are kept.
pub fn run(folder: &Path, workspace: &Workspace) -> Result<Outcome> {
    let score = Score::of(&known_programs(folder, workspace)?, &workspace.cases);
    for miss in &score.misses {
        record::outln!("{miss}");
    }
    let mut missed = false;
    for (what, rate, target) in score.rates() {
        missed |= rate.of > 0 && rate.share() < target;
        record::outln!("{what}: {} of {}, wanted {}", rate.hits, rate.of, format::share(target));
    }
    Ok(Outcome::found(missed))
}

/// The programs of `*.toml` in a folder, NAME → what is planted in it, each with the stacks in
/// `stacks/NAME.folded`, or in the folder that is called as the list.
fn known_programs(folder: &Path, workspace: &Workspace) -> Result<Vec<Known>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut lists: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    lists.retain(|path| {
        path.extension().is_some_and(|ext| ext == "toml") && !path.ends_with("Cargo.toml")
    });
    lists.sort();
    let mut programs = Vec::new();
    for list in lists {
        let text = std::fs::read_to_string(&list)
            .with_context(|| format!("cannot read {}", list.display()))?;
        let entries: BTreeMap<String, Entry> =
            toml::from_str(&text).with_context(|| format!("in {}", list.display()))?;
        let stem = list.file_stem().unwrap_or_default();
        for (name, entry) in entries {
            programs.push(entry.program(
                &name,
                &[folder.join("stacks"), folder.join(stem)],
                workspace,
            )?);
        }
    }
    if programs.is_empty() {
        bail!("{} lists no programs in files `*.toml`", folder.display());
    }
    Ok(programs)
}

impl Entry {
    fn program(self, name: &str, folders: &[PathBuf], workspace: &Workspace) -> Result<Known> {
        let Self { planted, acceptable } = self;
        for case in planted.iter().chain(&acceptable) {
            known("case", case, workspace.cases.iter().map(|case| case.name.as_str()))
                .with_context(|| format!("planted in {name}"))?;
        }
        let file = folders.iter().map(|folder| folder.join(format!("{name}.folded")));
        let file = file.into_iter().find(|file| file.exists());
        let file = file.with_context(|| format!("there is no {name}.folded"))?;
        let bytes =
            std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let profile = read::profile(&bytes).with_context(|| format!("{}", file.display()))?;
        Ok(Known { name: name.to_owned(), planted, acceptable, profile })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Programs with the right case first, programs with it among three, programs with nothing
    /// wrong that nothing is said of.
    const REACHED: [u64; 3] = [232, 231, 82];

    /// Of all lots. The targets themselves are what `cargo xtask diagnose --truth` ends by; this
    /// is what was reached, which no change may lose. Not all of what is missing can be seen in
    /// stacks: `xtask/truth/README.md` says which.
    #[test]
    fn the_answer_is_right_as_often_as_it_was() {
        let workspace = Workspace::load().unwrap();
        let folder = workspace.root.join("xtask/truth");
        let score = Score::of(&known_programs(&folder, &workspace).unwrap(), &workspace.cases);
        for ((what, rate, _), reached) in score.rates().into_iter().zip(REACHED) {
            let misses = score.misses.join("\n");
            assert!(rate.hits >= reached, "{what}: {} of {}\n{misses}", rate.hits, rate.of);
        }
    }

    #[test]
    fn a_list_is_read_with_its_stacks_and_a_slip_is_named() {
        let workspace = Workspace::load().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let known = || known_programs(folder.path(), &workspace);
        assert!(known().is_err(), "no list");
        write("learn.toml", "[counter]\nplanted = [\"hashing\"]\n[quiet]\nplanted = []\n");
        assert!(format!("{:#}", known().err().unwrap()).contains("counter.folded"));
        write(
            "learn/counter.folded",
            "a::main;<core::hash::sip::Hasher<S>>::write 900\na::main 100\n",
        );
        write("learn/quiet.folded", "a::main;a::work 1000\n");
        let score = Score::of(&known().unwrap(), &workspace.cases);
        assert_eq!((score.first, score.among_three, score.clean), ((1, 1), (1, 1), (1, 1)));
        write("learn.toml", "[counter]\nplanted = [\"hashin\"]\n");
        assert!(format!("{:#}", known().err().unwrap()).contains("did you mean `hashing`"));
    }
}
