//! The book as a folder of Markdown: prose, sources and one record in, pages out. Nothing here
//! measures.

mod assembly;
mod calibration;
mod case;
pub mod claim;
mod conditions;
mod counts;
mod evidence;
mod figures;
mod flips;
pub mod format;
mod front;
mod machine;
mod machines;
pub mod scenario;
pub mod sources;
mod symptoms;
mod why;
mod your_file;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::across::Across;
use crate::record::Record;
use crate::summary::{CaseSummary, Summaries, summaries};
use crate::workspace::{Case, PARTS, Workspace};

/// What the pages are made of.
pub struct Book<'a> {
    /// Prose and sources.
    pub workspace: &'a Workspace,
    /// Figures; without a record, pages have none.
    pub record: Option<&'a Record>,
    /// The record beside those of other machines, if there are any.
    pub across: Option<&'a Across<'a>>,
    /// Figures from a file of the user's.
    pub file_record: Option<&'a Record>,
    /// What the record says, worked out once: every interval is a thousand resamples.
    cases: Summaries<'a>,
}

impl<'a> Book<'a> {
    /// A book of one record, or none; nothing stands beside it.
    pub fn new(workspace: &'a Workspace, record: Option<&'a Record>) -> Self {
        let cases = record.map(summaries).unwrap_or_default();
        Self { workspace, record, across: None, file_record: None, cases }
    }

    /// Writes all pages and their table of contents into a folder that is emptied first.
    ///
    /// # Errors
    /// If prose is missing or the folder cannot be written to.
    pub fn write(&self, folder: &Path) -> Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut contents = String::from("# Summary\n\n[Casebook](index.md)\n");
        let save = |name: &str, text: &str| {
            fs::write(folder.join(name), text)
                .with_context(|| format!("cannot write {name} of the book"))
        };

        save(
            "index.md",
            &self
                .prose("introduction.md")?
                .replace("{{ranking}}", &front::ranking(self))
                .replace("{{symptoms}}", &symptoms::table(&self.workspace.cases)),
        )?;
        if let Some(across) = self.across {
            save("machines.md", &machines::page(self, across))?;
            contents.push_str("[Across machines](machines.md)\n");
        }
        if let Some(record) = self.file_record {
            save("your-file.md", &your_file::page(self, record)?)?;
            contents.push_str("[On your file](your-file.md)\n");
        }
        for (part, opening) in PARTS {
            let cases: Vec<&Case> =
                self.workspace.cases.iter().filter(|case| case.part == part).collect();
            if cases.is_empty() {
                continue;
            }
            let _ = writeln!(contents, "\n# {part}\n\n- [Where to start]({opening})");
            let table = symptoms::table(cases.iter().copied());
            save(opening, &self.prose(opening)?.replace("{{symptoms}}", &table))?;
            for case in cases {
                let _ = writeln!(contents, "- [{}]({}.md)", case.title, case.name);
                save(&format!("{}.md", case.name), &case::page(self, case)?)?;
            }
        }
        contents.push_str("\n# How it is made\n\n");
        for (title, page) in [
            ("How the figures are made", "method.md"),
            ("Your own data", "your-data.md"),
            ("This machine", "machine.md"),
            ("The record", "record.md"),
            ("Architecture", "architecture.md"),
            ("Contributing a case", "contributing.md"),
        ] {
            let prose = self.prose(page)?;
            let text = fill(prose, "{{machine}}", || machine::section(self));
            save(page, &fill(text, "{{calibration}}", || calibration::section(self.record)))?;
            let _ = writeln!(contents, "- [{title}]({page})");
        }
        save("SUMMARY.md", &contents)
    }

    /// What a record says of a case, if anything was measured.
    fn summary(&self, case: &Case) -> Option<&CaseSummary<'a>> {
        self.cases.get(case.name.as_str())
    }

    fn prose(&self, page: &str) -> Result<String> {
        let path = self.workspace.root.join("docs/src").join(page);
        fs::read_to_string(&path)
            .with_context(|| format!("the book's page {} is missing", path.display()))
    }
}

/// Puts figures where the prose asks for them, if it does.
fn fill(prose: String, place: &str, figures: impl FnOnce() -> String) -> String {
    if prose.contains(place) { prose.replace(place, &figures()) } else { prose }
}

/// One line under a page's figures: where they come from.
fn provenance(record: &Record) -> String {
    let effort = format!("{:?}", record.effort).to_lowercase();
    format!(
        "<p class=\"provenance\">{} · {} · {} · {} · commit {} · {effort} run of {}</p>\n",
        format::escape(&record.machine.processor),
        record.machine.system,
        format::escape(&record.toolchain.rustc),
        if record.toolchain.flags.is_empty() {
            "default flags".to_owned()
        } else {
            format!("<code>{}</code>", format::escape(&record.toolchain.flags))
        },
        record.commit.as_deref().unwrap_or("unknown"),
        record.date(),
    )
}
