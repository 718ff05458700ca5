//! Evaluates pricing rules: each is parsed into a tree, simplified, and applied to a basket.

use truth::Random;

enum Node {
    Number(f64),
    Field(u8),
    Binary { operator: u8, left: Box<Node>, right: Box<Node> },
}

struct Parser<'a> {
    rest: &'a [u8],
}

impl Parser<'_> {
    fn expression(&mut self) -> Box<Node> {
        let mut left = self.product();
        while let Some(&operator @ (b'+' | b'-')) = self.rest.first() {
            self.rest = &self.rest[1..];
            let right = self.product();
            left = Box::new(Node::Binary { operator, left, right });
        }
        left
    }

    fn product(&mut self) -> Box<Node> {
        let mut left = self.atom();
        while let Some(&operator @ (b'*' | b'/')) = self.rest.first() {
            self.rest = &self.rest[1..];
            let right = self.atom();
            left = Box::new(Node::Binary { operator, left, right });
        }
        left
    }

    fn atom(&mut self) -> Box<Node> {
        match self.rest[0] {
            b'(' => {
                self.rest = &self.rest[1..];
                let inner = self.expression();
                self.rest = &self.rest[1..];
                inner
            }
            letter @ b'a'..=b'h' => {
                self.rest = &self.rest[1..];
                Box::new(Node::Field(letter - b'a'))
            }
            _ => {
                let mut number = 0.0;
                while let Some(digit @ b'0'..=b'9') = self.rest.first() {
                    number = number * 10.0 + f64::from(digit - b'0');
                    self.rest = &self.rest[1..];
                }
                Box::new(Node::Number(number))
            }
        }
    }
}

fn apply(operator: u8, left: f64, right: f64) -> f64 {
    match operator {
        b'+' => left + right,
        b'-' => left - right,
        b'*' => left * right,
        _ => left / (right.abs() + 1.0),
    }
}

/// Folds what does not depend on a basket.
fn simplify(node: Box<Node>) -> Box<Node> {
    let Node::Binary { operator, left, right } = *node else { return node };
    match (simplify(left), simplify(right)) {
        (left, right) if matches!((&*left, &*right), (Node::Number(_), Node::Number(_))) => {
            let (Node::Number(left), Node::Number(right)) = (*left, *right) else {
                unreachable!("both were looked at");
            };
            Box::new(Node::Number(apply(operator, left, right)))
        }
        (left, right) => Box::new(Node::Binary { operator, left, right }),
    }
}

fn evaluate(node: &Node, basket: &[f64; 8]) -> f64 {
    match node {
        Node::Number(number) => *number,
        Node::Field(field) => basket[usize::from(*field)],
        Node::Binary { operator, left, right } => {
            apply(*operator, evaluate(left, basket), evaluate(right, basket))
        }
    }
}

/// The text of a rule; deeper ones are longer.
fn rule(random: &mut Random, depth: usize, text: &mut String) {
    if depth == 0 || random.below(8) == 0 {
        match random.below(2) {
            0 => text.push((b'a' + random.below(8) as u8) as char),
            _ => text.push_str(&(1 + random.below(99)).to_string()),
        }
        return;
    }
    text.push('(');
    rule(random, depth - 1, text);
    text.push(['+', '-', '*', '/'][random.below(4)]);
    rule(random, depth - 1, text);
    text.push(')');
}

fn main() {
    let mut random = Random::new(13);
    let rules: Vec<String> = (0..400)
        .map(|_| {
            let mut text = String::new();
            rule(&mut random, 9, &mut text);
            text
        })
        .collect();
    let mut sum = 0.0;
    for customer in 0..240 {
        let baskets: [[f64; 8]; 2] =
            std::array::from_fn(|_| std::array::from_fn(|_| random.unit() * 100.0));
        for rule in &rules {
            let tree = simplify(Parser { rest: rule.as_bytes() }.expression());
            sum += baskets.iter().map(|basket| evaluate(&tree, basket)).sum::<f64>();
        }
        if customer % 60 == 0 {
            println!("customer {customer}: {sum:.3}");
        }
    }
}
