//! Whether the page about a user's own data has the cases that read files, each with the words of
//! its bench: a list written by hand misses those that come later.

use anyhow::Result;

use cases::Workspace;

use cases::text::read;

/// Where the page is.
pub const PAGE: &str = "docs/src/your-data.md";

const HEADING: &str = "| case | file |\n|---|---|\n";

/// What is wrong with the page's table, if anything is.
///
/// # Errors
/// If a bench or the page cannot be read.
pub fn problem(workspace: &Workspace) -> Result<Option<String>> {
    let mut rows = Vec::new();
    for case in &workspace.cases {
        let bench = workspace.root.join("benches").join(format!("{}.rs", case.name));
        let words = words(&read(&bench)?);
        rows.extend(words.map(|words| format!("| [{0}]({0}.md) | {words} |\n", case.name)));
    }
    rows.sort();
    let table = HEADING.to_owned() + &rows.concat();
    let page = read(&workspace.root.join(PAGE))?;
    let found = page.find(HEADING).map(|at| {
        let rows = page[at..].split_inclusive('\n').take_while(|line| line.starts_with('|'));
        rows.collect::<String>()
    });
    Ok((found.as_ref() != Some(&table)).then(|| format!("the benches say otherwise:\n{table}")))
}

/// The words of a bench for the files that it reads.
fn words(bench: &str) -> Option<String> {
    let (_, rest) = bench.split_once(".file(")?;
    let (words, _) = rest.split_once('"')?.1.split_once('"')?;
    // A text over several lines has a backslash at the end of each.
    Some(words.split("\\\n").map(str::trim_start).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_one_line_and_in_several() {
        let one = "    Bench::new(RUNGS)\n        .file(\"any file\", read)\n";
        assert_eq!(words(one).as_deref(), Some("any file"));
        let several = ".file(\n    \"names, \\\n     a line each\",\n    read,\n)";
        assert_eq!(words(several).as_deref(), Some("names, a line each"));
        assert_eq!(words("Bench::new(RUNGS)"), None);
    }
}
