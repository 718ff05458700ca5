//! Turns a shop's table of days by goods into one of goods by days, for each branch, and looks for
//! goods that stopped selling.

use truth::Random;

const DAYS: usize = 2048;
const GOODS: usize = 1024;
const BRANCHES: usize = 60;

type Table = Vec<Vec<u32>>;

fn by_good(by_day: &Table, goods: &mut Table) {
    for (day, sold) in by_day.iter().enumerate() {
        for (good, &pieces) in sold.iter().enumerate() {
            goods[good][day] = pieces;
        }
    }
}

/// The day after which next to nothing was sold.
fn stopped(days: &[u32]) -> Option<usize> {
    let last = days.iter().rposition(|&pieces| pieces > 3)?;
    (last + 30 < days.len()).then_some(last)
}

/// The next branch sold other goods on the same days.
fn next_branch(table: &mut Table, random: &mut Random) {
    for sold in table {
        sold.rotate_left(random.below(GOODS));
    }
}

fn main() {
    let mut random = Random::new(47);
    let row = |random: &mut Random| (0..GOODS).map(|_| random.below(12) as u32).collect();
    let mut table: Table = (0..DAYS).map(|_| row(&mut random)).collect();
    let mut goods: Table = vec![vec![0; DAYS]; GOODS];
    let (mut ended, mut smooth) = (0, 0);
    for _ in 0..BRANCHES {
        next_branch(&mut table, &mut random);
        by_good(&table, &mut goods);
        for good in &goods {
            ended += stopped(good).unwrap_or(0);
            smooth += good.windows(7).map(|week| week.iter().sum::<u32>() / 7).max().unwrap_or(0);
        }
    }
    println!("{ended} {smooth}");
}
