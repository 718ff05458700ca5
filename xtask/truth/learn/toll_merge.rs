//! Tolls of two gates, each in the order of time: they are brought together, and parted again by
//! what kind of vehicle it was. Prints how many there were.

use truth::Random;

const PASSED: usize = 60_000;

#[derive(Clone, Copy)]
struct Passed {
    second: u32,
    toll: u32,
}

/// Both lists as one, in order.
fn together(one: &[Passed], other: &[Passed], all: &mut Vec<Passed>) {
    all.clear();
    let (mut at, mut beside) = (0, 0);
    while at < one.len() && beside < other.len() {
        if one[at].second <= other[beside].second {
            all.push(one[at]);
            at += 1;
        } else {
            all.push(other[beside]);
            beside += 1;
        }
    }
    all.extend_from_slice(&one[at..]);
    all.extend_from_slice(&other[beside..]);
}

/// What lorries paid, and what cars did; heavy ones pay more at night.
fn by_kind(all: &[Passed], lorries: &mut Vec<u32>, cars: &mut Vec<u32>) {
    lorries.clear();
    cars.clear();
    for passed in all {
        if passed.toll > 500 {
            lorries.push(passed.toll + passed.second % 7);
        } else {
            cars.push(passed.toll);
        }
    }
}

/// A gate's day.
fn gate(day: &mut [Passed], random: &mut Random) {
    let mut second = 0;
    for passed in day {
        let bits = random.number();
        second += (bits >> 61) as u32;
        *passed = Passed { second, toll: bits as u32 & 1_023 };
    }
}

fn main() {
    let mut random = Random::new(17);
    let empty = Passed { second: 0, toll: 0 };
    let (mut one, mut other) = (vec![empty; PASSED], vec![empty; PASSED]);
    let (mut all, mut lorries, mut cars) = (Vec::new(), Vec::new(), Vec::new());
    let (mut sum, mut heavy) = (0_u64, 0);
    for _ in 0..700 {
        gate(&mut one, &mut random);
        gate(&mut other, &mut random);
        together(&one, &other, &mut all);
        by_kind(&all, &mut lorries, &mut cars);
        sum += lorries.iter().map(|toll| u64::from(*toll)).sum::<u64>();
        heavy += lorries.len();
    }
    println!("{sum} {heavy} {}", cars.len());
}
