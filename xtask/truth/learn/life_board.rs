//! Conway's life on a board of bits, sixty-four cells to a word, with a census of each generation.

use truth::Random;

const WORDS: usize = 24;
const ROWS: usize = 1_536;

struct Board {
    cells: Vec<[u64; WORDS]>,
    next: Vec<[u64; WORDS]>,
}

/// Neighbours to the left and right of each cell of a row; the row is closed to a ring.
fn shifted(row: &[u64; WORDS]) -> ([u64; WORDS], [u64; WORDS]) {
    let (mut left, mut right) = ([0; WORDS], [0; WORDS]);
    for at in 0..WORDS {
        left[at] = row[at] << 1 | row[(at + WORDS - 1) % WORDS] >> 63;
        right[at] = row[at] >> 1 | row[(at + 1) % WORDS] << 63;
    }
    (left, right)
}

/// Adds a bit to a counter of three bits in each place.
fn add(counter: &mut [u64; 3], bit: u64) {
    let carry = counter[0] & bit;
    counter[0] ^= bit;
    let above = counter[1] & carry;
    counter[1] ^= carry;
    counter[2] |= above;
}

impl Board {
    fn new() -> Board {
        let mut random = Random::new(361);
        let cells: Vec<[u64; WORDS]> =
            (0..ROWS).map(|_| std::array::from_fn(|_| random.number() & random.number())).collect();
        Board { next: cells.clone(), cells }
    }

    fn step(&mut self) {
        for y in 0..ROWS {
            let above = &self.cells[(y + ROWS - 1) % ROWS];
            let here = &self.cells[y];
            let below = &self.cells[(y + 1) % ROWS];
            let sides = [shifted(above), shifted(here), shifted(below)];
            let next = &mut self.next[y];
            for at in 0..WORDS {
                let mut counter = [0; 3];
                for (left, right) in &sides {
                    add(&mut counter, left[at]);
                    add(&mut counter, right[at]);
                }
                add(&mut counter, above[at]);
                add(&mut counter, below[at]);
                let two_or_three = counter[1] & !counter[2];
                next[at] = two_or_three & (counter[0] | here[at]);
            }
        }
        std::mem::swap(&mut self.cells, &mut self.next);
    }

    /// Living cells, and rows without any.
    fn census(&self) -> (u32, usize) {
        let living = |row: &[u64; WORDS]| row.iter().map(|word| word.count_ones()).sum::<u32>();
        let rows = self.cells.iter().map(living);
        (rows.clone().sum(), rows.filter(|&living| living == 0).count())
    }
}

fn main() {
    let mut board = Board::new();
    let mut history = Vec::new();
    for _ in 0..5_000 {
        board.step();
        history.push(board.census());
    }
    let least = history.iter().map(|(living, _)| living).min().unwrap();
    println!("{least} at least, {:?} at last", history.last());
}
