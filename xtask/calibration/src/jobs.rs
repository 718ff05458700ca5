//! The kinds of work. Each costs the same for every item, and little beside.

use std::hint::black_box;
use std::ops::Range;

/// Works on some of the words.
pub type Job = fn(&[u64], Range<usize>) -> u64;

/// Each item waits for the one before; nothing but the core's clock matters.
#[inline(never)]
pub fn arithmetic(_: &[u64], range: Range<usize>) -> u64 {
    let step = |x: u64, at: usize| (x ^ (x >> 29) ^ at as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    range.fold(1, step)
}

/// Half of the items take a branch. The black box keeps the compiler from computing both sides.
#[inline(never)]
pub fn branches(words: &[u64], range: Range<usize>) -> u64 {
    let mut sum = 0u64;
    for word in &words[range] {
        if word & 1 == 0 {
            sum = black_box(sum.wrapping_add(*word));
        }
    }
    sum
}

/// Blocks of many sizes, a few alive at a time, as parsers and caches have them.
#[inline(never)]
pub fn allocation(words: &[u64], range: Range<usize>) -> u64 {
    let mut alive: [Vec<u8>; 16] = Default::default();
    let mut sum = 0u64;
    for word in &words[range] {
        let slot = &mut alive[(word >> 60) as usize];
        sum = sum.wrapping_add(slot.capacity() as u64);
        *slot = black_box(Vec::with_capacity(16 + (word & 0xFF) as usize));
    }
    black_box(&alive);
    sum
}

/// Nothing but reading.
#[inline(never)]
pub fn memory(words: &[u64], range: Range<usize>) -> u64 {
    words[range].iter().fold(0, |sum, word| sum.wrapping_add(*word))
}

/// Walks a circle of places, each of which says where the next is.
#[inline(never)]
pub fn walk(places: &[u64], range: Range<usize>) -> u64 {
    range.fold(0, |at, _| places[at as usize])
}

/// Takes as many steps as a walk, each a little longer than a private cache takes to answer and
/// shorter than a shared one does; then reads through memory, which leaves a private cache with
/// nothing else.
#[inline(never)]
pub fn spoil(memory: &[u64], range: Range<usize>) -> u64 {
    let step = |x: u64, at: usize| {
        (0..LATE).fold(x ^ at as u64, |x, _| x.wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ 1)
    };
    let late = range.fold(1, step);
    memory.iter().step_by(LINE).fold(late, |sum, word| sum.wrapping_add(*word))
}

/// Multiplications that wait for each other in a step: they take longer than a step of the walk to
/// the second level does, on every core that was looked at. With four, a core whose way there is
/// long had the spoiler ahead, alone as well.
const LATE: usize = 6;
/// Words in a cache line.
const LINE: usize = 8;
