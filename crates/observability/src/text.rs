//! Lines of text in memory, as `tracing-subscriber` writes them, and how they are read.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::seen::{Log, Span};

/// Where lines go: a buffer that all threads share.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    /// What was written so far.
    pub fn take(&self) -> Text {
        Text(std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Finished lines.
pub struct Text(pub Vec<u8>);

impl Log for Text {
    /// Those of lines that say how long a span took; others are for people.
    fn spans(&self) -> Vec<Span> {
        let text = String::from_utf8_lossy(&self.0);
        text.lines().filter(|line| line.contains(": close time.busy=")).map(span).collect()
    }
}

/// Of ` INFO request{id=1 route="/"}:load{user=7}: module: close time.busy=1.20µs time.idle=250ns`.
fn span(line: &str) -> Span {
    let spans = line.find("request{").map_or("", |at| &line[at..]);
    let spans = spans.split("}: ").next().unwrap_or_default();
    let mut path = Vec::new();
    let (mut trace, mut field) = (u64::MAX, "");
    for span in spans.split("}:") {
        let (name, fields) = span.split_once('{').unwrap_or((span, ""));
        path.push(name);
        field = fields;
        if let Some((id, rest)) = fields.strip_prefix("id=").and_then(|id| id.split_once(' ')) {
            trace = id.parse().unwrap_or(u64::MAX);
            field = rest;
        }
    }
    let timed = line.contains(" time.idle=");
    Span { trace, path: path.join("/"), field: field.replace('"', ""), timed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_meant() {
        let text = "2026-01-01T00:00:00.1Z  INFO request{id=12 route=\"/a\"}: m: close time.busy=1µs \
                    time.idle=2ns\n\
                    2026-01-01T00:00:00.1Z DEBUG request{id=12 route=\"/a\"}: m: received\n\
                    2026-01-01T00:00:00.1Z  INFO request{id=3 route=\"/\"}:load{user=7}:fetch{key=9}: \
                    m: close time.busy=1µs\n";
        let span = |trace, path: &str, field: &str, timed| Span {
            trace,
            path: path.to_owned(),
            field: field.to_owned(),
            timed,
        };
        let expected =
            [span(12, "request", "route=/a", true), span(3, "request/load/fetch", "key=9", false)];
        assert_eq!(Text(text.as_bytes().to_vec()).spans(), expected);
    }
}
