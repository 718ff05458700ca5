//! Checks the puzzles of a magazine: which of them have exactly one solution, and how much guessing
//! it takes to find it.

use truth::Random;

const PUZZLES: usize = 270_000;
const FULL: u16 = 0b1_1111_1111;

/// Digits that are taken, one bit for each, by row, by column and by box.
#[derive(Clone)]
struct Board {
    rows: [u16; 9],
    columns: [u16; 9],
    boxes: [u16; 9],
    cells: [u8; 81],
}

#[derive(Default)]
struct Search {
    solutions: usize,
    guesses: u64,
}

impl Board {
    fn new(cells: &[u8; 81]) -> Board {
        let mut board = Board { rows: [0; 9], columns: [0; 9], boxes: [0; 9], cells: [0; 81] };
        for (at, &digit) in cells.iter().enumerate().filter(|(_, digit)| **digit != 0) {
            board.put(at, digit);
        }
        board
    }

    fn put(&mut self, at: usize, digit: u8) {
        let bit = 1 << (digit - 1);
        self.rows[at / 9] |= bit;
        self.columns[at % 9] |= bit;
        self.boxes[at / 27 * 3 + at % 9 / 3] |= bit;
        self.cells[at] = digit;
    }

    fn take(&mut self, at: usize) {
        let bit = 1 << (self.cells[at] - 1);
        self.rows[at / 9] &= !bit;
        self.columns[at % 9] &= !bit;
        self.boxes[at / 27 * 3 + at % 9 / 3] &= !bit;
        self.cells[at] = 0;
    }

    /// Digits that fit into a cell.
    fn fitting(&self, at: usize) -> u16 {
        FULL & !(self.rows[at / 9] | self.columns[at % 9] | self.boxes[at / 27 * 3 + at % 9 / 3])
    }

    /// The empty cell into which the fewest digits fit.
    fn narrowest(&self) -> Option<(usize, u16)> {
        let mut best = None;
        let mut fewest = 10;
        for at in (0..81).filter(|&at| self.cells[at] == 0) {
            let fitting = self.fitting(at);
            if fitting.count_ones() < fewest {
                fewest = fitting.count_ones();
                best = Some((at, fitting));
                if fewest < 2 {
                    break;
                }
            }
        }
        best
    }

    /// Looks for solutions until there are two. The trail has the cells that were filled, and the
    /// digits that remain to be tried there.
    fn solve(&mut self, search: &mut Search, trail: &mut Vec<(usize, u16)>) {
        trail.clear();
        loop {
            match self.narrowest() {
                None => search.solutions += 1,
                Some((at, fitting)) => {
                    search.guesses += u64::from(fitting.count_ones() > 1);
                    trail.push((at, fitting));
                }
            }
            if search.solutions == 2 || !self.try_next(trail) {
                return;
            }
        }
    }

    /// Puts the next digit that remains, as far back as there is none.
    fn try_next(&mut self, trail: &mut Vec<(usize, u16)>) -> bool {
        while let Some((at, fitting)) = trail.last_mut() {
            if self.cells[*at] != 0 {
                self.take(*at);
            }
            if *fitting != 0 {
                self.put(*at, fitting.trailing_zeros() as u8 + 1);
                *fitting &= *fitting - 1;
                return true;
            }
            trail.pop();
        }
        false
    }
}

fn shuffled<const N: usize>(random: &mut Random) -> [usize; N] {
    let mut order = std::array::from_fn(|at| at);
    for at in (1..N).rev() {
        order.swap(at, random.below(at + 1));
    }
    order
}

/// A solved board with rows, columns and digits exchanged, of which some cells are left.
fn puzzle(random: &mut Random, left: usize) -> [u8; 81] {
    let digits = shuffled::<9>(random);
    let bands = shuffled::<3>(random);
    let rows = [(); 3].map(|()| shuffled::<3>(random));
    let columns = [(); 3].map(|()| shuffled::<3>(random));
    let mut cells = [0; 81];
    for &at in shuffled::<81>(random).iter().take(left) {
        let (row, column) = (at / 9, at % 9);
        let row = bands[row / 3] * 3 + rows[row / 3][row % 3];
        let column = bands[column / 3] * 3 + columns[column / 3][column % 3];
        cells[at] = digits[(row * 3 + row / 3 + column) % 9] as u8 + 1;
    }
    cells
}

fn main() {
    let mut random = Random::new(9);
    let mut trail = Vec::with_capacity(81);
    let (mut unique, mut hardest, mut guesses) = (0, (0, 0), 0);
    for number in 0..PUZZLES {
        let mut board = Board::new(&puzzle(&mut random, 30 + number % 12));
        let mut search = Search::default();
        board.solve(&mut search, &mut trail);
        unique += usize::from(search.solutions == 1);
        guesses += search.guesses;
        hardest = hardest.max((search.guesses, number));
    }
    println!("{unique} of {PUZZLES} have one solution, {guesses} guesses");
    println!("hardest: number {} with {} guesses", hardest.1, hardest.0);
}
