//! Puts diaries into a vault: they are shortened, and what comes out again is held against them.
//!
//! What was written before is referred to by distance and length, found by a table of the last
//! places of four letters; what remains is written in codes whose lengths follow from frequency.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use truth::text;

const DIARIES: usize = 72;
const WORDS: usize = 220_000;
const WINDOW: usize = 1 << 15;
const LEAST: usize = 4;
const MOST: usize = 130;
/// Earlier places that are looked at for one position.
const TRIES: usize = 10;

enum Item {
    Letter(u8),
    Again { back: u16, length: u8 },
}

fn place(bytes: &[u8]) -> usize {
    let four = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    (four.wrapping_mul(0x9e37_79b1) >> 17) as usize
}

/// Bytes that two pieces have in common at their beginning, eight at a time.
fn common(one: &[u8], other: &[u8]) -> usize {
    let most = one.len().min(other.len()).min(MOST);
    let (eights, _) = one[..most].as_chunks::<8>();
    let (others, _) = other[..most].as_chunks::<8>();
    for (at, (one, other)) in eights.iter().zip(others).enumerate() {
        let differ = u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other);
        if differ != 0 {
            return at * 8 + differ.trailing_zeros() as usize / 8;
        }
    }
    let from = eights.len() * 8;
    let rest = one[from..most].iter().zip(&other[from..most]);
    from + rest.take_while(|(one, other)| one == other).count()
}

/// A text as letters and references; what this needs is kept from text to text.
fn shorten(bytes: &[u8], heads: &mut Vec<u32>, chain: &mut Vec<u32>, items: &mut Vec<Item>) {
    heads.clear();
    heads.resize(1 << 15, u32::MAX);
    chain.clear();
    chain.resize(WINDOW, u32::MAX);
    items.clear();
    let mut at = 0;
    while at < bytes.len() {
        let mut best = (0, 0);
        let is_near_end = at + LEAST > bytes.len();
        if !is_near_end {
            let mut earlier = heads[place(&bytes[at..])];
            for _ in 0..TRIES {
                if earlier == u32::MAX || at - earlier as usize >= WINDOW {
                    break;
                }
                let length = common(&bytes[earlier as usize..], &bytes[at..]);
                if length > best.0 {
                    best = (length, at - earlier as usize);
                }
                let next = chain[earlier as usize % WINDOW];
                if next != u32::MAX && next >= earlier {
                    break;
                }
                earlier = next;
            }
        }
        let step = if best.0 >= LEAST { best.0 } else { 1 };
        items.push(match step {
            1 => Item::Letter(bytes[at]),
            _ => Item::Again { back: best.1 as u16, length: best.0 as u8 },
        });
        for here in at..(at + step).min(bytes.len().saturating_sub(LEAST)) {
            let head = &mut heads[place(&bytes[here..])];
            chain[here % WINDOW] = *head;
            *head = here as u32;
        }
        at += step;
    }
}

/// Lengths of codes, by joining the two rarest until one is left.
fn lengths(counts: &[u32]) -> Vec<u8> {
    let mut parents = vec![usize::MAX; counts.len()];
    let mut heap: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::new();
    for (symbol, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        heap.push(Reverse((u64::from(count), symbol)));
    }
    while heap.len() > 1
        && let (Some(Reverse(one)), Some(Reverse(other))) = (heap.pop(), heap.pop())
    {
        parents.push(usize::MAX);
        let joined = parents.len() - 1;
        parents[one.1] = joined;
        parents[other.1] = joined;
        heap.push(Reverse((one.0 + other.0, joined)));
    }
    let depth = |symbol: usize| {
        let ancestors = std::iter::successors(Some(symbol), |&at| Some(parents[at]));
        ancestors.take_while(|&at| parents[at] != usize::MAX).count() as u8
    };
    (0..counts.len()).map(depth).collect()
}

/// Bits that the items take, with a code for letters and lengths and plain distances.
fn bits(items: &[Item]) -> u64 {
    let mut counts = [0_u32; 256 + MOST + 1];
    let mut distances = 0;
    for item in items {
        match *item {
            Item::Letter(letter) => counts[usize::from(letter)] += 1,
            Item::Again { back, length } => {
                counts[256 + usize::from(length)] += 1;
                distances += u64::from(16 - back.leading_zeros()) + 4;
            }
        }
    }
    let lengths = lengths(&counts);
    let codes =
        counts.iter().zip(lengths).map(|(&count, length)| u64::from(count) * u64::from(length));
    distances + codes.sum::<u64>()
}

fn restore(items: &[Item], bytes: &mut Vec<u8>) {
    bytes.clear();
    for item in items {
        match *item {
            Item::Letter(letter) => bytes.push(letter),
            Item::Again { back, length } => {
                let (back, length) = (usize::from(back), usize::from(length));
                let from = bytes.len() - back;
                if back >= length {
                    bytes.extend_from_within(from..from + length);
                } else {
                    for at in from..from + length {
                        bytes.push(bytes[at]);
                    }
                }
            }
        }
    }
}

fn main() {
    let (mut heads, mut chain) = (Vec::new(), Vec::new());
    let (mut items, mut again) = (Vec::new(), Vec::new());
    let (mut before, mut after) = (0, 0);
    let mut references = 0;
    for number in 0..DIARIES {
        let diary = text(WORDS, 1_500 + number * 60, 8_240 + number as u64);
        shorten(diary.as_bytes(), &mut heads, &mut chain, &mut items);
        restore(&items, &mut again);
        assert!(again == diary.as_bytes(), "diary {number} was damaged");
        references += items.iter().filter(|item| matches!(item, Item::Again { .. })).count();
        before += diary.len() as u64;
        after += bits(&items).div_ceil(8);
    }
    println!("{before} bytes became {after}, with {references} references");
}
