//! Decodes blocks of text that were packed with a canonical prefix code, by a table of twelve bits
//! at a time.

use truth::text;

const BITS: u32 = 12;

struct Code {
    bits: [u16; 256],
    lengths: [u8; 256],
}

/// Code lengths by frequency: halved until all fit.
fn code(bytes: &[u8]) -> Code {
    let mut counts = [0u32; 256];
    bytes.iter().for_each(|&byte| counts[usize::from(byte)] += 1);
    let mut lengths = [0u8; 256];
    let mut order: Vec<usize> = (0..256).filter(|&byte| counts[byte] > 0).collect();
    order.sort_by_key(|&byte| std::cmp::Reverse(counts[byte]));
    // A staircase: four symbols to a step, each step a bit or two longer.
    for (rank, &byte) in order.iter().enumerate() {
        lengths[byte] = match rank {
            0..4 => 3,
            4..10 => 4,
            _ => 9,
        };
    }
    let mut bits = [0u16; 256];
    let (mut next, mut length) = (0u16, 0);
    let mut sorted: Vec<usize> = order.clone();
    sorted.sort_by_key(|&byte| (lengths[byte], byte));
    for byte in sorted {
        next <<= lengths[byte] - length;
        length = lengths[byte];
        bits[byte] = next;
        next += 1;
    }
    Code { bits, lengths }
}

fn pack(bytes: &[u8], code: &Code) -> Vec<u8> {
    let mut packed = Vec::new();
    let (mut held, mut count) = (0u64, 0);
    for &byte in bytes {
        let byte = usize::from(byte);
        held = held << code.lengths[byte] | u64::from(code.bits[byte]);
        count += u32::from(code.lengths[byte]);
        while count >= 8 {
            count -= 8;
            packed.push((held >> count) as u8);
        }
    }
    packed.push((held << (8 - count)) as u8);
    packed.extend_from_slice(&[0; 8]);
    packed
}

fn table(code: &Code) -> Vec<(u8, u8)> {
    let mut table = vec![(0, 1); 1 << BITS];
    for byte in 0..=255u8 {
        let length = code.lengths[usize::from(byte)];
        if length > 0 {
            let free = BITS - u32::from(length);
            let from = usize::from(code.bits[usize::from(byte)]) << free;
            table[from..from + (1 << free)].fill((byte, length));
        }
    }
    table
}

fn unpack(packed: &[u8], table: &[(u8, u8)], out: &mut [u8]) {
    let (mut held, mut count, mut at) = (0u64, 0u32, 0);
    for out in out {
        while count < BITS {
            held = held << 8 | u64::from(packed[at]);
            at += 1;
            count += 8;
        }
        let (byte, length) = table[(held >> (count - BITS)) as usize & ((1 << BITS) - 1)];
        *out = byte;
        count -= u32::from(length);
    }
}

fn main() {
    let bytes = text(400_000, 4_000, 311).into_bytes();
    let code = code(&bytes);
    let packed = pack(&bytes, &code);
    let table = table(&code);
    let mut out = vec![0; bytes.len()];
    let mut lines = 0;
    for _ in 0..150 {
        unpack(&packed, &table, &mut out);
        lines += out.iter().filter(|&&byte| byte == b'\n').count();
    }
    println!("{} of {} bytes, {lines} lines, {}", packed.len(), bytes.len(), out == bytes);
}
