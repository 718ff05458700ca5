//! Parts of an engine and what they weigh with all that belongs to them: a table that is asked by
//! number, far larger than any cache. Prints the heaviest.

use truth::Random;

const PARTS: usize = 1 << 22;

/// Open addressing: the key is at its place, or behind it.
struct Table {
    keys: Vec<u64>,
    weights: Vec<f64>,
}

fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 41) as usize
}

impl Table {
    fn new(random: &mut Random) -> Table {
        let (mut keys, mut weights) = (vec![0; 2 * PARTS], vec![0.0; 2 * PARTS]);
        for number in 1..=PARTS as u64 {
            let mut at = place(number);
            while keys[at] != 0 {
                at = (at + 1) % keys.len();
            }
            keys[at] = number;
            weights[at] = random.unit();
        }
        Table { keys, weights }
    }

    fn weight(&self, key: u64) -> f64 {
        let mut at = place(key);
        while self.keys[at] != key {
            if self.keys[at] == 0 {
                return 0.0;
            }
            at = (at + 1) % self.keys.len();
        }
        self.weights[at]
    }
}

/// What an engine weighs: all of its parts.
fn engine(table: &Table, parts: &[u32]) -> f64 {
    parts.iter().map(|part| table.weight(u64::from(*part))).sum()
}

/// A new engine's parts.
fn chosen(random: &mut Random, parts: &mut [u32]) {
    for part in parts {
        let bits = random.number();
        *part = 1 + (bits >> 42) as u32;
    }
}

fn main() {
    let mut random = Random::new(88);
    let table = Table::new(&mut random);
    let (mut parts, mut heaviest) = (vec![0; 2_000], 0.0_f64);
    for _ in 0..36_000 {
        chosen(&mut random, &mut parts);
        heaviest = heaviest.max(engine(&table, &parts));
    }
    println!("{heaviest:.3}");
}
