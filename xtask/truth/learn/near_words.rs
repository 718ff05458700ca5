//! Words that are near others: by how many letters must be changed, put in or left out. Nothing is
//! wrong with it. Prints the nearest pair.

use truth::{Random, word};

/// Rows of the table of all beginnings, one after the other in the same memory.
fn apart(one: &[u8], other: &[u8], row: &mut Vec<u8>) -> u8 {
    row.clear();
    row.extend(0..=other.len() as u8);
    for (at, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at as u8 + 1;
        let mut left = row[0];
        for (cell, of) in row[1..].iter_mut().zip(other) {
            let changed = diagonal + u8::from(letter != of);
            diagonal = *cell;
            left = changed.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
    }
    *row.last().unwrap_or(&0)
}

fn main() {
    let mut random = Random::new(1_965);
    let words: Vec<String> = (0..3_000).map(|_| word(random.below(900_000) + 70_000)).collect();
    let (mut nearest, mut row) = ((u8::MAX, 0, 0), Vec::new());
    for one in 0..words.len() {
        for other in one + 1..words.len() {
            let apart = apart(words[one].as_bytes(), words[other].as_bytes(), &mut row);
            if apart > 0 && apart < nearest.0 {
                nearest = (apart, one, other);
            }
        }
    }
    println!("{nearest:?}");
}
