//! From a value to text, without spaces.

use std::io::Write as _;

use crate::Value;

/// Beyond this, whole numbers are not exact any more.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Appends a value's text.
pub fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(*number, out),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            out.push(b'{');
            for (at, (name, value)) in fields.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write_text(name, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

/// What JSON has no number for becomes `null`.
fn write_number(number: f64, out: &mut Vec<u8>) {
    let written = if !number.is_finite() {
        out.write_all(b"null")
    } else if number.fract() == 0.0 && number.abs() < WHOLE {
        write!(out, "{}", number as i64)
    } else {
        write!(out, "{number}")
    };
    written.expect("a vector takes everything");
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0..0x20 => {
                write!(out, "\\u{byte:04x}").expect("a vector takes everything");
            }
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}
