//! JSON lines: a value from text, and text from a value. Objects keep the order of their fields.

mod read;
mod write;

use std::fmt;

pub use read::parse;
pub use write::write;

/// Anything that a line can hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, and what is not there.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string, without its quotes and escapes.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object; of fields with the same name the first counts.
    Object(Vec<(String, Value)>),
}

/// Why a line cannot be read, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The byte.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {} was expected", self.at, self.expected)
    }
}

impl std::error::Error for Fault {}

impl Value {
    /// The value at a path of fields.
    pub fn field(&self, path: &[String]) -> Option<&Value> {
        path.iter().try_fold(self, |value, name| match value {
            Value::Object(fields) => {
                fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
            }
            _ => None,
        })
    }

    /// Puts a value at a path of fields; objects on the way are made where there are none.
    pub fn set(&mut self, path: &[String], value: Value) {
        let [name, rest @ ..] = path else {
            *self = value;
            return;
        };
        if !matches!(self, Value::Object(_)) {
            *self = Value::Object(Vec::new());
        }
        let Value::Object(fields) = self else { return };
        let at = fields.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            fields.push((name.clone(), Value::Null));
            fields.len() - 1
        });
        fields[at].1.set(rest, value);
    }

    /// Takes away the field at a path, if it is there.
    pub fn remove(&mut self, path: &[String]) {
        let (Value::Object(fields), [name, rest @ ..]) = (self, path) else { return };
        let Some(at) = fields.iter().position(|(known, _)| known == name) else { return };
        if rest.is_empty() {
            fields.remove(at);
        } else {
            fields[at].1.remove(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<String> {
        text.split('.').map(str::to_owned).collect()
    }

    fn again(text: &str) -> String {
        let mut out = Vec::new();
        write(&parse(text.as_bytes()).unwrap(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        for text in [
            "null",
            "[]",
            "{}",
            "[true,false,null,-0.5,12]",
            r#"{"b":1,"a":{"c":["x",{}]}}"#,
            r#""quote \" slash \\ line \n tab \t bell \u0007 é ∞""#,
        ] {
            assert_eq!(again(text), text);
        }
        assert_eq!(again(" { \"a\" : [ 1 , 2.50 ] } "), r#"{"a":[1,2.5]}"#);
        assert_eq!(again(r#""\u00e9\ud83d\ude00\/""#), "\"é😀/\"");
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        for (text, at) in [
            ("", 0),
            ("{\"a\" 1}", 5),
            ("[1,]", 3),
            ("\"open", 5),
            ("nul", 0),
            ("1 2", 2),
            ("\"\\x\"", 2),
            ("\"\\ud800\"", 7),
            ("-", 0),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap_err().at, at, "{text}");
        }
        assert!(parse("[".repeat(100_000).as_bytes()).is_err(), "no stack is deep enough");
    }

    #[test]
    fn fields_are_found_set_and_removed_by_path() {
        let mut line = parse(br#"{"a":{"b":1},"c":2}"#).unwrap();
        assert_eq!(line.field(&path("a.b")), Some(&Value::Number(1.0)));
        assert_eq!(line.field(&path("c.b")), None);
        line.set(&path("a.d"), Value::Bool(true));
        line.set(&path("e.f"), Value::Null);
        line.remove(&path("a.b"));
        line.remove(&path("x.y"));
        let mut out = Vec::new();
        write(&line, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), r#"{"a":{"d":true},"c":2,"e":{"f":null}}"#);
    }
}
