//! Sums as clerks write them, "12+(7*30-4)", read byte by byte and worked out at once. Nothing is
//! wrong with it. Prints the sum of all.

use truth::Random;

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn next(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn number(&mut self) -> i64 {
        let mut number = 0_i64;
        while self.next().is_ascii_digit() {
            number = number * 10 + i64::from(self.next() - b'0');
            self.at += 1;
        }
        number
    }

    fn factor(&mut self) -> i64 {
        if self.next() != b'(' {
            return self.number();
        }
        self.at += 1;
        let sum = self.sum();
        self.at += 1;
        sum
    }

    fn product(&mut self) -> i64 {
        let mut product = self.factor();
        while self.next() == b'*' {
            self.at += 1;
            product = product.wrapping_mul(self.factor());
        }
        product
    }

    fn sum(&mut self) -> i64 {
        let mut sum = self.product();
        loop {
            let sign = match self.next() {
                b'+' => 1,
                b'-' => -1,
                _ => return sum,
            };
            self.at += 1;
            sum += sign * self.product();
        }
    }
}

/// Writes a sum; deeper ones are in brackets.
fn write(text: &mut Vec<u8>, random: &mut Random, depth: usize) {
    for part in 0..1 + random.below(3) {
        if part > 0 {
            text.push(b"+-*"[random.below(3)]);
        }
        if depth > 0 && random.below(3) == 0 {
            text.push(b'(');
            write(text, random, depth - 1);
            text.push(b')');
        } else {
            text.extend((0..1 + random.below(4)).map(|_| b'1' + random.below(9) as u8));
        }
    }
}

fn main() {
    let mut random = Random::new(1_642);
    let mut all = 0_i64;
    for _ in 0..3_000 {
        let mut text = Vec::new();
        write(&mut text, &mut random, 6);
        for _ in 0..25_000 {
            let sum = Reader { bytes: &text, at: 0 }.sum();
            all = all.wrapping_add(sum);
        }
    }
    println!("{all}");
}
