//! From text to a value, by recursive descent.

use crate::{Fault, Value};

/// Brackets within each other beyond which a line is refused: each takes some of the stack.
const DEEPEST: usize = 128;

/// The value that a line holds, and nothing beside it.
///
/// # Errors
/// Says at which byte what was expected.
pub fn parse(line: &[u8]) -> Result<Value, Fault> {
    let mut reader = Reader { line, at: 0 };
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.at < line.len() { Err(reader.expected("the end")) } else { Ok(value) }
}

struct Reader<'l> {
    line: &'l [u8],
    at: usize,
}

impl Reader<'_> {
    fn expected(&self, expected: &'static str) -> Fault {
        Fault { at: self.at, expected }
    }

    fn peek(&self) -> Option<u8> {
        self.line.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8, expected: &'static str) -> Result<(), Fault> {
        if self.peek() != Some(byte) {
            return Err(self.expected(expected));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        if depth == DEEPEST {
            return Err(self.expected("fewer brackets"));
        }
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Value::Text(self.text()?)),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.expected("a value")),
        }
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, Fault> {
        if !self.line[self.at..].starts_with(word.as_bytes()) {
            return Err(self.expected("a value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let rest = &self.line[self.at..];
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let end = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let text = str::from_utf8(&rest[..end]).ok();
        let number = text.and_then(|text| text.parse().ok());
        let number = number.ok_or_else(|| self.expected("a number"))?;
        self.at += end;
        Ok(Value::Number(number))
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Value::List(items));
            }
            self.take(b',', "`,` or `]`")?;
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let mut fields = Vec::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(fields));
        }
        loop {
            self.skip_space();
            let name = self.text()?;
            self.skip_space();
            self.take(b':', "`:`")?;
            fields.push((name, self.value(depth + 1)?));
            self.skip_space();
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(Value::Object(fields));
            }
            self.take(b',', "`,` or `}`")?;
        }
    }

    fn text(&mut self) -> Result<String, Fault> {
        self.take(b'"', "`\"`")?;
        let mut text = Vec::new();
        loop {
            let rest = &self.line[self.at..];
            let Some(end) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
                self.at = self.line.len();
                return Err(self.expected("`\"`"));
            };
            text.extend_from_slice(&rest[..end]);
            self.at += end + 1;
            if rest[end] == b'"' {
                return String::from_utf8(text).map_err(|_| self.expected("UTF-8"));
            }
            let letter = self.escaped()?;
            text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    /// The letter that stands behind a backslash.
    fn escaped(&mut self) -> Result<char, Fault> {
        let letter = match self.peek() {
            Some(letter @ (b'"' | b'\\' | b'/')) => char::from(letter),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            _ => return Err(self.expected("an escape")),
        };
        self.at += 1;
        Ok(letter)
    }

    /// The letter of one or two groups of four hexadecimal digits.
    fn code_point(&mut self) -> Result<char, Fault> {
        let first = self.four_digits()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).ok_or_else(|| self.expected("a letter"));
        }
        if !self.line[self.at..].starts_with(b"\\u") {
            return Err(self.expected("the other half of a letter"));
        }
        self.at += 2;
        let second = self.four_digits()?;
        let both = 0x10000 + ((first - 0xD800) << 10) + second.wrapping_sub(0xDC00);
        char::from_u32(both).ok_or_else(|| self.expected("the other half of a letter"))
    }

    fn four_digits(&mut self) -> Result<u32, Fault> {
        let digits = self.line.get(self.at..self.at + 4);
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let number = number.ok_or_else(|| self.expected("four digits"))?;
        self.at += 4;
        Ok(number)
    }
}
