//! Expressions, by recursive descent; each level binds more tightly than the one before it.

use json::Value;
use lexer::Token;
use vm::{Binary, Instruction, Unary};

use crate::{Parser, path};

/// Parentheses within each other beyond which a rule is refused: each takes some of the stack.
const DEEPEST: usize = 64;

/// Signs of a level, and what they do.
type Signs = &'static [(&'static str, Binary)];

const COMPARISONS: Signs = &[
    ("==", Binary::Equal),
    ("!=", Binary::Unequal),
    ("<", Binary::Less),
    ("<=", Binary::AtMost),
    (">", Binary::More),
    (">=", Binary::AtLeast),
    ("~", Binary::Has),
];
const SUMS: Signs = &[("+", Binary::Add), ("-", Binary::Subtract)];
const PRODUCTS: Signs = &[("*", Binary::Multiply), ("/", Binary::Divide)];

/// Appends what computes the next expression.
///
/// # Errors
/// Says what was expected.
pub fn compile(parser: &mut Parser, out: &mut Vec<Instruction>) -> Result<(), String> {
    any(parser, out, 0)
}

/// Moves a jump along with what it stands in.
pub fn shift(instruction: &mut Instruction, by: usize) {
    if let Instruction::JumpIfFalse(to) | Instruction::JumpIfTrue(to) | Instruction::Unless(to) =
        instruction
    {
        *to += by;
    }
}

fn any(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    if depth == DEEPEST {
        return Err("these are too many parentheses".to_owned());
    }
    all(parser, out, depth)?;
    while parser.peek_word() == Some("or") {
        parser.keyword("or")?;
        let jump = out.len();
        out.push(Instruction::JumpIfTrue(0));
        all(parser, out, depth)?;
        out[jump] = Instruction::JumpIfTrue(out.len());
    }
    Ok(())
}

fn all(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    not(parser, out, depth)?;
    while parser.peek_word() == Some("and") {
        parser.keyword("and")?;
        let jump = out.len();
        out.push(Instruction::JumpIfFalse(0));
        not(parser, out, depth)?;
        out[jump] = Instruction::JumpIfFalse(out.len());
    }
    Ok(())
}

fn not(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    let mut is_not = false;
    while parser.peek_word() == Some("not") {
        parser.keyword("not")?;
        is_not = !is_not;
    }
    comparison(parser, out, depth)?;
    if is_not {
        out.push(Instruction::Unary(Unary::Not));
    }
    Ok(())
}

fn comparison(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    sum(parser, out, depth)?;
    if let Some(binary) = sign(parser, COMPARISONS) {
        sum(parser, out, depth)?;
        out.push(Instruction::Binary(binary));
    }
    Ok(())
}

fn sum(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    product(parser, out, depth)?;
    while let Some(binary) = sign(parser, SUMS) {
        product(parser, out, depth)?;
        out.push(Instruction::Binary(binary));
    }
    Ok(())
}

fn product(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    signed(parser, out, depth)?;
    while let Some(binary) = sign(parser, PRODUCTS) {
        signed(parser, out, depth)?;
        out.push(Instruction::Binary(binary));
    }
    Ok(())
}

fn sign(parser: &mut Parser, signs: Signs) -> Option<Binary> {
    let found = parser.peek_sign()?;
    let (_, binary) = signs.iter().find(|(sign, _)| *sign == found)?;
    parser.at += 1;
    Some(*binary)
}

fn signed(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    let mut is_negative = false;
    while parser.peek_sign() == Some("-") {
        parser.at += 1;
        is_negative = !is_negative;
    }
    primary(parser, out, depth)?;
    if is_negative {
        out.push(Instruction::Unary(Unary::Negate));
    }
    Ok(())
}

fn primary(parser: &mut Parser, out: &mut Vec<Instruction>, depth: usize) -> Result<(), String> {
    let token = parser.peek().cloned().ok_or("a value was expected")?;
    parser.at += 1;
    match token {
        Token::Number(number) => out.push(Instruction::Push(Value::Number(number))),
        Token::Text(text) => out.push(Instruction::Push(Value::Text(text))),
        Token::Sign("(") => {
            any(parser, out, depth + 1)?;
            parser.sign(")")?;
        }
        Token::Sign(sign) => return Err(format!("a value was expected, not `{sign}`")),
        Token::Word(word) if parser.peek_sign() == Some("(") => {
            parser.sign("(")?;
            called(&word, parser, out, depth)?;
            parser.sign(")")?;
        }
        Token::Word(word) => out.push(match word.as_str() {
            "true" => Instruction::Push(Value::Bool(true)),
            "false" => Instruction::Push(Value::Bool(false)),
            "null" => Instruction::Push(Value::Null),
            name => Instruction::Load(path(name)),
        }),
    }
    Ok(())
}

fn called(
    function: &str,
    parser: &mut Parser,
    out: &mut Vec<Instruction>,
    depth: usize,
) -> Result<(), String> {
    let unary = match function {
        "exists" => {
            out.push(Instruction::Exists(path(&parser.word("a field")?)));
            return Ok(());
        }
        "lower" => Unary::Lower,
        "length" => Unary::Length,
        "round" => Unary::Round,
        "sum" => Unary::Sum,
        other => return Err(format!("there is no function `{other}`")),
    };
    any(parser, out, depth + 1)?;
    out.push(Instruction::Unary(unary));
    Ok(())
}
