//! Computes a sheet whose cells are formulas, again and again while one number is varied.

use truth::Random;

const INPUTS: usize = 64;

/// What a formula says.
enum Node {
    Number(f64),
    Input(usize),
    Sum(Box<Node>, Box<Node>),
    Difference(Box<Node>, Box<Node>),
    Product(Box<Node>, Box<Node>),
    Least(Box<Node>, Box<Node>),
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn sum(&mut self) -> Box<Node> {
        let mut left = self.product();
        loop {
            match self.peek() {
                b'+' => {
                    self.at += 1;
                    left = Box::new(Node::Sum(left, self.product()));
                }
                b'-' => {
                    self.at += 1;
                    left = Box::new(Node::Difference(left, self.product()));
                }
                _ => return left,
            }
        }
    }

    fn product(&mut self) -> Box<Node> {
        let mut left = self.factor();
        while matches!(self.peek(), b'*' | b'&') {
            let least = self.peek() == b'&';
            self.at += 1;
            let right = self.factor();
            left =
                Box::new(if least { Node::Least(left, right) } else { Node::Product(left, right) });
        }
        left
    }

    fn number(&mut self) -> usize {
        let mut number = 0;
        while self.peek().is_ascii_digit() {
            number = number * 10 + usize::from(self.peek() - b'0');
            self.at += 1;
        }
        number
    }

    fn factor(&mut self) -> Box<Node> {
        match self.peek() {
            b'(' => {
                self.at += 1;
                let inside = self.sum();
                self.at += 1;
                inside
            }
            b'i' => {
                self.at += 1;
                Box::new(Node::Input(self.number()))
            }
            _ => Box::new(Node::Number(self.number() as f64)),
        }
    }
}

fn value(node: &Node, inputs: &[f64; INPUTS]) -> f64 {
    match node {
        Node::Number(number) => *number,
        Node::Input(at) => inputs[*at],
        Node::Sum(a, b) => value(a, inputs) + value(b, inputs),
        Node::Difference(a, b) => value(a, inputs) - value(b, inputs),
        Node::Product(a, b) => value(a, inputs) * value(b, inputs),
        Node::Least(a, b) => value(a, inputs).min(value(b, inputs)),
    }
}

fn write_formula(random: &mut Random, depth: usize, text: &mut String) {
    if depth == 0 {
        match random.below(3) {
            0 => text.push((b'1' + random.below(9) as u8) as char),
            _ => text.extend(["i", ["7", "12", "30", "4", "63", "21"][random.below(6)]]),
        }
        return;
    }
    text.push('(');
    write_formula(random, depth - 1, text);
    text.push(['+', '-', '*', '&'][random.below(4)]);
    let shorter = random.below(2).min(depth - 1);
    write_formula(random, depth - 1 - shorter, text);
    text.push(')');
}

/// The new sheet: each text is parsed, computed, and its tree dropped.
fn compute(formulas: &[String], inputs: &[f64; INPUTS]) -> Vec<f64> {
    let cell = |formula: &String| {
        let tree = Parser { text: formula.as_bytes(), at: 0 }.sum();
        value(&tree, inputs).clamp(-1e6, 1e6)
    };
    formulas.iter().map(cell).collect()
}

/// How much each two cells of a window go together, over all variations.
fn correlations(sheets: &[Vec<f64>]) -> f64 {
    let mut sum = 0.0;
    for sheet in sheets {
        let mean = sheet.iter().sum::<f64>() / sheet.len() as f64;
        for (at, cell) in sheet.iter().enumerate() {
            let near = &sheet[at.saturating_sub(24)..at];
            sum +=
                near.iter().map(|other| ((cell - mean) * (other - mean)).abs().sqrt()).sum::<f64>();
        }
    }
    sum
}

fn main() {
    let mut random = Random::new(461);
    let mut formulas = Vec::new();
    for _ in 0..2_500 {
        let mut text = String::new();
        write_formula(&mut random, 6, &mut text);
        formulas.push(text);
    }
    let mut inputs = [0.0; INPUTS];
    inputs.fill_with(|| random.unit() * 3.0);
    let mut sheets = Vec::new();
    for variation in 0..100 {
        inputs[12] = f64::from(variation) / 20.0;
        sheets.push(compute(&formulas, &inputs));
    }
    println!("{:.3}, {:.3}", sheets[50][100], correlations(&sheets));
}
