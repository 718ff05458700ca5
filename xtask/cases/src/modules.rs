//! A case's own files by module, and what each of them needs of the others. `lib.rs` is left out:
//! that is the frame of all rungs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::source::Source;

/// Sources by the name of their module.
#[derive(Debug, Default)]
pub struct Modules(BTreeMap<String, Source>);

impl Modules {
    /// A folder's modules; one that has a folder of its own is all of it.
    pub fn read(folder: &Path) -> Self {
        let mut modules = Self::default();
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        // A module's file comes before its folder, on every system.
        paths.sort_by_key(|path| (path.file_stem().map(ToOwned::to_owned), path.is_dir()));
        for path in paths {
            let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
            if !["lib", "tests"].contains(&name) {
                modules.add(name, &if path.is_dir() { below(&path) } else { text(&path) });
            }
        }
        modules
    }

    /// Adds a file to a module.
    pub fn add(&mut self, module: &str, text: &str) {
        self.0.entry(module.to_owned()).or_default().add(text);
    }

    /// A module, if there is one of that name.
    pub fn get(&self, module: &str) -> Option<&Source> {
        self.0.get(module)
    }

    /// A module and all that it refers to, near and far.
    pub fn reachable(&self, from: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![from.to_owned()];
        while let Some(module) = open.pop() {
            if let Some(source) = self.get(&module)
                && found.insert(module)
            {
                open.extend(source.references());
            }
        }
        found
    }

    /// What tells a module's code, and that of all that it needs, from any other; comments and
    /// tests are none. `None` if there is no such module.
    pub fn digest(&self, module: &str) -> Option<String> {
        self.get(module)?;
        let mut digest = Digest::default();
        for name in self.reachable(module) {
            digest.add(name.as_bytes());
            let lines = self.get(&name).map_or(&[][..], Source::code);
            lines.iter().for_each(|line| digest.add(line.as_bytes()));
        }
        Some(digest.text())
    }
}

fn below(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort(); // a folder has no order, and a digest has
    let texts = paths
        .iter()
        .filter(|path| !path.ends_with("tests.rs"))
        .map(|path| if path.is_dir() { below(path) } else { text(path) });
    texts.collect()
}

fn text(path: &Path) -> String {
    let rust = path.extension().is_some_and(|extension| extension == "rs");
    if rust { std::fs::read_to_string(path).unwrap_or_default() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(files: &[(&str, &str)]) -> Modules {
        let mut modules = Modules::default();
        files.iter().for_each(|(name, text)| modules.add(name, text));
        modules
    }

    #[test]
    fn a_digest_is_of_the_code_that_a_module_needs() {
        let of = |fast: &str, words: &str, alone: &str| {
            let files = [("fast", fast), ("words", words), ("alone", alone)];
            modules(&files).digest("fast").unwrap()
        };
        let (fast, words) = ("use crate::words;\nfn f() { words::g() }\n", "fn g() { 1 }\n");
        let before = of(fast, words, "");
        assert_eq!(before, of(fast, words, "fn h() {}\n"), "what it does not need");
        let told = "//! Fast.\nuse crate::words;\n\n    fn f() { words::g() } // yes\n";
        let tested = "fn g() { 1 }\n#[cfg(test)]\nmod tests {\n    fn t() {}\n}\n";
        assert_eq!(before, of(told, tested, ""), "what is no code");
        assert_ne!(before, of(fast, "fn g() { 2 }\n", ""), "what it needs");
        assert_ne!(before, of("use crate::words;\nfn f() { g() }\n", words, ""));
        assert_eq!(modules(&[]).digest("fast"), None);
    }

    /// Digests stand in records, and those go from one system to another.
    #[test]
    fn a_modules_file_comes_before_its_folder_however_a_system_lists_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut expected = Vec::new();
        for name in ["aa", "ring", "slots", "z"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("sub.rs"), "fn sub() {}\n").unwrap();
            std::fs::write(folder.path().join(name).with_extension("rs"), "fn top() {}\n").unwrap();
            expected.extend([(name, "fn top() {}\n"), (name, "fn sub() {}\n")]);
        }
        let (read, expected) = (Modules::read(folder.path()), modules(&expected));
        for name in ["aa", "ring", "slots", "z"] {
            assert_eq!(read.digest(name), expected.digest(name), "{name}");
        }
    }
}
