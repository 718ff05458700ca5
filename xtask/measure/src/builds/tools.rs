//! Programs beside cargo: what merges profiles, and what lays a finished program out anew. One of
//! another version than rustc's LLVM reads no profile of its, so that none is better than another.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;

/// What merges profiles, of the very LLVM that rustc has.
///
/// # Errors
/// Says what is missing and how to get it.
pub fn profdata(rustc: &Rustc) -> Result<PathBuf, String> {
    let Rustc { llvm, .. } = rustc;
    let beside = rustc.tools().join("llvm-profdata");
    let named = PathBuf::from(format!("llvm-profdata-{llvm}"));
    let fits = |path: &PathBuf| version(path).is_some_and(|found| found == *llvm);
    [beside, named].into_iter().find(fits).ok_or_else(|| {
        format!(
            "profiles of this rustc are merged by llvm-profdata of LLVM {llvm}, which is not here: \
             `rustup component add llvm-tools`, or a package llvm-{llvm} of the system"
        )
    })
}

/// What lays out finished programs, and merges the profiles that it makes.
#[derive(Debug)]
pub struct Bolt {
    /// It.
    pub bolt: PathBuf,
    /// Its version.
    pub version: u32,
}

/// The oldest BOLT that is known to do with what rustc makes.
const OLDEST_BOLT: u32 = 15;

/// BOLT reads a program and no profile of rustc's: any version will do.
///
/// # Errors
/// Says what is missing and how to get it.
pub fn bolt(rustc: &Rustc) -> Result<Bolt, String> {
    let numbered = (OLDEST_BOLT..=rustc.llvm).rev().map(|n| format!("llvm-bolt-{n}"));
    let names = std::iter::once("llvm-bolt".to_owned()).chain(numbered);
    let mut found = names.map(PathBuf::from).filter_map(|bolt| {
        let version = version(&bolt)?;
        Some(Bolt { bolt: place(&bolt)?, version })
    });
    found.next().ok_or_else(|| {
        "llvm-bolt is not here: a package bolt, or bolt-N, of the system has it".to_owned()
    })
}

/// Where a program really is: BOLT looks for its library beside itself, and a link to it stands
/// somewhere else.
fn place(name: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    places.find(|place| place.is_file())?.canonicalize().ok()
}

/// The major version of LLVM that a program says it is of; none if it does not run.
fn version(path: &Path) -> Option<u32> {
    let output = child::command(path).arg("--version").output().ok()?;
    major(&String::from_utf8_lossy(&output.stdout))
}

fn major(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("LLVM version")?;
    let digits = rest.trim_start_matches([':', ' ']);
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// What compiles.
#[derive(Debug)]
pub struct Rustc {
    /// All that it says of itself.
    pub says: String,
    /// Its LLVM's major version.
    pub llvm: u32,
    /// The triple that it runs on.
    host: String,
    sysroot: PathBuf,
}

impl Rustc {
    /// Asks the one that a folder's cargo would run.
    ///
    /// # Errors
    /// If it cannot be run, or says no version of its LLVM.
    pub fn of(folder: &Path) -> Result<Self, String> {
        let ask = |args: &[&str]| -> Result<String, String> {
            let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
            let mut command: Command = child::command(rustc);
            let output = command.args(args).current_dir(folder).output();
            let output = output.map_err(|error| format!("cannot run rustc: {error}"))?;
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let says = ask(&["-vV"])?;
        let host = says.lines().find_map(|line| line.strip_prefix("host: "));
        let (Some(llvm), Some(host)) = (major(&says), host.map(str::to_owned)) else {
            return Err("rustc does not say of which LLVM it is".to_owned());
        };
        let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?);
        Ok(Self { says, llvm, host, sysroot })
    }

    /// Where its own tools are, if they were installed.
    fn tools(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib").join(&self.host).join("bin")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_llvm_and_rustc_say_them() {
        assert_eq!(major("Debian LLVM version 14.0.6\n  Optimized build."), Some(14));
        assert_eq!(major("rustc 1.95.0\nhost: a\nLLVM version: 22.1.2"), Some(22));
        assert_eq!(major("rustc 1.95.0"), None);
    }

    #[test]
    fn another_version_is_no_substitute() {
        let rustc = Rustc::of(Path::new(".")).unwrap();
        assert!(rustc.says.starts_with("rustc ") && rustc.llvm > OLDEST_BOLT);
        let later = Rustc { llvm: 9_999, ..rustc };
        let error = profdata(&later).unwrap_err();
        assert!(error.contains("LLVM 9999") && error.contains("llvm-tools"), "{error}");
    }
}
