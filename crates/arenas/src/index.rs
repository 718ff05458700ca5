//! All nodes in one vector; a child is a 32-bit position in it, and a name is a piece of the text.

use crate::lexer::Lexer;
use crate::meaning::{Summary, argument, binary, named};
use crate::token::{Error, Op, Token};

/// Position of a node.
type Id = u32;

enum Node<'t> {
    Number(i64),
    Name(&'t str),
    Negate(Id),
    Binary(Op, Id, Id),
    /// The arguments' positions are these of [`Tree::arguments`].
    Call(&'t str, u32, u32),
}

struct Statement<'t> {
    name: &'t str,
    value: Id,
}

#[derive(Default)]
struct Tree<'t> {
    nodes: Vec<Node<'t>>,
    arguments: Vec<Id>,
    statements: Vec<Statement<'t>>,
}

/// Bytes that a node takes, without the positions of its arguments.
pub const NODE: usize = size_of::<Node>();

/// Parses a program, folds its tree and drops it.
///
/// # Errors
/// Says where the text stops being a program.
pub fn fold(text: &str) -> Result<Summary, Error> {
    let mut parser = Parser { lexer: Lexer::new(text), tree: Tree::default(), open: Vec::new() };
    parser.program()?;
    let tree = &parser.tree;
    let mut summary = Summary::default();
    for statement in &tree.statements {
        let value = value(tree, statement.value, &mut summary.nodes);
        summary.assign(statement.name, value);
    }
    Ok(summary)
}

fn value(tree: &Tree, id: Id, nodes: &mut u64) -> i64 {
    *nodes += 1;
    match tree.nodes[id as usize] {
        Node::Number(number) => number,
        Node::Name(name) => named(name),
        Node::Negate(of) => value(tree, of, nodes).wrapping_neg(),
        Node::Binary(op, left, right) => {
            binary(op, value(tree, left, nodes), value(tree, right, nodes))
        }
        Node::Call(name, from, to) => tree.arguments[from as usize..to as usize]
            .iter()
            .fold(named(name), |so_far, &id| argument(so_far, value(tree, id, nodes))),
    }
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    tree: Tree<'t>,
    /// The arguments so far of calls that are still open.
    open: Vec<Id>,
}

impl<'t> Parser<'t> {
    fn program(&mut self) -> Result<(), Error> {
        while self.lexer.token != Token::End {
            let name = self.lexer.name()?;
            self.lexer.expect(Token::Assign)?;
            let value = self.expression(0)?;
            self.lexer.expect(Token::Semicolon)?;
            self.tree.statements.push(Statement { name, value });
        }
        Ok(())
    }

    fn expression(&mut self, weakest: u8) -> Result<Id, Error> {
        let mut left = self.operand()?;
        while let Some(op) = self.lexer.operator(weakest) {
            let right = self.expression(op.strength())?;
            left = self.node(Node::Binary(op, left, right));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Id, Error> {
        match self.lexer.token {
            Token::Number => {
                let number = self.lexer.number;
                self.lexer.advance();
                Ok(self.node(Node::Number(number)))
            }
            Token::Name => {
                let name = self.lexer.name()?;
                let node = match self.lexer.token {
                    Token::Open => self.call(name)?,
                    _ => Node::Name(name),
                };
                Ok(self.node(node))
            }
            Token::Open => {
                self.lexer.advance();
                let inner = self.expression(0)?;
                self.lexer.expect(Token::Close)?;
                Ok(inner)
            }
            Token::Operator(Op::Sub) => {
                self.lexer.advance();
                let of = self.operand()?;
                Ok(self.node(Node::Negate(of)))
            }
            _ => Err(self.lexer.error()),
        }
    }

    fn call(&mut self, name: &'t str) -> Result<Node<'t>, Error> {
        self.lexer.expect(Token::Open)?;
        let outer = self.open.len();
        while self.lexer.token != Token::Close {
            let argument = self.expression(0)?;
            self.open.push(argument);
            if self.lexer.token != Token::Close {
                self.lexer.expect(Token::Comma)?;
            }
        }
        self.lexer.expect(Token::Close)?;
        let from = self.tree.arguments.len() as u32;
        self.tree.arguments.extend(self.open.drain(outer..));
        Ok(Node::Call(name, from, self.tree.arguments.len() as u32))
    }

    fn node(&mut self, node: Node<'t>) -> Id {
        self.tree.nodes.push(node);
        self.tree.nodes.len() as Id - 1
    }
}
