//! Packs the readings of meters into frames for a slow line, seals each with its remainder, and
//! opens them at the other end, where some arrive damaged.

use truth::Random;

/// The remainder by the polynomial of the meters' bus, which has 24 bits.
fn seal(frame: &[u8]) -> u32 {
    let mut rest = 0xfe_dcba;
    for byte in frame {
        rest ^= u32::from(*byte) << 16;
        for _ in 0..8 {
            rest <<= 1;
            if rest & 0x100_0000 != 0 {
                rest ^= 0x15d_6dcb;
            }
        }
    }
    rest
}

fn pack(meter: u32, readings: &[u32], frame: &mut Vec<u8>) {
    frame.clear();
    frame.extend_from_slice(&meter.to_le_bytes());
    let mut before = 0;
    for reading in readings {
        let mut apart = reading - before;
        while apart >= 0x80 {
            frame.push(apart as u8 | 0x80);
            apart >>= 7;
        }
        frame.push(apart as u8);
        before = *reading;
    }
    let rest = seal(frame);
    frame.extend_from_slice(&rest.to_le_bytes()[..3]);
}

fn open(frame: &[u8]) -> Option<u64> {
    let (inside, rest) = frame.split_last_chunk::<3>()?;
    if seal(inside).to_le_bytes()[..3] != *rest {
        return None;
    }
    let (mut sum, mut value, mut bits) = (0, 0, 0);
    for byte in &inside[4..] {
        value |= u64::from(byte & 0x7f) << bits;
        bits += 7;
        if byte & 0x80 == 0 {
            sum += value;
            (value, bits) = (0, 0);
        }
    }
    Some(sum)
}

fn main() {
    let mut random = Random::new(4_711);
    let (mut frame, mut readings) = (Vec::new(), vec![0u32; 60]);
    let (mut sum, mut damaged) = (0, 0);
    for meter in 0..300_000 {
        let mut at = 0;
        for reading in &mut readings {
            at += random.below(400) as u32;
            *reading = at;
        }
        pack(meter, &readings, &mut frame);
        if random.below(50) == 0 {
            let at = random.below(frame.len());
            frame[at] ^= 4;
        }
        match open(&frame) {
            Some(of) => sum += of,
            None => damaged += 1,
        }
    }
    println!("{sum}, {damaged} damaged");
}
