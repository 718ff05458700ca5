//! The outline of a course, `docs/courses/NAME.toml`: sessions with the minutes that they may take,
//! and what is done in them. Minutes of cases and labs are those of their manifests; what no
//! manifest knows, talks, work and breaks, has its own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cases::names::known;
use cases::text;
use serde::Deserialize;

use crate::catalog::{Catalog, Entry};

/// A course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The name of its file.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// For whom it is, and what they know afterwards.
    pub about: String,
    /// Its sessions in their order.
    pub sessions: Vec<Session>,
}

/// What is done without a longer break than those that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What it is called.
    pub title: String,
    /// Minutes that it may take.
    pub target: u32,
    /// What is done in it.
    pub items: Vec<Item>,
}

/// One thing that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A chapter is read or shown.
    Case(String),
    /// A lab is done.
    Lab(String),
    /// Somebody speaks.
    Talk(Spoken),
    /// Learners work on something else than a lab.
    Work(Spoken),
    /// Nothing, for so many minutes.
    Break(u32),
}

/// What is said, or asked of learners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// In a few words.
    pub what: String,
    /// What is shown of it, a line each.
    pub points: Vec<String>,
    /// For the speaker alone.
    pub notes: String,
    /// How long it takes.
    pub minutes: u32,
}

/// The file of a course.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    about: String,
    session: Vec<FileSession>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSession {
    title: String,
    target: u32,
    items: Vec<FileItem>,
}

/// An item as it is written: one of the first five says what it is.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileItem {
    case: Option<String>,
    lab: Option<String>,
    talk: Option<String>,
    work: Option<String>,
    r#break: Option<u32>,
    minutes: Option<u32>,
    points: Vec<String>,
    notes: String,
}

impl TryFrom<FileItem> for Item {
    type Error = anyhow::Error;

    fn try_from(item: FileItem) -> Result<Self> {
        let FileItem { case, lab, talk, work, r#break, minutes, points, notes } = item;
        let is_spoken = talk.is_some() || work.is_some();
        if !is_spoken && (minutes.is_some() || !points.is_empty() || !notes.is_empty()) {
            bail!("only a talk or work has minutes, points and notes of its own");
        }
        let spoken = |what| {
            let minutes = minutes.context("a talk, or work, needs its minutes")?;
            Ok::<_, anyhow::Error>(Spoken { what, points, notes, minutes })
        };
        match (case, lab, talk, work, r#break) {
            (Some(case), None, None, None, None) => Ok(Self::Case(case)),
            (None, Some(lab), None, None, None) => Ok(Self::Lab(lab)),
            (None, None, Some(talk), None, None) => Ok(Self::Talk(spoken(talk)?)),
            (None, None, None, Some(work), None) => Ok(Self::Work(spoken(work)?)),
            (None, None, None, None, Some(minutes)) => Ok(Self::Break(minutes)),
            _ => bail!("an item is one of case, lab, talk, work or break"),
        }
    }
}

impl Outline {
    /// Reads all outlines of a workspace, the shortest course first.
    ///
    /// # Errors
    /// If one cannot be read, or is none.
    pub fn all(root: &Path) -> Result<Vec<Self>> {
        let entries = std::fs::read_dir(root.join("docs/courses")).into_iter().flatten();
        let paths = entries.flatten().map(|entry| entry.path());
        let mut paths: Vec<PathBuf> =
            paths.filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
        paths.sort();
        let mut all = paths.iter().map(|path| Self::read(path)).collect::<Result<Vec<_>>>()?;
        all.sort_by_key(Self::target);
        Ok(all)
    }

    /// The outline of a name.
    ///
    /// # Errors
    /// If there is none, with the nearest there is; or it cannot be read.
    pub fn find(root: &Path, name: &str) -> Result<Self> {
        let all = Self::all(root)?;
        known("course", name, all.iter().map(|outline| outline.name.as_str()))?;
        all.into_iter().find(|outline| outline.name == name).context("a name that is known")
    }

    fn read(path: &Path) -> Result<Self> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Self::parse(&name, &text::read(path)?)
            .with_context(|| format!("{} is no outline", path.display()))
    }

    /// An outline from the text of its file.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let File { title, about, session: sessions } = toml::from_str(text)?;
        let session = |FileSession { title, target, items }| {
            let items: Result<Vec<Item>> = items.into_iter().map(Item::try_from).collect();
            let items = items.with_context(|| format!("session «{title}»"))?;
            Ok(Session { title, target, items })
        };
        let sessions = sessions.into_iter().map(session).collect::<Result<_>>()?;
        Ok(Self { name: name.to_owned(), title, about, sessions })
    }

    /// Minutes that all sessions may take.
    pub fn target(&self) -> u32 {
        self.sessions.iter().map(|session| session.target).sum()
    }

    /// Everything that is done, session by session.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sessions.iter().flat_map(|session| &session.items)
    }

    /// What is wrong with it: names that nothing has, and sessions that take longer than they may.
    pub fn problems(&self, catalog: &Catalog) -> Vec<String> {
        let mut problems = Vec::new();
        for session in &self.sessions {
            let place = format!("{}, «{}»", self.name, session.title);
            let unknown = session.items.iter().filter_map(|item| item.unknown(catalog));
            problems.extend(unknown.map(|error| format!("{place}: {error}")));
            let (minutes, target) = (session.minutes(catalog), session.target);
            if minutes > target {
                let over = minutes - target;
                problems.push(format!(
                    "{place}: {minutes} minutes, {over} more than its {target}: leave something out"
                ));
            }
        }
        problems
    }
}

impl Session {
    /// How long it takes, breaks included.
    pub fn minutes(&self, catalog: &Catalog) -> u32 {
        self.items.iter().map(|item| item.minutes(catalog)).sum()
    }
}

impl Item {
    /// How long it takes; nothing if no manifest knows it.
    pub fn minutes(&self, catalog: &Catalog) -> u32 {
        match self {
            Self::Case(_) | Self::Lab(_) => self.entry(catalog).map_or(0, |entry| entry.minutes),
            Self::Talk(spoken) | Self::Work(spoken) => spoken.minutes,
            Self::Break(minutes) => *minutes,
        }
    }

    /// The case or lab that it is, if there is one of its name.
    pub fn entry<'c>(&self, catalog: &'c Catalog) -> Option<&'c Entry> {
        match self {
            Self::Case(name) => catalog.cases.get(name),
            Self::Lab(name) => catalog.labs.get(name),
            Self::Talk(_) | Self::Work(_) | Self::Break(_) => None,
        }
    }

    /// Why nothing has its name, if so.
    fn unknown(&self, catalog: &Catalog) -> Option<String> {
        let (what, name, all) = match self {
            Self::Case(name) => ("case", name, &catalog.cases),
            Self::Lab(name) => ("lab", name, &catalog.labs),
            Self::Talk(_) | Self::Work(_) | Self::Break(_) => return None,
        };
        let error = known(what, name, all.keys().map(String::as_str)).err()?;
        Some(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        title = "An evening"
        about = "for the curious"
        [[session]]
        title = "All of it"
        target = 60
        items = [
            { talk = "What an interval says", minutes = 15, points = ["low, high"] },
            { case = "hashing" },
            { break = 5 },
            { lab = "hashing" },
        ]
    "#;

    fn catalog() -> Catalog {
        let entry = |minutes| Entry { title: "Hashing".into(), minutes };
        Catalog {
            cases: [("hashing".to_owned(), entry(15))].into(),
            labs: [("hashing".to_owned(), entry(25))].into(),
        }
    }

    #[test]
    fn minutes_are_added_up_from_manifests_talks_and_breaks() {
        let outline = Outline::parse("evening", TEXT).unwrap();
        assert_eq!(outline.sessions[0].minutes(&catalog()), 60);
        assert_eq!(outline.problems(&catalog()), Vec::<String>::new());
        let mut longer = catalog();
        longer.labs.get_mut("hashing").unwrap().minutes += 1;
        let problems = outline.problems(&longer);
        let problem = "evening, «All of it»: 61 minutes, 1 more than its 60: leave something out";
        assert_eq!(problems, [problem]);
    }

    /// An outline that takes longer than it says is found before a class is.
    #[test]
    fn the_outlines_of_this_book_keep_to_their_minutes() {
        let workspace = cases::Workspace::load().unwrap();
        let labs = labs::Lab::find(&workspace).unwrap();
        let catalog = Catalog::new(&workspace.cases, &labs);
        let outlines = Outline::all(&workspace.root).unwrap();
        let names: Vec<&str> = outlines.iter().map(|outline| outline.name.as_str()).collect();
        assert_eq!(names, ["half-day", "two-days", "twelve-weeks"]);
        let problems: Vec<String> =
            outlines.iter().flat_map(|outline| outline.problems(&catalog)).collect();
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
        let error = Outline::find(&workspace.root, "half-dya").unwrap_err().to_string();
        assert!(error.contains("did you mean `half-day`"), "{error}");
        // Who goes through all twelve weeks has seen the whole book.
        let done: Vec<&Item> = outlines[2].items().collect();
        let is_done = |item: Item| done.iter().any(|known| **known == item);
        assert!(catalog.cases.keys().all(|name| is_done(Item::Case(name.clone()))));
        assert!(catalog.labs.keys().all(|name| is_done(Item::Lab(name.clone()))));
    }

    #[test]
    fn a_name_that_nothing_has_is_answered_with_the_nearest() {
        let text = TEXT.replace("lab = \"hashing\"", "lab = \"hashin\"");
        let problems = Outline::parse("evening", &text).unwrap().problems(&catalog());
        let problem = "evening, «All of it»: there is no lab `hashin`; did you mean `hashing`?";
        assert_eq!(problems, [problem]);
    }

    #[test]
    fn an_item_is_one_thing_and_has_minutes_only_where_no_manifest_does() {
        for (item, why) in [
            ("case = \"a\", lab = \"a\"", "one of case, lab, talk"),
            ("case = \"a\", minutes = 3", "only a talk"),
            ("talk = \"a\"", "needs its minutes"),
            ("nap = 3", "nap"),
            ("", "one of case"),
        ] {
            let text = TEXT.replace("case = \"hashing\"", item);
            let error = format!("{:#}", Outline::parse("evening", &text).unwrap_err());
            assert!(error.contains(why), "{item}: {error}");
        }
    }
}
