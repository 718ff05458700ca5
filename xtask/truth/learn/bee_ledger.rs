//! Keeps a register of beehives: hives are grouped by their keeper, and each group is asked for its
//! honey, its swarms and its losses for a map of the country.

use truth::Random;

const HIVES: usize = 400_000;
const KEEPERS: usize = 900;
const YEARS: u32 = 60;

struct Hive {
    number: u32,
    keeper: u32,
    name: [u8; 40],
    place: (f64, f64),
    queen_born: u32,
    honey_grams: u32,
    swarms: u16,
    mites: u16,
    notes: [u32; 6],
    lost: bool,
}

fn hive(random: &mut Random, number: u32) -> Hive {
    let bits = random.number();
    Hive {
        number,
        keeper: random.below(KEEPERS) as u32,
        name: std::array::from_fn(|at| b'a' + (bits.rotate_left(at as u32) % 26) as u8),
        place: (random.unit() * 400.0, random.unit() * 700.0),
        queen_born: 2015 + (bits % 9) as u32,
        honey_grams: 4_000 + (bits >> 20) as u32 % 40_000,
        swarms: (bits >> 8) as u16 % 4,
        mites: (bits >> 12) as u16 % 300,
        notes: std::array::from_fn(|at| (bits >> (at * 5)) as u32),
        lost: bits % 11 == 0,
    }
}

/// Hives by keeper, in the order of their places.
fn grouped(hives: &[Hive]) -> Vec<Vec<&Hive>> {
    let mut groups: Vec<Vec<&Hive>> = (0..KEEPERS).map(|_| Vec::new()).collect();
    for hive in hives {
        groups[hive.keeper as usize].push(hive);
    }
    for group in &mut groups {
        group.sort_by(|a, b| a.place.0.total_cmp(&b.place.0));
    }
    groups
}

/// Kilograms of honey of a keeper's hives, as they would be if each gave a little more each year.
fn honey(group: &[&Hive], year: u32) -> u64 {
    group.iter().map(|hive| u64::from(hive.honey_grams + year * 7)).sum::<u64>() / 1000
}

fn label(hive: &Hive) -> u64 {
    let letters: u64 = hive.name.iter().map(|letter| u64::from(*letter)).sum();
    letters + u64::from(hive.number ^ hive.notes[2]) + u64::from(hive.mites)
}

fn main() {
    let mut random = Random::new(611);
    let hives: Vec<Hive> = (0..HIVES as u32).map(|number| hive(&mut random, number)).collect();
    let groups = grouped(&hives);
    let labels = hives.iter().map(label).fold(0_u64, |sum, label| sum.wrapping_mul(31) ^ label);
    let lost = hives.iter().filter(|hive| hive.lost && hive.swarms == 0).count();
    let old = hives.iter().filter(|hive| hive.queen_born < 2017).count();
    println!("{labels:x}: {lost} lost, {old} old queens");
    let mut best = (0, 0);
    for year in 0..YEARS {
        let all: Vec<u64> = groups.iter().map(|group| honey(group, year)).collect();
        let (most, keeper) = all.iter().zip(0..).max().unwrap();
        best = best.max((*most, keeper));
    }
    println!("keeper {} with {} kg", best.1, best.0);
}
