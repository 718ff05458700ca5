//! What an attempt's source shows before it is run: whether it has the book do its work, and how
//! much of it is the reference's. It is read as text, so it shows what was not hidden on purpose:
//! tampering is made evident, not impossible.

use std::collections::BTreeSet;

use cases::source::Source;

/// What no attempt needs, and what somebody who uses it may be up to.
const SUSPECT: [(&str, &str); 9] = [
    ("no_mangle", "it defines a symbol that other code may link to in place of its own"),
    ("export_name", "it defines a symbol that other code may link to in place of its own"),
    ("global_asm!", "it has assembly outside of any function"),
    ("std::time", "it looks at the clock, or defines one"),
    ("clock_gettime", "it looks at the clock, or defines one"),
    ("std::process", "it can end, or start, processes"),
    ("std::env", "it can see who calls it"),
    ("include!", "its code stands in another file"),
    ("#[path", "its code stands in another file"),
];

/// The table of a case's rungs.
const TABLE: &str = "RUNGS";
/// Letters of a line below which having it, too, means nothing.
const TELLING: usize = 12;

/// What is known of the case that an attempt is for.
pub struct Case<'a> {
    /// Its crate, as code names it.
    pub name: &'a str,
    /// Modules of its rungs, naive first.
    pub rungs: &'a [String],
    /// Sources of naive and of the reference.
    pub sources: [&'a str; 2],
}

/// What the source of an attempt shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Why no level may count.
    pub reasons: Vec<String>,
    /// The share of the reference's lines that it has, too, of those that naive has not.
    pub copied: f64,
}

impl Shown {
    /// Reads an attempt.
    pub fn of(text: &str, case: &Case) -> Self {
        let source = source(text);
        let mut reasons = Vec::new();
        // Naive is what it is held against; to call it is no way to be faster.
        let solutions: Vec<&str> = case.rungs.iter().skip(1).map(String::as_str).collect();
        // `::name` is the crate whatever else has its name; `self::name` is no crate.
        let absolute = text.replace(&format!(" ::{}", case.name), &format!(" {}", case.name));
        for path in self::source(&absolute).paths_from(&[case.name]) {
            let parts: Vec<&str> = path.split("::").collect();
            if let Some(rung) = parts.iter().skip(1).find(|part| solutions.contains(part)) {
                reasons.push(format!("it uses the book's own rung `{rung}` (`{path}`)"));
            } else if parts.len() == 1 || parts.contains(&TABLE) {
                reasons.push(format!("it uses all of `{}`, the rungs included", case.name));
            }
        }
        if source.code().iter().any(|line| line.contains(&format!("{} as ", case.name))) {
            reasons.push(format!("it gives `{}` another name", case.name));
        }
        for (word, why) in SUSPECT {
            if source.code().iter().any(|line| line.contains(word)) {
                reasons.push(format!("{why} (`{word}`)"));
            }
        }
        reasons.dedup();
        Self { reasons, copied: copied(&source, case.sources.map(self::source)) }
    }
}

fn source(text: &str) -> Source {
    let mut source = Source::default();
    source.add(text);
    source
}

fn copied(attempt: &Source, [naive, reference]: [Source; 2]) -> f64 {
    let lines = |source: &Source| -> BTreeSet<String> {
        let telling = source.code().iter().map(|line| line.split_whitespace().collect::<String>());
        telling.filter(|line| line.chars().count() >= TELLING).collect()
    };
    let (naive, attempt) = (lines(&naive), lines(attempt));
    let own: Vec<String> = lines(&reference).into_iter().filter(|l| !naive.contains(l)).collect();
    let had = own.iter().filter(|line| attempt.contains(*line)).count();
    had as f64 / own.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAIVE: &str = "use crate::words::Word;\npub fn count(text: &str) -> usize {\n    \
                         text.split(' ').count()\n}\n";
    const OPTIMIZED: &str = "use crate::words::Word;\npub fn count(text: &str) -> usize {\n    \
                             let mut words = 0;\n    \
                             text.bytes().for_each(|byte| words += (byte == b' ') as usize);\n    \
                             words + 1\n}\n";

    fn shown(attempt: &str) -> Shown {
        let rungs = ["naive", "fast_hash", "optimized"].map(str::to_owned);
        Shown::of(attempt, &Case { name: "hashing", rungs: &rungs, sources: [NAIVE, OPTIMIZED] })
    }

    #[test]
    fn an_attempt_that_has_the_book_do_its_work_is_found_however_it_says_so() {
        for attempt in [
            "pub fn count(text: &str) -> usize { hashing::optimized::count(text) }",
            "use hashing::{words::Word, optimized::count as fast};",
            "use hashing::fast_hash;",
            "use hashing::*;",
            "use hashing as book;",
            "use ::hashing::RUNGS;",
            "#[unsafe(no_mangle)]\npub extern \"C\" fn clock_gettime() -> i32 { 0 }",
            "let now = std::time::Instant::now();",
            "include!(\"other.rs\");",
        ] {
            assert!(!shown(attempt).reasons.is_empty(), "{attempt}");
        }
    }

    #[test]
    fn what_a_learner_may_use_is_no_tampering() {
        for attempt in [
            "use hashing::words::Word;\nuse std::collections::HashMap;",
            "// as hashing::optimized does\npub fn optimized() {}",
            "use hashing::naive;\npub fn count(text: &str) -> usize { naive::count(text) }",
            "mod optimized { pub fn f() {} }\npub fn g() { optimized::f() }",
        ] {
            assert_eq!(shown(attempt).reasons, Vec::<String>::new(), "{attempt}");
        }
    }

    #[test]
    fn a_copied_reference_is_told_by_its_lines_and_what_naive_has_counts_for_nothing() {
        assert_eq!(shown(OPTIMIZED).copied, 1.0);
        assert_eq!(shown(NAIVE).copied, 0.0);
        let own = "pub fn count(text: &str) -> usize {\n    let mut words = 0;\n    1\n}\n";
        assert!(shown(own).copied < 0.8, "{}", shown(own).copied);
    }
}
