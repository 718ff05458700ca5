//! Code that a chapter shows: it stands in the case's sources as it is shown, or a reader learns
//! from lines that nobody runs. What is to be seen at once may leave lines out and say more in
//! comments; what stands nowhere is called a sketch.

/// How a fence of an excerpt begins. One of a sketch goes on with a comma and that word.
const EXCERPT: &str = "```rust,ignore";
const SKETCH: &str = ",sketch";

/// Excerpts of which a line is not in any one of the sources, behind the lines before.
pub fn foreign(chapter: &str, sources: &[String]) -> Vec<String> {
    let sources: Vec<String> =
        sources.iter().map(|text| text.lines().map(code).collect()).collect();
    let mut problems = Vec::new();
    let mut lines = chapter.lines().zip(1..);
    while let Some((line, at)) = lines.next() {
        if line.trim() != EXCERPT {
            continue;
        }
        let inside = lines.by_ref().take_while(|(line, _)| line.trim() != "```");
        let excerpt: Vec<(String, usize)> = inside.map(|(line, at)| (code(line), at)).collect();
        let missing = sources.iter().map(|source| first_missing(&excerpt, source));
        // That of the source which has most of it.
        if let Some(Some(missing)) = missing.max_by_key(|missing| missing.unwrap_or(usize::MAX)) {
            problems.push(format!(
                "line {missing}: no source has this behind the lines of the excerpt before it; \
                 what is none begins with `{EXCERPT}{SKETCH}` (line {at})"
            ));
        }
    }
    problems
}

/// The line of the first part that a source does not have behind the others.
fn first_missing(excerpt: &[(String, usize)], source: &str) -> Option<usize> {
    let mut rest = source;
    for (part, at) in excerpt {
        let Some((_, behind)) = rest.split_once(part.as_str()) else { return Some(*at) };
        rest = behind;
    }
    None
}

/// A line without its comment, and without spaces: rustfmt breaks lines at another column.
fn code(line: &str) -> String {
    let code = line.split_once("//").map_or(line, |(code, _)| code);
    code.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_stands_in_one_source_in_its_order_and_a_sketch_need_not() {
        let sources = ["fn a() {\n    b(\n        c, // why\n    );\n    d();\n}", "fn e() {}\n"];
        let sources = sources.map(str::to_owned);
        let found = |excerpt: &str| {
            let chapter = format!("# A\n\n{excerpt}```\n\nprose\n");
            foreign(&chapter, &sources).into_iter().next().unwrap_or_default()
        };
        let excerpt = |lines: &str| found(&format!("```rust,ignore\n{lines}\n"));
        assert_eq!(excerpt("fn a() {\n    b(c,);\n    // and then\n    d(); // more"), "");
        assert!(excerpt("d();\nb(c,);").starts_with("line 5: "), "another order");
        assert!(excerpt("fn a() {\nfn e() {}").starts_with("line 5: "), "of two files");
        assert!(excerpt("d();\nf();").starts_with("line 5: no source has this"));
        assert_eq!(found("```rust,ignore,sketch\nf();\n"), "");
        assert_eq!(found("```text\nf();\n"), "");
    }
}
