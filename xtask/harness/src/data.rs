//! Seeded input that looks like what programs meet: skewed keys, words of uneven length, long
//! tails. The generator's output is specified (PCG, O'Neill, 2014), so the same seed is the same
//! input on every machine.

pub use rand;
pub use rand_distr;

use std::ops::Range;
use std::sync::OnceLock;

use rand::{RngExt, SeedableRng};
use rand_distr::Distribution;
use rand_pcg::Pcg64Mcg;

/// The generator that all inputs come from.
pub type Rng = Pcg64Mcg;

/// A generator for this seed.
pub fn rng(seed: u64) -> Rng {
    Pcg64Mcg::seed_from_u64(seed)
}

/// Ranks from 0 to `items - 1` in which rank r is drawn with probability proportional to
/// 1/(r+1)^`exponent`: Zipf's law, which words, products and routes follow with an exponent near 1.
///
/// # Panics
/// If there are no items or the exponent is negative.
pub fn zipf(items: usize, exponent: f64) -> impl Fn(&mut Rng) -> usize {
    let law = rand_distr::Zipf::new(items as f64, exponent)
        .expect("at least one item, exponent not negative");
    move |rng| law.sample(rng) as usize - 1
}

/// Mostly small numbers and a few large ones, as latencies, sizes and ids are: a number of bits is
/// drawn first, each as likely as the others, then a number that has no more.
///
/// # Panics
/// If there is no number of bits to draw, or one beyond 32.
pub fn long_tail(rng: &mut Rng, bits: Range<u32>) -> u32 {
    rng.random::<u32>() >> (32 - rng.random_range(bits))
}

/// The same 4,096 words for all who ask, some with an umlaut: made once, since every input needs
/// them.
pub fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = vocabulary(1 << 12, 1);
        words.iter_mut().skip(5).step_by(16).for_each(|word| *word = word.replace('o', "ö"));
        words
    })
}

/// `count` distinct lower-case words of two to some fourteen letters, in the order in which they
/// were made up.
pub fn vocabulary(count: usize, seed: u64) -> Vec<String> {
    const ONSETS: [&str; 20] = [
        "b", "br", "c", "ch", "d", "f", "g", "h", "l", "m", "n", "p", "pr", "qu", "r", "s", "st",
        "t", "tr", "v",
    ];
    const RIMES: [&str; 16] = [
        "a", "e", "i", "o", "u", "an", "ar", "ea", "en", "er", "in", "ing", "ion", "on", "or", "ou",
    ];
    let mut rng = rng(seed);
    let mut seen = std::collections::HashSet::with_capacity(count);
    let mut words = Vec::with_capacity(count);
    while words.len() < count {
        let syllables = 1 + rng.random_range(0..3) + rng.random_range(0..2);
        let word: String = (0..syllables)
            .flat_map(|_| {
                [ONSETS[rng.random_range(0..ONSETS.len())], RIMES[rng.random_range(0..RIMES.len())]]
            })
            .collect();
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_input() {
        let mut rng = rng(7);
        assert_eq!(
            [(); 3].map(|()| rng.random::<u32>()),
            [(); 3].map({
                let mut again = super::rng(7);
                move |()| again.random::<u32>()
            })
        );
        assert_eq!(vocabulary(100, 1), vocabulary(100, 1));
        assert_ne!(vocabulary(100, 1), vocabulary(100, 2));
    }

    #[test]
    fn tails_are_long_and_in_range() {
        let mut rng = rng(1);
        let draws: Vec<u32> = (0..10_000).map(|_| long_tail(&mut rng, 3..21)).collect();
        let (most, large) = (1 << 20, draws.iter().filter(|&&x| x >= 1 << 16).count());
        assert!(draws.iter().all(|&x| x < most));
        assert!((1_000..3_500).contains(&large), "{large}");
        assert!(draws.iter().filter(|&&x| x < 256).count() > 2_500);
    }

    #[test]
    fn words_are_distinct_and_some_are_not_ascii() {
        let distinct: std::collections::HashSet<&String> = words().iter().collect();
        assert_eq!(distinct.len(), words().len());
        assert!(words().iter().any(|word| !word.is_ascii()));
    }

    #[test]
    fn zipf_is_skewed_and_in_range() {
        let (rank, mut rng) = (zipf(1000, 1.0), rng(1));
        let draws: Vec<usize> = (0..10_000).map(|_| rank(&mut rng)).collect();
        assert!(draws.iter().all(|&r| r < 1000));
        let first = draws.iter().filter(|&&r| r == 0).count();
        let last = draws.iter().filter(|&&r| r >= 900).count();
        assert!(first > 1000 && last < 500 && last > 0, "first {first}, last {last}");
    }
}
