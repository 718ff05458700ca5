//! Checks words that came over a bad line: each brings a bit that says whether its ones are odd.

use truth::Random;

const WORDS: usize = 20_000_000;

fn is_odd(word: u32) -> bool {
    let (mut rest, mut ones) = (word, 0);
    while rest != 0 {
        ones += rest & 1;
        rest >>= 1;
    }
    ones % 2 == 1
}

/// A word that was disturbed now and then.
fn received(random: &mut Random) -> (u32, bool) {
    let word = random.number() as u32 & 0xf_ffff;
    let odd = word.count_ones() % 2 == 1;
    let hit = random.below(100) == 0;
    (if hit { word ^ 1 << random.below(20) } else { word }, odd)
}

fn main() {
    let mut random = Random::new(82);
    let (mut wrong, mut sum) = (0, 0_u64);
    let mut levels = [0_u32; 4096];
    for _ in 0..WORDS {
        let (word, odd) = received(&mut random);
        if is_odd(word) == odd {
            levels[(word >> 8) as usize] += 1;
            sum += u64::from(word);
        } else {
            wrong += 1;
        }
    }
    println!("{wrong} {sum} {:?}", levels.iter().max());
}
