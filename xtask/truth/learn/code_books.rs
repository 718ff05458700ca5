//! Codes that change by rows of numbers: tables of residues are multiplied with each other. Prints
//! the sum of the last.

use truth::Random;

const SIDE: usize = 320;
const PRIME: u64 = 65_521;

struct Table {
    numbers: Vec<u32>,
}

impl Table {
    fn random(random: &mut Random) -> Table {
        Table { numbers: (0..SIDE * SIDE).map(|_| random.below(PRIME as usize) as u32).collect() }
    }

    /// Each row of one with each column of the other.
    fn after(&self, other: &Table) -> Table {
        let mut numbers = vec![0; SIDE * SIDE];
        for row in 0..SIDE {
            for column in 0..SIDE {
                let mut sum = 0;
                for at in 0..SIDE {
                    let left = u64::from(self.numbers[row * SIDE + at]);
                    sum += left * u64::from(other.numbers[at * SIDE + column]);
                }
                numbers[row * SIDE + column] = (sum % PRIME) as u32;
            }
        }
        Table { numbers }
    }
}

/// Messages by a row of the table.
fn messages(table: &Table, random: &mut Random) -> u64 {
    let mut sum = 0;
    for _ in 0..3_000_000 {
        let bits = random.number();
        sum ^= bits.wrapping_mul(u64::from(table.numbers[(bits >> 50) as usize]));
    }
    sum
}

fn main() {
    let mut random = Random::new(1_466);
    let first = Table::random(&mut random);
    let mut table = Table::random(&mut random);
    let mut sum = 0;
    for _ in 0..55 {
        table = table.after(&first);
        sum ^= messages(&table, &mut random);
    }
    println!("{sum}");
}
