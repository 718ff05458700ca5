//! Cells around a block's length, with a special character at each place and at none.

use crate::table::Table;

/// The characters that mean something in HTML.
const SPECIALS: [&str; 5] = ["&", "<", ">", "\"", "'"];

/// Hand-made tables, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Table> {
    let mut edges = vec![
        Vec::new(),
        vec![String::new()],
        vec![String::new(); 40],
        SPECIALS.map(String::from).to_vec(),
        vec![(0..=0x2fff).filter_map(char::from_u32).collect()],
        // Neighbours of the five in the code, which must stay.
        "!#$%(*.;=?@[{\u{0}\u{7f}\u{80}\u{a6}\u{abc}".chars().map(String::from).collect(),
    ];
    // Two of a kind in a block, and in each of two: a search that forgets the first at the second.
    for special in SPECIALS {
        let block = format!("{special}bcdefg{special}ijklmnop");
        edges.push([1, 2, 3].map(|blocks| block.repeat(blocks)).to_vec());
    }
    for len in 0..70 {
        let clean = "abcdefgh".repeat(9)[..len].to_owned();
        let mut cells = vec![clean.clone()];
        for at in 0..len {
            let mut dirty = clean.clone();
            dirty.replace_range(at..=at, SPECIALS[at % 5]);
            cells.push(dirty);
        }
        cells.push("\"".repeat(len));
        cells.push("ä".repeat(len));
        edges.push(cells);
    }
    edges.into_iter().map(Table::new).collect()
}
