//! Written rules that a program can check. Each is in `docs/src/contributing.md` with its reason.

mod circles;
mod excerpts;
pub mod files;
mod length;
mod links;
mod named;
mod prose;
mod readers;
mod sentences;

use std::path::{Path, PathBuf};

use anyhow::Result;

use cases::rungs;
use cases::text::read;
use cases::{Case, Workspace};

use self::files::below;
use crate::statements::Chapter;

/// Sections that every chapter has, in this order.
const SECTIONS: [&str; 7] = [
    "## The job",
    "## The naive way",
    "## Why it is slow",
    "## The idea",
    "## When it does not pay",
    "## Traps",
    "## In production",
];
/// Columns of a line: two of them fit side by side on a screen.
const WIDEST: usize = 100;
/// Lines of a case's file beyond which it no longer fits beside its sibling.
const LONGEST: usize = 200;

/// Every broken rule, with its file.
///
/// # Errors
/// If a file cannot be read.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut report = |path: &Path, problem: String| {
        let path = path.strip_prefix(&workspace.root).unwrap_or(path);
        problems.push(format!("{}: {problem}", path.display()));
    };
    for path in files(workspace, "rs")? {
        let text = read(&path)?;
        let problems = rust(&text).into_iter().chain(length::long(&text));
        let problems = problems.chain(typed_figures(&comments(&text)));
        problems.for_each(|problem| report(&path, problem));
    }
    for path in files(workspace, "md")? {
        typed_figures(&read(&path)?).into_iter().for_each(|problem| report(&path, problem));
    }
    if let Some(problem) = readers::problem(workspace)? {
        report(&workspace.root.join(readers::PAGE), problem);
    }
    for src in rooms(workspace)? {
        for problem in circles::of_room(&circles::read(&src)?) {
            report(&src, problem);
        }
    }
    for case in &workspace.cases {
        let readme = case.folder.join("README.md");
        of_chapter(case)?.into_iter().for_each(|problem| report(&readme, problem));
        let lib = case.source("lib");
        for rung in rungs::names(case)? {
            if !case.source(&rung).exists() {
                report(&lib, format!("rung `{rung}` has no file of its name"));
            }
        }
        if !read(&case.bench)?.contains(".edges(edges::edges)") {
            report(&case.bench, "the gate has no edges: `.edges(edges::edges)`".to_owned());
        }
        let src = case.folder.join("src");
        for problem in circles::broken(&circles::read(&src)?) {
            report(&src, problem);
        }
        for path in below(&src, "rs")? {
            let lines = read(&path)?.lines().count();
            if lines > LONGEST {
                report(&path, format!("{lines} lines do not fit beside a sibling; {LONGEST} do"));
            }
        }
    }
    Ok(problems)
}

fn rust(text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let opens = text.starts_with("//!") || text.starts_with("#![doc = include_str!(");
    if !opens {
        problems.push("the first line must be `//!` and say what the file is for".to_owned());
    }
    let wide = text.lines().position(|line| line.chars().count() > WIDEST && !line.contains('"'));
    if let Some(at) = wide {
        problems.push(format!("line {} has more than {WIDEST} columns", at + 1));
    }
    // Spelled in two parts, or this file would break the rule.
    for unfinished in [concat!("to", "do!("), concat!("unimpl", "emented!(")] {
        if text.contains(unfinished) {
            problems.push(format!("`{unfinished}…)` is unfinished work"));
        }
    }
    problems
}

/// Speedups belong to a record: typed by hand they are wrong on every other machine, and soon on
/// this one.
pub fn typed_figures(text: &str) -> Vec<String> {
    let lines = text.lines().enumerate().filter(|(_, line)| is_typed_figure(line));
    lines
        .map(|(at, line)| format!("line {}: a figure typed by hand: {}", at + 1, line.trim()))
        .collect()
}

/// The comments of some code, without what they quote: that is an example of how a figure reads.
fn comments(text: &str) -> String {
    let comment = |line: &str| {
        let comment = line.find("//").map_or("", |at| &line[at..]);
        comment.split('"').step_by(2).collect::<String>() + "\n"
    };
    text.lines().map(comment).collect()
}

/// A number, a sign for "times" or "per cent", and a word for speed.
fn is_typed_figure(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let figure = pair[0].trim_start_matches(['~', '(', '"', '*']);
        let digits = figure.trim_end_matches(['x', '×', '%']);
        let is_figure = digits.len() < figure.len() && digits.parse::<f64>().is_ok();
        let word = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
        is_figure && ["faster", "slower", "speedup", "quicker"].contains(&word)
    })
}

/// What is wrong with a chapter beside what records say of it, each with its line if it has one.
///
/// # Errors
/// If it, or the case's code, cannot be read.
pub fn of_chapter(case: &Case) -> Result<Vec<String>> {
    let text = &read(&case.folder.join("README.md"))?;
    let rungs = rungs::names(case)?;
    let tied = Chapter::of(case)?.tied;
    let statements = tied.iter().map(|tied| &tied.statement);
    let sources = sources(case)?;
    let everywhere = |name: &str| sources.iter().any(|source| source.contains(name));
    // The name of a library has underscores where its package's may have hyphens.
    let library = |name: &str| name.replace('-', "_");
    let uses = |name: &str| case.dependencies.iter().any(|used| library(used) == library(name));
    let mut problems = form(case, text);
    problems.extend(links::broken(text, &case.folder));
    problems.extend(named::untied(text, statements, &rungs));
    problems.extend(prose::problems(text, |name| uses(name) || everywhere(name)));
    problems.extend(excerpts::foreign(text, &sources));
    Ok(problems)
}

/// What is wrong with its title and sections.
fn form(case: &Case, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if !text.starts_with(&format!("# {}\n", case.title)) {
        problems.push(format!("must begin with `# {}`, the title in its manifest", case.title));
    }
    let found: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    if found != SECTIONS {
        problems.push(format!("its sections must be {}", SECTIONS.join(", ")));
    }
    problems
}

/// All code of a case, by file.
fn sources(case: &Case) -> Result<Vec<String>> {
    let mut paths = below(&case.folder, "rs")?; // a case may have a library beside it
    paths.retain(|path| path.iter().any(|part| part == "src"));
    paths.iter().chain([&case.bench]).map(|path| read(path)).collect()
}

/// The sources of each of the tool's crates.
fn rooms(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let tool = workspace.root.join("xtask");
    let manifests = below(&tool, "toml")?.into_iter();
    let sources = manifests.filter_map(|path| Some(path.parent()?.join("src")));
    Ok(sources.filter(|src| src.is_dir()).collect())
}

/// Sources and prose of the project, tests of these rules excepted.
fn files(workspace: &Workspace, extension: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in ["crates", "benches", "builds/kernel", "builds/rules", "xtask", "docs/src"] {
        files.extend(below(&workspace.root.join(folder), extension)?);
    }
    // What makes a rung of a lab's attempt is an expression and no file that explains itself.
    files.retain(|path| !path.ends_with("tidy.rs") && !path.ends_with("lab/rung.rs"));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules run as an ordinary test, so that nobody meets them first in CI.
    #[test]
    fn the_project_keeps_its_rules() {
        let problems = problems(&Workspace::load().unwrap()).unwrap();
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    }

    #[test]
    fn figures_typed_by_hand_are_found() {
        for typed in
            ["It is 3.5x faster.", "about ~20% slower than", "a (12× speedup)", "3× faster"]
        {
            assert_eq!(typed_figures(typed).len(), 1, "{typed}");
        }
        for fine in [
            "sixty-four rows at a time",
            "4096 bytes",
            "at least 8x",
            "faster than 3 rows",
            "x86 faster",
        ] {
            assert!(typed_figures(fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn files_without_a_purpose_are_found() {
        assert_eq!(rust("use std::fs;\n").len(), 1);
        assert!(rust("//! Says why.\n").is_empty());
    }
}
