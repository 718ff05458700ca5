//! `cargo xtask new-case NAME`: a crate folder and a bench file that already pass. No existing file
//! is touched.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::outcome::Outcome;
use crate::tidy;
use cases::{Workspace, naming, text};

/// The one that goes elsewhere than the others.
const BENCH: &str = "bench.rs";

/// The files of a case; their text is that of real files in `xtask/template`.
const TEMPLATE: [(&str, &str); 7] = [
    ("Cargo.toml", include_str!("../../template/Cargo.toml")),
    ("README.md", include_str!("../../template/README.md")),
    ("src/lib.rs", include_str!("../../template/src/lib.rs")),
    ("src/edges.rs", include_str!("../../template/src/edges.rs")),
    ("src/naive.rs", include_str!("../../template/src/naive.rs")),
    ("src/optimized.rs", include_str!("../../template/src/optimized.rs")),
    (BENCH, include_str!("../../template/bench.rs")),
];

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Its name: lower-case words joined by dashes, which nothing else has
    name: String,
}

/// Makes the case and says what to do next.
///
/// # Errors
/// If a case cannot have the name, or it is taken, or the files cannot be written; none is left.
pub fn run(args: &Args) -> Result<Outcome> {
    let name = args.name.as_str();
    let workspace = Workspace::load()?;
    let (folder, bench) = make(&workspace, name)?;
    record::outln!("made {} and {}", folder.display(), bench.display());
    record::outln!("next: cargo test -p {name} && cargo xtask bench-all --quick --only {name}");
    record::outln!("how to go on: docs/src/contributing.md");
    Ok(Outcome::Fine)
}

/// Makes the case's folder and its bench file: first beside their places, where they harm nobody.
fn make(workspace: &Workspace, name: &str) -> Result<(PathBuf, PathBuf)> {
    let (packages, pages) = (workspace.packages()?, workspace.pages());
    naming::free(name, packages.iter().map(String::as_str), pages.iter().map(String::as_str))?;
    let folder = workspace.root.join("crates").join(name);
    let bench = workspace.root.join("benches").join(format!("{name}.rs"));
    for taken in [&folder, &bench] {
        // A link that leads nowhere is there too.
        if taken.symlink_metadata().is_ok() {
            bail!("{} exists already; choose another name", taken.display());
        }
    }
    let beside = tempfile::Builder::new()
        .prefix(".new-case-")
        .tempdir_in(&workspace.root)
        .with_context(|| format!("cannot write to {}", workspace.root.display()))?;
    for (file, text) in TEMPLATE {
        let filled = fill(text, name);
        if !tidy::typed_figures(&filled).is_empty() {
            bail!("`{name}` cannot be a case: its title reads like a figure that was measured");
        }
        let path = if file == BENCH { file.to_owned() } else { format!("{name}/{file}") };
        write(&beside.path().join(path), &filled)?;
    }
    // The bench first: without its crate it is a file that nobody reads.
    rename(&beside.path().join(BENCH), &bench)?;
    if let Err(error) = rename(&beside.path().join(name), &folder) {
        fs::remove_file(&bench).with_context(|| format!("cannot remove {}", bench.display()))?;
        return Err(error);
    }
    Ok((folder, bench))
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot make {}", to.display()))
}

fn fill(text: &str, name: &str) -> String {
    let spaced = name.replace('-', " ");
    let title = spaced[..1].to_uppercase() + &spaced[1..];
    text::plain(text)
        .replace("{{name}}", name)
        .replace("{{crate}}", &name.replace('-', "_"))
        .replace("{{title}}", &title)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace in which `make` can be tried.
    fn house() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        for below in ["crates", "benches", "docs/src"] {
            fs::create_dir_all(root.join(below)).unwrap();
        }
        fs::write(root.join("Cargo.lock"), "[[package]]\nname = \"xtask\"\n").unwrap();
        fs::write(root.join("docs/src/method.md"), "# Method\n").unwrap();
        let workspace = Workspace { target: root.join("target"), root, cases: Vec::new() };
        (folder, workspace)
    }

    /// All that is below a folder.
    fn found(folder: &Path) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                paths.extend(found(&path));
            }
            paths.push(path);
        }
        paths.sort();
        paths
    }

    #[test]
    fn a_case_is_made_whole() {
        let (_folder, workspace) = house();
        let (folder, bench) = make(&workspace, "two-words").unwrap();
        assert!(
            fs::read_to_string(&bench).unwrap().contains("use two_words::{RUNGS, edges, input};")
        );
        assert!(folder.join("src/lib.rs").exists() && !folder.join(BENCH).exists());
        assert!(
            found(&workspace.root).iter().all(|path| !path.display().to_string().contains(".new-"))
        );
        assert!(make(&workspace, "two-words").unwrap_err().to_string().contains("exists already"));
    }

    #[test]
    fn what_is_refused_leaves_nothing() {
        let (_folder, workspace) = house();
        fs::write(workspace.root.join("benches/taken.rs"), "").unwrap();
        let before = found(&workspace.root);
        for name in ["xtask", "fn", "method", "taken", "../x", "", "a-3x-faster"] {
            assert!(make(&workspace, name).is_err(), "{name}");
            assert_eq!(found(&workspace.root), before, "{name}");
        }
        // Found out after the bench was put in its place.
        fs::remove_dir(workspace.root.join("crates")).unwrap();
        let before = found(&workspace.root);
        assert!(make(&workspace, "two-words").unwrap_err().to_string().contains("crates"));
        assert_eq!(found(&workspace.root), before);
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for (file, text) in TEMPLATE {
            assert!(!fill(text, "two-words").contains("{{"), "{file}");
        }
        assert_eq!(fill("# {{title}}\r\n", "two-words"), "# Two words\n");
    }
}
