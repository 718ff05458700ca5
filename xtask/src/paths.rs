//! Paths that are chosen at run time, by what the processor has: a test of one that it lacks passes
//! without having run. Here they are named, so that nobody believes them tested.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result, bail};

use crate::tidy::files::below;
use cases::Workspace;
use cases::text::read;

/// Vector extensions and others that cases choose by, each with whether this processor has it; of
/// the other architecture, none.
macro_rules! features {
    ($architecture:literal, $detected:ident: $($name:tt)*) => {
        [$((
            $name,
            {
                #[cfg(target_arch = $architecture)]
                let here = std::arch::$detected!($name);
                #[cfg(not(target_arch = $architecture))]
                let here = false;
                here
            },
        )),*]
    };
}

/// Whether this processor has a feature.
///
/// # Errors
/// If nobody knows a feature of this name.
fn has(name: &str) -> Result<bool> {
    let x86 = features!("x86_64", is_x86_feature_detected:
        "avx2" "avx512bitalg" "avx512bw" "avx512cd" "avx512dq" "avx512f" "avx512ifma" "avx512vbmi"
        "avx512vbmi2" "avx512vl" "avx512vnni" "avx512vpopcntdq" "avxvnni" "bmi1" "bmi2" "fma" "gfni"
        "lzcnt" "pclmulqdq" "popcnt" "sse2" "sse3" "sse4.1" "sse4.2" "ssse3" "vpclmulqdq");
    let arm = features!("aarch64", is_aarch64_feature_detected:
        "aes" "crc" "dotprod" "neon" "sha2" "sve" "sve2");
    let known = x86.into_iter().chain(arm).find(|(known, _)| *known == name);
    known.map(|(_, here)| here).with_context(|| format!("no list in {} has `{name}`", file!()))
}

/// A function that is compiled for more than every processor has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// "branches: vectors::avx2".
    name: String,
    /// What it is compiled for.
    features: BTreeSet<String>,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let features: Vec<&str> = self.features.iter().map(String::as_str).collect();
        write!(f, "{} ({})", self.name, features.join(", "))
    }
}

impl Path {
    /// What this processor lacks of it.
    fn lacking(&self) -> Result<Vec<&str>> {
        let mut lacking = Vec::new();
        for feature in &self.features {
            if !has(feature)? {
                lacking.push(feature.as_str());
            }
        }
        Ok(lacking)
    }
}

/// The paths of all cases that no test can run here.
///
/// # Errors
/// If a source cannot be read, or one lacks nothing but what was promised: then this is not the
/// machine on which the tests say what they are believed to say.
pub fn untested(workspace: &Workspace, promised: &[&str]) -> Result<Vec<Path>> {
    let mut untested = Vec::new();
    for case in &workspace.cases {
        let src = case.folder.join("src");
        for file in below(&src, "rs")? {
            let module = file.strip_prefix(&src).unwrap_or(&file).with_extension("");
            let module = module.to_string_lossy().replace(['/', '\\'], "::");
            for path in paths(&format!("{}: {module}", case.name), &read(&file)?) {
                let lacking = path.lacking().with_context(|| path.to_string())?;
                if !lacking.is_empty() {
                    if lacking.iter().all(|feature| promised.contains(feature)) {
                        bail!("{path} was promised to be tested, and this processor lacks it");
                    }
                    untested.push(path);
                }
            }
        }
    }
    untested.dedup();
    Ok(untested)
}

/// The functions of a file that are compiled for features.
fn paths(module: &str, source: &str) -> Vec<Path> {
    let mut paths = Vec::new();
    let mut features = BTreeSet::new();
    for line in source.lines().map(str::trim) {
        if let Some((_, list)) = line.split_once("target_feature(enable = \"") {
            let list = list.split('"').next().unwrap_or_default();
            features.extend(list.split(',').map(|name| name.trim().to_owned()));
        } else if let Some((_, rest)) = line.split_once("fn ").filter(|_| !features.is_empty()) {
            let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next();
            let name = format!("{module}::{}", name.unwrap_or_default());
            paths.push(Path { name, features: std::mem::take(&mut features) });
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn functions_with_features_are_found() {
        let source = "/// Doc.\n#[target_feature(enable = \"avx2,fma\")]\n#[inline]\nunsafe fn \
                      dot(a: &[f32]) {}\nfn other() {}\n    #[target_feature(enable = \"sve\")]\n    \
                      pub(super) fn long<const N: usize>() {}\n";
        let found = paths("loops: dots", source);
        let names: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["loops: dots::dot (avx2, fma)", "loops: dots::long (sve)"]);
    }

    #[test]
    fn what_is_promised_must_be_there_and_the_rest_is_named() {
        let workspace = Workspace::load().unwrap();
        let untested = untested(&workspace, &[]).unwrap();
        // Some are for x86-64 and some for AArch64, so that every machine lacks some.
        assert!(!untested.is_empty());
        let lacking: Vec<String> = untested.iter().flat_map(|path| path.features.clone()).collect();
        let lacking: Vec<&str> = lacking.iter().map(String::as_str).collect();
        let error = super::untested(&workspace, &lacking).unwrap_err().to_string();
        assert!(error.contains("promised to be tested"), "{error}");
        assert!(has("avx1024").is_err());
        // Past the test runner, which keeps what is printed by tests that pass.
        let mut out = std::io::stderr();
        writeln!(out, "\nnot tested, since this processor has no such path:").unwrap();
        untested.iter().for_each(|path| writeln!(out, "  {path}").unwrap());
    }
}
