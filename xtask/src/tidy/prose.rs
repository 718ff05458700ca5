//! Sentences of a chapter that would be wrong on another machine, or in another year, or that
//! nobody has tried: figures in words, what is not yet so, verdicts on crates that no rung runs.

use super::sentences::{self, Sentence};

/// Numbers in words; "one" is as often an article.
const NUMBERS: &str = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty \
    ninety hundred thousand dozen dozens hundreds thousands";
/// What is measured in numbers of them.
const UNITS: &str = "cycle cycles nanosecond nanoseconds microsecond microseconds ns µs percent";
/// What "times" is followed by where it compares speeds.
const SPEEDS: &str = "fast faster slow slower long longer quicker time";
/// What stands before "yet" where something is not so.
const NEGATIONS: &str = "not no none nobody cannot";
/// What changes from one version to the next.
const CHANGES: &str = "rust rustc llvm cargo compiler compilers stable nightly crate crates library intrinsic \
    intrinsics feature features book";
/// What says that a crate is fast, or is not.
const VERDICTS: &str = "faster slower fastest slowest beats outruns";
/// How a sentence says that its verdict is somebody else's.
const OF_OTHERS: &str = "not measured here";

/// Every sentence of a chapter that breaks one of these rules. `is_known` knows the names that the
/// case's own code has: rungs, crates that they use, functions.
pub fn problems(chapter: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let production = chapter.split_once("\n## In production");
    let production = production.map_or(usize::MAX, |(before, _)| before.lines().count());
    let mut problems = Vec::new();
    for sentence in sentences::of(chapter) {
        problems.extend(figures(&sentence));
        problems.extend(unversioned(&sentence));
        if sentence[0].0 > production {
            problems.extend(judged(&sentence, &is_known));
        }
    }
    problems
}

/// Whether a list has a word.
fn is_among(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// A word without what stands around it: "cycles" of "cycles,[^a]".
fn bare(word: &str) -> String {
    let word = word.trim_start_matches('[').split(['[', ']']).next().unwrap_or_default();
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// A figure that only a record can know, unless the sentence has a note, or the figure is the text
/// of a link to where it comes from.
fn figures(sentence: &Sentence) -> Vec<String> {
    let words: Vec<String> = sentence.iter().map(|(_, word)| bare(word)).collect();
    let is_tied = sentence.iter().any(|(_, word)| word.contains("[^"));
    let is_figure = |at: &usize| !is_tied && is_measured(&words, *at) && !is_linked(sentence, *at);
    let of = |at: usize| {
        let figure = words[at.saturating_sub(3)..=at].join(" ");
        format!(
            "line {}: a figure in words, «{figure}»: give the sentence a note, link the figure to \
             where it comes from, or leave it to the record",
            sentence[at].0
        )
    };
    (1..words.len()).filter(is_figure).map(of).collect()
}

/// Whether a word is a unit of which so many are counted.
fn is_measured(words: &[String], at: usize) -> bool {
    let next = |by: usize| words.get(at + by).map_or("", String::as_str);
    let is_unit = is_among(UNITS, &words[at])
        || words[at] == "per" && next(1) == "cent"
        || words[at] == "times" && (1..=2).any(|by| is_among(SPEEDS, next(by)));
    // "hundreds of cycles", "twenty or more cycles".
    let mut before =
        words[..at].iter().rev().skip_while(|word| ["of", "or", "more"].contains(&&***word));
    is_unit && before.next().is_some_and(|word| is_number(word))
}

fn is_number(word: &str) -> bool {
    let digits = word.starts_with(|first: char| first.is_ascii_digit());
    digits || !word.is_empty() && word.split('-').all(|part| is_among(NUMBERS, part))
}

/// Whether a word stands in the text of a link.
fn is_linked(sentence: &Sentence, at: usize) -> bool {
    let opens = |word: &str| word.starts_with('[') && !word.starts_with("[^");
    let open = sentence[..=at].iter().rposition(|(_, word)| opens(word));
    let close = |open: usize| sentence[open..].iter().position(|(_, word)| word.contains("]("));
    open.is_some_and(|open| close(open).is_some_and(|close| open + close >= at))
}

/// What is not so yet, of something that has versions, without one.
fn unversioned(sentence: &Sentence) -> Option<String> {
    let words: Vec<String> = sentence.iter().map(|(_, word)| bare(word)).collect();
    // "Yet" at the beginning is another word.
    let yet = sentence.iter().position(|(_, word)| word.starts_with("yet"));
    let denied = |yet: usize| words[..yet].iter().any(|word| is_among(NEGATIONS, word));
    let not_yet = yet.is_some_and(denied) && words.iter().any(|word| is_among(CHANGES, word));
    let not_stable = words.windows(2).any(|pair| pair[0] == "not" && pair[1] == "stable");
    let is_version = |word: &String| {
        let parts = word.split_once('.');
        parts.is_some_and(|(a, b)| {
            [a, b].iter().all(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let broken = (not_yet || not_stable) && !words.iter().any(is_version);
    let line = sentence[0].0;
    broken.then(|| format!("line {line}: what is not so yet is not so in a version: name it"))
}

/// A verdict on something that this case does not run.
fn judged(sentence: &Sentence, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let text = sentence.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
    let says = sentence.iter().any(|(_, word)| is_among(VERDICTS, &bare(word)));
    if !says || text.contains(OF_OTHERS) {
        return None;
    }
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b);
    let mut spans = text.split('`').skip(1).step_by(2).filter(|span| span.bytes().all(letters));
    let line = sentence[0].0;
    spans.find(|span| !is_known(span)).map(|span| {
        format!(
            "line {line}: no rung runs `{span}`, of which this says how fast it is: measure it, or \
             say whose figure that is and that it was {OF_OTHERS}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(chapter: &str) -> Vec<String> {
        problems(chapter, |name| ["naive", "memchr"].contains(&name))
    }

    #[test]
    fn figures_in_words_are_found_across_lines_and_nothing_else_is() {
        for text in [
            "Some twenty\ncycles are lost.",
            "It takes three to four cycles.",
            "A hundred cycles or more, that is hundreds of\ncycles.",
            "That is ninety-five percent.",
            "It is three times as fast, or twenty or more nanoseconds.",
            "Each costs 20 cycles.",
            "Half of it is [a link](there.md); it takes five cycles.",
        ] {
            assert!(found(text).iter().any(|it| it.contains("a figure in words")), "{text}");
        }
        for text in [
            "It can do four or more in a cycle, and one cycle is short.",
            "A loop that runs six times costs as much; it runs six times.",
            "Eight rows at a time, a bit of eight bits.",
            "It takes [three to four\ncycles](https://manual) from operand to result.",
            "Three cycles are lost in it, and that is all.[^cycles]",
            "```text\ntwenty cycles\n```",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
        assert!(found("One.\n\nTwo, some five\ncycles.")[0].starts_with("line 4: "));
    }

    #[test]
    fn what_is_not_so_yet_has_a_version() {
        for text in ["`x` is not stable yet.", "The compiler cannot do that yet.", "Not stable."] {
            assert!(found(text).iter().any(|it| it.contains("name it")), "{text}");
        }
        for text in [
            "`x` is not stable in Rust 1.95.",
            "The compiler of Rust 1.95 cannot do that yet.",
            "Yet no compiler reads requests that nobody has made.",
            "What is not yet in the cache waits.",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_crate_that_no_rung_runs_is_not_judged() {
        let of = |text: &str| found(&format!("# A\n\n## In production\n\n{text}\n"));
        assert!(
            of("`polars` is faster than `memchr`.")[0].contains("line 5: no rung runs `polars`")
        );
        assert_eq!(of("`memchr` is faster than `naive`, by `Vec::len`."), Vec::<String>::new());
        assert_eq!(of("`polars` has filters."), Vec::<String>::new());
        let others = "Its authors call `polars` faster, which was not measured here.";
        assert_eq!(of(others), Vec::<String>::new());
        assert_eq!(found("`x` is faster."), Vec::<String>::new(), "an idea, not a crate");
    }
}
