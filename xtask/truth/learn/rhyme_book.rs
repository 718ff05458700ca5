//! Looks for rhymes: how well the ends of two words sound alike, by the cheapest way to make one of
//! the other, for the words at the ends of a poem's lines.

use truth::{Random, word};

const WORDS: usize = 60;
const LINES: usize = 260_000;

/// How far two sounds are apart.
fn apart(a: u8, b: u8) -> u32 {
    let vowel = |sound: u8| matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u');
    match (a == b, vowel(a) == vowel(b)) {
        (true, _) => 0,
        (false, true) => 2 + u32::from(a.abs_diff(b)) / 6,
        (false, false) => 9,
    }
}

/// What it takes to make one word's sound of another's.
fn discord(one: &str, other: &str) -> u32 {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut row = [0_u32; 48];
    for (at, cost) in row.iter_mut().enumerate() {
        *cost = at as u32 * 5;
    }
    for &a in one {
        let mut before = row[0];
        row[0] += 5;
        for (at, &b) in other.iter().enumerate().take(47) {
            let change = before + apart(a, b);
            before = row[at + 1];
            row[at + 1] = change.min(before + 5).min(row[at] + 5);
        }
    }
    row[other.len().min(47)]
}

/// How even the beats of a line are.
fn beat(line: &[u8; 32]) -> u32 {
    let mut sum = 0;
    for distance in 1..16 {
        for at in 0..32 - distance {
            sum += u32::from(line[at].abs_diff(line[at + distance])) * distance as u32;
        }
    }
    sum
}

fn main() {
    let mut random = Random::new(802);
    let words: Vec<String> = (0..WORDS).map(|at| word(at * 40_961).repeat(2)).collect();
    let ends: Vec<usize> = (0..LINES).map(|_| random.skewed(WORDS)).collect();
    let (mut worst, mut sum, mut beats) = (0, 0_u64, 0_u64);
    for pair in ends.windows(2) {
        let discord = discord(&words[pair[0]], &words[pair[1]]);
        worst = worst.max(discord);
        sum += u64::from(discord);
        let line = std::array::from_fn(|_| random.number() as u8);
        beats += u64::from(beat(&line));
    }
    println!("{worst} {sum} {beats}");
}
