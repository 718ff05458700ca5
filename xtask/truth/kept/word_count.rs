//! Reads chapters of a text, counts their words, and prints the most frequent ones and the
//! readability of each chapter.

use std::collections::HashMap;

use truth::text;

/// What is printed for a chapter.
struct Summary {
    words: usize,
    distinct: usize,
    letters: usize,
    syllables: usize,
    longest: usize,
    frequent: Vec<(String, u32)>,
}

/// Vowels that follow no vowel: near enough to what is spoken.
fn syllables(word: &str) -> usize {
    let mut count = 0;
    let mut before = false;
    for byte in word.bytes() {
        let vowel = matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        if vowel && !before {
            count += 1;
        }
        before = vowel;
    }
    count.max(1)
}

fn count_words(chapter: &str) -> HashMap<String, u32> {
    let mut counts = HashMap::new();
    for word in chapter.split_ascii_whitespace() {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    counts
}

fn frequent(counts: &HashMap<String, u32>, wanted: usize) -> Vec<(String, u32)> {
    let mut best: Vec<(&String, u32)> = Vec::with_capacity(wanted + 1);
    for (word, &count) in counts {
        if best.len() == wanted && best[wanted - 1].1 >= count {
            continue;
        }
        let at = best.partition_point(|&(_, other)| other >= count);
        best.insert(at, (word, count));
        best.truncate(wanted);
    }
    best.into_iter().map(|(word, count)| (word.clone(), count)).collect()
}

fn summarize(chapter: &str) -> Summary {
    let counts = count_words(chapter);
    let mut summary = Summary {
        words: 0,
        distinct: counts.len(),
        letters: 0,
        syllables: 0,
        longest: 0,
        frequent: frequent(&counts, 10),
    };
    for line in chapter.lines() {
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            summary.words += 1;
            summary.letters += word.len();
            summary.syllables += syllables(word);
            summary.longest = summary.longest.max(word.len());
        }
    }
    summary
}

fn main() {
    let chapters: Vec<String> = (0..8).map(|seed| text(120_000, 9_000, seed)).collect();
    for edition in 0..14 {
        for (number, chapter) in chapters.iter().enumerate() {
            let summary = summarize(chapter);
            let per_word = summary.syllables as f64 / summary.words as f64;
            println!(
                "edition {edition}, chapter {number}: {} words, {} distinct, {} letters, \
                 {per_word:.2} syllables a word, longest {}, most frequent {:?}",
                summary.words,
                summary.distinct,
                summary.letters,
                summary.longest,
                summary.frequent.first()
            );
        }
    }
}
