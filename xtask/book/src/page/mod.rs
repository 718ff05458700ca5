//! The book as a folder of Markdown: prose, sources and one record in, pages out. Nothing here
//! measures.

mod assembly;
mod calibration;
mod case;
mod conditions;
mod counts;
mod evidence;
mod figures;
mod flips;
mod front;
mod machine;
mod machines;
mod sources;
mod symptoms;
mod why;
mod your_file;

use crate::html::escape;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::across::Across;
use cases::{Case, PARTS, Workspace};
use judge::summary::CaseSummary;
use record::Record;

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
        if let Some(across) = self.beside() {
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
            save(page, &fill(text, "{{calibration}}", || calibration::section(self.record())))?;
            let _ = writeln!(contents, "- [{title}]({page})");
        }
        save("SUMMARY.md", &contents)
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
    let effort = record.effort;
    format!(
        "<p class=\"provenance\">{} · {} · {} · {} · commit {} · {effort} run of {}</p>\n",
        escape(&record.machine.processor),
        record.machine.system,
        escape(&record.toolchain.rustc),
        if record.toolchain.flags.is_empty() {
            "default flags".to_owned()
        } else {
            format!("<code>{}</code>", escape(&record.toolchain.flags))
        },
        record.commit.as_deref().unwrap_or("unknown"),
        record.date(),
    )
}
