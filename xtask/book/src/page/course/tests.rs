//! The course's pages as a reader finds them.

use crate::across::Across;
use crate::html::tests::plain;
use crate::page::Book;
use crate::page::tests::{House, pages};
use record::fixture::record;

fn page(house: &House, name: &str) -> String {
    let pages = pages(house, &[record()], None).unwrap();
    let page = pages.into_iter().find(|(known, _)| known == name);
    page.unwrap_or_else(|| panic!("{name}")).1
}

#[test]
fn a_lab_has_its_task_and_neither_questions_nor_the_number_of_its_steps() {
    let house = House::new(&["words"]);
    let text = page(&house, "lab-slow.md");
    assert!(text.starts_with("# Lab: A slow &lt;one&gt;\n"), "{text}");
    let text = plain(&text);
    for part in [
        "Diagnosis · diagnosis · 20 min",
        "It is.",
        "Graded at “all”, 1,000.",
        "the cause with its evidence",
        "cargo xtask lab start slow",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("Why?") && !text.contains("of its own from naive"), "{text}");
    let list = plain(&page(&house, "course.md"));
    assert!(list.contains("A slow &lt;one&gt; | Diagnosis | diagnosis | 20 | "), "{list}");
}

#[test]
fn outlines_add_up_and_lead_to_labs() {
    let text = page(&House::new(&["words"]), "courses.md");
    assert!(text.contains("<a href=\"lab-slow.html\">A slow &lt;one&gt;</a>"), "{text}");
    let text = plain(&text);
    for part in ["## An evening", "Break | 5 | ", "one&gt; | 20 | ", "together, of 60 | 25 | "] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_ratio_to_guess_has_its_answer_as_data_and_in_a_table_that_can_be_unfolded() {
    let text = page(&House::new(&["words"]), "guess.md");
    assert!(text.contains("<fieldset data-ratio=\"4.00"), "{text}");
    assert!(text.contains("data-says=\"4.00× &#91;3.99, 4.01&#93;\""), "{text}");
    let (form, answers) = text.split_once("<details>").unwrap();
    let asked =
        "1. words: how many times as fast as naive is optimized at 1,000 words, short, mixed?";
    assert!(plain(form).contains(asked), "{form}");
    assert!(plain(answers).contains("1 | words: optimized | 4.00× &#91;"), "{answers}");
    let house = House::new(&["words"]);
    let across = Across::new(&[]);
    let book = Book { workspace: &house.workspace, across: &across, file_record: None };
    assert!(super::quiz::section(&book).to_string().contains("cargo xtask bench-all"));
}

#[test]
fn a_chapter_leads_to_its_lab_if_it_has_one() {
    let house = House::new(&["words"]);
    let case = &house.workspace.cases[0];
    assert_eq!(super::try_it(case).0, "");
    std::fs::create_dir_all(case.folder.join("lab")).unwrap();
    std::fs::write(case.folder.join("lab/task.md"), "# Words\n").unwrap();
    assert!(super::try_it(case).0.contains("<a href=\"lab-words.html\">"));
}
