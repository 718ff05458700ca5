//! Takes a rule apart into words, numbers, texts and signs.

use std::fmt;

/// A part of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A keyword, a function or the path of a field: "where", "user.name".
    Word(String),
    /// A number.
    Number(f64),
    /// A text, without its quotes.
    Text(String),
    /// A sign: "<=".
    Sign(&'static str),
}

/// What is no part of a rule, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The byte.
    pub at: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.at, self.what)
    }
}

impl std::error::Error for Fault {}

/// Signs; of two with the same beginning, the longer stands first.
const SIGNS: [&str; 15] =
    ["==", "!=", "<=", ">=", "<", ">", "=", "~", "+", "-", "*", "/", "(", ")", ","];

/// The parts of a rule, up to its end or a `#`.
///
/// # Errors
/// For what is none of them.
pub fn tokens(rule: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = rule[at..].chars().next() {
        if first == '#' {
            break;
        }
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = next(&rule[at..], first).map_err(|what| Fault { at, what })?;
        tokens.push(token);
        at += length;
    }
    Ok(tokens)
}

/// The part with which a text begins, and its bytes.
fn next(rest: &str, first: char) -> Result<(Token, usize), &'static str> {
    if first == '"' {
        return text(rest);
    }
    if first.is_ascii_digit() {
        let length = up_to(rest, |letter| letter.is_ascii_digit() || letter == '.');
        let number = rest[..length].parse().map_err(|_| "this is no number")?;
        return Ok((Token::Number(number), length));
    }
    if first.is_alphabetic() || first == '_' {
        let length = up_to(rest, |letter| letter.is_alphanumeric() || "_.".contains(letter));
        return Ok((Token::Word(rest[..length].to_owned()), length));
    }
    let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
    sign.map(|sign| (Token::Sign(sign), sign.len())).ok_or("nothing begins with this")
}

fn up_to(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// A text in quotes; a backslash lets the next letter be a letter.
fn text(rest: &str) -> Result<(Token, usize), &'static str> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((Token::Text(text), at + 1)),
            '\\' => text.extend(letters.next().map(|(_, letter)| letter)),
            letter => text.push(letter),
        }
    }
    Err("this text has no end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_taken_apart() {
        let tokens = tokens("set user.a1 = \"say \\\"é\\\"\"<=1.5*x # why").unwrap();
        let word = |text: &str| Token::Word(text.to_owned());
        let text = Token::Text("say \"é\"".to_owned());
        let (is, at_most) = (Token::Sign("="), Token::Sign("<="));
        let rest = [Token::Number(1.5), Token::Sign("*"), word("x")];
        let first = [word("set"), word("user.a1"), is, text, at_most];
        assert_eq!(tokens, first.into_iter().chain(rest).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_part_is_refused_with_its_place() {
        for (rule, at) in [("a ? b", 2), ("a == \"b", 5), ("1.2.3", 0)] {
            assert_eq!(tokens(rule).unwrap_err().at, at, "{rule}");
        }
        assert_eq!(tokens(" # nothing").unwrap(), []);
    }
}
