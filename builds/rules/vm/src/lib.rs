//! Runs compiled rules on a line: a stack machine.

mod operations;

use json::Value;

/// Everything that a machine can do.
#[derive(Debug, Clone, PartialEq)]
pub enum Instruction {
    /// Pushes a value.
    Push(Value),
    /// Pushes a field, or null where there is none.
    Load(Vec<String>),
    /// Pushes whether there is such a field.
    Exists(Vec<String>),
    /// Takes two values and pushes what becomes of them.
    Binary(Binary),
    /// Takes a value and pushes what becomes of it.
    Unary(Unary),
    /// Goes on elsewhere if the value on top is false, and leaves it there; else takes it away.
    JumpIfFalse(usize),
    /// The same if it is true.
    JumpIfTrue(usize),
    /// Takes a value; if it is false, goes on elsewhere.
    Unless(usize),
    /// Takes a value and puts it into a field.
    Store(Vec<String>),
    /// Takes a field away.
    Remove(Vec<String>),
    /// Takes a value; if it is true, nothing is left of the line.
    DropIf,
    /// Takes a value; if it is false, nothing is left of the line.
    KeepIf,
}

/// What is done with two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// The sum, or one text behind the other.
    Add,
    /// The difference.
    Subtract,
    /// The product.
    Multiply,
    /// The quotient.
    Divide,
    /// Whether they are equal.
    Equal,
    /// Whether they are not.
    Unequal,
    /// Whether the first is less: numbers, or texts.
    Less,
    /// Whether it is at most the second.
    AtMost,
    /// Whether it is more.
    More,
    /// Whether it is at least the second.
    AtLeast,
    /// Whether the first text has the second in it, or the list the value.
    Has,
}

/// What is done with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    /// The opposite of what is true.
    Not,
    /// A number with the other sign.
    Negate,
    /// A text in lower case.
    Lower,
    /// Letters of a text, entries of a list, fields of an object.
    Length,
    /// The nearest whole number.
    Round,
    /// The sum of a list's numbers.
    Sum,
}

/// Rules, compiled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    /// In the order in which they are run, but for jumps, which only go on.
    pub instructions: Vec<Instruction>,
}

/// A machine, which keeps its stack from line to line.
#[derive(Debug, Default)]
pub struct Machine {
    stack: Vec<Value>,
}

impl Machine {
    /// Runs rules on a line and says whether it is kept.
    pub fn run(&mut self, program: &Program, line: &mut Value) -> bool {
        self.stack.clear();
        let mut at = 0;
        while let Some(instruction) = program.instructions.get(at) {
            at += 1;
            match instruction {
                Instruction::Push(value) => self.stack.push(value.clone()),
                Instruction::Load(path) => {
                    self.stack.push(line.field(path).cloned().unwrap_or(Value::Null));
                }
                Instruction::Exists(path) => {
                    self.stack.push(Value::Bool(line.field(path).is_some()));
                }
                Instruction::Binary(binary) => {
                    let (right, left) = (self.pop(), self.pop());
                    self.stack.push(operations::binary(*binary, left, right));
                }
                Instruction::Unary(unary) => {
                    let value = self.pop();
                    self.stack.push(operations::unary(*unary, value));
                }
                Instruction::JumpIfFalse(to) => self.jump_if(false, *to, &mut at),
                Instruction::JumpIfTrue(to) => self.jump_if(true, *to, &mut at),
                Instruction::Unless(to) => {
                    if !operations::is_true(&self.pop()) {
                        at = *to;
                    }
                }
                Instruction::Store(path) => {
                    let value = self.pop();
                    line.set(path, value);
                }
                Instruction::Remove(path) => line.remove(path),
                Instruction::DropIf => {
                    if operations::is_true(&self.pop()) {
                        return false;
                    }
                }
                Instruction::KeepIf => {
                    if !operations::is_true(&self.pop()) {
                        return false;
                    }
                }
            }
        }
        true
    }

    fn pop(&mut self) -> Value {
        self.stack.pop().unwrap_or(Value::Null)
    }

    fn jump_if(&mut self, wanted: bool, to: usize, at: &mut usize) {
        if self.stack.last().is_some_and(operations::is_true) == wanted {
            *at = to;
        } else {
            self.stack.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_changes_a_line_or_drops_it() {
        let path = |name: &str| vec![name.to_owned()];
        let program = Program {
            instructions: vec![
                Instruction::Load(path("n")),
                Instruction::Push(Value::Number(2.0)),
                Instruction::Binary(Binary::Multiply),
                Instruction::Store(path("twice")),
                Instruction::Load(path("twice")),
                Instruction::Push(Value::Number(5.0)),
                Instruction::Binary(Binary::More),
                Instruction::DropIf,
                Instruction::Remove(path("n")),
            ],
        };
        let mut machine = Machine::default();
        let mut run = |text: &str| {
            let mut line = json::parse(text.as_bytes()).unwrap();
            machine.run(&program, &mut line).then_some(line)
        };
        assert_eq!(run(r#"{"n":2}"#), Some(json::parse(br#"{"twice":4}"#).unwrap()));
        assert_eq!(run(r#"{"n":3}"#), None);
        assert_eq!(run(r#"{"n":"x"}"#), Some(json::parse(br#"{"twice":null}"#).unwrap()));
    }
}
