//! A chapter's prose as sentences of words: code, headings, tables and notes left out.

/// Words, each with its line in the chapter, the first being 1.
pub type Sentence<'t> = Vec<(usize, &'t str)>;

/// The sentences of a chapter in their order.
pub fn of(chapter: &str) -> Vec<Sentence<'_>> {
    let mut sentences = Vec::new();
    paragraphs(chapter).into_iter().for_each(|paragraph| cut(paragraph, &mut sentences));
    sentences
}

/// Paragraphs and items of lists, each as its words.
fn paragraphs(chapter: &str) -> Vec<Sentence<'_>> {
    let mut paragraphs = vec![Vec::new()];
    let (mut in_block, mut is_left_out) = (false, false);
    for (at, line) in chapter.lines().enumerate() {
        let fence = line.trim_start().starts_with("```");
        in_block ^= fence;
        let begins = line.trim().is_empty() || line.trim_start().starts_with("- ");
        if begins || fence {
            paragraphs.push(Vec::new());
            is_left_out = false;
        }
        // What begins so is no prose to its next blank line.
        is_left_out |= line.starts_with("[^") && line.contains("]:");
        if !in_block && !fence && !is_left_out && !line.starts_with(['#', '|']) {
            let words = line.split_whitespace().map(|word| (at + 1, word));
            paragraphs.last_mut().expect("there is one from the start").extend(words);
        }
    }
    paragraphs
}

/// Cuts a paragraph where a sentence ends and another one begins.
fn cut<'t>(paragraph: Sentence<'t>, sentences: &mut Vec<Sentence<'t>>) {
    let mut sentence = Vec::new();
    let mut words = paragraph.into_iter().peekable();
    while let Some(word) = words.next() {
        sentence.push(word);
        let goes_on = words.peek().is_some_and(|next| next.1.starts_with(char::is_lowercase));
        if ends(word.1) && !goes_on {
            sentences.push(std::mem::take(&mut sentence));
        }
    }
    sentences.extend((!sentence.is_empty()).then_some(sentence));
}

/// Whether a word ends a sentence, with its marks of notes behind it.
fn ends(word: &str) -> bool {
    let word = word.split("[^").next().unwrap_or_default();
    word.trim_end_matches(['*', '_', ')', '"', '”']).ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_cut_into_sentences_and_all_else_left_out() {
        let chapter = "# A title. No prose.\n\nOne, e.g. this.[^a] Two\n`x`. *Three.* `Four`!\n\n\
                       ```text\nno. Prose.\n```\n\n- *A trap.* Five\n- Six 1.95 ends\n\n\
                       [^a]: `no statement`\n  goes on. Here.\n";
        let found: Vec<(usize, String)> = of(chapter)
            .into_iter()
            .map(|words| {
                (words[0].0, words.iter().map(|word| word.1).collect::<Vec<_>>().join(" "))
            })
            .collect();
        let expected = [
            (3, "One, e.g. this.[^a]"),
            (3, "Two `x`."),
            (4, "*Three.*"),
            (4, "`Four`!"),
            (10, "- *A trap.*"),
            (10, "Five"),
            (11, "- Six 1.95 ends"),
        ];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
