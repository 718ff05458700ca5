//! Changes that are rung on a few bells: how far each row is from others, bell by bell. How many
//! bells there are is only known when it begins. Prints the row that is farthest from all.

use truth::Random;

struct Tower {
    bells: usize,
    rows: Vec<i32>,
}

impl Tower {
    fn row(&self, at: usize) -> &[i32] {
        &self.rows[at * self.bells..][..self.bells]
    }

    fn distance(&self, row: &[i32], at: usize) -> i32 {
        let mut distance = 0;
        for (one, other) in row.iter().zip(self.row(at)) {
            distance += (one - other) * (one - other);
        }
        distance
    }
}

/// How loud a row is, by which bells come behind each other.
fn loudness(order: &mut [u32], random: &mut Random) -> u32 {
    let mut loud = 0;
    for _ in 0..40 {
        order.swap(random.below(order.len()), 0);
        loud += order.windows(2).map(|two| two[0] * 3 ^ two[1]).sum::<u32>() & 0xff;
    }
    loud
}

fn main() {
    let bells = 4 + std::env::args().count();
    let mut random = Random::new(1_667);
    let rows = (0..3_000 * bells).map(|_| random.below(40) as i32).collect();
    let tower = Tower { bells, rows };
    let (mut farthest, mut loud) = ((0, 0), 0);
    let mut order: Vec<u32> = (0..64).collect();
    for round in 0..500 {
        for at in 0..900 {
            let of: i32 = (0..1_000)
                .map(|other| tower.distance(tower.row(at * 3), (other + round * 30) % 3_000))
                .sum();
            if of > farthest.1 {
                farthest = (at, of);
            }
            if at % 4 == 0 {
                loud ^= loudness(&mut order, &mut random);
            }
        }
    }
    println!("{farthest:?} {loud}");
}
