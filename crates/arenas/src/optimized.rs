//! One vector, kept from call to call, in which every node follows its children: no pointers, and
//! the fold is a loop.
//!
//! This is postfix notation (Łukasiewicz, 1924; for computers, Hamblin, "Translation to and from
//! Polish Notation", 1962). It needs no links, since a node's children are the nodes, or the trees,
//! that end right before it.

use std::cell::RefCell;

use crate::lexer::Lexer;
use crate::meaning::{Summary, argument, binary, named};
use crate::token::{Error, Op, Token};

enum Node {
    Number(i64),
    Name(Name),
    Negate,
    Binary(Op),
    /// The name, and how many arguments precede.
    Call(Name, u32),
    Assign(Name),
}

/// A piece of the text. A `&str` would bind the vector to one text, and take twice the room.
#[derive(Clone, Copy)]
struct Name {
    at: u32,
    bytes: u32,
}

/// Bytes that a node takes.
pub const NODE: usize = size_of::<Node>();

thread_local! {
    /// What a thread keeps from call to call.
    static MEMORY: RefCell<(Vec<Node>, Vec<i64>)> = RefCell::default();
}

/// Parses a program, folds its tree and drops it.
///
/// # Errors
/// Says where the text stops being a program.
pub fn fold(text: &str) -> Result<Summary, Error> {
    MEMORY.with_borrow_mut(|(nodes, values)| {
        nodes.clear();
        values.clear();
        Parser { lexer: Lexer::new(text), nodes }.program()?;
        Ok(summary(text, nodes, values))
    })
}

/// What is on the stack are the values of trees whose parent has not come yet.
fn summary(text: &str, nodes: &[Node], values: &mut Vec<i64>) -> Summary {
    let text_of = |name: Name| &text[name.at as usize..][..name.bytes as usize];
    let mut summary = Summary::default();
    for node in nodes {
        let value = match *node {
            Node::Number(number) => number,
            Node::Name(name) => named(text_of(name)),
            Node::Negate => pop(values).wrapping_neg(),
            Node::Binary(op) => {
                let right = pop(values);
                binary(op, pop(values), right)
            }
            Node::Call(name, count) => {
                let arguments = values.drain(values.len() - count as usize..);
                arguments.fold(named(text_of(name)), argument)
            }
            Node::Assign(name) => {
                summary.assign(text_of(name), pop(values));
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
    nodes: &'n mut Vec<Node>,
}

impl Parser<'_, '_> {
    fn program(&mut self) -> Result<(), Error> {
        while self.lexer.token != Token::End {
            let name = self.name()?;
            self.lexer.expect(Token::Assign)?;
            self.expression(0)?;
            self.lexer.expect(Token::Semicolon)?;
            self.nodes.push(Node::Assign(name));
        }
        Ok(())
    }

    fn expression(&mut self, weakest: u8) -> Result<(), Error> {
        self.operand()?;
        while let Some(op) = self.lexer.operator(weakest) {
            self.expression(op.strength())?;
            self.nodes.push(Node::Binary(op));
        }
        Ok(())
    }

    fn operand(&mut self) -> Result<(), Error> {
        match self.lexer.token {
            Token::Number => {
                self.nodes.push(Node::Number(self.lexer.number));
                self.lexer.advance();
            }
            Token::Name => {
                let name = self.name()?;
                let called = self.lexer.token == Token::Open;
                let node =
                    if called { Node::Call(name, self.arguments()?) } else { Node::Name(name) };
                self.nodes.push(node);
            }
            Token::Open => {
                self.lexer.advance();
                self.expression(0)?;
                self.lexer.expect(Token::Close)?;
            }
            Token::Operator(Op::Sub) => {
                self.lexer.advance();
                self.operand()?;
                self.nodes.push(Node::Negate);
            }
            _ => return Err(self.lexer.error()),
        }
        Ok(())
    }

    fn arguments(&mut self) -> Result<u32, Error> {
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

    fn name(&mut self) -> Result<Name, Error> {
        let at = self.lexer.at as u32;
        Ok(Name { at, bytes: self.lexer.name()?.len() as u32 })
    }
}
