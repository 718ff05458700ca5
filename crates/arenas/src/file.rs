//! A user's file: rules, or one expression per line.

use harness::{BadLine, FromFile, Rows};

use crate::optimized;
use crate::token::{Error, LIMIT};

/// Reads rules, `name = expression;`, over as many lines as they like. Without any semicolon each
/// line is an expression, with or without a name before it. Lines that begin with `#` are skipped.
///
/// # Errors
/// Names the line that is not UTF-8 or at which the text stops being a program, and shows what is
/// there.
pub fn from_file(bytes: &[u8]) -> Result<FromFile<String>, BadLine> {
    let text = harness::text(bytes)?;
    let is_code = |line: &str| !line.starts_with('#');
    let rules = text.lines().filter(|line| is_code(line)).any(|line| line.contains(';'));
    let mut program = String::with_capacity(text.len());
    // Line by line, and none fewer than in the file: errors name lines of the file.
    for line in text.lines() {
        match line.trim() {
            line if !is_code(line) => {}
            line if rules || line.is_empty() => program.push_str(line),
            line => {
                program.push_str(if line.contains('=') { "" } else { "line = " });
                program.push_str(line);
                program.push(';');
            }
        }
        program.push('\n');
    }
    match optimized::fold(&program) {
        Ok(summary) if summary.nodes == 0 => Err(BadLine::new(0, "nothing but comments")),
        Ok(_) => {
            let how = if rules { "rules, `name = expression;`" } else { "an expression per line" };
            let code = text.lines().filter(|line| is_code(line) && !line.trim().is_empty());
            let rows = Rows::all("line", code.count());
            Ok(FromFile { input: program, how: how.to_owned(), rows })
        }
        Err(error) => Err(explained(&program, error, rules)),
    }
}

/// What is wrong, and at which line.
fn explained(program: &str, error: Error, rules: bool) -> BadLine {
    let (Error::Unexpected(at) | Error::TooLong(at)) = error;
    let line = harness::line_at(program.as_bytes(), at);
    if let Error::TooLong(_) = error {
        let message = format!("more than {LIMIT} operators and brackets in one rule");
        return BadLine::new(line, message);
    }
    let rest = program[at..].lines().next().unwrap_or_default();
    let what = match (rest, rules) {
        ("", _) => "the file ends within a rule".to_owned(),
        (";", false) => "the line ends too early".to_owned(),
        _ => {
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let first = rest.chars().next().map_or(0, char::len_utf8);
            format!(
                "{} is not expected here",
                harness::shown(&rest.as_bytes()[..length.max(first)])
            )
        }
    };
    let expected = if rules { "rules, `name = expression;`," } else { "an expression per line" };
    let parts = "names, whole numbers, f(a, b), ( ) and + - * / % < > & |";
    BadLine::new(line, format!("{what}; expected {expected} of {parts}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RUNGS, naive, rules};
    use proptest::prelude::*;

    #[test]
    fn rules_and_lines_are_read() {
        for (text, nodes) in [
            ("a = 1 + b;\r\n# b = 2\r\nc = f(a,\r\n  2);", 8),
            ("\u{feff}a = 1;", 2),
            ("1 + b\n\n# with names;\nx = f(a, 2)", 8),
            ("(1 + 2) * 3\r\n", 6),
        ] {
            let program = from_file(text.as_bytes()).unwrap().input;
            assert_eq!(naive::fold(&program).unwrap().nodes, nodes, "{text:?}");
            harness::agree_on(RUNGS, program);
        }
        assert_eq!(from_file(rules(100, 1).as_bytes()).unwrap().input, rules(100, 1));
    }

    #[test]
    fn what_is_no_program_is_shown_with_its_line() {
        for (text, line, what) in [
            (&b"a = 1;\n\nb = 1.5;\n"[..], 3, "`.` is not expected here; expected rules"),
            (b"1 + 2\r\n# x\r\n3 +\r\n", 3, "the line ends too early; expected an expression"),
            (b"1 + 2\n3 four\n", 2, "`four` is not expected"),
            (b"a = 1;\nb = (2\n", 3, "the file ends within a rule"),
            (b"{\"json\": 1}\n", 1, "`{` is not expected"),
            ("1\n2 × 3".as_bytes(), 2, "`×` is not expected"),
            (b"1\n\x7fELF\x01", 2, "`\\u{7f}` is not expected"),
            (b"a\n\xff", 2, "not UTF-8"),
            (b"", 0, "nothing but comments"),
            (b"# a\n\n", 0, "nothing but comments"),
            (&[b"a\n-", "-".repeat(501).as_bytes(), b"1"].concat(), 2, "more than 500"),
        ] {
            let wrong = from_file(text).unwrap_err();
            assert_eq!(wrong.line, line, "{wrong:?}");
            assert!(wrong.message.contains(what), "{wrong:?}");
        }
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, from_file);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([a-c]{1,3}|[0-9]|[-+*(),=;#]|[ \n]){0,40}") {
            if let Ok(program) = from_file(text.as_bytes()) {
                harness::agree_on(RUNGS, program.input);
            }
        }
    }
}
