//! Reads what the doors of a large building send about badges, repairs and deciphers it, and says
//! who goes where.

use foldhash::fast::RandomState;
use std::collections::HashMap;

use truth::Random;

const MESSAGES: u64 = 150;
const PASSAGES: usize = 30_000;
/// Passages of a quarter of an hour, an hour and a shift.
const SPANS: [usize; 3] = [300, 1_200, 9_600];
const PEOPLE: usize = 4_000;
const DOORS: usize = 300;
const ROUNDS: usize = 18;
const KEY: [u32; 4] = [0x0c0f_fee0, 0x1234_5678, 0xdead_10cc, 0x0bad_cafe];

/// Who went through which door, in the order of time.
struct Passages {
    people: Vec<String>,
    doors: Vec<String>,
}

/// The bits of a half byte at places 3, 5, 6 and 7, and those that check them (Hamming's code).
fn coded(nibble: u8) -> u8 {
    let bit = |at: u8| nibble >> at & 1;
    let data = bit(3) << 3 | bit(2) << 5 | bit(1) << 6 | bit(0) << 7;
    let places = [3, 5, 6, 7].into_iter().filter(|place| data >> place & 1 == 1);
    let check = places.fold(0, |check, place| check ^ place);
    let code = data | (check & 1) << 1 | (check & 2) << 1 | (check & 4) << 2;
    code | (code.count_ones() % 2) as u8
}

/// The half byte of a code, of which one bit may be wrong.
fn nibble(code: u8) -> Option<u8> {
    let mut wrong = 0;
    let mut ones = 0;
    for place in 0..8 {
        if code >> place & 1 == 1 {
            wrong ^= place;
            ones += 1;
        }
    }
    let code = match (wrong, ones % 2) {
        (0, _) => code,
        (_, 0) => return None,
        (place, _) => code ^ 1 << place,
    };
    let mut nibble = 0;
    for place in [3, 5, 6, 7] {
        nibble = nibble << 1 | code >> place & 1;
    }
    Some(nibble)
}

/// What was sent, with a blank for what cannot be repaired.
fn repaired(codes: &[u8]) -> (Vec<u8>, usize) {
    let mut lost = 0;
    let byte = |pair: &[u8]| match (nibble(pair[0]), nibble(pair[1])) {
        (Some(high), Some(low)) => high << 4 | low,
        _ => {
            lost += 1;
            b' '
        }
    };
    (codes.chunks_exact(2).map(byte).collect(), lost)
}

/// A block of a cipher like TEA.
fn enciphered(counter: u64) -> u64 {
    let (mut a, mut b) = (counter as u32, (counter >> 32) as u32);
    let mut sum = 0_u32;
    for _ in 0..ROUNDS {
        let key = sum.wrapping_add(KEY[(sum & 3) as usize]);
        a = a.wrapping_add((b << 4 ^ b >> 5).wrapping_add(b) ^ key);
        sum = sum.wrapping_add(0x9e37_79b9);
        let key = sum.wrapping_add(KEY[(sum >> 11 & 3) as usize]);
        b = b.wrapping_add((a << 4 ^ a >> 5).wrapping_add(a) ^ key);
    }
    u64::from(b) << 32 | u64::from(a)
}

/// Takes the cipher off, or puts it on.
fn decipher(message: u64, bytes: &mut [u8]) {
    for (block, counter) in bytes.chunks_mut(8).zip(message << 32..) {
        let mask = enciphered(counter).to_le_bytes();
        block.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
    }
}

impl Passages {
    fn read(text: &str) -> Passages {
        let (mut people, mut doors) = (Vec::new(), Vec::new());
        for line in text.lines() {
            if let Some((person, door)) = line.split_once(' ') {
                people.push(person.to_owned());
                doors.push(door.to_owned());
            }
        }
        Passages { people, doors }
    }

    /// The one that is most frequent in a column, and how often it is there.
    fn most_frequent(column: &[String]) -> (usize, &str) {
        let mut counts = HashMap::with_hasher(RandomState::default());
        for name in column {
            *counts.entry(name.as_str()).or_insert(0) += 1;
        }
        counts.into_iter().map(|(name, count)| (count, name)).max().unwrap_or_default()
    }

    /// Passages at the busiest door of each span of time, and of whoever walked most.
    fn busiest(&self, span: usize) -> usize {
        let spans = self.people.chunks(span).zip(self.doors.chunks(span));
        spans
            .map(|(people, doors)| {
                Passages::most_frequent(people).0 + Passages::most_frequent(doors).0
            })
            .sum()
    }

    /// How often somebody went through the same door as the one before.
    fn followed(&self) -> usize {
        self.doors.windows(2).filter(|pair| pair[0] == pair[1]).count()
    }
}

fn sent(number: u64) -> Vec<u8> {
    let mut random = Random::new(300 + number);
    let mut text = String::new();
    let people: Vec<String> = (0..PEOPLE).map(|person| truth::word(person * 31)).collect();
    let doors: Vec<String> = (0..DOORS).map(|door| truth::word(door * 5) + "-door").collect();
    for _ in 0..PASSAGES {
        text.push_str(&people[random.skewed(PEOPLE)]);
        text.push(' ');
        text.push_str(&doors[random.skewed(DOORS)]);
        text.push('\n');
    }
    let mut bytes = text.into_bytes();
    decipher(number, &mut bytes);
    let mut codes: Vec<u8> = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).collect();
    codes.iter_mut().for_each(|code| *code = coded(*code));
    for _ in 0..codes.len() / 150 {
        codes[random.below(bytes.len())] ^= 1 << random.below(8);
    }
    codes
}

fn main() {
    let (mut followed, mut lost, mut passages, mut busiest, mut check) = (0, 0, 0, 0, 0);
    let input: Vec<Vec<u8>> = (0..3).map(sent).collect();
    for number in 0..MESSAGES {
        let codes = &input[number as usize % input.len()];
        let (mut bytes, unreadable) = repaired(codes);
        decipher(number % input.len() as u64, &mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let read = Passages::read(&text);
        let (visits, door) = Passages::most_frequent(&read.doors);
        let (walks, person) = Passages::most_frequent(&read.people);
        passages += read.doors.len();
        busiest += SPANS.map(|span| read.busiest(span)).iter().sum::<usize>();
        followed += read.followed();
        lost += unreadable;
        check += visits * door.len() + walks * person.len();
    }
    println!("{passages} passages, {busiest} in busy places, {followed} followed another");
    println!("{lost} bytes lost, check {check}");
}
