//! The two packages in which an attempt is measured: a library that is the learner's one file, and
//! a program that takes the case's bench file. They have the profiles, the lock file and the flags
//! of the book, or something else would be measured; cargo makes them without a network.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use cases::{Workspace, text};
use labs::Lab;
use measure::binary::Binary;
use measure::build;

/// A file as the root's manifest and lock file are called.
const MANIFEST: &str = "Cargo.toml";
const LOCK: &str = "Cargo.lock";
/// How long an answer of a program with an attempt in it may take: nobody knows that it ends.
const LONGEST: Duration = Duration::from_secs(30);
/// What was copied last: the lock file itself is cargo's to change.
const COPIED: &str = "Cargo.lock.book";

/// Where an attempt and the case that it is for are.
pub struct Place<'a> {
    /// The workspace whose target folder is built into.
    pub workspace: &'a Workspace,
    /// The checkout that case and harness are taken from.
    pub root: &'a Path,
    /// The lab, as that checkout has it.
    pub lab: &'a Lab,
}

impl Place<'_> {
    /// Of a lab in the tree as it is.
    pub fn new<'a>(workspace: &'a Workspace, lab: &'a Lab) -> Place<'a> {
        Place { workspace, root: &workspace.root, lab }
    }

    /// Builds an attempt; `None` if it does not compile, after the compiler has said why.
    ///
    /// # Errors
    /// If the packages cannot be written, or cargo cannot be run.
    pub fn build(&self, attempt: &Path) -> Result<Option<Binary>> {
        let folder = self.workspace.scratch().join("labs").join(&self.lab.name);
        // The manifest that names it lies elsewhere than whoever named it.
        let attempt = std::path::absolute(attempt).context("there is no folder to be in")?;
        self.write(&folder, &attempt)?;
        let mut cargo = build::cargo_in(self.root, &self.workspace.target);
        cargo.args(["build", "--profile=bench", "--quiet", "--offline", "--manifest-path"]);
        cargo.arg(folder.join(MANIFEST));
        let path = build::executables(&mut cargo)?.remove(&self.program());
        Ok(path.map(|path| Binary { end_after: Some(LONGEST), ..Binary::new(path) }))
    }

    fn program(&self) -> String {
        format!("{}-lab", self.lab.name)
    }

    fn write(&self, folder: &Path, attempt: &Path) -> Result<()> {
        let manifest = text::read(&self.root.join(MANIFEST))?;
        let lock = text::read(&self.root.join(LOCK))?;
        if fs::read_to_string(folder.join(COPIED)).ok().as_ref() != Some(&lock) {
            put(&folder.join(LOCK), &lock)?;
            put(&folder.join(COPIED), &lock)?;
        }
        let workspace = "[workspace]\nmembers = [\"attempt\", \"main\"]\nresolver = \"3\"\n";
        put(&folder.join(MANIFEST), &format!("{workspace}\n{}", profiles(&manifest)))?;
        put(&folder.join("attempt").join(MANIFEST), &self.library(&manifest, attempt)?)?;
        put(&folder.join("main").join(MANIFEST), &self.main_manifest())?;
        put(&folder.join("main/src/main.rs"), &self.main())
    }

    /// The manifest of the library: its one file is the learner's own, so that the compiler names
    /// that.
    fn library(&self, manifest: &str, attempt: &Path) -> Result<String> {
        let allowed = self.lab.crates.iter().map(|name| {
            let line = manifest.lines().find(|line| line.starts_with(&format!("{name} = ")));
            line.with_context(|| format!("the workspace has no crate `{name}`"))
        });
        let allowed = allowed.collect::<Result<Vec<&str>>>()?.join("\n");
        Ok(format!(
            "[package]\nname = \"attempt\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\n\
             path = {attempt:?}\n\n[dependencies]\n{}\n{allowed}\n",
            self.case()
        ))
    }

    fn case(&self) -> String {
        format!("{} = {{ path = {:?} }}", self.lab.name, self.lab.folder)
    }

    fn main_manifest(&self) -> String {
        let harness = self.root.join("xtask/harness");
        format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             attempt = {{ path = \"../attempt\" }}\nharness = {{ path = {harness:?} }}\n{}\n",
            self.program(),
            self.case()
        )
    }

    /// The rung stands within the call, where its types follow from the case's own.
    fn main(&self) -> String {
        let case = self.lab.name.replace('-', "_");
        let (bench, rung) = (&self.lab.bench, self.lab.file("rung.rs"));
        let reference = &self.lab.reference;
        format!(
            "//! Made by `cargo xtask lab`: the bench file of a case, with an attempt in it.\n\n\
             #[allow(unused_imports, reason = \"a rung may name none of the case's types\")]\n\
             use {case}::*;\nuse harness::Rung;\n\
             #[allow(unused_imports, reason = \"needed where inputs cannot be shown\")]\n\
             use harness::lab::Hidden as _;\n\n\
             #[allow(dead_code, reason = \"its own main has claims, which are the book's\")]\n\
             #[path = {bench:?}]\nmod bench;\n\n\
             fn main() {{\n    let rungs = harness::lab::rungs(\n        \
             {case}::RUNGS,\n        include!({rung:?}),\n        {reference:?},\n    );\n    \
             bench::bench(rungs).showing_inputs().main();\n}}\n"
        )
    }
}

/// Writes a file unless it is so already: cargo looks at how old files are.
fn put(path: &PathBuf, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let folder = path.parent().context("a file has a folder")?;
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| record::whole::cannot_write(path, error))
}

/// The sections of a manifest that are profiles, as they are.
fn profiles(manifest: &str) -> String {
    let mut within = false;
    let lines = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            within = line.starts_with("[profile.");
        }
        within
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_taken_whole_and_nothing_else() {
        let manifest = "[workspace]\nmembers = [\"a\"]\n\n[profile.bench]\ndebug = false # why\n\n\
                        [workspace.lints.rust]\nx = 1\n[profile.bench.package]\na.opt-level = 0\n";
        let expected = "[profile.bench]\ndebug = false # why\n\n[profile.bench.package]\n\
                        a.opt-level = 0\n";
        assert_eq!(profiles(manifest), expected);
        let own = text::read(&Workspace::load().unwrap().root.join(MANIFEST)).unwrap();
        let profiles: toml::Table = toml::from_str(&profiles(&own)).unwrap();
        let whole: toml::Table = toml::from_str(&own).unwrap();
        assert_eq!(profiles["profile"], whole["profile"]);
    }
}
