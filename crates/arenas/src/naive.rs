//! Each node owns its children and its name, each in a box, a vector or a string of its own.

use crate::lexer::Lexer;
use crate::meaning::{Summary, argument, binary, named};
use crate::token::{Error, Op, Token};

enum Node {
    Number(i64),
    Name(String),
    Negate(Box<Node>),
    Binary(Op, Box<Node>, Box<Node>),
    Call(String, Vec<Node>),
}

struct Statement {
    name: String,
    value: Node,
}

/// Bytes that a node takes, without its name and its arguments.
pub const NODE: usize = size_of::<Node>();

/// Parses a program, folds its tree and drops it.
///
/// # Errors
/// Says where the text stops being a program.
pub fn fold(text: &str) -> Result<Summary, Error> {
    let program = Parser { lexer: Lexer::new(text) }.program()?;
    let mut summary = Summary::default();
    for statement in &program {
        let value = value(&statement.value, &mut summary.nodes);
        summary.assign(&statement.name, value);
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

struct Parser<'t> {
    lexer: Lexer<'t>,
}

impl Parser<'_> {
    fn program(&mut self) -> Result<Vec<Statement>, Error> {
        let mut statements = Vec::new();
        while self.lexer.token != Token::End {
            let name = self.lexer.name()?.to_owned();
            self.lexer.expect(Token::Assign)?;
            let value = self.expression(0)?;
            self.lexer.expect(Token::Semicolon)?;
            statements.push(Statement { name, value });
        }
        Ok(statements)
    }

    /// Operands and operators that bind more strongly than `weakest` (Pratt, "Top Down Operator
    /// Precedence", 1973).
    fn expression(&mut self, weakest: u8) -> Result<Node, Error> {
        let mut left = self.operand()?;
        while let Some(op) = self.lexer.operator(weakest) {
            let right = self.expression(op.strength())?;
            left = Node::Binary(op, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node, Error> {
        match self.lexer.token {
            Token::Number => {
                let number = self.lexer.number;
                self.lexer.advance();
                Ok(Node::Number(number))
            }
            Token::Name => {
                let name = self.lexer.name()?;
                Ok(match self.lexer.token {
                    Token::Open => Node::Call(name.to_owned(), self.arguments()?),
                    _ => Node::Name(name.to_owned()),
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
                Ok(Node::Negate(Box::new(self.operand()?)))
            }
            _ => Err(self.lexer.error()),
        }
    }

    fn arguments(&mut self) -> Result<Vec<Node>, Error> {
        self.lexer.expect(Token::Open)?;
        let mut arguments = Vec::new();
        while self.lexer.token != Token::Close {
            arguments.push(self.expression(0)?);
            if self.lexer.token != Token::Close {
                self.lexer.expect(Token::Comma)?;
            }
        }
        self.lexer.expect(Token::Close)?;
        Ok(arguments)
    }
}
