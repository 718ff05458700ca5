//! Codes of a carillon: strips of holes are read from the wrong side, so that each byte is turned
//! about and gets a mark that shows slips. Prints a sum of what is played.

use truth::Random;

/// A strip's byte from the other side.
fn turned(byte: u8) -> u8 {
    let (mut byte, mut turned) = (byte, 0);
    for _ in 0..8 {
        turned = turned << 1 | byte & 1;
        byte >>= 1;
    }
    turned
}

/// Whether an odd number of holes is in it.
fn odd(mut byte: u8) -> bool {
    let mut odd = false;
    while byte != 0 {
        odd = !odd;
        byte &= byte - 1;
    }
    odd
}

fn play(strip: &[u8], bells: &mut [u32; 256]) {
    for &byte in strip {
        let byte = turned(byte);
        bells[usize::from(byte)] += if odd(byte) { 1 } else { 2 };
    }
}

/// The wind in the tower.
fn wind(random: &mut Random) -> u64 {
    (0..12_000).fold(0, |wind: u64, _| wind.rotate_left(1) ^ random.number())
}

fn main() {
    let mut random = Random::new(1_510);
    let strip: Vec<u8> = (0..40_000).map(|_| random.number() as u8).collect();
    let (mut bells, mut sum) = ([0; 256], 0);
    for _ in 0..1_200 {
        play(&strip, &mut bells);
        sum ^= wind(&mut random);
    }
    println!("{} {sum}", bells[9]);
}
