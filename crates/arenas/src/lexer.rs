//! From text to tokens, for all rungs. A lexer is not this chapter's subject, so it should take
//! little of the time: a table says what a byte begins, and a name's end is found eight bytes at a
//! time.

use crate::token::{BEGINS, Error, LIMIT, Op, Token, is_word};

/// A text and the token at which a parser stands.
#[derive(Debug)]
pub struct Lexer<'t> {
    text: &'t str,
    /// The token.
    pub token: Token,
    /// Its value, if it is a number.
    pub number: i64,
    /// Where it begins.
    pub at: usize,
    end: usize,
    levels: u32,
}

impl<'t> Lexer<'t> {
    /// Stands at the first token of a text.
    pub fn new(text: &'t str) -> Self {
        let mut lexer = Self { text, token: Token::End, number: 0, at: 0, end: 0, levels: 0 };
        lexer.advance();
        if u32::try_from(text.len()).is_err() {
            (lexer.token, lexer.at) = (Token::TooLong, 0);
        }
        lexer
    }

    /// Goes on to the next token.
    #[inline]
    pub fn advance(&mut self) {
        let bytes = self.text.as_bytes();
        // Mostly one space or none: a step that needs no guess.
        self.at = self.end + usize::from(bytes.get(self.end) == Some(&b' '));
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        let Some(&first) = bytes.get(self.at) else {
            self.token = Token::End;
            return;
        };
        self.end = self.at + 1;
        self.token = BEGINS[usize::from(first)];
        match self.token {
            Token::Name => self.word(),
            Token::Number => self.digits(),
            _ => self.symbol(),
        }
    }

    /// Passes this token, or says that it was not expected.
    ///
    /// # Errors
    /// If the parser stands at another token.
    #[inline]
    pub fn expect(&mut self, token: Token) -> Result<(), Error> {
        if self.token != token {
            return Err(self.error());
        }
        self.advance();
        Ok(())
    }

    /// Passes a name.
    ///
    /// # Errors
    /// If the parser stands at anything else.
    #[inline]
    pub fn name(&mut self) -> Result<&'t str, Error> {
        if self.token != Token::Name {
            return Err(self.error());
        }
        let name = &self.text[self.at..self.end];
        self.advance();
        Ok(name)
    }

    /// Passes an operator that binds more strongly than `weakest`, if the parser stands at one.
    #[inline]
    pub fn operator(&mut self, weakest: u8) -> Option<Op> {
        match self.token {
            Token::Operator(op) if op.strength() > weakest => {
                self.advance();
                Some(op)
            }
            _ => None,
        }
    }

    /// What is wrong with the token.
    #[cold]
    pub fn error(&self) -> Error {
        match self.token {
            Token::TooLong => Error::TooLong(self.at),
            _ => Error::Unexpected(self.at),
        }
    }

    #[inline]
    fn word(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.first_chunk().map_or(8, |&eight| word_bytes(eight));
        self.end = self.at + length;
        if length == 8 {
            self.end = self.at + rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len());
        }
    }

    #[inline]
    fn digits(&mut self) {
        let bytes = self.text.as_bytes();
        self.number = i64::from(bytes[self.at] - b'0');
        while let Some(digit @ b'0'..=b'9') = bytes.get(self.end) {
            self.number = self.number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            self.end += 1;
        }
    }

    #[inline]
    fn symbol(&mut self) {
        self.levels += u32::from(matches!(self.token, Token::Operator(_) | Token::Open));
        self.levels *= u32::from(self.token != Token::Semicolon);
        if self.levels > LIMIT {
            self.token = Token::TooLong;
        }
    }
}

/// How many of eight bytes, from the first on, belong to a word. Eight bytes in one register are
/// compared at once: an addition carries into a byte's highest bit where the byte is large enough
/// (Lamport, "Multiple Byte Processing with Full-Word Instructions", 1975).
#[inline]
pub(crate) fn word_bytes(eight: [u8; 8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let bytes = u64::from_le_bytes(eight);
    let from = |bytes: u64, least: u8| (bytes & !HIGH) + (0x80 - u64::from(least)) * ONES;
    let within = |bytes: u64, least: u8, most: u8| from(bytes, least) & !from(bytes, most + 1);
    let letter = within(bytes | (0x20 * ONES), b'a', b'z');
    let word = (letter | within(bytes, b'0', b'9') | within(bytes, b'_', b'_')) & !bytes & HIGH;
    ((word ^ HIGH).trailing_zeros() / 8) as usize
}
