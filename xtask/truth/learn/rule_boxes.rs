//! Rules as trees of boxes, by which each guest of a house is judged.

use truth::Random;

enum Rule {
    Value(f64),
    Field(usize),
    Add(Box<Rule>, Box<Rule>),
    Less(Box<Rule>, Box<Rule>),
    Not(Box<Rule>),
}

fn rule(random: &mut Random, depth: u32) -> Rule {
    if depth == 0 {
        return if random.below(2) == 0 {
            Rule::Value(random.unit())
        } else {
            Rule::Field(random.below(8))
        };
    }
    match random.below(3) {
        0 => Rule::Add(Box::new(rule(random, depth - 1)), Box::new(rule(random, depth - 1))),
        1 => Rule::Less(Box::new(rule(random, depth - 1)), Box::new(rule(random, depth - 1))),
        _ => Rule::Not(Box::new(rule(random, depth - 1))),
    }
}

fn value(rule: &Rule, fields: &[f64; 8]) -> f64 {
    match rule {
        Rule::Value(v) => *v,
        Rule::Field(f) => fields[*f],
        Rule::Add(a, b) => value(a, fields) + value(b, fields),
        Rule::Less(a, b) => f64::from(value(a, fields) < value(b, fields)),
        Rule::Not(a) => 1.0 - value(a, fields),
    }
}

fn main() {
    let mut random = Random::new(3);
    let rules: Vec<Rule> = (0..400).map(|_| rule(&mut random, 11)).collect();
    let mut sum = 0.0;
    for _ in 0..400 {
        let fields = std::array::from_fn(|_| random.unit());
        for rule in &rules {
            sum += value(rule, &fields);
        }
    }
    println!("{sum}");
}
