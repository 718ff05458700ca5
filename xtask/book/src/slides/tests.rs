//! Slides as a class sees them, and what only the speaker does.

use super::*;
use crate::html::tests::plain;
use crate::page::tests::House;
use record::fixture::record;
use record::mutated::HOSTILE;

const CHAPTER: &str = "# words\n\nlede\n\n## The job\n\nCount `words`.\n\n## Why it is slow\n\n\
                       It copies.\n\n## When it does not pay\n\nAt a few.\n\n## Traps\n\n\
                       - *Ends.* Mind them.\n- Another.\n\n## In production\n\nUse it.\n";

/// The slides of a course with a talk, a case and a lab.
fn slides(change: impl FnOnce(&mut Record)) -> String {
    let house = House::new(&["words"]);
    let root = &house.workspace.root;
    let write = |name: &str, text: &str| std::fs::write(root.join(name), text).unwrap();
    write("words/README.md", CHAPTER);
    write("docs/alone.css", "a > b { color: gray }\n");
    write("docs/slides.css", "\n");
    write("docs/slides.js", "if (1 < 2) go();\n");
    write("crates/slow/lab/notes.md", "# For the speaker\n\n## Questions\n\n1. Which one?\n");
    let text = "title = \"An <evening>\"\nabout = \"for all\"\n[[session]]\ntitle = \"One\"\n\
                target = 60\nitems = [{ talk = \"Why\", minutes = 5, points = [\"a `b`\"] }, \
                { case = \"words\" }, { lab = \"slow\" }, { break = 9 }]\n";
    let outline = Outline::parse("evening", text).unwrap();
    let mut record = record();
    change(&mut record);
    html(&house.workspace, &outline, &record).unwrap()
}

#[test]
fn a_case_has_its_job_its_code_a_bet_what_it_loses_and_a_trap() {
    let file = slides(|_| ());
    assert!(file.contains("<title>An &lt;evening&gt;: slides</title>"), "{file}");
    assert!(file.contains("a > b { color: gray }") && file.contains("if (1 < 2) go();"));
    assert_eq!(file.matches("<section").count(), file.matches("role=\"note\"").count());
    assert_eq!(file.matches("<h1").count(), 1);
    let text = plain(&file);
    let mut rest = text.as_str();
    for part in [
        "words: the job",
        "Count words.",
        "words: what one writes first",
        "fn naive() {}",
        "It copies.",
        "words: what would you bet?",
        "How many times as fast as naive is optimized at 1,000 words, short, mixed?",
        "4.00× [3.99, 4.01] faster on Example",
        "words: what the machine runs",
        "words: where it loses",
        "loses nowhere that was measured.",
        "At a few.",
        "words: a trap",
        "Ends. Mind them.",
        "Lab: A slow",
        "cargo xtask lab start slow",
        "Which one?",
        "Break",
        "9 minutes",
    ] {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} in {rest}"));
        rest = &rest[at + part.len()..];
    }
    assert!(!text.contains("Another."), "one trap");
    assert!(!file.contains("glossary.html"), "{file}");
}

#[test]
fn the_answer_is_behind_a_key() {
    let file = slides(|_| ());
    let (before, _) = file.split_once("4.00× [3.99, 4.01] faster</strong>").unwrap();
    let (_, within) = before.rsplit_once("<div class=\"later\">").unwrap();
    assert!(!within.contains("</div>"), "{within}");
}

#[test]
fn what_a_record_says_is_text_and_a_case_that_was_not_measured_has_no_bet() {
    let file = slides(|record| record.machine.processor = HOSTILE.to_owned());
    let (_, body) = file.split_once("<main>").unwrap();
    let (body, _) = body.split_once("</main>").unwrap();
    assert!(body.contains("&lt;script&gt;") && !body.contains("<script"), "{body}");
    let text = plain(&slides(|record| record.cases.clear()));
    assert!(text.contains("words: the job") && !text.contains("what would you bet"), "{text}");
}
