//! Files that name each other: neither can be read first, and neither can be left out. A circle of
//! them is broken by a third file that holds what both need.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use cases::rungs::rung_modules;
use cases::source::Source;
use cases::text;

use super::files;

/// The files of a crate as modules, `""` being `lib.rs`, and what each names of the others.
#[derive(Debug, Default)]
pub struct Files {
    names: BTreeMap<String, BTreeSet<String>>,
}

/// Circles of a case's files, and rungs that need a later one. Takes the files with their places
/// below `src`.
pub fn broken(files: &[(String, String)]) -> Vec<String> {
    let lib = files.iter().find(|(place, _)| place == "lib.rs").map_or("", |(_, text)| text);
    let arrows = Files::new(files);
    let mut problems = arrows.circles();
    problems.extend(arrows.early(&rung_modules(lib)));
    problems
}

/// Circles of a room's files. There a file holds what the files of its folder share, and they may
/// name it.
pub fn of_room(files: &[(String, String)]) -> Vec<String> {
    let mut arrows = Files::new(files);
    for (file, named) in &mut arrows.names {
        named.retain(|other| !other.is_empty() && !file.starts_with(&format!("{other}::")));
    }
    arrows.circles()
}

impl Files {
    /// Reads the files of one crate.
    pub fn new(files: &[(String, String)]) -> Self {
        let mut sources = BTreeMap::new();
        for (place, text) in files {
            // A file of tests may name whatever it tests.
            let tests = |(_, text): &(String, String)| text.contains(&only_tested(place));
            if !files.iter().any(tests) {
                let mut source = Source::default();
                source.add(text);
                sources.insert(module(place), source);
            }
        }
        let modules: BTreeSet<&str> = sources.keys().map(String::as_str).collect();
        let named = |(module, source): (&String, &Source)| {
            (module.clone(), named(module, source, &modules))
        };
        Self { names: sources.iter().map(named).collect() }
    }

    /// Each circle, told once from the first of its files.
    pub fn circles(&self) -> Vec<String> {
        let way = |file: &String| self.way(file, &|other| other == file);
        let ways = self.names.keys().filter_map(way);
        let firsts = ways.filter(|way| way.iter().all(|file| *file >= way[0]));
        firsts.map(|way| format!("a circle of files: {}", told(&way))).collect()
    }

    /// Rungs that need one further down the table.
    fn early(&self, rungs: &[String]) -> Vec<String> {
        let early = rungs.iter().enumerate().filter_map(|(at, rung)| {
            let way = self.way(rung, &|file| rungs[at + 1..].iter().any(|later| later == file))?;
            Some(format!("rung `{rung}` needs a later one: {}", told(&way)))
        });
        early.collect()
    }

    /// The shortest way from a file to one that is wanted, both named.
    fn way(&self, from: &str, wanted: &dyn Fn(&str) -> bool) -> Option<Vec<&str>> {
        let (from, _) = self.names.get_key_value(from)?;
        let mut open = VecDeque::from([vec![from.as_str()]]);
        let mut met = BTreeSet::new();
        while let Some(way) = open.pop_front() {
            for next in way.last().and_then(|file| self.names.get(*file)).into_iter().flatten() {
                let longer = [way.as_slice(), &[next.as_str()]].concat();
                if wanted(next) {
                    return Some(longer);
                }
                // The root names every rung: who names the root is in a circle, and told so.
                if !next.is_empty() && met.insert(next) {
                    open.push_back(longer);
                }
            }
        }
        None
    }
}

/// How a file's parent declares it if it is there for tests alone.
fn only_tested(place: &str) -> String {
    let module = module(place);
    let name = module.rsplit("::").next().unwrap_or_default();
    format!("#[cfg(test)]\nmod {name};")
}

/// The module in a file: `a/b.rs` is `a::b`, `a/mod.rs` is `a`.
fn module(place: &str) -> String {
    let place = place.trim_end_matches(".rs").replace('\\', "/");
    let place = place.strip_suffix("/mod").unwrap_or(&place);
    let roots = ["lib", "main"];
    if roots.contains(&place) { String::new() } else { place.replace('/', "::") }
}

/// Other files whose items a module names: of the whole path, the last name that is a file.
fn named(module: &str, source: &Source, modules: &BTreeSet<&str>) -> BTreeSet<String> {
    let paths = source.paths().into_iter().map(|path| absolute(module, &path));
    let mut named: BTreeSet<String> = paths.map(|path| file_of(&path, modules)).collect();
    // A parent names its children without a root in front.
    let name = |other: &&&str| {
        let (parent, name) = other.rsplit_once("::").unwrap_or(("", other));
        parent == module && !name.is_empty() && source.mentions(&format!("{name}::"))
    };
    named.extend(modules.iter().filter(name).map(|child| (*child).to_owned()));
    named.remove(module);
    named
}

/// A path from the crate's root: from within `a::b`, `super::c::D` is `a::c::D`.
fn absolute(module: &str, path: &str) -> String {
    let mut at: Vec<&str> = module.split("::").filter(|name| !name.is_empty()).collect();
    for name in path.split("::") {
        match name {
            "crate" => at.clear(),
            "self" => {}
            "super" => drop(at.pop()),
            name => at.push(name),
        }
    }
    at.join("::")
}

fn file_of(path: &str, modules: &BTreeSet<&str>) -> String {
    let mut path = path;
    while !modules.contains(path) {
        path = path.rsplit_once("::").map_or("", |(parent, _)| parent);
        if path.is_empty() {
            break;
        }
    }
    path.to_owned()
}

fn told(way: &[&str]) -> String {
    let file = |module: &&str| match *module {
        "" => "the crate's root".to_owned(),
        module => format!("{}.rs", module.replace("::", "/")),
    };
    let files: Vec<String> = way.iter().map(file).collect();
    match files.as_slice() {
        [first, second, rest @ ..] => {
            let rest = rest.iter().map(|file| format!(", which names {file}"));
            format!("{first} names {second}{}", rest.collect::<String>())
        }
        _ => files.concat(),
    }
}

/// A crate's files with their places below its `src`.
///
/// # Errors
/// If one of them cannot be read.
pub fn read(src: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let files = files::below(src, "rs")?.into_iter().map(|path| {
        let place = path.strip_prefix(src).unwrap_or(&path).to_string_lossy().into_owned();
        Ok((place, text::read(&path)?))
    });
    files.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> Vec<(String, String)> {
        texts.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect()
    }

    const TABLE: &str = "mod naive;\nmod fast;\nconst RUNGS: R = &[\n    \
                         Rung::new(\"naive\", |a| naive::run(a)),\n    \
                         Rung::new(\"words\", |a| words::run(a)),\n    \
                         Rung::new(\"fast\", |a| fast::run(a)),\n];\n";

    #[test]
    fn files_that_name_each_other_are_told_once() {
        let found = broken(&files(&[
            ("lib.rs", "use fast::run;\n"),
            ("fast.rs", "use crate::{parts::Part, vectors};\n"),
            ("parts.rs", "struct Part;\n"),
            ("vectors.rs", "fn f() {\n    super::steps::g()\n}\n"),
            ("steps.rs", "use crate::fast::run;\n"),
        ]));
        let way = "fast.rs names vectors.rs, which names steps.rs, which names fast.rs";
        assert_eq!(found, [format!("a circle of files: {way}")]);
    }

    #[test]
    fn the_root_is_a_file_too() {
        let found = broken(&files(&[
            ("lib.rs", "struct Table;\nfn f() {\n    naive::g()\n}\n"),
            ("naive.rs", "use crate::Table;\n"),
        ]));
        let way = "the crate's root names naive.rs, which names the crate's root";
        assert_eq!(found, [format!("a circle of files: {way}")]);
    }

    #[test]
    fn a_rung_needs_none_that_is_later() {
        let found = broken(&files(&[
            ("lib.rs", TABLE),
            ("naive.rs", ""),
            ("words.rs", "use crate::{naive, steps};\n"),
            ("steps.rs", "use crate::fast;\n"),
            ("fast.rs", "use crate::naive;\n"),
        ]));
        let way = "words.rs names steps.rs, which names fast.rs";
        assert_eq!(found, [format!("rung `words` needs a later one: {way}")]);
    }

    #[test]
    fn files_of_a_room_may_name_the_file_of_their_folder_and_no_other_in_a_circle() {
        let mut texts = vec![
            ("lib.rs", "mod a;\nmod d;\nfn f() {\n    a::f()\n}\n"),
            ("a.rs", "mod b;\nmod c;\nuse b::B;\n"),
            ("a/b.rs", "use super::A;\nuse super::c::C;\nuse crate::f;\n"),
            ("a/c.rs", "struct C;\n"),
        ];
        assert!(of_room(&files(&texts)).is_empty());
        texts[3].1 = "use crate::d::D;\n";
        texts.push(("d.rs", "use crate::a::b::B;\n"));
        let way = "a/b.rs names a/c.rs, which names d.rs, which names a/b.rs";
        assert_eq!(of_room(&files(&texts)), [format!("a circle of files: {way}")]);
    }

    #[test]
    fn tests_may_name_what_they_test() {
        let found = broken(&files(&[
            ("lib.rs", "mod a;\n#[cfg(test)]\nmod faulty;\nfn f() {\n    a::f()\n}\n"),
            ("a.rs", "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::f;\n}\n"),
            ("faulty.rs", "use crate::{a, f};\n"),
        ]));
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn folders_and_modules_within_a_file_are_followed() {
        let found = broken(&files(&[
            ("a/mod.rs", "use self::b::B;\nmod vectors {\n    use super::B;\n}\n"),
            ("a/b.rs", "use super::c::C;\nuse crate::d;\n"),
            ("a/c.rs", "struct C;\n"),
            ("d.rs", "use crate::a::c::C;\n"),
        ]));
        assert!(found.is_empty(), "{found:?}");
        let found = broken(&files(&[("a.rs", "use b::B;\n"), ("a/b.rs", "use super::A;\n")]));
        assert_eq!(found, ["a circle of files: a.rs names a/b.rs, which names a.rs"]);
    }
}
