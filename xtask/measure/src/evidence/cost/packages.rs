//! How many packages come with a crate: what a user downloads, builds and has to trust.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context as _, Result};
use cargo_metadata::{DependencyKind, MetadataCommand, PackageId};

use crate::child;

/// Normal dependencies of every package on this target.
#[derive(Debug, Default)]
struct Graph {
    names: BTreeMap<PackageId, String>,
    needs: BTreeMap<PackageId, Vec<PackageId>>,
}

/// Packages that these crates bring into a case, themselves included. Where cargo does not tell,
/// which is said once, the crates alone.
pub fn behind(case: &str, folder: &Path, crates: &[String]) -> u64 {
    static GRAPH: OnceLock<Option<Graph>> = OnceLock::new();
    if crates.is_empty() {
        return 0;
    }
    let graph = GRAPH.get_or_init(|| match load(folder) {
        Ok(graph) => Some(graph),
        Err(why) => {
            record::errln!("only crates are counted, not the packages behind them: {why:#}");
            None
        }
    });
    let found = graph.as_ref().map_or(0, |graph| graph.behind(case, crates));
    found.max(crates.len() as u64)
}

/// All cases are in one workspace, so one answer serves them all.
fn load(folder: &Path) -> Result<Graph> {
    let rustc = child::command("rustc").arg("-vV").current_dir(folder).output();
    let rustc = rustc.context("rustc cannot be started")?;
    let rustc = String::from_utf8_lossy(&rustc.stdout);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not say what it compiles for")?;
    let options = ["--filter-platform".to_owned(), host.to_owned()];
    let metadata = MetadataCommand::new()
        .current_dir(folder)
        .other_options(options)
        .exec()
        .context("cargo does not tell what depends on what")?;
    let mut graph = Graph::default();
    for package in metadata.packages {
        graph.names.insert(package.id, package.name.to_string());
    }
    let resolve = metadata.resolve.context("cargo does not tell what depends on what")?;
    for node in resolve.nodes {
        let normal = node
            .deps
            .into_iter()
            .filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        graph.needs.insert(node.id, normal.map(|dep| dep.pkg).collect());
    }
    Ok(graph)
}

impl Graph {
    fn behind(&self, case: &str, crates: &[String]) -> u64 {
        let own = self.names.iter().filter(|(_, name)| *name == case);
        let direct = own.filter_map(|(id, _)| self.needs.get(id)).flatten();
        let wanted = |id: &&PackageId| self.names.get(id).is_some_and(|name| crates.contains(name));
        let mut open: Vec<&PackageId> = direct.filter(wanted).collect();
        let mut found = BTreeSet::new();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.needs.get(id).into_iter().flatten());
            }
        }
        found.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_counted_once_and_themselves_included() {
        let id = |name: &str| PackageId { repr: name.to_owned() };
        let mut graph = Graph::default();
        let all = [("a", &["b", "c"][..]), ("b", &["c"]), ("c", &[]), ("case", &["a", "b", "c"])];
        for (name, needs) in all {
            graph.names.insert(id(name), name.to_owned());
            graph.needs.insert(id(name), needs.iter().map(|need| id(need)).collect());
        }
        assert_eq!(graph.behind("case", &["a".to_owned()]), 3);
        assert_eq!(graph.behind("case", &["b".to_owned(), "c".to_owned()]), 2);
        assert_eq!(graph.behind("case", &["absent".to_owned()]), 0);
        assert_eq!(graph.behind("a", &["b".to_owned()]), 2);
    }

    #[test]
    fn without_an_answer_the_crates_are_counted() {
        assert_eq!(behind("case", Path::new("/nowhere"), &[]), 0);
    }
}
