//! The footnotes of a chapter. Each holds statements in code spans and nothing else; a mark in the
//! prose says which sentence it is that they bear out.

use std::collections::BTreeSet;

/// A chapter taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Footnotes {
    /// The prose, cut at the marks, without the notes.
    pub prose: Vec<Piece>,
    /// The notes in the order of their first marks.
    pub notes: Vec<Note>,
    /// What is wrong with them, each with its line.
    pub problems: Vec<String>,
}

/// A part of the prose.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text between marks.
    Text(String),
    /// A mark, with the place of its note among all.
    Mark(usize),
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its name.
    pub id: String,
    /// Its line in the chapter, the first being 1.
    pub line: usize,
    /// The statements in it.
    pub statements: Vec<String>,
}

/// A mark where it was found.
struct Mark {
    id: String,
    line: usize,
}

impl Footnotes {
    /// Takes a chapter apart.
    pub fn of(chapter: &str) -> Self {
        let mut reader = Reader::default();
        chapter.lines().enumerate().for_each(|(at, line)| reader.line(at + 1, line));
        reader.end()
    }
}

/// What was read of a chapter so far.
#[derive(Default)]
struct Reader {
    /// Texts, each but the last before a mark.
    texts: Vec<String>,
    marks: Vec<Mark>,
    /// Notes with their text as it stands there.
    notes: Vec<(String, usize, String)>,
    in_block: bool,
    in_span: bool,
    in_note: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        if line.starts_with("```") {
            self.in_block = !self.in_block;
        }
        if line.trim().is_empty() {
            (self.in_note, self.in_span) = (false, false);
        }
        if let Some((id, text)) = defined(line).filter(|_| !self.in_block) {
            self.in_note = true;
            self.notes.push((id.to_owned(), number, text.trim().to_owned()));
        } else if self.in_note {
            if let Some((_, _, text)) = self.notes.last_mut() {
                *text = format!("{text} {}", line.trim());
            }
        } else {
            self.prose(number, line);
        }
    }

    /// A line of prose, of which code is left alone.
    fn prose(&mut self, number: usize, line: &str) {
        for (at, part) in line.split('`').enumerate() {
            if at > 0 {
                self.push("`");
                self.in_span = !self.in_span;
            }
            let mut rest = part;
            while let Some((before, id, after)) = marked(rest).filter(|_| self.is_prose()) {
                self.push(before);
                self.texts.push(String::new());
                self.marks.push(Mark { id: id.to_owned(), line: number });
                rest = after;
            }
            self.push(rest);
        }
        self.push("\n");
    }

    fn is_prose(&self) -> bool {
        !self.in_block && !self.in_span
    }

    fn push(&mut self, text: &str) {
        match self.texts.last_mut() {
            Some(last) => last.push_str(text),
            None => self.texts.push(text.to_owned()),
        }
    }

    /// Brings marks and notes together.
    fn end(self) -> Footnotes {
        let mut found = Footnotes::default();
        let mut texts = self.texts.into_iter();
        found.prose.extend(texts.next().map(Piece::Text));
        for (Mark { id, line }, text) in self.marks.into_iter().zip(texts) {
            let place = found.notes.iter().position(|note| note.id == id).or_else(|| {
                let (id, line, text) = self.notes.iter().find(|note| note.0 == id)?;
                let statements = statements(text).unwrap_or_else(|problem| {
                    found.problems.push(format!("line {line}: the note `{id}` {problem}"));
                    Vec::new()
                });
                found.notes.push(Note { id: id.clone(), line: *line, statements });
                Some(found.notes.len() - 1)
            });
            match place {
                Some(place) => found.prose.push(Piece::Mark(place)),
                None => found.problems.push(format!("line {line}: there is no note `{id}`")),
            }
            found.prose.push(Piece::Text(text));
        }
        let mut ids = BTreeSet::new();
        for (id, line, _) in &self.notes {
            if !ids.insert(id) {
                found.problems.push(format!("line {line}: the note `{id}` is there twice"));
            } else if found.notes.iter().all(|note| note.id != *id) {
                found.problems.push(format!("line {line}: no sentence has the note `{id}`"));
            }
        }
        found
    }
}

/// A note's name and text, of the line with which it begins.
fn defined(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("[^")?.split_once("]:").filter(|(id, _)| is_name(id))
}

/// What stands before a mark, its name, and what stands behind it.
fn marked(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[^")?;
    let (id, after) = rest.split_once(']')?;
    is_name(id).then_some((before, id, after))
}

fn is_name(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The statements of a note's text: code spans with `and` between them.
fn statements(text: &str) -> Result<Vec<String>, String> {
    let parts: Vec<&str> = text.split('`').map(str::trim).collect();
    let [first, .., last] = parts[..] else {
        return Err("holds no statement, which would stand in a code span".to_owned());
    };
    let between = parts[..parts.len() - 1].iter().step_by(2).skip(1);
    let mut other = between.filter(|part| **part != "and");
    let beside = Some(&first).filter(|part| !part.is_empty());
    let beside = beside.or_else(|| other.next());
    let beside = beside.or(Some(&last).filter(|part| !part.is_empty()));
    if let Some(beside) = beside {
        return Err(format!("holds «{beside}» beside its statements; only `and` may be there"));
    }
    let spans = parts.iter().skip(1).step_by(2);
    Ok(spans.map(|span| span.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn notes_are_taken_out_and_their_marks_are_where_they_were() {
        let chapter = "One.[^b] Two `[^c]`.\n```text\n[^d]: x\n```\nThree,[^a] and one.[^b]\n\n\
                       [^a]: `x of y` and\n  `z`\n[^b]: `in\n  two lines`\n\nEnd.\n";
        let found = Footnotes::of(chapter);
        assert_eq!(found.problems, Vec::<String>::new());
        let prose = [
            text("One."),
            Piece::Mark(0),
            text(" Two `[^c]`.\n```text\n[^d]: x\n```\nThree,"),
            Piece::Mark(1),
            text(" and one."),
            Piece::Mark(0),
            text("\n\n\nEnd.\n"),
        ];
        assert_eq!(found.prose, prose);
        let note = |id: &str, line, statements: &[&str]| Note {
            id: id.into(),
            line,
            statements: statements.iter().map(|&statement| statement.into()).collect(),
        };
        assert_eq!(found.notes, [note("b", 9, &["in two lines"]), note("a", 7, &["x of y", "z"])]);
    }

    #[test]
    fn a_chapter_without_notes_is_prose() {
        let found = Footnotes::of("# A `b`\n\n[link](x) ^ [^ ]\n");
        assert_eq!(found.prose, [text("# A `b`\n\n[link](x) ^ [^ ]\n")]);
        assert_eq!((found.notes, found.problems), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let problems = |chapter: &str| Footnotes::of(chapter).problems;
        assert_eq!(problems("A.[^a]\n"), ["line 1: there is no note `a`"]);
        assert_eq!(problems("A.\n\n[^a]: `x`\n"), ["line 3: no sentence has the note `a`"]);
        let twice = problems("A.[^a]\n\n[^a]: `x`\n\n[^a]: `x`\n");
        assert_eq!(twice, ["line 5: the note `a` is there twice"]);
        let none = problems("A.[^a]\n\n[^a]: See there.\n");
        assert_eq!(none.len(), 1);
        assert!(none[0].contains("line 3: the note `a` holds no statement"), "{none:?}");
        for beside in ["see `x`", "`x`, `y`", "`x` there", "`x"] {
            let problems = problems(&format!("A.[^a]\n\n[^a]: {beside}\n"));
            assert_eq!(problems.len(), 1, "{beside}: {problems:?}");
        }
    }
}
