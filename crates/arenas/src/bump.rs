//! Everything in one arena, which is freed at once: `bumpalo`, with its vectors in the place of
//! `Vec`.

use bumpalo::Bump;
use bumpalo::collections::Vec;

use crate::lexer::Lexer;
use crate::meaning::{Summary, argument, binary, named};
use crate::token::{Error, Op, Token};

enum Node<'a> {
    Number(i64),
    Name(&'a str),
    Negate(&'a Node<'a>),
    Binary(Op, &'a Node<'a>, &'a Node<'a>),
    Call(&'a str, &'a [Node<'a>]),
}

struct Statement<'a> {
    name: &'a str,
    value: Node<'a>,
}

/// Bytes that a node takes, without its arguments.
pub const NODE: usize = size_of::<Node>();

/// Parses a program, folds its tree and drops it.
///
/// # Errors
/// Says where the text stops being a program.
pub fn fold(text: &str) -> Result<Summary, Error> {
    fold_in(text, &Bump::new())
}

/// The same in an arena that the caller brings.
///
/// # Errors
/// Says where the text stops being a program.
pub fn fold_in(text: &str, arena: &Bump) -> Result<Summary, Error> {
    let program = Parser { lexer: Lexer::new(text), arena }.program()?;
    let mut summary = Summary::default();
    for statement in program {
        let value = value(&statement.value, &mut summary.nodes);
        summary.assign(statement.name, value);
    }
    Ok(summary)
}

fn value(node: &Node, nodes: &mut u64) -> i64 {
    *nodes += 1;
    match node {
        Node::Number(number) => *number,
        Node::Name(name) => named(name),
        Node::Negate(of) => value(of, nodes).wrapping_neg(),
        Node::Binary(op, left, right) => binary(*op, value(left, nodes), value(right, nodes)),
        Node::Call(name, arguments) => {
            arguments.iter().fold(named(name), |so_far, node| argument(so_far, value(node, nodes)))
        }
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    arena: &'a Bump,
}

impl<'a> Parser<'a> {
    fn program(&mut self) -> Result<&'a [Statement<'a>], Error> {
        let mut statements = Vec::new_in(self.arena);
        while self.lexer.token != Token::End {
            let name = self.lexer.name()?;
            self.lexer.expect(Token::Assign)?;
            let value = self.expression(0)?;
            self.lexer.expect(Token::Semicolon)?;
            statements.push(Statement { name, value });
        }
        Ok(statements.into_bump_slice())
    }

    fn expression(&mut self, weakest: u8) -> Result<Node<'a>, Error> {
        let mut left = self.operand()?;
        while let Some(op) = self.lexer.operator(weakest) {
            let right = self.expression(op.strength())?;
            left = Node::Binary(op, self.arena.alloc(left), self.arena.alloc(right));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node<'a>, Error> {
        match self.lexer.token {
            Token::Number => {
                let number = self.lexer.number;
                self.lexer.advance();
                Ok(Node::Number(number))
            }
            Token::Name => {
                let name = self.lexer.name()?;
                Ok(match self.lexer.token {
                    Token::Open => Node::Call(name, self.arguments()?),
                    _ => Node::Name(name),
                })
            }
            Token::Open => {
                self.lexer.advance();
                let inner = self.expression(0)?;
                self.lexer.expect(Token::Close)?;
                Ok(inner)
            }
            Token::Operator(Op::Sub) => {
                self.lexer.advance();
                Ok(Node::Negate(self.arena.alloc(self.operand()?)))
            }
            _ => Err(self.lexer.error()),
        }
    }

    fn arguments(&mut self) -> Result<&'a [Node<'a>], Error> {
        self.lexer.expect(Token::Open)?;
        let mut arguments = Vec::new_in(self.arena);
        while self.lexer.token != Token::Close {
            arguments.push(self.expression(0)?);
            if self.lexer.token != Token::Close {
                self.lexer.expect(Token::Comma)?;
            }
        }
        self.lexer.expect(Token::Close)?;
        Ok(arguments.into_bump_slice())
    }
}
