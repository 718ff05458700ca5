//! Mole hills on a meadow: how many are around each place, counted by looking at each square and
//! those beside it. Prints the fullest place.

use truth::Random;

struct Meadow {
    wide: usize,
    hills: Vec<i32>,
}

impl Meadow {
    fn at(&self, row: usize, column: usize) -> i32 {
        self.hills[row * self.wide + column]
    }

    fn around(&self, sums: &mut Vec<i32>) {
        let high = self.hills.len() / self.wide;
        for row in 1..high - 1 {
            for column in 1..self.wide - 1 {
                let mut sum = 0;
                for down in 0..3 {
                    for right in 0..3 {
                        sum += self.at(row + down - 1, column + right - 1);
                    }
                }
                sums[row * self.wide + column] = sum;
            }
        }
    }
}

fn main() {
    let mut random = Random::new(1_739);
    let wide = 400 + std::env::args().count();
    let mut meadow = Meadow { wide, hills: vec![0; wide * 300] };
    let (mut sums, mut fullest) = (vec![0; wide * 300], 0);
    for _ in 0..900 {
        for hill in &mut meadow.hills {
            *hill = (random.number() >> 62) as i32;
        }
        meadow.around(&mut sums);
        fullest = fullest.max(sums.iter().copied().max().unwrap_or(0));
    }
    println!("{fullest}");
}
