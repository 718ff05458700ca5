//! Checks an archive: each entry is unpacked and its checksum compared with the one in its header.

use truth::{Random, text};

struct Entry {
    packed: Vec<u8>,
    length: usize,
    crc: u32,
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// Literals and references to what came before, found by a table of the last places.
fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut last = vec![usize::MAX; 1 << 14];
    let mut packed = Vec::new();
    let mut at = 0;
    while at + 4 <= bytes.len() {
        let key = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let slot = &mut last[(key.wrapping_mul(2_654_435_761) >> 18) as usize];
        let known = std::mem::replace(slot, at);
        let same = |from: usize| {
            bytes[from..].iter().zip(&bytes[at..]).take(255).take_while(|(a, b)| a == b).count()
        };
        let length = if known < at && at - known < 65_536 { same(known) } else { 0 };
        if length >= 4 {
            packed.extend_from_slice(&[1, length as u8]);
            packed.extend_from_slice(&((at - known) as u16).to_le_bytes());
            at += length;
        } else {
            packed.extend_from_slice(&[0, bytes[at]]);
            at += 1;
        }
    }
    for &byte in &bytes[at..] {
        packed.extend_from_slice(&[0, byte]);
    }
    packed
}

fn unpack(packed: &[u8], bytes: &mut Vec<u8>) {
    bytes.clear();
    let mut at = 0;
    while at < packed.len() {
        if packed[at] == 0 {
            bytes.push(packed[at + 1]);
            at += 2;
        } else {
            let length = usize::from(packed[at + 1]);
            let back = usize::from(u16::from_le_bytes([packed[at + 2], packed[at + 3]]));
            let from = bytes.len() - back;
            for at in from..from + length {
                bytes.push(bytes[at]);
            }
            at += 4;
        }
    }
}

fn main() {
    let mut random = Random::new(131);
    let entries: Vec<Entry> = (0..40)
        .map(|number| {
            let bytes = text(4_000 + random.skewed(60_000), 3_000, number).into_bytes();
            Entry { packed: pack(&bytes), length: bytes.len(), crc: crc32(&bytes) }
        })
        .collect();
    let (mut good, mut total) = (0, 0);
    let mut bytes = Vec::new();
    for _ in 0..45 {
        for entry in &entries {
            unpack(&entry.packed, &mut bytes);
            total += bytes.len();
            good += usize::from(bytes.len() == entry.length && crc32(&bytes) == entry.crc);
        }
    }
    println!("{good} good entries, {total} bytes");
}
