//! Counts ways of rooks over a board that is kept in bits, one word for all fields.

use truth::Random;

const BOARDS: usize = 25_000_000;

const LEFT: u64 = 0x0101_0101_0101_0101;

/// Fields that a rook reaches, filled up one step after another.
fn reached(rooks: u64, taken: u64) -> u64 {
    let free = !taken;
    let (mut east, mut west, mut north, mut south) = (rooks, rooks, rooks, rooks);
    for _ in 0..7 {
        east |= east << 1 & !LEFT & free;
        west |= (west & !LEFT) >> 1 & free;
        north |= north << 8 & free;
        south |= south >> 8 & free;
    }
    (east | west | north | south) & !rooks
}

/// The fields one by one: the lowest, and then without it.
fn fields(mut board: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lowest = (board != 0).then(|| board.trailing_zeros());
        board &= board.wrapping_sub(1);
        lowest
    })
}

fn main() {
    let mut random = Random::new(89);
    let (mut sum, mut visits) = (0_u64, [0_u32; 64]);
    for _ in 0..BOARDS {
        let taken = random.number() & random.number() & random.number();
        let rook = 1 << random.below(64);
        for field in fields(reached(rook, taken)) {
            visits[field as usize] += 1;
            sum += u64::from(field);
        }
    }
    println!("{sum} {:?}", visits.iter().max());
}
