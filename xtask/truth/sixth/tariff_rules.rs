//! An insurer's tariffs: each is a formula in a text of its own, which is read when a customer's
//! offers are made, and worked out for that customer's car, house and trip.

use truth::Random;

const FACTS: usize = 16;

enum Formula {
    Number(f64),
    Fact(usize),
    Negative(Box<Formula>),
    Sum(Box<Formula>, Box<Formula>),
    Difference(Box<Formula>, Box<Formula>),
    Product(Box<Formula>, Box<Formula>),
    Larger(Box<Formula>, Box<Formula>),
    /// The second if the first is above nothing, or else the third.
    Choice(Box<Formula>, Box<Formula>, Box<Formula>),
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

type Parsed = Option<Box<Formula>>;

impl Reader<'_> {
    fn formula(&mut self) -> Parsed {
        let sign = *self.text.get(self.at)?;
        self.at += 1;
        Some(Box::new(match sign {
            b'0'..=b'9' => Formula::Number(self.number(sign)),
            b'a'..=b'p' => Formula::Fact(usize::from(sign - b'a')),
            b'!' => Formula::Negative(self.formula()?),
            b'+' => Formula::Sum(self.formula()?, self.formula()?),
            b'-' => Formula::Difference(self.formula()?, self.formula()?),
            b'*' => Formula::Product(self.formula()?, self.formula()?),
            b'>' => Formula::Larger(self.formula()?, self.formula()?),
            b'?' => Formula::Choice(self.formula()?, self.formula()?, self.formula()?),
            _ => return None,
        }))
    }

    /// A number in hundredths, which ends with a full stop.
    fn number(&mut self, first: u8) -> f64 {
        let mut number = u32::from(first - b'0');
        while let Some(digit @ b'0'..=b'9') = self.text.get(self.at) {
            number = number * 10 + u32::from(digit - b'0');
            self.at += 1;
        }
        self.at += 1;
        f64::from(number) / 100.0
    }
}

fn parse(text: &[u8]) -> Parsed {
    let mut reader = Reader { text, at: 0 };
    reader.formula().filter(|_| reader.at == text.len())
}

impl Formula {
    fn value(&self, facts: &[f64; FACTS]) -> f64 {
        match self {
            Formula::Number(number) => *number,
            Formula::Fact(fact) => facts[*fact],
            Formula::Negative(inner) => -inner.value(facts),
            Formula::Sum(a, b) => a.value(facts) + b.value(facts),
            Formula::Difference(a, b) => a.value(facts) - b.value(facts),
            Formula::Product(a, b) => a.value(facts) * b.value(facts),
            Formula::Larger(a, b) => f64::max(a.value(facts), b.value(facts)),
            Formula::Choice(a, b, _) if a.value(facts) > 0.0 => b.value(facts),
            Formula::Choice(_, _, c) => c.value(facts),
        }
    }
}

/// A formula as the actuaries' old machine has them: what is to be done, then with what.
fn write(depth: usize, random: &mut Random, text: &mut String) {
    match if depth == 0 { random.below(2) } else { 2 + random.below(6) } {
        0 => *text += &format!("{}.", 1 + random.below(300)),
        1 => text.push(char::from(b'a' + random.below(FACTS) as u8)),
        kind => {
            text.push_str(["+", "-", "*", ">", ">!", "?"][kind - 2]);
            for _ in 0..if kind == 7 { 3 } else { 2 } {
                write(depth - 1 - random.below(2).min(depth - 1), random, text);
            }
        }
    }
}

fn facts(random: &mut Random) -> [f64; FACTS] {
    std::array::from_fn(|_| random.unit() * 2.0)
}

fn main() {
    let mut random = Random::new(1706);
    let tariffs: Vec<String> = (0..300)
        .map(|_| {
            let (mut text, depth) = (String::new(), 5 + random.below(4));
            write(depth, &mut random, &mut text);
            text
        })
        .collect();
    let (mut offers, mut total, mut refused) = (0, 0.0, 0);
    for _customer in 0..1300 {
        let risks: [[f64; FACTS]; 3] = std::array::from_fn(|_| facts(&mut random));
        for tariff in &tariffs {
            let Some(formula) = parse(tariff.as_bytes()) else {
                refused += 1;
                continue;
            };
            for risk in &risks {
                let premium = formula.value(risk);
                if premium.abs() < 1000.0 {
                    total += premium;
                    offers += 1;
                }
            }
        }
    }
    println!("{offers} offers of {total:.2} together, {refused} refused");
}
