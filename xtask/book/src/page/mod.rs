//! The book as a folder of Markdown: prose, sources and one record in, pages out. Nothing here
//! measures, and nothing here writes HTML but maud: a record may be anybody's.

#[cfg(test)]
mod agree;
mod alone;
mod assembly;
mod bill;
mod builds;
mod calibration;
mod card;
mod case;
mod circulating;
mod claims;
mod conditions;
mod counts;
mod course;
mod diagnosis;
mod flips;
mod front;
mod glossary;
mod ladder;
mod machine;
mod machines;
#[cfg(test)]
mod mutated;
mod peers;
mod plots;
mod rows;
mod seen;
mod sources;
mod statements;
mod states;
mod symptoms;
mod tables;
#[cfg(test)]
pub mod tests;
mod whole;
mod why;
mod your_file;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use maud::{Markup, html};

use crate::across::Across;
use crate::html::Link;
use crate::markdown::{Markdown, Prose};
use cases::{Case, PARTS, Workspace, text};
use judge::builds::ProgramSummary;
use judge::circulating::Evidence;
use judge::summary::CaseSummary;
use record::{Builds, Record, Toolchain};

pub use self::plots::plots;

const GLOSSARY: &str = "glossary.md";
/// Where a part's opening page has what users say.
const SEEN: &str = "{{seen}}";

/// What the pages are made of.
pub struct Book<'a> {
    /// Prose and sources.
    pub workspace: &'a Workspace,
    /// Figures, the book's own first; without a record, pages have none.
    pub across: &'a Across<'a>,
    /// Figures from a file of the user's.
    pub file_record: Option<&'a Record>,
}

impl<'a> Book<'a> {
    /// Writes all pages and their table of contents into a folder that is emptied first.
    ///
    /// # Errors
    /// If prose is missing or the folder cannot be written to.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let pages = self.pages()?;
        if folder.exists() {
            fs::remove_dir_all(folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        if let Some(record) = self.record() {
            let text = serde_json::to_string(record)?;
            fs::write(folder.join("record.json"), text)
                .context("cannot write the book's record")?;
        }
        pages.iter().try_for_each(|(name, text)| {
            fs::write(folder.join(name), text)
                .with_context(|| format!("cannot write {name} of the book"))
        })
    }

    /// All pages and their table of contents, by the names of their files.
    ///
    /// # Errors
    /// If prose is missing.
    fn pages(&self) -> Result<Vec<(String, String)>> {
        let terms = glossary::terms(&self.prose(GLOSSARY)?.to_string());
        let contents = "# Summary\n\n".to_owned();
        let mut pages = Pages { contents, terms, written: Vec::new() };
        self.front(&mut pages)?;
        for (part, opening) in PARTS {
            let cases: Vec<&Case> =
                self.workspace.cases.iter().filter(|case| case.part == part).collect();
            if !cases.is_empty() {
                self.part(part, opening, &cases, &mut pages)?;
            }
        }
        self.builds(&mut pages)?;
        course::part(self, &mut pages)?;
        self.how_it_is_made(&mut pages)?;
        let Pages { contents, mut written, .. } = pages;
        written.push(("SUMMARY.md".to_owned(), contents));
        Ok(written)
    }

    /// What stands before the parts.
    fn front(&self, pages: &mut Pages) -> Result<()> {
        let mut front = self.prose("introduction.md")?;
        front.fill("{{here}}", || front::here(self));
        front.fill("{{symptoms}}", || self.symptoms(&self.workspace.cases));
        front.fill("{{ranking}}", || front::ranking(self));
        pages.add("[Casebook]", "index.md", &front);
        if let Some(across) = self.beside() {
            let page = machines::page(self, across);
            pages.add("[Across machines]", "machines.md", &page);
        }
        if let Some(record) = self.file_record {
            pages.add("[On your file]", "your-file.md", &your_file::page(self, record));
        }
        if let Some(page) = diagnosis::page(self) {
            pages.add("[Your program]", "diagnosis.md", &page);
        }
        Ok(())
    }

    /// A part: where to start, and its cases.
    fn part(&self, part: &str, opening: &str, cases: &[&Case], pages: &mut Pages) -> Result<()> {
        let mut page = self.prose(opening)?;
        page.fill("{{symptoms}}", || self.symptoms(cases.iter().copied()));
        if page.to_string().contains(SEEN) {
            let seen = seen::section(self.workspace)?;
            page.fill(SEEN, || seen);
        }
        pages.title(part);
        pages.add("- [Where to start]", opening, &page);
        for case in cases {
            let entry = format!("- [{}]", case.title);
            pages.add(&entry, &format!("{}.md", case.name), &case::page(self, case)?);
        }
        Ok(())
    }

    /// Whole programs: what build settings do to one, and what is said of them.
    fn builds(&self, pages: &mut Pages) -> Result<()> {
        let builds = self.workspace.best_builds().and_then(|path| match Builds::load(&path) {
            Ok(builds) => Some(builds),
            Err(error) => {
                record::errln!("left out: {error:#}");
                None
            }
        });
        let rules = builds.as_ref().and_then(|builds| builds.program(builds::RULES));
        let rules = rules.map(ProgramSummary::of);
        let own = self.across.machines.first();
        let evidence = Evidence {
            rules: rules.as_ref(),
            cases: own.map(|own| (&own.cases, &own.record.machine)),
        };
        let sentences = circulating::load(self.workspace)?;
        let mut settings = self.prose("builds.md")?;
        builds::fill(&mut settings, builds.as_ref());
        let mut claims = self.prose("circulating.md")?;
        claims.fill("{{claims}}", || circulating::section(&sentences, &evidence));
        pages.title("Whole programs");
        pages.add("- [Build settings]", "builds.md", &settings);
        pages.add("- [Claims in circulation]", "circulating.md", &claims);
        Ok(())
    }

    fn how_it_is_made(&self, pages: &mut Pages) -> Result<()> {
        let card = card::section(self)?;
        pages.title("How it is made");
        for (title, name) in [
            ("The card", "card.md"),
            ("Glossary", GLOSSARY),
            ("How the figures are made", "method.md"),
            ("Your own data", "your-data.md"),
            ("This machine", "machine.md"),
            ("The record", "record.md"),
            ("Architecture", "architecture.md"),
            ("Contributing a case", "contributing.md"),
        ] {
            let mut page = self.prose(name)?;
            page.fill("{{card}}", || card.clone());
            page.fill("{{machine}}", || machine::section(self));
            page.fill("{{calibration}}", || calibration::section(self.record()));
            page.fill("{{bills}}", || bill::accuracy(self.across, |name| self.titled(name)));
            page.fill("{{peers}}", || peers::section(self.across, |name| self.titled(name)));
            page.fill("{{alone}}", || self.alone());
            page.fill("{{states}}", || self.states());
            pages.add(&format!("- [{title}]"), name, &page);
        }
        Ok(())
    }

    /// Whether what the record says of rungs in turns holds for each of them alone.
    fn alone(&self) -> Markdown {
        let own = self.across.machines.first().map(|own| &own.cases);
        alone::section(own, |name| self.titled(name))
    }

    /// Which rungs take now one time and now another, by the process.
    fn states(&self) -> Markdown {
        let own = self.across.machines.first().map(|own| &own.cases);
        states::section(own, |name| self.titled(name))
    }

    /// What hurts, with what helps and what that gained here.
    fn symptoms<'c>(&self, cases: impl IntoIterator<Item = &'c Case>) -> Markdown {
        let gain = |case: &Case| self.summary(&case.name)?.best_rung()?.against_naive;
        symptoms::table(cases.into_iter().map(|case| (case, gain(case))))
    }

    /// The title of a case of a record's.
    fn titled(&self, name: &str) -> Markup {
        link(self.case(name), name)
    }

    /// The record that the pages show.
    fn record(&self) -> Option<&'a Record> {
        Some(self.across.machines.first()?.record)
    }

    /// All records, if others stand beside the book's own.
    fn beside(&self) -> Option<&'a Across<'a>> {
        (self.across.machines.len() > 1).then_some(self.across)
    }

    /// Everything that the book's own record says.
    fn cases(&self) -> impl Iterator<Item = &'a CaseSummary<'a>> {
        self.across.machines.iter().take(1).flat_map(|own| own.cases.values())
    }

    /// What it says of a case, if anything was measured.
    fn summary(&self, case: &str) -> Option<&'a CaseSummary<'a>> {
        self.across.machines.first()?.cases.get(case)
    }

    /// The case of a name that a record has; it may be a case that this book does not know.
    fn case(&self, name: &str) -> Option<&'a Case> {
        self.workspace.cases.iter().find(|case| case.name == name)
    }

    fn prose(&self, page: &str) -> Result<Markdown> {
        let path = self.workspace.root.join("docs/src").join(page);
        let prose = text::read(&path)
            .with_context(|| format!("the book's page {} is missing", path.display()))?;
        let mut page = Markdown::default();
        page.prose(&Prose::of_repository(prose));
        Ok(page)
    }
}

/// Pages by the names of their files, and mdBook's table of contents so far.
struct Pages {
    contents: String,
    terms: Vec<String>,
    written: Vec<(String, String)>,
}

impl Pages {
    /// Keeps a page and enters it in the table of contents.
    fn add(&mut self, entry: &str, name: &str, page: &Markdown) {
        let _ = writeln!(self.contents, "{entry}({name})");
        let page = page.to_string();
        let page = if name == GLOSSARY { page } else { glossary::linked(&page, &self.terms) };
        self.written.push((name.to_owned(), page));
    }

    /// The title of a part.
    fn title(&mut self, part: &str) {
        let _ = write!(self.contents, "\n# {part}\n\n");
    }
}

/// A case's title, which leads to its chapter; the name alone of one that this book does not know.
fn link(case: Option<&Case>, name: &str) -> Markup {
    html! {
        @if let Some(case) = case {
            a href=(Link::to(case)) { (case.title) }
        } @else {
            (name)
        }
    }
}

/// What did not work, and why.
fn failed(what: &str, why: &str) -> Markup {
    html! {
        div.failed {
            @if !what.is_empty() { strong { (what) } " " }
            (why)
        }
    }
}

/// One line under a page's figures, of all cases or of one: where they come from.
fn provenance(record: &Record, case: Option<&Case>) -> Markup {
    let flags = &record.toolchain.flags;
    let (commits, started) = match case.map(|case| record.run_of(&case.name)) {
        Some(run) => (run.commit.unwrap_or("unknown".to_owned()), run.started),
        None => (record.commits(), record.started),
    };
    html! {
        p.provenance {
            (record.machine.processor) " · " (record.machine.system) " · "
            (record.toolchain.rustc) " · "
            @if flags.is_empty() { "default flags" } @else { code { (flags) } }
            (unusual(&record.toolchain)) " · commit " (commits) " · " (record.effort)
            " run of " (record::date(started))
        }
    }
}

/// What else made the binaries, if it is not as usual: " · profile release, lto=fat · by sccache".
fn unusual(toolchain: &Toolchain) -> String {
    let profile = match toolchain.overall() {
        "" | "release" => String::new(),
        profile => format!(" · profile {profile}"),
    };
    match toolchain.wrapper.as_str() {
        "" => profile,
        wrapper => format!("{profile} · by {wrapper}"),
    }
}
