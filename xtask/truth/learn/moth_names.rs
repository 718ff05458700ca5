//! Moths by their names: a table of numbers for names that are lent from one text, with a hash that
//! is quick. Nothing is wrong with it. Prints the commonest.

use hashbrown::HashMap;
use truth::text;

fn main() {
    let text = text(6_000_000, 400_000, 1_758);
    let mut counts: HashMap<&str, u32, foldhash::fast::FixedState> = HashMap::default();
    for name in text.split_ascii_whitespace() {
        *counts.entry(name).or_insert(0) += 1;
    }
    println!("{:?}", counts.iter().max_by_key(|(_, count)| **count));
}
