//! Another revision of the workspace, checked out and built beside it. The user's tree and branch
//! are never touched: the revision lives in a git worktree of its own under the target folder, and
//! stays there, so that the next comparison builds only what differs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::MetadataCommand;

use cases::Workspace;

use crate::build::{Artifact, Settings, artifacts, bench_build, paths};
use crate::child;
use crate::locked::Locked;

/// A revision in its own folder.
pub struct Revision {
    /// As the user names it.
    pub name: String,
    /// The commit that it is.
    pub commit: String,
    /// The workspace's root in it.
    root: PathBuf,
    /// cargo's target folder for it: binaries of both revisions have the same names.
    target: PathBuf,
    /// Held as long as the folder is in use.
    _lock: Locked,
}

/// Benches by case.
pub type Benches = BTreeMap<String, PathBuf>;

impl Revision {
    /// Checks a revision out, or says why that is not possible.
    ///
    /// # Errors
    /// Outside a git repository, for an unknown revision, and if another comparison is under way.
    pub fn check_out(workspace: &Workspace, name: &str) -> Result<Self> {
        let git = |args: &[&str]| git(&workspace.root, args);
        let prefix = git(&["rev-parse", "--show-prefix"])
            .context("comparing with a revision needs git, and a repository around the tree")?;
        let wanted = format!("{name}^{{commit}}");
        let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])
            .map_err(|_| {
                anyhow::anyhow!(
                    "there is no revision `{name}` in this repository; `git log --oneline` and \
                     `git branch --all` show what there is (a shallow clone has little: `git \
                     fetch --unshallow`)"
                )
            })?;
        let base = workspace.scratch().join("base");
        fs::create_dir_all(&base).with_context(|| format!("cannot make {}", base.display()))?;
        let lock = lock(&base.join("lock"))?;
        let tree = base.join("tree");
        place(&workspace.root, &tree, &commit)?;
        Ok(Self {
            name: name.to_owned(),
            commit: commit.chars().take(10).collect(),
            root: tree.join(prefix),
            target: base.join("target"),
            _lock: lock,
        })
    }

    /// The workspace's root in it: a clean copy, as long as this is held.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The cases that it has. Only their names: what else a manifest says may have changed since.
    ///
    /// # Errors
    /// If cargo cannot read its workspace.
    pub fn cases(&self) -> Result<BTreeSet<String>> {
        let metadata = MetadataCommand::new()
            .current_dir(&self.root)
            .no_deps()
            .exec()
            .with_context(|| format!("cargo cannot read the workspace of {}", self.name))?;
        let packages = metadata.workspace_packages().into_iter();
        let cases = packages.filter(|package| package.metadata.get("case").is_some());
        Ok(cases.map(|package| package.name.to_string()).collect())
    }

    /// Builds the benches of cases that both have, in both: first here, then there. What does not
    /// compile is left out, after the compiler has said why.
    ///
    /// Both are built with the tree's flags, target, profile and wrapper, whatever the revision
    /// says of them: it is the code that is compared. Its own configuration would not do anyway,
    /// because cargo adds what it finds in this workspace to that of a workspace within it.
    ///
    /// # Errors
    /// If cargo cannot be run at all, its configuration cannot be read or names several targets, or
    /// the two were built with different profiles after all.
    pub fn build(&self, workspace: &Workspace, cases: &[&str]) -> Result<[Benches; 2]> {
        let imposed = Settings::of(workspace)?.imposed_on(&self.root)?;
        let build = |root: &Path, target: &Path| {
            let mut cargo = bench_build(root, target);
            imposed.on(&mut cargo);
            for case in cases {
                cargo.args(["--package", case, "--bench", case]);
            }
            artifacts(&mut cargo, || ())
        };
        let new = build(&workspace.root, &workspace.target)?;
        let old = build(&self.root, &self.target)?;
        alike(&old, &new)?;
        Ok([paths(old), paths(new)])
    }

    /// Whether any of these paths differs between the revision and the tree as it is.
    pub fn differs(&self, workspace: &Workspace, paths: &[&str]) -> bool {
        let existing = paths.iter().filter(|path| workspace.root.join(path).exists());
        let existing: Vec<&str> = existing.copied().collect();
        let args = [&["diff", "--quiet", &self.commit, "--"], existing.as_slice()].concat();
        git(&workspace.root, &args).is_err()
    }
}

/// Whether both were built with the same profile, which cargo says of each binary.
fn alike(old: &BTreeMap<String, Artifact>, new: &BTreeMap<String, Artifact>) -> Result<()> {
    for (name, new) in new {
        if let Some(old) = old.get(name)
            && old.profile != new.profile
        {
            bail!(
                "cargo built {name} of the two with different profiles, so they cannot be \
                 compared: {:?} and {:?}; what says so is not read here, perhaps a file that \
                 cargo's configuration includes",
                old.profile,
                new.profile
            );
        }
    }
    Ok(())
}

/// Two comparisons at a time would check out over each other, and disturb each other's times.
fn lock(path: &Path) -> Result<Locked> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    Locked::new(file)
        .context("another `compare --base` is under way in this tree; wait for its end")
}

/// Makes `tree` a worktree at the commit. One that is there already is moved, so that files that do
/// not differ keep their age and cargo does not build them again; one that is broken (an
/// interrupted checkout, a deleted target folder) is made anew.
fn place(root: &Path, tree: &Path, commit: &str) -> Result<()> {
    let path = tree.to_string_lossy();
    let own = git(tree, &["rev-parse", "--show-toplevel"])
        .is_ok_and(|top| fs::canonicalize(top).ok() == fs::canonicalize(tree).ok());
    if own
        && git(tree, &["reset", "--quiet", "--hard"]).is_ok()
        && git(tree, &["checkout", "--quiet", "--force", "--detach", commit]).is_ok()
    {
        return Ok(());
    }
    if own {
        let _ = git(root, &["worktree", "remove", "--force", "--force", &path]);
    }
    if tree.exists() {
        fs::remove_dir_all(tree).with_context(|| format!("cannot clear {path}"))?;
    }
    git(root, &["worktree", "prune"])?;
    git(root, &["worktree", "add", "--quiet", "--force", "--detach", &path, commit])
        .with_context(|| format!("cannot check {commit} out into {path}"))?;
    Ok(())
}

/// What a git command prints, or its complaint. Hooks do not run: they may do anything.
fn git(folder: &Path, args: &[&str]) -> Result<String> {
    if !folder.is_dir() {
        bail!("there is no folder {}", folder.display());
    }
    let output = child::command("git")
        .args(["-c", "core.hooksPath=.no-hooks"])
        .args(args)
        .current_dir(folder)
        // Set where xtask runs within a hook, and then of another tree.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .context("cannot run git; is it installed?")?;
    if !output.status.success() {
        bail!("git {}: {}", args[0], String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository with two commits, in which `file` says 1 and then 2.
    fn repository() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repository");
        fs::create_dir(&root).unwrap();
        git(&root, &["init", "--quiet"]).unwrap();
        for (key, value) in [("user.name", "a"), ("user.email", "a@b"), ("commit.gpgsign", "no")] {
            git(&root, &["config", key, value]).unwrap();
        }
        for text in ["1", "2"] {
            fs::write(root.join("file"), text).unwrap();
            git(&root, &["add", "file"]).unwrap();
            git(&root, &["commit", "--quiet", "-m", text]).unwrap();
        }
        let workspace = Workspace { target: root.join("target"), root, cases: Vec::new() };
        (folder, workspace)
    }

    fn content(revision: &Revision) -> String {
        fs::read_to_string(revision.root.join("file")).unwrap()
    }

    #[test]
    fn revisions_take_turns_in_one_folder_and_the_tree_stays_as_it_is() {
        let (_folder, workspace) = repository();
        fs::write(workspace.root.join("file"), "changed").unwrap();
        for (name, text) in [("HEAD~1", "1"), ("HEAD", "2"), ("HEAD", "2"), ("HEAD~1", "1")] {
            let revision = Revision::check_out(&workspace, name).unwrap();
            assert_eq!(content(&revision), text);
            assert!(revision.differs(&workspace, &["file"]));
            // As a build script may leave it.
            fs::write(revision.root.join("file"), "spoilt").unwrap();
        }
        assert_eq!(fs::read_to_string(workspace.root.join("file")).unwrap(), "changed");
        assert_eq!(git(&workspace.root, &["worktree", "list"]).unwrap().lines().count(), 2);
    }

    #[test]
    fn a_broken_or_deleted_checkout_is_made_anew() {
        let (_folder, workspace) = repository();
        let tree = Revision::check_out(&workspace, "HEAD").unwrap().root;
        fs::remove_file(tree.join(".git")).unwrap();
        assert_eq!(content(&Revision::check_out(&workspace, "HEAD~1").unwrap()), "1");
        fs::remove_dir_all(&workspace.target).unwrap();
        assert_eq!(content(&Revision::check_out(&workspace, "HEAD").unwrap()), "2");
        let index = git(&tree, &["rev-parse", "--git-dir"]).unwrap();
        fs::write(Path::new(&index).join("index.lock"), "").unwrap();
        assert_eq!(content(&Revision::check_out(&workspace, "HEAD~1").unwrap()), "1");
    }

    #[test]
    fn unknown_revisions_and_second_comparisons_are_refused() {
        let (_folder, workspace) = repository();
        for name in ["nowhere", "--force", ""] {
            let error = Revision::check_out(&workspace, name).err().unwrap().to_string();
            assert!(error.contains("no revision") && error.contains(name), "{error}");
        }
        let _first = Revision::check_out(&workspace, "HEAD").unwrap();
        let error = Revision::check_out(&workspace, "HEAD").err().unwrap().to_string();
        assert!(error.contains("another"), "{error}");
    }

    #[test]
    fn without_a_repository_the_error_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let workspace = Workspace { target: root.join("target"), root, cases: Vec::new() };
        let error = Revision::check_out(&workspace, "HEAD").err().unwrap();
        assert!(error.to_string().contains("needs git"), "{error:#}");
    }
}
