//! The inputs: texts of rules, made up.

use std::fmt::Write;
use std::sync::LazyLock;

use harness::data::{Rng, rand::RngExt, rng, vocabulary, zipf};

/// Operands of the longest statement that a person writes.
const LONGEST: usize = 100;

/// Some are written more often than others.
const OPERATORS: &str = "+++++****&&&&-->><<|/%";

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| vocabulary(2_000, 1));

/// Rules with `n` operands together, as a price list or an alerting system has them: most are
/// short, a few run over pages, some names occur everywhere.
pub fn rules(n: usize, seed: u64) -> String {
    let mut writer = Writer { text: String::with_capacity(n * 14), rng: rng(seed) };
    let (length, name) = (zipf(LONGEST, 1.2), zipf(NAMES.len(), 1.0));
    let mut left = n;
    while left > 0 {
        let operands = (length(&mut writer.rng) + 1).min(left);
        left -= operands;
        writer.name(&name);
        writer.text.push_str(" = ");
        writer.expression(operands, &name);
        writer.text.push_str(";\n");
    }
    writer.text
}

/// One rule that asks whether something is in a list of `n` numbers, as programs write it that ask
/// for many rows.
pub fn one_list(n: usize, seed: u64) -> String {
    let mut rng = rng(seed);
    let mut text = String::from("chosen = in(");
    for _ in 0..n {
        let _ = write!(text, "{}, ", rng.random_range(200_000..1_000_000));
    }
    text.push_str(");\n");
    text
}

struct Writer {
    text: String,
    rng: Rng,
}

impl Writer {
    fn expression(&mut self, operands: usize, name: &impl Fn(&mut Rng) -> usize) {
        match (operands, self.rng.random_range(0..8)) {
            (..=1, _) => self.operand(name),
            (_, 0 | 1) => self.call(operands, name),
            (_, kind) => {
                let first = self.rng.random_range(1..operands);
                let brackets = kind == 2;
                self.text.push_str(if brackets { "(" } else { "" });
                self.expression(first, name);
                let op = OPERATORS.as_bytes()[self.rng.random_range(0..OPERATORS.len())];
                let _ = write!(self.text, " {} ", op as char);
                self.expression(operands - first, name);
                self.text.push_str(if brackets { ")" } else { "" });
            }
        }
    }

    fn call(&mut self, operands: usize, name: &impl Fn(&mut Rng) -> usize) {
        self.name(name);
        self.text.push('(');
        let mut left = operands;
        while left > 0 {
            let argument = self.rng.random_range(1..=left);
            left -= argument;
            self.expression(argument, name);
            self.text.push_str(if left > 0 { ", " } else { ")" });
        }
    }

    fn operand(&mut self, name: &impl Fn(&mut Rng) -> usize) {
        match self.rng.random_range(0..16) {
            0 => self.text.push('-'),
            1..6 => {
                let shift = self.rng.random_range(16..32);
                let _ = write!(self.text, "{}", self.rng.random::<u32>() >> shift);
                return;
            }
            _ => {}
        }
        self.name(name);
    }

    fn name(&mut self, name: &impl Fn(&mut Rng) -> usize) {
        self.text.push_str(&NAMES[name(&mut self.rng)]);
    }
}
