//! A city's register of trees: which would fall in a storm, and how long the walks are that inspect
//! them.

use truth::Random;

const STREETS: usize = 40_000;
const TREES_A_STREET: usize = 56;

struct Tree {
    number: u32,
    street: u32,
    x: i32,
    y: i32,
    planted: u16,
    species: u16,
    height: u16,
    girth: u16,
    crown: u16,
    house: u16,
    inspected: u32,
    inspector: u32,
    value: u32,
    permit: u32,
    remarks: [u8; 48],
}

#[derive(Default)]
struct Storm {
    trees: u64,
    metres: u64,
}

/// What a gust breaks: tall trees with thin trunks.
fn storm(trees: &[Tree], gust: u32) -> Storm {
    let mut storm = Storm::default();
    for tree in trees {
        let (height, girth) = (u32::from(tree.height), u32::from(tree.girth));
        let falls = height * gust > girth * girth;
        storm.trees += u64::from(falls);
        storm.metres += u64::from(if falls { height } else { 0 });
    }
    storm
}

fn apart(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// Decimetres of a walk from tree to tree.
fn walk(places: &[(i32, i32)]) -> i32 {
    places.windows(2).map(|pair| apart(pair[0], pair[1])).sum()
}

/// Turns parts of a walk round for as long as that makes it shorter.
fn shortened(places: &mut [(i32, i32)]) {
    let mut shorter = true;
    while shorter {
        shorter = false;
        for from in 0..places.len() - 2 {
            for to in from + 2..places.len() - 1 {
                let (a, b, c, d) = (places[from], places[from + 1], places[to], places[to + 1]);
                if apart(a, c) + apart(b, d) < apart(a, b) + apart(c, d) {
                    places[from + 1..=to].reverse();
                    shorter = true;
                }
            }
        }
    }
}

/// Length of the inspection of a street, and what its trees are worth.
fn inspection(street: &[Tree], places: &mut Vec<(i32, i32)>) -> (i32, u64) {
    places.clear();
    places.extend(street.iter().map(|tree| (tree.x, tree.y)));
    shortened(places);
    (walk(places), street.iter().map(|tree| u64::from(tree.value)).sum())
}

fn register() -> Vec<Tree> {
    let mut random = Random::new(1848);
    let mut trees = Vec::with_capacity(STREETS * TREES_A_STREET);
    for number in 0..(STREETS * TREES_A_STREET) as u32 {
        let age = random.below(120) as u16;
        let noise = random.number();
        trees.push(Tree {
            number,
            street: number / TREES_A_STREET as u32,
            x: random.below(5_000) as i32,
            y: random.below(400) as i32,
            planted: 2025 - age,
            species: random.skewed(90) as u16,
            height: 30 + age * 2 + noise as u16 % 60,
            girth: 15 + age * 2 + (noise >> 16) as u16 % 80,
            crown: 10 + (noise >> 32) as u16 % 120,
            house: (noise >> 48) as u16 % 200,
            inspected: 2015 + (noise >> 20) as u32 % 10,
            inspector: (noise >> 24) as u32 % 40,
            value: 200 + (noise >> 28) as u32 % 9_000,
            permit: (noise >> 8) as u32,
            remarks: [noise as u8; 48],
        });
    }
    trees
}

/// What identifies a tree on its sign.
fn sign(tree: &Tree) -> u64 {
    let place = u64::from(tree.street) << 16 | u64::from(tree.house);
    let kind = u64::from(tree.species) << 32 | u64::from(tree.planted) << 8;
    let state = u64::from(tree.inspected ^ tree.inspector ^ tree.permit) + u64::from(tree.crown);
    place.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ kind ^ state ^ u64::from(tree.remarks[7])
}

fn main() {
    let trees = register();
    let mut metres = 0;
    for gust in (30..330).step_by(3) {
        let storm = storm(&trees, gust);
        metres += storm.metres;
        if gust % 60 == 0 {
            println!("gust {gust}: {} trees", storm.trees);
        }
    }
    let mut places = Vec::new();
    let (mut length, mut value, mut signs) = (0, 0, 0);
    for street in trees.chunks(TREES_A_STREET) {
        let (walked, worth) = inspection(street, &mut places);
        length += i64::from(walked);
        value += worth;
        signs ^= sign(&street[walked as usize % street.len()]).rotate_left(street[0].number % 64);
    }
    println!("{metres} decimetres of wood, {length} of walks, {value} in value, {signs:x}");
}
