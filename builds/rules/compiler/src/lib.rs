//! Makes instructions of rules, one a line:
//!
//! ```text
//! drop where level == "debug"
//! keep where status >= 500 or path ~ "/api/"
//! set slow = latency > 250 where exists(latency)
//! remove user.email
//! ```
//!
//! Expressions bind as usual: `or`, `and`, `not`, comparisons, sums, products, signs.

mod expression;

use std::fmt;

use lexer::Token;
use vm::{Instruction, Program};

/// What is wrong with a rule, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from one.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for Fault {}

/// Compiles all rules of a text.
///
/// # Errors
/// For the first rule that is none.
pub fn compile(text: &str) -> Result<Program, Fault> {
    let mut program = Program::default();
    for (line, rule) in (1..).zip(text.lines()) {
        compile_rule(rule, &mut program.instructions).map_err(|what| Fault { line, what })?;
    }
    Ok(program)
}

fn compile_rule(rule: &str, out: &mut Vec<Instruction>) -> Result<(), String> {
    let tokens = lexer::tokens(rule).map_err(|fault| fault.to_string())?;
    if tokens.is_empty() {
        return Ok(());
    }
    let mut parser = Parser { tokens, at: 0 };
    match parser.word("a rule")?.as_str() {
        "drop" => {
            parser.keyword("where")?;
            expression::compile(&mut parser, out)?;
            out.push(Instruction::DropIf);
        }
        "keep" => {
            parser.keyword("where")?;
            expression::compile(&mut parser, out)?;
            out.push(Instruction::KeepIf);
        }
        "set" => {
            let path = path(&parser.word("a field")?);
            parser.sign("=")?;
            let mut value = Vec::new();
            expression::compile(&mut parser, &mut value)?;
            value.push(Instruction::Store(path));
            conditional(&mut parser, value, out)?;
        }
        "remove" => {
            let path = path(&parser.word("a field")?);
            conditional(&mut parser, vec![Instruction::Remove(path)], out)?;
        }
        other => return Err(format!("no rule begins with `{other}`")),
    }
    parser.end()
}

/// What is done only where a condition holds that stands behind it.
fn conditional(
    parser: &mut Parser,
    mut done: Vec<Instruction>,
    out: &mut Vec<Instruction>,
) -> Result<(), String> {
    if parser.peek_word() == Some("where") {
        parser.keyword("where")?;
        expression::compile(parser, out)?;
        out.push(Instruction::Unless(out.len() + 1 + done.len()));
    }
    let by = out.len();
    // Its own jumps were made as if it stood at the beginning.
    done.iter_mut().for_each(|instruction| expression::shift(instruction, by));
    out.append(&mut done);
    Ok(())
}

/// The names of a path.
fn path(text: &str) -> Vec<String> {
    text.split('.').map(str::to_owned).collect()
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn peek_word(&self) -> Option<&str> {
        if let Some(Token::Word(word)) = self.peek() { Some(word) } else { None }
    }

    fn peek_sign(&self) -> Option<&'static str> {
        if let Some(Token::Sign(sign)) = self.peek() { Some(sign) } else { None }
    }

    fn word(&mut self, expected: &str) -> Result<String, String> {
        let word = self.peek_word().map(str::to_owned);
        let word = word.ok_or_else(|| format!("{expected} was expected"))?;
        self.at += 1;
        Ok(word)
    }

    fn keyword(&mut self, keyword: &str) -> Result<(), String> {
        if self.peek_word() != Some(keyword) {
            return Err(format!("`{keyword}` was expected"));
        }
        self.at += 1;
        Ok(())
    }

    fn sign(&mut self, sign: &str) -> Result<(), String> {
        if self.peek_sign() != Some(sign) {
            return Err(format!("`{sign}` was expected"));
        }
        self.at += 1;
        Ok(())
    }

    fn end(&self) -> Result<(), String> {
        self.peek().map_or(Ok(()), |token| Err(format!("the end was expected, not {token:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vm::Machine;

    /// What rules leave of a line.
    fn ran(rules: &str, line: &str) -> Option<String> {
        let program = compile(rules).unwrap();
        let mut line = json::parse(line.as_bytes()).unwrap();
        let mut out = Vec::new();
        Machine::default().run(&program, &mut line).then(|| {
            json::write(&line, &mut out);
            String::from_utf8(out).unwrap()
        })
    }

    fn value(expression: &str) -> String {
        let line = ran(&format!("set x = {expression}"), r#"{"a":2,"b":{"c":"Word"},"d":[1,2]}"#);
        let line = line.unwrap();
        line.rsplit_once("\"x\":").unwrap().1.trim_end_matches('}').to_owned()
    }

    #[test]
    fn expressions_bind_as_usual() {
        for (expression, expected) in [
            ("1 + 2 * 3 - 4 / 2", "5"),
            ("(1 + 2) * -a", "-6"),
            ("1 < 2 and not 2 < 1", "true"),
            ("1 == 2 or a == 2 and false", "false"),
            ("false and 1 or 7", "7"),
            ("lower(b.c) + \"!\"", "\"word!\""),
            ("b.c ~ \"or\"", "true"),
            ("d ~ a", "true"),
            ("length(d) + sum(d)", "5"),
            ("exists(b.c) and not exists(b.d)", "true"),
            ("round(7 / 2) != 4", "false"),
            ("nothing", "null"),
        ] {
            assert_eq!(value(expression), expected, "{expression}");
        }
    }

    #[test]
    fn rules_are_run_in_order_where_their_conditions_hold() {
        let rules = "# a comment\ndrop where level == \"debug\"\n\
                     set slow = ms > 100 or ms < 0 where exists(ms)\n\
                     remove ms where slow\n\nkeep where level != \"trace\" and true\n";
        assert_eq!(ran(rules, r#"{"level":"debug","ms":1}"#), None);
        assert_eq!(ran(rules, r#"{"level":"trace"}"#), None);
        let quick = r#"{"level":"info","ms":5,"slow":false}"#;
        assert_eq!(ran(rules, r#"{"level":"info","ms":5}"#).as_deref(), Some(quick));
        let slow = r#"{"level":"info","slow":true}"#;
        assert_eq!(ran(rules, r#"{"level":"info","ms":500}"#).as_deref(), Some(slow));
        assert_eq!(ran(rules, r#"{"level":"info"}"#).as_deref(), Some(r#"{"level":"info"}"#));
    }

    #[test]
    fn what_is_no_rule_is_refused_with_its_line() {
        for rule in ["keep level", "set = 1", "drop where", "remove a b", "set a = (1", "jump a"] {
            let fault = compile(&format!("remove a\n{rule}")).unwrap_err();
            assert_eq!(fault.line, 2, "{rule}");
        }
        let deep = format!("set a = {}1", "(".repeat(10_000));
        assert!(compile(&deep).is_err());
    }
}
