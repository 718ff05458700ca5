//! Plays a game of cards many times over to learn how often a hand wins: shuffles, deals, counts,
//! and keeps what was seen in a table by hand.

use truth::Random;

const CARDS: usize = 52;

fn shuffle(cards: &mut [u8; CARDS], random: &mut Random) {
    for at in (1..CARDS).rev() {
        cards.swap(at, random.below(at + 1));
    }
}

/// Pairs, and the highest card.
fn worth(hand: &[u8]) -> u32 {
    let mut ranks = [0u8; 13];
    for card in hand {
        ranks[usize::from(card % 13)] += 1;
    }
    let (mut pairs, mut high) = (0, 0);
    for (rank, count) in (0..).zip(ranks) {
        match count {
            0 => {}
            1 => high = rank,
            more => pairs += 1 << (4 * u32::from(more)),
        }
    }
    pairs * 16 + high
}

fn main() {
    let mut random = Random::new(2);
    let mut cards: [u8; CARDS] = std::array::from_fn(|at| at as u8);
    let mut wins = vec![0u32; 1 << 12];
    for _ in 0..6_000_000 {
        shuffle(&mut cards, &mut random);
        let worths: [u32; 4] = std::array::from_fn(|of| worth(&cards[of * 7..][..7]));
        let best = worths.iter().max().copied().unwrap_or(0);
        wins[best as usize % 4_096] += 1;
    }
    let often = wins.iter().enumerate().max_by_key(|(_, count)| **count);
    println!("{often:?}");
}
