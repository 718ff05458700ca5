//! What a lab is: `package.metadata.lab` in a manifest under `crates/`, and the files of `lab/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cases::names::known;
use cases::workspace::PARTS;
use cases::{Case, Workspace, text};
use serde::Deserialize;

/// The part of labs that belong to no part of the book.
pub const DIAGNOSIS: &str = "Diagnosis";

/// What can bound a job, as learners name it and as a diagnosis lab's manifest has it.
pub const LIMITS: [&str; 9] = [
    "instructions",
    "mispredictions",
    "cache misses",
    "memory bandwidth",
    "allocations",
    "system calls",
    "dependent operations",
    "cache lines handed over",
    "locks",
];

/// Headings of `hints.md`, in this order.
const HINTS: [&str; 3] = ["## Look here", "## The idea", "## The shape"];
/// What stands above the questions, at the end of `task.md`.
const QUESTIONS: &str = "## Questions";

/// A lab.
#[derive(Debug, Clone)]
pub struct Lab {
    /// Its package, its bench and its stable id in logs.
    pub name: String,
    /// What readers call it.
    pub title: String,
    /// The part of the book, or [`DIAGNOSIS`].
    pub part: String,
    /// What is asked of the learner.
    pub kind: Kind,
    /// Its place in the list.
    pub order: u32,
    /// Minutes that it takes.
    pub minutes: u32,
    /// The scenario that is graded.
    pub headline: Place,
    /// Where an attempt must agree, too; its ratio is shown and not graded.
    pub second: Place,
    /// The rung whose ratio is a share of one.
    pub reference: String,
    /// What looks like the cause; not shown before the solution is.
    pub decoy: Option<String>,
    /// What bounds naive: of [`LIMITS`] those that can be said of it with reason, the nearest to
    /// the cause first; none where nothing is asked.
    pub limits: Vec<String>,
    /// Crates that an attempt may use beside the standard library.
    pub crates: Vec<String>,
    /// The package's folder.
    pub folder: PathBuf,
    /// The source of its bench.
    pub bench: PathBuf,
}

/// What is asked of the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A case's job, of which the book has the solution.
    Rebuild,
    /// A slow program whose technique is not named.
    Diagnosis,
}

/// A scenario of the bench file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The distribution.
    pub input: String,
    /// Its size.
    pub n: usize,
}

/// One attempt that is wrong on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Its file.
    pub path: PathBuf,
    /// What is wrong with it, in its own words.
    pub about: String,
}

/// What of a manifest is read.
#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    bench: Vec<Bench>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize, Default)]
struct Metadata {
    lab: Option<Said>,
}

#[derive(Deserialize)]
struct Bench {
    path: Option<PathBuf>,
}

/// What `package.metadata.lab` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    title: Option<String>,
    part: Option<String>,
    order: u32,
    minutes: u32,
    headline: Place,
    second: Place,
    reference: String,
    decoy: Option<String>,
    #[serde(default)]
    limits: Vec<String>,
    #[serde(default)]
    crates: Vec<String>,
}

impl Lab {
    /// Every lab of the workspace, in the order in which they are listed.
    ///
    /// # Errors
    /// If a manifest cannot be read, or says of a lab less than it must.
    pub fn find(workspace: &Workspace) -> Result<Vec<Self>> {
        let crates = workspace.root.join("crates");
        let entries =
            fs::read_dir(&crates).with_context(|| format!("cannot list {}", crates.display()))?;
        let mut labs = Vec::new();
        for entry in entries {
            let manifest = entry?.path().join("Cargo.toml");
            if manifest.exists() {
                labs.extend(Self::read(workspace, &manifest)?);
            }
        }
        labs.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        Ok(labs)
    }

    /// The lab of this name.
    ///
    /// # Errors
    /// If there is none; with the nearest name.
    pub fn named<'a>(labs: &'a [Self], name: &str) -> Result<&'a Self> {
        known("lab", name, labs.iter().map(|lab| lab.name.as_str()))
            .map_err(|error| error.context("`cargo xtask lab list` shows all"))?;
        labs.iter().find(|lab| lab.name == name).context("it was there a moment ago")
    }

    /// The lab of a manifest, if it is one's.
    fn read(workspace: &Workspace, path: &Path) -> Result<Option<Self>> {
        let wrong = || format!("package.metadata.lab in {}", path.display());
        let manifest: Manifest = toml::from_str(&text::read(path)?).with_context(wrong)?;
        let Package { name, metadata: Metadata { lab: Some(said) } } = manifest.package else {
            return Ok(None);
        };
        let folder = path.parent().context("a manifest has a folder")?.to_owned();
        let bench = manifest.bench.into_iter().find_map(|bench| bench.path);
        let bench =
            folder.join(bench.with_context(|| format!("{}: no bench has a path", wrong()))?);
        let case = workspace.cases.iter().find(|case| case.name == name);
        let kind = if case.is_some() { Kind::Rebuild } else { Kind::Diagnosis };
        let of_case = case.map(|case| (case.title.clone(), case.part.clone()));
        let (title, part) = of_case
            .or(said.title.zip(said.part))
            .with_context(|| format!("{}: a title and a part are missing", wrong()))?;
        if part != DIAGNOSIS && !PARTS.iter().any(|(known, _)| *known == part) {
            bail!("{}: there is no part `{part}`; diagnosis labs may have {DIAGNOSIS}", wrong());
        }
        for limit in &said.limits {
            known("limit", limit, LIMITS.into_iter()).with_context(wrong)?;
        }
        Ok(Some(Self {
            name,
            title,
            part,
            kind,
            order: said.order,
            minutes: said.minutes,
            headline: said.headline,
            second: said.second,
            reference: said.reference,
            decoy: said.decoy,
            limits: said.limits,
            crates: said.crates,
            folder,
            bench,
        }))
    }

    /// As whatever measures cases and looks at them knows it.
    pub fn case(&self) -> Case {
        Case {
            name: self.name.clone(),
            title: self.title.clone(),
            part: self.part.clone(),
            minutes: self.minutes,
            order: self.order,
            symptom: String::new(),
            look: String::new(),
            peer: String::new(),
            signs: Vec::new(),
            seen: None,
            folder: self.folder.clone(),
            bench: self.bench.clone(),
            dependencies: self.crates.clone(),
        }
    }

    /// A file of its folder `lab/`.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join("lab").join(name)
    }

    /// The job, without the questions at its end.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn task(&self) -> Result<String> {
        let text = text::read(&self.file("task.md"))?;
        Ok(text.split(QUESTIONS).next().unwrap_or_default().trim_end().to_owned() + "\n")
    }

    /// What is asked once the guess is made; empty if nothing is.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn questions(&self) -> Result<String> {
        let text = text::read(&self.file("task.md"))?;
        Ok(text.split_once(QUESTIONS).map_or("", |(_, rest)| rest).trim().to_owned())
    }

    /// The three hints, from where to look to what the solution looks like.
    ///
    /// # Errors
    /// If they cannot be read, or are not three under their headings.
    pub fn hints(&self) -> Result<[String; 3]> {
        let path = self.file("hints.md");
        hints(&text::read(&path)?).with_context(|| {
            format!("{} has not exactly the headings {}", path.display(), HINTS.join(", "))
        })
    }

    /// The learner's file at the start.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn start(&self) -> Result<String> {
        text::read(&self.file("start.rs"))
    }

    /// The expression that makes a rung of an attempt.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn rung(&self) -> Result<String> {
        Ok(text::read(&self.file("rung.rs"))?.trim().trim_end_matches(',').to_owned())
    }

    /// The attempts that are wrong on purpose, by name.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn wrong(&self) -> Result<Vec<Wrong>> {
        let folder = self.file("wrong");
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
        paths.sort();
        let about = |path: PathBuf| {
            let text = text::read(&path)?;
            let first = text.lines().next().and_then(|line| line.strip_prefix("//!"));
            let about = first.with_context(|| format!("{} opens without `//!`", path.display()))?;
            Ok(Wrong { about: about.trim().to_owned(), path })
        };
        paths.into_iter().map(about).collect()
    }

    /// The source of one of the case's rungs.
    pub fn source(&self, rung: &str) -> PathBuf {
        self.folder.join("src").join(format!("{rung}.rs"))
    }
}

/// The text below each of the three headings.
fn hints(text: &str) -> Option<[String; 3]> {
    let headings = text.lines().filter(|line| line.starts_with("## "));
    if !headings.map(str::trim_end).eq(HINTS) {
        return None;
    }
    let mut parts = text
        .split("\n## ")
        .map(|part| part.split_once('\n').map_or("", |(_, below)| below).trim().to_owned());
    if !text.starts_with("## ") {
        parts.next();
    }
    Some([parts.next()?, parts.next()?, parts.next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace whose one package says this of itself.
    fn lab(metadata: &str) -> Result<Vec<Lab>> {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("crates/slow");
        fs::create_dir_all(&package).unwrap();
        let manifest = format!(
            "[package]\nname = \"slow\"\nversion.workspace = true\n{metadata}\n[[bench]]\n\
             name = \"slow\"\npath = \"../../benches/slow.rs\"\n"
        );
        fs::write(package.join("Cargo.toml"), manifest).unwrap();
        let root = folder.path().to_owned();
        Lab::find(&Workspace { target: root.join("target"), root, cases: Vec::new() })
    }

    const WHOLE: &str = "[package.metadata.lab]\ntitle = \"A\"\npart = \"Diagnosis\"\norder = 1\n\
        minutes = 20\nheadline = { input = \"all\", n = 10 }\nsecond = { input = \"few\", n = 5 }\n\
        reference = \"optimized\"\n";

    #[test]
    fn a_lab_is_read_from_its_manifest_and_other_packages_are_none() {
        let labs = lab(WHOLE).unwrap();
        let [lab] = &labs[..] else { panic!("{labs:?}") };
        assert_eq!((lab.kind, lab.minutes, lab.headline.n), (Kind::Diagnosis, 20, 10));
        assert!(lab.bench.ends_with("benches/slow.rs"), "{lab:?}");
        assert!(super::tests::lab("").unwrap().is_empty());
        let error = format!("{:#}", Lab::named(&labs, "slo").unwrap_err());
        assert!(error.contains("did you mean `slow`") && error.contains("lab list"), "{error}");
    }

    #[test]
    fn what_a_lab_lacks_or_has_too_much_is_said() {
        let error = |text: String| format!("{:#}", lab(&text).unwrap_err());
        assert!(error(WHOLE.replace("minutes = 20\n", "")).contains("minutes"));
        assert!(error(WHOLE.replace("order", "odrer")).contains("odrer"));
        assert!(error(WHOLE.replace("Diagnosis", "Magic")).contains("no part `Magic`"));
        assert!(error(WHOLE.replace("title = \"A\"\n", "")).contains("title"));
        let limit = error(format!("{WHOLE}limits = [\"locks\", \"allocation\"]\n"));
        assert!(limit.contains("did you mean `allocations`"), "{limit}");
    }

    #[test]
    fn every_lab_of_the_book_is_whole() {
        let labs = Lab::find(&Workspace::load().unwrap()).unwrap();
        assert!(!labs.is_empty());
        for lab in &labs {
            let name = &lab.name;
            lab.hints().unwrap();
            assert!(lab.rung().unwrap().contains("\"attempt\""), "{name}");
            assert!(lab.start().unwrap().contains("TODO"), "{name}");
            assert!(lab.wrong().unwrap().len() >= 2, "{name}");
            assert!(!lab.task().unwrap().is_empty() && !lab.questions().unwrap().is_empty());
            assert!(lab.source(&lab.reference).exists(), "{name}: {}", lab.reference);
            let bench = text::read(&lab.bench).unwrap();
            for place in [&lab.headline, &lab.second] {
                assert!(bench.contains(&format!("\"{}\"", place.input)), "{name}: {place:?}");
            }
            assert!((15..=50).contains(&lab.minutes), "{name}");
        }
        let orders: std::collections::BTreeSet<u32> = labs.iter().map(|lab| lab.order).collect();
        assert_eq!(orders.len(), labs.len(), "two labs have one place in the list");
    }

    #[test]
    fn hints_are_three_under_their_headings() {
        let text = "# Hints\n\n## Look here\n\na\n\n## The idea\n\nb\nc\n\n## The shape\n\nd\n";
        assert_eq!(hints(text), Some(["a", "b\nc", "d"].map(str::to_owned)));
        let without_title = text.strip_prefix("# Hints\n\n").unwrap();
        assert_eq!(hints(without_title), hints(text));
        assert_eq!(hints(&text.replace("## The idea", "## An idea")), None);
        assert_eq!(hints(&format!("{text}\n## More\n")), None);
    }
}
