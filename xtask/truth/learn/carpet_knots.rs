//! Carpets and who knotted them: a register that is asked how many of a kind there are. Prints what
//! they are worth.

use truth::Random;

#[derive(Clone)]
struct Carpet {
    number: usize,
    knots: i64,
    year: Option<i64>,
    colours: usize,
    worth: Option<u64>,
    sold: Option<i64>,
}

/// How many there are of an age with so many knots, and what those that are not sold are worth.
fn stock(carpets: &[Carpet], since: i64, knots: i64) -> (usize, u64) {
    let fits = |carpet: &&Carpet| {
        carpet.knots >= knots && carpet.year.unwrap_or(0) >= since && carpet.sold.is_none()
    };
    carpets.iter().filter(fits).fold((0, 0), |(many, worth), carpet| {
        (many + carpet.colours % 2 + carpet.number % 2, worth + carpet.worth.unwrap_or(0))
    })
}

/// Patterns of a carpet: a row follows from the one before.
fn pattern(row: &mut u64, rule: u64) -> u32 {
    let mut knots = 0;
    for _ in 0..2_000 {
        *row = (*row << 1 | *row >> 63) ^ (*row & rule);
        knots ^= (*row >> 32) as u32;
    }
    knots
}

fn main() {
    let mut random = Random::new(1_540);
    let carpets: Vec<Carpet> = (0..500_000)
        .map(|number| Carpet {
            number,
            knots: random.below(4_000) as i64,
            year: (random.below(5) > 0).then(|| 1_700 + random.below(320) as i64),
            colours: random.below(30),
            worth: (random.below(3) > 0).then(|| random.below(90_000) as u64),
            sold: (random.below(2) > 0).then(|| 1_990 + random.below(30) as i64),
        })
        .collect();
    let (mut worth, mut row, mut knots) = (0, 1, 0);
    for question in 0..500 {
        let (many, of) = stock(&carpets, 1_700 + question % 300, question * 7 % 3_000);
        worth += of + many as u64;
        for _ in 0..200 {
            knots ^= pattern(&mut row, random.number());
        }
    }
    println!("{worth} {knots}");
}
