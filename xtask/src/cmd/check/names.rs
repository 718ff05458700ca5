//! Cases of hostile names, made, tested, linted and measured: whatever `new-case` accepts must work
//! to the end. In a copy of the workspace, so that none of them is ever among the real ones.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use cases::{Workspace, cargo};

use super::succeed;

/// Names that look as if something would stumble over them: words that Rust knows in some places
/// only, names of things within crates, letters that tools cut off or turn around.
pub const ACCEPTED: [&str; 8] = [
    "a-1",
    "auto",
    "default",
    "input",
    "lib",
    "main",
    "x-0123456789abcdef",
    "as-long-as-any-name-of-a-case-may-be-now",
];

/// Makes them all with this tool, tests them and measures them.
///
/// # Errors
/// If one of them cannot be made or built, fails a test or a lint, or is not measured.
pub fn hold(workspace: &Workspace, tool: &Path) -> Result<()> {
    let copy = tempfile::tempdir().context("cannot make a temporary folder")?;
    copy_tree(&workspace.root, copy.path())?;
    let run = |args: &[&str], of: &str, behind: &[&str]| {
        let named = ACCEPTED.iter().flat_map(|name| [of, name]);
        let mut command = Command::new(cargo());
        command.current_dir(copy.path()).env("CARGO_TARGET_DIR", &workspace.target);
        succeed(command.args(args).args(named).args(behind))
    };
    for name in ACCEPTED {
        let mut command = Command::new(tool);
        // By this the tool knows its workspace wherever it is called; here it is to know another.
        command.env("CARGO_MANIFEST_DIR", copy.path().join("xtask"));
        succeed(command.current_dir(copy.path()).args(["new-case", name]))?;
    }
    run(&["test", "--quiet", "--all-targets"], "--package", &[])?;
    run(&["clippy", "--quiet", "--all-targets"], "--package", &["--", "-D", "warnings"])?;
    run(&["xtask", "bench-all", "--quick"], "--only", &[])
}

/// Copies what git knows or would add, with its times: cargo then builds only what is new.
fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    let mut git = Command::new("git");
    git.current_dir(from).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = git.output().context("cannot run git")?;
    if !listed.status.success() {
        bail!("git cannot list the files of {}", from.display());
    }
    let listed = String::from_utf8(listed.stdout).context("a file's name is not UTF-8")?;
    for name in listed.split_terminator('\0') {
        let (from, to) = (from.join(name), to.join(name));
        // Git knows a file until its removal is committed.
        let Ok(times) = fs::metadata(&from) else { continue };
        fs::create_dir_all(to.parent().context("a file has a folder")?)?;
        fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        File::options().write(true).open(&to)?.set_modified(times.modified()?)?;
    }
    Ok(())
}
