//! Finds the cases: workspace members with `package.metadata.case`. Nothing else lists them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use cargo_metadata::{MetadataCommand, Package};
use serde::Deserialize;

use crate::names::known;
use crate::signs::Sign;

/// The package by which the workspace of this book is known.
const TOOL: &str = "xtask";

/// The parts of the book in reading order; their opening pages are `docs/src/part-*.md`.
pub const PARTS: [(&str, &str); 6] = [
    ("Memory", "part-memory.md"),
    ("Avoiding work", "part-avoiding-work.md"),
    ("The CPU", "part-cpu.md"),
    ("Data structures", "part-data-structures.md"),
    ("Many cores, and the system", "part-many-cores.md"),
    ("The whole", "part-whole.md"),
];

/// The workspace and its cases.
pub struct Workspace {
    /// Its root folder.
    pub root: PathBuf,
    /// cargo's target folder.
    pub target: PathBuf,
    /// Every case, by part and then in reading order.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Folder, package, bench and chapter.
    pub name: String,
    /// Title of its chapter.
    pub title: String,
    /// Part of the book.
    pub part: String,
    /// Reading time.
    pub minutes: u32,
    /// Its place among the chapters of its part.
    pub order: u32,
    /// What a reader sees who needs the technique.
    pub symptom: String,
    /// What to look at then.
    pub look: String,
    /// The crate behind the peer rung.
    pub peer: String,
    /// How its problem is seen in a profile.
    pub signs: Vec<Sign>,
    /// What would show it where no profile does.
    pub seen: Option<String>,
    /// Its folder.
    pub folder: PathBuf,
    /// Its bench's source.
    pub bench: PathBuf,
    /// Packages that it depends on beside the harness.
    pub dependencies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseMetadata {
    title: String,
    part: String,
    minutes: u32,
    order: u32,
    symptom: String,
    look: String,
    peer: String,
    #[serde(default)]
    signs: Vec<Sign>,
    seen: Option<String>,
}

impl Workspace {
    /// Asks cargo about the workspace that the running program is of.
    ///
    /// # Errors
    /// If cargo cannot read the workspace, or a case's metadata is not complete.
    pub fn load() -> Result<Self> {
        let mut command = MetadataCommand::new();
        // Where the user is may be elsewhere, if he names the manifest.
        if let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR") {
            command.manifest_path(Path::new(&package).join("Cargo.toml"));
        }
        Self::ask(&mut command)
    }

    fn ask(command: &mut MetadataCommand) -> Result<Self> {
        let metadata = command
            .no_deps()
            .exec()
            .context("`cargo metadata` failed; run xtask inside the Casebook workspace")?;
        let mut cases = metadata
            .workspace_packages()
            .into_iter()
            .filter_map(|package| Some((package, package.metadata.get("case")?)))
            .map(|(package, case)| Case::new(package, case))
            .collect::<Result<Vec<_>>>()?;
        // In somebody else's workspace every answer would be "nothing".
        let is_tool = |package: &&Package| package.name == TOOL;
        if cases.is_empty() && !metadata.workspace_packages().iter().any(is_tool) {
            bail!(
                "{} is another workspace, without cases; run xtask inside the Casebook workspace",
                metadata.workspace_root
            );
        }
        cases.sort_by_key(|case| {
            let part = PARTS.iter().position(|(part, _)| *part == case.part);
            (part, case.order, case.name.clone())
        });
        Ok(Self {
            root: metadata.workspace_root.into_std_path_buf(),
            target: metadata.target_directory.into_std_path_buf(),
            cases,
        })
    }

    /// Where runs and intermediate files are kept.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("casebook")
    }

    /// The latest run's record.
    pub fn latest_record(&self) -> PathBuf {
        self.scratch().join("record.json")
    }

    /// What the latest `calibrate` found.
    pub fn calibration(&self) -> PathBuf {
        self.scratch().join("calibration.json")
    }

    /// What the latest `diagnose` found.
    pub fn diagnosis(&self) -> PathBuf {
        self.scratch().join("diagnosis.json")
    }

    /// The record of the latest run on a file of the user's.
    pub fn file_record(&self) -> PathBuf {
        self.scratch().join("your-file.json")
    }

    /// The latest record of builds.
    pub fn latest_builds(&self) -> PathBuf {
        self.scratch().join("builds.json")
    }

    /// The record of builds that the book shows: the latest run's, else the first committed.
    pub fn best_builds(&self) -> Option<PathBuf> {
        latest_or(self.latest_builds(), json_files(&self.root.join("docs/results/builds")))
    }

    /// The latest record of programs that read rows.
    pub fn latest_rows(&self) -> PathBuf {
        self.scratch().join("rows.json")
    }

    /// The record of such programs that the book shows: the latest run's, else the first committed.
    pub fn best_rows(&self) -> Option<PathBuf> {
        latest_or(self.latest_rows(), json_files(&self.root.join("docs/results/rows")))
    }

    /// The journal of a run that was cut short.
    pub fn journal(&self) -> PathBuf {
        self.scratch().join("journal.jsonl")
    }

    /// The same of a run on a file of the user's.
    pub fn file_journal(&self) -> PathBuf {
        self.scratch().join("your-file.journal.jsonl")
    }

    /// What commands read that are given no record: the latest run's, else the first committed
    /// reference.
    pub fn best_record(&self) -> Option<PathBuf> {
        latest_or(self.latest_record(), self.committed_records())
    }

    /// Where the repository is, if its manifest says so.
    pub fn repository(&self) -> Option<String> {
        self.said("repository")
    }

    /// What the workspace's manifest says of something, in a line of its own.
    fn said(&self, key: &str) -> Option<String> {
        let manifest = std::fs::read_to_string(self.root.join("Cargo.toml")).ok()?;
        let value = |line: &str| {
            let quoted = line.strip_prefix(key)?.strip_prefix(" = \"")?;
            Some(quoted.split_once('"')?.0.to_owned())
        };
        manifest.lines().find_map(value)
    }

    /// The committed references, the one first that the manifest calls so.
    pub fn committed_records(&self) -> Vec<PathBuf> {
        let mut records = json_files(&self.root.join("docs/results"));
        let first = self.said("reference");
        records.sort_by_key(|path| {
            path.file_stem().and_then(|stem| stem.to_str()) != first.as_deref()
        });
        records
    }

    /// Where the book is made.
    pub fn book(&self) -> PathBuf {
        self.root.join("docs/book")
    }

    /// Names of all packages that are built here: the workspace's own, and those that they need.
    ///
    /// # Errors
    /// If there is no lock file.
    pub fn packages(&self) -> Result<Vec<String>> {
        let path = self.root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&path).with_context(|| {
            format!("cannot read {}; `cargo generate-lockfile` makes it", path.display())
        })?;
        let own = self.cases.iter().map(|case| case.name.clone());
        Ok(own.chain(locked(&lock)).collect())
    }

    /// Names of the book's pages of prose.
    pub fn pages(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.root.join("docs/src")).into_iter().flatten();
        let paths = entries.flatten().map(|entry| entry.path());
        let pages = paths.filter(|path| path.extension().is_some_and(|ext| ext == "md"));
        pages.filter_map(|page| Some(page.file_stem()?.to_str()?.to_owned())).collect()
    }

    /// The cases with these names, or all.
    ///
    /// # Errors
    /// For an unknown name, with the nearest known one.
    pub fn select(&self, names: &[String]) -> Result<Vec<&Case>> {
        for name in names {
            let all = self.cases.iter().map(|case| case.name.as_str());
            known("case", name, all)
                .map_err(|error| anyhow!("{error} (`cargo xtask list` shows all)"))?;
        }
        Ok(self
            .cases
            .iter()
            .filter(|case| names.is_empty() || names.contains(&case.name))
            .collect())
    }
}

/// What the latest run left, else the first that is committed.
fn latest_or(latest: PathBuf, committed: Vec<PathBuf>) -> Option<PathBuf> {
    if latest.exists() { Some(latest) } else { committed.into_iter().next() }
}

impl Case {
    fn new(package: &Package, case: &serde_json::Value) -> Result<Self> {
        let name = package.name.to_string();
        let context = || format!("package.metadata.case of `{name}`");
        let metadata: CaseMetadata = serde_json::from_value(case.clone()).with_context(context)?;
        if !PARTS.iter().any(|(part, _)| *part == metadata.part) {
            let known: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
            bail!(
                "{}: there is no part `{}`; the parts are {}",
                context(),
                metadata.part,
                known.join(" · ")
            );
        }
        metadata.signs.iter().try_for_each(Sign::check).with_context(context)?;
        let bench = package.targets.iter().find(|target| target.is_bench());
        let dependencies = package
            .dependencies
            .iter()
            .filter(|dep| {
                dep.kind == cargo_metadata::DependencyKind::Normal && dep.name != "harness"
            })
            .map(|dep| dep.name.clone())
            .collect();
        Ok(Self {
            title: metadata.title,
            part: metadata.part,
            minutes: metadata.minutes,
            order: metadata.order,
            symptom: metadata.symptom,
            look: metadata.look,
            peer: metadata.peer,
            signs: metadata.signs,
            seen: metadata.seen,
            folder: package.manifest_path.parent().context("a manifest has a folder")?.into(),
            bench: bench
                .with_context(|| format!("`{name}` has no bench target"))?
                .src_path
                .clone()
                .into(),
            dependencies,
            name,
        })
    }

    /// Files of one rung: its module.
    pub fn source(&self, rung: &str) -> PathBuf {
        self.folder.join("src").join(format!("{rung}.rs"))
    }
}

/// Names of the packages in a lock file.
fn locked(lock: &str) -> impl Iterator<Item = String> + '_ {
    let name = |line: &str| Some(line.strip_prefix("name = \"")?.strip_suffix('"')?.to_owned());
    lock.lines().filter_map(name)
}

/// Files of a folder that end so, by name.
fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .collect();
    paths.sort();
    paths
}

/// The cargo that runs xtask.
pub fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| Path::new("cargo").to_owned(), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What a manifest says of a case.
    fn case(part: &str, order: u32) -> String {
        format!(
            "[[bench]]\nname = \"bench\"\npath = \"bench.rs\"\n\
             [package.metadata.case]\ntitle = \"A title\"\npart = \"{part}\"\nminutes = 5\n\
             order = {order}\nsymptom = \"slow\"\nlook = \"here\"\npeer = \"none\"\n\
             [dependencies]\nharness = \"1\"\nmemchr = \"2\"\n\
             [dev-dependencies]\nproptest = \"1\"\n"
        )
    }

    /// The workspace of these packages and the tool, as cargo tells it.
    fn load(packages: &[(&str, String)]) -> Result<Workspace> {
        let tool = (TOOL, "[[bench]]\nname = \"bench\"\npath = \"bench.rs\"\n".to_owned());
        ask(&[&[tool], packages].concat())
    }

    fn ask(packages: &[(&str, String)]) -> Result<Workspace> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Cargo.toml"), "[workspace]\nmembers = [\"*\"]\n").unwrap();
        for (name, rest) in packages {
            let package = folder.path().join(name);
            fs::create_dir_all(package.join("src")).unwrap();
            fs::write(package.join("src/lib.rs"), "").unwrap();
            fs::write(package.join("bench.rs"), "").unwrap();
            let manifest = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n{rest}");
            fs::write(package.join("Cargo.toml"), manifest).unwrap();
        }
        Workspace::ask(MetadataCommand::new().current_dir(folder.path()))
    }

    #[test]
    fn another_workspace_is_told_apart_from_one_without_cases() {
        let error = ask(&[("theirs", String::new())]).map(drop).unwrap_err().to_string();
        assert!(error.contains("is another workspace"), "{error}");
        assert!(load(&[]).unwrap().cases.is_empty());
    }

    #[test]
    fn a_repository_is_named_only_if_the_manifest_does() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let workspace = Workspace { root, target: folder.path().into(), cases: Vec::new() };
        let says = |text: &str| {
            fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            workspace.repository()
        };
        assert_eq!(says("[workspace.package]\nlicense = \"MIT\"\n"), None);
        let named = says("[workspace.package]\nrepository = \"https://example.org/a\"\n");
        assert_eq!(named.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn the_reference_comes_first_and_the_workspace_has_the_one_that_it_names() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let results = root.join("docs/results");
        fs::create_dir_all(&results).unwrap();
        for name in ["a.json", "b.json", "c.json"] {
            fs::write(results.join(name), "").unwrap();
        }
        let workspace = Workspace { target: root.join("target"), root, cases: Vec::new() };
        let order = |manifest: &str| {
            fs::write(workspace.root.join("Cargo.toml"), manifest).unwrap();
            workspace.committed_records()
        };
        let named = |names: [&str; 3]| names.map(|name| results.join(name));
        let says =
            |name: &str| format!("[workspace.metadata.casebook]\nreference = \"{name}\" # it is\n");
        assert_eq!(order("[workspace]\n"), named(["a.json", "b.json", "c.json"]));
        assert_eq!(order(&says("b")), named(["b.json", "a.json", "c.json"]));
        assert_eq!(order(&says("d")), named(["a.json", "b.json", "c.json"]));

        let here = Workspace::load().unwrap();
        let first = here.committed_records().remove(0);
        assert_eq!(
            first.file_stem().and_then(|stem| stem.to_str()),
            here.said("reference").as_deref()
        );
    }

    #[test]
    fn a_run_of_one_s_own_comes_before_what_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let workspace = Workspace { target: root.join("target"), root, cases: Vec::new() };
        let write = |path: &Path| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        assert_eq!(workspace.best_rows(), None);
        let committed = ["b-1000.json", "a-1000.json", "a-900.txt"]
            .map(|name| workspace.root.join("docs/results/rows").join(name));
        committed.iter().for_each(|path| write(path));
        assert_eq!(workspace.best_rows().as_ref(), Some(&committed[1]));
        assert_eq!((workspace.best_record(), workspace.best_builds()), (None, None));
        write(&workspace.latest_rows());
        assert_eq!(workspace.best_rows(), Some(workspace.latest_rows()));
    }

    fn error(name: &str, manifest: String) -> String {
        let error = load(&[(name, manifest)]).err().expect("a case that is not complete");
        format!("{error:#}")
    }

    #[test]
    fn packages_are_read_from_the_lock_file_however_its_lines_end() {
        let lock = "version = 4\n\n[[package]]\nname = \"ahash\"\nversion = \"0.8.12\"\n\
                    dependencies = [\n \"cfg-if\",\n]\n\n[[package]]\nname = \"bitsets\"\n";
        for lock in [lock.to_owned(), lock.replace('\n', "\r\n")] {
            assert_eq!(locked(&lock).collect::<Vec<_>>(), ["ahash", "bitsets"]);
        }
    }

    #[test]
    fn cases_come_by_part_then_in_reading_order_then_by_name() {
        let workspace = load(&[
            ("a", case("The CPU", 1)),
            ("b", case("Memory", 2)),
            ("d", case("Memory", 1)),
            ("c", case("Memory", 1)),
            ("tool", String::new()),
        ])
        .unwrap();
        let names: Vec<&str> = workspace.cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, ["c", "d", "b", "a"], "and `tool` is none");
        let case = &workspace.cases[0];
        assert_eq!((case.title.as_str(), case.minutes), ("A title", 5));
        assert_eq!(case.dependencies, ["memchr"], "neither the harness nor what tests need");
        assert!(case.folder.ends_with("c") && case.bench.ends_with("c/bench.rs"));
        assert!(case.source("naive").ends_with("c/src/naive.rs"));
    }

    #[test]
    fn a_case_that_is_not_complete_is_named_with_what_it_lacks() {
        let lacks = error("words", case("Memory", 1).replace("minutes = 5\n", ""));
        assert!(lacks.contains("`words`") && lacks.contains("minutes"), "{lacks}");
        let part = error("words", case("Magic", 1));
        assert!(part.contains("`words`") && part.contains("no part `Magic`"), "{part}");
        assert!(PARTS.iter().all(|(known, _)| part.contains(known)), "{part}");
        let bench =
            case("Memory", 1).replace("[[bench]]\nname = \"bench\"\npath = \"bench.rs\"\n", "");
        let bench = error("words", bench);
        assert!(bench.contains("`words`") && bench.contains("no bench"), "{bench}");
    }

    #[test]
    fn cases_are_chosen_by_name_and_a_slip_is_answered_with_the_nearest() {
        let packages = ["arenas", "bitsets", "hashing"].map(|name| (name, case("Memory", 1)));
        let workspace = load(&packages).unwrap();
        let select = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let chosen = workspace.select(&names)?;
            Ok::<_, anyhow::Error>(chosen.iter().map(|case| case.name.clone()).collect::<Vec<_>>())
        };
        assert_eq!(select(&[]).unwrap(), ["arenas", "bitsets", "hashing"]);
        assert_eq!(select(&["hashing", "arenas"]).unwrap(), ["arenas", "hashing"]);
        let slip = select(&["arenas", "bitset"]).unwrap_err().to_string();
        assert!(slip.contains("no case `bitset`; did you mean `bitsets`?"), "{slip}");
        assert!(slip.contains("xtask list"), "{slip}");
    }
}
