//! Fills the grids of a crossword magazine with words, each slot and each crossing at once.
//!
//! Words of a length have numbers, and for each place and letter there is a mask of the words that
//! have it there. What still fits a slot is what is left when the masks of its letters are joined.

use truth::{Random, word};

const SIDE: usize = 7;
const GRIDS: usize = 1_000;
const WORDS: usize = 90_000;
/// Slots that are tried for a grid before it is given up.
const PATIENCE: usize = 60_000;
const LETTERS: usize = 26;

/// The words of one length, without doubles, and their masks.
struct Words {
    words: Vec<Vec<u8>>,
    /// By place, letter, and sixty-four words at a time.
    masks: Vec<[Vec<u64>; LETTERS]>,
}

impl Words {
    fn of(length: usize, all: &[String]) -> Words {
        let mut words: Vec<Vec<u8>> = all
            .iter()
            .filter(|word| word.len() >= length)
            .map(|word| word.as_bytes()[..length].to_vec())
            .collect();
        words.sort_unstable();
        words.dedup();
        let blocks = words.len().div_ceil(64);
        let empty = || std::array::from_fn(|_| vec![0; blocks]);
        let mut masks: Vec<[Vec<u64>; LETTERS]> = (0..length).map(|_| empty()).collect();
        for (number, word) in words.iter().enumerate() {
            for (place, letter) in word.iter().enumerate() {
                masks[place][usize::from(letter - b'a')][number / 64] |= 1 << (number % 64);
            }
        }
        Words { words, masks }
    }

    /// The words that have these letters, where there are some.
    fn fitting(&self, letters: &[u8], fitting: &mut Vec<u64>) {
        fitting.clear();
        fitting.resize(self.words.len().div_ceil(64), u64::MAX);
        let over = self.words.len() % 64;
        if let (Some(last), 1..) = (fitting.last_mut(), over) {
            *last = (1 << over) - 1;
        }
        for (masks, &letter) in self.masks.iter().zip(letters) {
            if letter != b'.' {
                for (word, mask) in fitting.iter_mut().zip(&masks[usize::from(letter - b'a')]) {
                    *word &= mask;
                }
            }
        }
    }
}

struct Slot {
    cells: Vec<usize>,
    /// The slots that share a cell with it.
    crossing: Vec<usize>,
}

/// The slots of a grid: runs of white cells, across and down.
fn slots(black: &[bool]) -> Vec<Slot> {
    let mut slots = Vec::new();
    let lines = (0..SIDE).flat_map(|line| {
        let across: Vec<usize> = (0..SIDE).map(|at| line * SIDE + at).collect();
        let down: Vec<usize> = (0..SIDE).map(|at| at * SIDE + line).collect();
        [across, down]
    });
    for line in lines {
        for run in line.split(|&cell| black[cell]) {
            if run.len() > 2 {
                slots.push(Slot { cells: run.to_vec(), crossing: Vec::new() });
            }
        }
    }
    for one in 0..slots.len() {
        for other in 0..slots.len() {
            if one != other && slots[one].cells.iter().any(|cell| slots[other].cells.contains(cell))
            {
                slots[one].crossing.push(other);
            }
        }
    }
    slots
}

struct Puzzle<'a> {
    lexicon: &'a [Words],
    slots: Vec<Slot>,
    cells: Vec<u8>,
    tried: usize,
}

impl Puzzle<'_> {
    fn letters(&self, slot: usize) -> ([u8; SIDE], usize) {
        let cells = &self.slots[slot].cells;
        let mut letters = [b'.'; SIDE];
        for (letter, &cell) in letters.iter_mut().zip(cells) {
            *letter = self.cells[cell];
        }
        (letters, cells.len())
    }

    /// The open slot that the fewest words fit, with these words.
    fn tightest(&self, scratch: &mut Vec<u64>) -> Option<(usize, Vec<u64>)> {
        let mut best: Option<(u32, usize, Vec<u64>)> = None;
        for slot in 0..self.slots.len() {
            let (letters, length) = self.letters(slot);
            let letters = &letters[..length];
            if !letters.contains(&b'.') {
                continue;
            }
            self.lexicon[length].fitting(letters, scratch);
            let count = scratch.iter().map(|mask| mask.count_ones()).sum();
            if best.as_ref().is_none_or(|best| count < best.0) {
                best = Some((count, slot, scratch.clone()));
            }
        }
        best.map(|(_, slot, fitting)| (slot, fitting))
    }

    /// Whether a word still fits each slot that crosses one.
    fn is_sound(&self, changed: usize, scratch: &mut Vec<u64>) -> bool {
        self.slots[changed].crossing.iter().all(|&slot| {
            let (letters, length) = self.letters(slot);
            self.lexicon[length].fitting(&letters[..length], scratch);
            scratch.iter().any(|&mask| mask != 0)
        })
    }

    fn fill(&mut self, scratch: &mut Vec<u64>, turn: usize) -> bool {
        let Some((slot, fitting)) = self.tightest(scratch) else { return true };
        let before = self.letters(slot).0;
        let length = self.slots[slot].cells.len();
        let blocks = fitting.len();
        // Another beginning for each grid, so that magazines do not resemble each other.
        for block in (0..blocks).map(|block| (block + turn) % blocks) {
            let mut mask = fitting[block];
            while mask != 0 {
                let number = block * 64 + mask.trailing_zeros() as usize;
                mask &= mask - 1;
                self.tried += 1;
                if self.tried > PATIENCE {
                    return false;
                }
                let word = &self.lexicon[length].words[number];
                for (&cell, &letter) in self.slots[slot].cells.iter().zip(word) {
                    self.cells[cell] = letter;
                }
                if self.is_sound(slot, scratch) && self.fill(scratch, turn) {
                    return true;
                }
                for (&cell, &letter) in self.slots[slot].cells.iter().zip(&before) {
                    self.cells[cell] = letter;
                }
            }
        }
        false
    }
}

fn main() {
    let mut random = Random::new(821);
    let all: Vec<String> = (0..WORDS).map(|number| word(number * 11 + 5)).collect();
    let lexicon: Vec<Words> = (0..=SIDE).map(|length| Words::of(length, &all)).collect();
    let mut full = 0;
    let mut tried = 0;
    for grid in 0..GRIDS {
        let mut black = vec![false; SIDE * SIDE];
        for _ in 0..8 + random.below(6) {
            let cell = random.below(SIDE * SIDE);
            black[cell] = true;
            black[SIDE * SIDE - 1 - cell] = true;
        }
        let cells = black.iter().map(|&black| if black { b'#' } else { b'.' }).collect();
        let mut puzzle = Puzzle { lexicon: &lexicon, slots: slots(&black), cells, tried: 0 };
        let is_full = puzzle.fill(&mut Vec::new(), grid * 7);
        full += u32::from(is_full);
        tried += puzzle.tried;
        if is_full && full < 3 {
            for row in puzzle.cells.chunks(SIDE) {
                println!("{}", String::from_utf8_lossy(row));
            }
            println!();
        }
    }
    println!("{full} of {GRIDS} grids are full, {tried} words were tried");
}
