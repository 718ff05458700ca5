//! Kinds and contents in two columns: a node without contents is one byte, and the others have
//! eight more. Zig's compiler keeps its trees so.

use std::cell::RefCell;

use crate::lexer::Lexer;
use crate::meaning::{Summary, argument, binary, named};
use crate::token::{Error, Op, Token};

/// What a node is. Numbers and names have contents, and a call has two: its name, and how many
/// arguments precede.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Name,
    Negate,
    Binary(Op),
    Call,
    Assign,
}

const _: () = assert!(size_of::<Kind>() == 1);

/// A tree in postfix order.
#[derive(Default)]
struct Tree {
    kinds: Vec<Kind>,
    contents: Vec<u64>,
}

thread_local! {
    /// What a thread keeps from call to call.
    static MEMORY: RefCell<(Tree, Vec<i64>)> = RefCell::default();
}

/// Parses a program, folds its tree and drops it.
///
/// # Errors
/// Says where the text stops being a program.
pub fn fold(text: &str) -> Result<Summary, Error> {
    MEMORY.with_borrow_mut(|(tree, values)| {
        tree.kinds.clear();
        tree.contents.clear();
        values.clear();
        Parser { lexer: Lexer::new(text), tree }.program()?;
        Ok(summary(text, tree, values))
    })
}

/// What is on the stack are the values of trees whose parent has not come yet.
fn summary(text: &str, tree: &Tree, values: &mut Vec<i64>) -> Summary {
    let mut contents = tree.contents.iter();
    let mut next = || *contents.next().expect("every kind came with its contents");
    let text_of = |name: u64| &text[(name >> 32) as usize..][..name as u32 as usize];
    let mut summary = Summary::default();
    for kind in &tree.kinds {
        let value = match *kind {
            Kind::Number => next().cast_signed(),
            Kind::Name => named(text_of(next())),
            Kind::Negate => pop(values).wrapping_neg(),
            Kind::Binary(op) => {
                let right = pop(values);
                binary(op, pop(values), right)
            }
            Kind::Call => {
                let name = next();
                let arguments = values.drain(values.len() - next() as usize..);
                arguments.fold(named(text_of(name)), argument)
            }
            Kind::Assign => {
                summary.assign(text_of(next()), pop(values));
                continue;
            }
        };
        summary.nodes += 1;
        values.push(value);
    }
    summary
}

fn pop(values: &mut Vec<i64>) -> i64 {
    values.pop().expect("children come before their parent")
}

struct Parser<'t, 'n> {
    lexer: Lexer<'t>,
    tree: &'n mut Tree,
}

impl Parser<'_, '_> {
    fn program(&mut self) -> Result<(), Error> {
        while self.lexer.token != Token::End {
            let name = self.name()?;
            self.lexer.expect(Token::Assign)?;
            self.expression(0)?;
            self.lexer.expect(Token::Semicolon)?;
            self.push(Kind::Assign, &[name]);
        }
        Ok(())
    }

    fn expression(&mut self, weakest: u8) -> Result<(), Error> {
        self.operand()?;
        while let Some(op) = self.lexer.operator(weakest) {
            self.expression(op.strength())?;
            self.push(Kind::Binary(op), &[]);
        }
        Ok(())
    }

    fn operand(&mut self) -> Result<(), Error> {
        match self.lexer.token {
            Token::Number => {
                self.push(Kind::Number, &[self.lexer.number.cast_unsigned()]);
                self.lexer.advance();
            }
            Token::Name => {
                let name = self.name()?;
                if self.lexer.token == Token::Open {
                    let count = self.arguments()?;
                    self.push(Kind::Call, &[name, count]);
                } else {
                    self.push(Kind::Name, &[name]);
                }
            }
            Token::Open => {
                self.lexer.advance();
                self.expression(0)?;
                self.lexer.expect(Token::Close)?;
            }
            Token::Operator(Op::Sub) => {
                self.lexer.advance();
                self.operand()?;
                self.push(Kind::Negate, &[]);
            }
            _ => return Err(self.lexer.error()),
        }
        Ok(())
    }

    fn arguments(&mut self) -> Result<u64, Error> {
        self.lexer.expect(Token::Open)?;
        let mut count = 0;
        while self.lexer.token != Token::Close {
            self.expression(0)?;
            count += 1;
            if self.lexer.token != Token::Close {
                self.lexer.expect(Token::Comma)?;
            }
        }
        self.lexer.expect(Token::Close)?;
        Ok(count)
    }

    /// A piece of the text: where it begins, and in the low half how long it is.
    fn name(&mut self) -> Result<u64, Error> {
        let at = self.lexer.at as u32;
        Ok(u64::from(at) << 32 | u64::from(self.lexer.name()?.len() as u32))
    }

    #[inline]
    fn push(&mut self, kind: Kind, contents: &[u64]) {
        self.tree.kinds.push(kind);
        self.tree.contents.extend_from_slice(contents);
    }
}
