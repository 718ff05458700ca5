//! Packs the files of a depot for sending: finds what was there before, within reach, and writes
//! where it was in place of it. Unpacks everything again, to be sure.

use truth::Random;

const REACH: usize = 65_535;
const LEAST: usize = 4;
const TABLE_BITS: u32 = 14;

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// How many bytes from two places on are equal.
fn alike(bytes: &[u8], mut earlier: usize, mut later: usize) -> usize {
    let start = later;
    while later + 8 <= bytes.len() {
        let difference = long(bytes, earlier) ^ long(bytes, later);
        if difference != 0 {
            return later - start + difference.trailing_zeros() as usize / 8;
        }
        earlier += 8;
        later += 8;
    }
    while later < bytes.len() && bytes[earlier] == bytes[later] {
        earlier += 1;
        later += 1;
    }
    later - start
}

/// A length beyond what fits into half a byte.
fn write_rest(mut rest: usize, packed: &mut Vec<u8>) {
    while rest >= 255 {
        packed.push(255);
        rest -= 255;
    }
    packed.push(rest as u8);
}

fn write_piece(plain: &[u8], copied: usize, back: usize, packed: &mut Vec<u8>) {
    let (plain_code, copied_code) = (plain.len().min(15), copied.min(15));
    packed.push((plain_code << 4 | copied_code) as u8);
    if plain_code == 15 {
        write_rest(plain.len() - 15, packed);
    }
    packed.extend_from_slice(plain);
    packed.extend_from_slice(&(back as u16).to_le_bytes());
    if copied_code == 15 {
        write_rest(copied - 15, packed);
    }
}

struct Packer {
    /// Where four bytes with this hash were seen last.
    seen: Vec<u32>,
}

impl Packer {
    fn pack(&mut self, bytes: &[u8], packed: &mut Vec<u8>) {
        self.seen.fill(0);
        let (mut at, mut plain, mut tries) = (1, 0, 0);
        while at + 12 < bytes.len() {
            let here = word(bytes, at);
            let slot = (here.wrapping_mul(2_654_435_761) >> (32 - TABLE_BITS)) as usize;
            let earlier = self.seen[slot] as usize;
            self.seen[slot] = at as u32;
            if at - earlier > REACH || word(bytes, earlier) != here {
                tries += 1;
                at += 1 + (tries >> 6);
                continue;
            }
            let length = LEAST + alike(bytes, earlier + LEAST, at + LEAST);
            write_piece(&bytes[plain..at], length, at - earlier, packed);
            at += length;
            plain = at;
            tries = 0;
        }
        write_piece(&bytes[plain..], 0, 0, packed);
    }
}

struct Unpacker<'a> {
    packed: &'a [u8],
}

impl<'a> Unpacker<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.packed.split_at_checked(count)?;
        self.packed = rest;
        Some(taken)
    }

    fn rest(&mut self, code: usize) -> Option<usize> {
        let mut length = code;
        if code == 15 {
            loop {
                let more = self.take(1)?[0];
                length += usize::from(more);
                if more < 255 {
                    break;
                }
            }
        }
        Some(length)
    }

    fn unpack(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        while !self.packed.is_empty() {
            let code = usize::from(self.take(1)?[0]);
            let plain = self.rest(code >> 4)?;
            bytes.extend_from_slice(self.take(plain)?);
            let back = usize::from(u16::from_le_bytes(self.take(2)?.try_into().ok()?));
            let mut copied = self.rest(code & 15)?;
            let start = bytes.len().checked_sub(back)?;
            while copied > 0 {
                // No more at a time than there is between the two places.
                let piece = copied.min(back.max(1));
                bytes.extend_from_within(start..start + piece);
                copied -= piece;
            }
        }
        Some(())
    }
}

fn file(random: &mut Random, seed: u64) -> Vec<u8> {
    let text = truth::text(60_000, 3000, seed).into_bytes();
    let mut file = Vec::with_capacity(600_000);
    while file.len() < 500_000 {
        let (start, length) = (random.below(text.len() - 400), 20 + random.below(380));
        file.extend_from_slice(&text[start..start + length]);
        file.extend((0..random.below(24)).map(|_| random.number() as u8));
    }
    file
}

fn main() {
    let mut random = Random::new(717);
    let files: Vec<Vec<u8>> = (0..16).map(|seed| file(&mut random, seed)).collect();
    let mut packer = Packer { seen: vec![0; 1 << TABLE_BITS] };
    let (mut packed, mut unpacked) = (Vec::with_capacity(1 << 20), Vec::with_capacity(1 << 20));
    let (mut before, mut after, mut wrong) = (0, 0, 0);
    for _ in 0..40 {
        for file in &files {
            packed.clear();
            packer.pack(file, &mut packed);
            unpacked.clear();
            let whole = Unpacker { packed: &packed }.unpack(&mut unpacked).is_some();
            wrong += usize::from(!whole || unpacked != *file);
            before += file.len();
            after += packed.len();
        }
    }
    println!("{before} bytes are {after}, {wrong} files are wrong");
}
