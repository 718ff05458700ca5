//! What a rung costs its author and the binary: lines, `unsafe`, crates and what those bring in,
//! bytes of machine code.

mod packages;

use std::collections::BTreeSet;

use anyhow::Result;

use super::Subject;
use super::assembly::Image;
use cases::Case;
use cases::modules::Modules;
use cases::source::Source;
use record::RungCost;

/// Every rung's cost, machine code included.
pub fn gather(subject: &Subject, image: &Result<Image>) -> Vec<RungCost> {
    let Some(description) = subject.description() else { return Vec::new() };
    let rungs: Vec<&str> = description.rungs.iter().map(|rung| rung.name.as_str()).collect();
    // Why there is no image, the machine code's place in the record says.
    costs(subject.case, &rungs, image.as_ref().ok())
}

/// What the sources tell of each rung.
pub fn of(case: &Case, rungs: &[&str]) -> Vec<RungCost> {
    costs(case, rungs, None)
}

fn costs(case: &Case, rungs: &[&str], image: Option<&Image>) -> Vec<RungCost> {
    let modules = Modules::read(&case.folder.join("src"));
    let package = case.name.replace('-', "_");
    let cost = |rung: &&str| {
        let used = used(&modules, rung, rungs);
        let sources: Vec<&Source> = used.iter().filter_map(|name| modules.get(name)).collect();
        let uses = |name: &&String| {
            let path = format!("{}::", name.replace('-', "_"));
            sources.iter().any(|source| source.mentions(&path))
        };
        let crates: Vec<String> = case.dependencies.iter().filter(uses).cloned().collect();
        let paths: Vec<String> = used.iter().map(|module| format!("{package}::{module}")).collect();
        let bytes = image.map(|image| image.of_modules(&paths).iter().map(|it| it.size).sum());
        RungCost {
            lines: sources.iter().map(|source| source.lines()).sum(),
            unsafe_blocks: sources.iter().map(|source| source.unsafe_blocks()).sum(),
            packages: packages::behind(&case.name, &case.folder, &crates),
            crates,
            // Inlined without a rest, the code is not told apart from its caller's.
            code_bytes: bytes.filter(|bytes| *bytes > 0),
            code: modules.digest(rung),
        }
    };
    rungs.iter().map(cost).collect()
}

/// Modules that a rung needs and naive does not: naive's count where naive is the rung, and then
/// only those that no other rung shares.
fn used(modules: &Modules, rung: &str, rungs: &[&str]) -> BTreeSet<String> {
    let shared: BTreeSet<String> = if rungs.first() == Some(&rung) {
        rungs[1..].iter().flat_map(|other| modules.reachable(other)).collect()
    } else {
        rungs.first().map(|naive| modules.reachable(naive)).unwrap_or_default()
    };
    let mut used = modules.reachable(rung);
    // A rung that hands over to another one needs that one's lines as much as its own.
    used.retain(|module| !shared.contains(module) || rungs.contains(&module.as_str()));
    used
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
    fn modules_shared_with_naive_cost_nothing() {
        let modules = modules(&[
            ("naive", "use crate::orders::Order;"),
            (
                "optimized",
                "use crate::{orders::Order, masks::{Mask, next}};\nfn f() { super::words::g() }",
            ),
            ("peer", "use crate::naive;\nfn f() { naive::f() }"),
            ("orders", "struct Order;"),
            ("masks", "use crate::bits;"),
            ("words", ""),
            ("bits", "use crate::masks::Mask;"),
            ("alone", ""),
        ]);
        let rungs = ["naive", "optimized", "peer"];
        let used = |rung| used(&modules, rung, &rungs).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(used("naive"), "naive");
        assert_eq!(used("optimized"), "bits masks optimized words");
        assert_eq!(used("peer"), "naive peer");
    }

    #[test]
    fn a_case_on_disk_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let src = folder.path().join("src");
        std::fs::create_dir_all(src.join("fast")).unwrap();
        for (name, text) in [
            ("lib.rs", "mod naive;"),
            ("naive.rs", "//! Words.\n\nfn f() {}\n"),
            ("fast.rs", "mod inner;\nuse memchr::memchr;\n"),
            ("fast/inner.rs", "fn g() {\n    unsafe { h() }\n}\n"),
        ] {
            std::fs::write(src.join(name), text).unwrap();
        }
        let case = Case {
            name: "words".into(),
            title: String::new(),
            part: String::new(),
            minutes: 1,
            order: 1,
            symptom: String::new(),
            look: String::new(),
            peer: String::new(),
            signs: Vec::new(),
            seen: None,
            folder: folder.path().to_owned(),
            bench: folder.path().join("bench.rs"),
            dependencies: vec!["memchr".into(), "rayon".into()],
        };
        let costs = of(&case, &["naive", "fast"]);
        assert_eq!((costs[0].lines, costs[0].unsafe_blocks, costs[0].packages), (1, 0, 0));
        assert_eq!((costs[1].lines, costs[1].unsafe_blocks), (5, 1));
        assert_eq!(costs[1].crates, ["memchr"]);
        assert_eq!(costs[1].code_bytes, None);
    }
}
