//! `cargo xtask new-case NAME`: a crate folder and a bench file that already pass. No existing file
//! is touched.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::outcome::Outcome;
use cases::Workspace;

/// The files of a case; their text is that of real files in `xtask/template`.
const TEMPLATE: [(&str, &str); 7] = [
    ("Cargo.toml", include_str!("../../template/Cargo.toml")),
    ("README.md", include_str!("../../template/README.md")),
    ("src/lib.rs", include_str!("../../template/src/lib.rs")),
    ("src/edges.rs", include_str!("../../template/src/edges.rs")),
    ("src/naive.rs", include_str!("../../template/src/naive.rs")),
    ("src/optimized.rs", include_str!("../../template/src/optimized.rs")),
    ("bench.rs", include_str!("../../template/bench.rs")),
];

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Its name: lower-case words joined by dashes
    name: String,
}

/// Makes the case and says what to do next.
///
/// # Errors
/// If the name cannot be a package's, or is taken.
pub fn run(args: &Args) -> Result<Outcome> {
    let name = args.name.as_str();
    check_name(name)?;
    let workspace = Workspace::load()?;
    let folder = workspace.root.join("crates").join(name);
    let bench = workspace.root.join("benches").join(format!("{name}.rs"));
    for taken in [&folder, &bench] {
        if taken.exists() {
            bail!("{} exists already; choose another name", taken.display());
        }
    }
    for (file, text) in TEMPLATE {
        let path = if file == "bench.rs" { bench.clone() } else { folder.join(file) };
        write(&path, &fill(text, name))?;
    }
    record::outln!("made {} and {}", folder.display(), bench.display());
    record::outln!("next: cargo test -p {name} && cargo xtask bench-all --quick --only {name}");
    record::outln!("how to go on: docs/src/contributing.md");
    Ok(Outcome::Fine)
}

fn write(path: &PathBuf, text: &str) -> Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn check_name(name: &str) -> Result<()> {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.split('-').all(word) {
        bail!(
            "`{name}` cannot be a case: use lower-case words joined by dashes, like `zero-copy-parsing`"
        );
    }
    Ok(())
}

fn fill(text: &str, name: &str) -> String {
    let spaced = name.replace('-', " ");
    let title = spaced[..1].to_uppercase() + &spaced[1..];
    text.replace("{{name}}", name)
        .replace("{{crate}}", &name.replace('-', "_"))
        .replace("{{title}}", &title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cargo_would_refuse_are_refused_first() {
        for good in ["bitsets", "zero-copy-parsing", "utf8"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        for bad in ["", "Bitsets", "two words", "-x", "x-", "a--b", "8bit", "snake_case", "../x"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for (file, text) in TEMPLATE {
            assert!(!fill(text, "two-words").contains("{{"), "{file}");
        }
        assert!(fill("# {{title}}", "two-words").contains("# Two words"));
    }
}
