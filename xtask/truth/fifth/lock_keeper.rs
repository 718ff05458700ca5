//! The shortest way to bring barges through a yard of narrow canals: a search over arrangements of
//! the yard, each of which is remembered so that none is tried twice.

use std::collections::VecDeque;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use truth::Random;

const SIDE: usize = 6;
const EMPTY: u8 = b'.';
const YARDS: usize = 1_000;
const MOST: usize = 90_000;

/// A yard: which barge is in each cell.
type Yard = [u8; SIDE * SIDE];

/// Where an arrangement came from.
#[derive(Clone, Copy)]
struct Step {
    before: u32,
    barge: u8,
}

struct Barge {
    name: u8,
    cells: usize,
    at: usize,
    /// Distance between its cells: one if it lies east to west, a row if north to south.
    stride: usize,
}

/// Places barges at random; the first one lies in the row of the exit.
fn yard(random: &mut Random) -> Yard {
    let mut yard = [EMPTY; SIDE * SIDE];
    yard[2 * SIDE] = b'A';
    yard[2 * SIDE + 1] = b'A';
    let mut name = b'B';
    for _ in 0..60 {
        let cells = 2 + random.below(2);
        let across = random.below(2) == 0;
        let (row, column) = (random.below(SIDE), random.below(SIDE + 1 - cells));
        let place = |at: usize| {
            if across { row * SIDE + column + at } else { (column + at) * SIDE + row }
        };
        let in_way = across && row == 2;
        if name < b'L' && !in_way && (0..cells).all(|at| yard[place(at)] == EMPTY) {
            (0..cells).for_each(|at| yard[place(at)] = name);
            name += 1;
        }
    }
    yard
}

/// The barges of a yard, in the order of their names.
fn barges(yard: &[u8], barges: &mut Vec<Barge>) {
    barges.clear();
    for (at, &name) in yard.iter().enumerate() {
        if name == EMPTY {
            continue;
        }
        if let Some(barge) = barges.iter_mut().find(|barge| barge.name == name) {
            if barge.cells == 1 {
                barge.stride = at - barge.at;
            }
            barge.cells += 1;
        } else {
            barges.push(Barge { name, cells: 1, at, stride: 1 });
        }
    }
}

/// The cells that a barge could move to and would leave, one step either way.
fn moves(yard: &[u8], barge: &Barge) -> [Option<(usize, usize)>; 2] {
    let last = barge.at + (barge.cells - 1) * barge.stride;
    let along = |cell: usize| if barge.stride == 1 { cell % SIDE } else { cell / SIDE };
    let back = (along(barge.at) > 0).then(|| barge.at - barge.stride);
    let on = (along(last) + 1 < SIDE).then(|| last + barge.stride);
    let free = |cell: &usize| yard[*cell] == EMPTY;
    [back.filter(free).map(|to| (to, last)), on.filter(free).map(|to| (to, barge.at))]
}

fn is_out(yard: &[u8]) -> bool {
    yard[2 * SIDE + SIDE - 1] == b'A'
}

/// Moves until the first barge is out, and how many arrangements were looked at.
fn shortest(start: Yard) -> (Option<usize>, usize) {
    let mut numbers: HashMap<Yard, u32, FixedState> = HashMap::default();
    let mut steps = vec![Step { before: 0, barge: 0 }];
    let mut open = VecDeque::from([(start, 0_u32)]);
    numbers.insert(start, 0);
    let mut list = Vec::with_capacity(16);
    while let Some((yard, number)) = open.pop_front() {
        if is_out(&yard) {
            return (Some(turns(&steps, number)), steps.len());
        }
        if steps.len() > MOST {
            break;
        }
        barges(&yard, &mut list);
        // One arrangement is changed in place and changed back; only those that are new are kept.
        let mut next = yard;
        for barge in &list {
            for (to, from) in moves(&next, barge).into_iter().flatten() {
                (next[to], next[from]) = (barge.name, EMPTY);
                if !numbers.contains_key(&next) {
                    let new = steps.len() as u32;
                    steps.push(Step { before: number, barge: barge.name });
                    numbers.insert(next, new);
                    open.push_back((next, new));
                }
                (next[to], next[from]) = (EMPTY, barge.name);
            }
        }
    }
    (None, steps.len())
}

/// How often another barge is moved than before, on the way to an arrangement.
fn turns(steps: &[Step], mut number: u32) -> usize {
    let (mut turns, mut barge) = (0, 0);
    while number > 0 {
        let step = steps[number as usize];
        turns += usize::from(step.barge != barge);
        barge = step.barge;
        number = step.before;
    }
    turns
}

fn main() {
    let mut random = Random::new(524);
    let (mut solved, mut all) = (0, 0);
    for number in 0..YARDS {
        let (turns, looked) = shortest(yard(&mut random));
        all += looked;
        if let Some(turns) = turns {
            solved += 1;
            if turns > 9 {
                println!("yard {number}: {turns} turns, {looked} arrangements");
            }
        }
    }
    println!("{solved} of {YARDS} yards, {all} arrangements");
}
