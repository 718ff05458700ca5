//! How much sun falls on each column of a field of panels, and which rows shade others.

use truth::Random;

const ROWS: usize = 3000;
const COLUMNS: usize = 1500;
const HOURS: usize = 20;

struct Field {
    columns: usize,
    watts: Vec<u32>,
}

impl Field {
    fn of_column(&self, column: usize) -> u64 {
        let mut sum = 0;
        for row in 0..self.watts.len() / self.columns {
            sum += u64::from(self.watts[row * self.columns + column]);
        }
        sum
    }

    fn shade(&mut self, hour: usize) {
        for row in self.watts.chunks_exact_mut(self.columns).skip(hour).step_by(9) {
            row.iter_mut().for_each(|watts| *watts = *watts * 9 / 10 + 1);
        }
    }
}

fn main() {
    let mut random = Random::new(83);
    let watts = (0..ROWS * COLUMNS).map(|_| random.below(300) as u32).collect();
    let mut field = Field { columns: COLUMNS + random.below(2), watts };
    let (mut best, mut sum) = (0, 0);
    for hour in 0..HOURS {
        for column in 0..COLUMNS - 1 {
            let watts = field.of_column(column);
            best = best.max(watts);
            sum += watts;
        }
        field.shade(hour);
    }
    println!("{best} {sum}");
}
