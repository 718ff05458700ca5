//! Prints labels for parcels: each has lines of text, and a code of bytes with parity behind them,
//! so that a scanner can read a label that is torn. Prints sums over all that went to the press.

use truth::{Random, word};

const PARCELS: usize = 700_000;
const PARITY: usize = 6;

struct Parcel {
    number: u64,
    grams: u32,
    millimetres: [u16; 3],
    town: usize,
    express: bool,
}

fn parcel(number: u64, random: &mut Random) -> Parcel {
    let side = |random: &mut Random| 80 + random.below(900) as u16;
    Parcel {
        number: 340_000_000_000 + number * 17,
        grams: 100 + random.skewed(30_000) as u32,
        millimetres: [side(random), side(random), side(random)],
        town: random.skewed(3_000),
        express: random.below(8) == 0,
    }
}

/// Multiplies two elements of the field of 256 that codes of this kind are made over.
fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b > 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        let carry = a >> 7;
        a = (a << 1) ^ (carry * 0x1d);
        b >>= 1;
    }
    product
}

/// The polynomial whose multiples are the labels that nothing has happened to.
fn generator() -> [u8; PARITY] {
    let mut generator = [0; PARITY];
    generator[PARITY - 1] = 1;
    let mut root = 1;
    for _ in 0..PARITY {
        for at in 0..PARITY {
            generator[at] = times(generator[at], root);
            if at + 1 < PARITY {
                generator[at] ^= generator[at + 1];
            }
        }
        root = times(root, 2);
    }
    generator
}

/// What is left when the bytes are divided by the generator.
fn parity(bytes: &[u8], generator: &[u8; PARITY]) -> [u8; PARITY] {
    let mut rest = [0; PARITY];
    for &byte in bytes {
        let factor = byte ^ rest[0];
        rest.copy_within(1.., 0);
        rest[PARITY - 1] = 0;
        for (rest, &coefficient) in rest.iter_mut().zip(generator) {
            *rest ^= times(coefficient, factor);
        }
    }
    rest
}

struct Press {
    towns: Vec<String>,
    generator: [u8; PARITY],
}

impl Press {
    fn weight(&self, parcel: &Parcel) -> String {
        format!("{}.{:02} kg", parcel.grams / 1_000, parcel.grams % 1_000 / 10)
    }

    fn size(&self, parcel: &Parcel) -> String {
        let sides = parcel.millimetres.map(|side| format!("{}.{}", side / 10, side % 10));
        sides.join(" x ") + " cm"
    }

    fn route(&self, parcel: &Parcel) -> String {
        let town = &self.towns[parcel.town];
        let kind = if parcel.express { "EXPRESS".to_string() } else { String::new() };
        format!("{:05} {} {}", parcel.town * 29 % 100_000, town.to_uppercase(), kind)
    }

    /// The lines of a label, as a person reads them.
    fn lines(&self, parcel: &Parcel) -> String {
        let lines = [
            self.route(parcel),
            format!("No. {:014}", parcel.number),
            format!("{} / {}", self.weight(parcel), self.size(parcel)),
        ];
        lines.join("\n")
    }

    /// The bytes of a label, as a scanner reads them, without parity.
    fn code(&self, parcel: &Parcel) -> [u8; 18] {
        let mut code = [0; 18];
        code[..8].copy_from_slice(&parcel.number.to_be_bytes());
        code[8..12].copy_from_slice(&parcel.grams.to_be_bytes());
        for (bytes, side) in code[12..].as_chunks_mut().0.iter_mut().zip(parcel.millimetres) {
            *bytes = u16::to_be_bytes(side);
        }
        code
    }
}

/// A square of dots, as the head of the press burns it.
struct Page {
    rows: [u64; 64],
}

impl Page {
    /// Draws bytes as bars of two dots, each row of them five dots high, and a frame around.
    fn draw(&mut self, bytes: impl Iterator<Item = u8>) {
        self.rows.fill(1 << 63 | 1);
        for (at, byte) in bytes.enumerate() {
            let mut bars = u64::from(byte);
            bars = (bars | bars << 4) & 0x0f0f;
            bars = (bars | bars << 2) & 0x3333;
            bars = (bars | bars << 1) & 0x5555;
            bars |= bars << 1;
            let (row, column) = (2 + at / 3 * 5, 6 + at % 3 * 18);
            for row in &mut self.rows[row..row + 5] {
                *row |= bars << column;
            }
        }
    }

    /// How often the head is switched on or off.
    fn switches(&self) -> u64 {
        self.rows.iter().map(|row| u64::from((row ^ row << 1).count_ones())).sum()
    }
}

fn main() {
    let towns = (0..3_000).map(|number| word(number * 11)).collect();
    let press = Press { towns, generator: generator() };
    let mut page = Page { rows: [0; 64] };
    let mut random = Random::new(1_974);
    let (mut letters, mut switches, mut check) = (0, 0_u64, 0_u64);
    for number in 0..PARCELS as u64 {
        let parcel = parcel(number, &mut random);
        let lines = press.lines(&parcel);
        let code = press.code(&parcel);
        let parity = parity(&code, &press.generator);
        letters += lines.len();
        for (at, byte) in lines.bytes().enumerate() {
            check = check.rotate_left(5) ^ u64::from(byte) ^ at as u64;
        }
        page.draw(code.iter().chain(&parity).copied());
        switches += page.switches();
        check = check.wrapping_mul(31) ^ u64::from(parity[0]) << 8 ^ u64::from(parity[PARITY - 1]);
    }
    println!("{letters} letters, {switches} switches, check {check:016x}");
}
