//! What a word is.

/// The words of a text: as long as possible, of ASCII letters, ASCII digits and characters beyond
/// ASCII. Everything else in ASCII separates. Case matters.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}
