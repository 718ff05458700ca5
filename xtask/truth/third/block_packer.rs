//! Packs a stream block by block, unpacks it again to be sure, and writes it to a file.

use std::fs::File;
use std::io::{BufWriter, Result, Write};

use truth::Random;

const BLOCK: usize = 256 * 1024;
const PLACES: usize = 1 << 15;

/// Records of sensors: much of each is as in those before it.
fn fill(block: &mut Vec<u8>, random: &mut Random) {
    block.clear();
    let mut record = [0u8; 24];
    while block.len() + record.len() <= BLOCK {
        for _ in 0..3 {
            record[random.skewed(24)] = random.below(64) as u8;
        }
        block.extend_from_slice(&record);
    }
}

/// What is kept from block to block, so that nothing is asked for twice.
struct Packer {
    places: Vec<u32>,
    packed: Vec<u8>,
    unpacked: Vec<u8>,
}

fn length(mut length: usize, packed: &mut Vec<u8>) {
    while length >= 255 {
        packed.push(255);
        length -= 255;
    }
    packed.push(length as u8);
}

fn word(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
}

/// How far two places of the block go on alike, eight bytes at a time.
fn alike(block: &[u8], before: usize, at: usize) -> usize {
    let mut run = 0;
    while at + run + 8 <= block.len() {
        let differ = word(block, before + run) ^ word(block, at + run);
        if differ != 0 {
            return run + differ.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run
}

impl Packer {
    fn pack(&mut self, block: &[u8]) {
        self.places.fill(0);
        self.packed.clear();
        let (mut at, mut from) = (1, 0);
        while at + 8 <= block.len() {
            let hash = (word(block, at) << 16).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 49;
            let before = std::mem::replace(&mut self.places[hash as usize], at as u32) as usize;
            let run = if before == 0 { 0 } else { alike(block, before, at) };
            if run < 6 {
                at += 1;
                continue;
            }
            length(at - from, &mut self.packed);
            self.packed.extend_from_slice(&block[from..at]);
            self.packed.extend_from_slice(&(((at - before) as u32).to_le_bytes())[..3]);
            length(run, &mut self.packed);
            at += run;
            from = at;
        }
        length(block.len() - from, &mut self.packed);
        self.packed.extend_from_slice(&block[from..]);
    }

    fn unpack(&mut self) {
        let mut at = 0;
        let packed = &self.packed;
        let read = |at: &mut usize| {
            let mut sum = 0;
            loop {
                let byte = packed[*at];
                *at += 1;
                sum += usize::from(byte);
                if byte != 255 {
                    return sum;
                }
            }
        };
        self.unpacked.clear();
        while at < packed.len() {
            let plain = read(&mut at);
            self.unpacked.extend_from_slice(&packed[at..at + plain]);
            at += plain;
            if at < packed.len() {
                let back = usize::from(packed[at])
                    | usize::from(packed[at + 1]) << 8
                    | usize::from(packed[at + 2]) << 16;
                at += 3;
                let (mut rest, start) = (read(&mut at), self.unpacked.len() - back);
                while rest > 0 {
                    let some = rest.min(self.unpacked.len() - start);
                    self.unpacked.extend_from_within(start..start + some);
                    rest -= some;
                }
            }
        }
    }
}

fn main() -> Result<()> {
    let mut random = Random::new(611);
    let path = std::env::temp_dir().join(format!("block-packer-{}", std::process::id()));
    let mut file = BufWriter::with_capacity(1 << 18, File::create(&path)?);
    let mut block = Vec::with_capacity(BLOCK);
    let mut packer = Packer {
        places: vec![0; PLACES],
        packed: Vec::with_capacity(BLOCK * 2),
        unpacked: Vec::with_capacity(BLOCK),
    };
    let (mut plain, mut packed) = (0, 0);
    for _ in 0..800 {
        fill(&mut block, &mut random);
        packer.pack(&block);
        packer.unpack();
        assert!(packer.unpacked == block, "a block did not come back");
        file.write_all(&packer.packed)?;
        plain += block.len();
        packed += packer.packed.len();
    }
    file.flush()?;
    std::fs::remove_file(path)?;
    println!("{plain} bytes as {packed}");
    Ok(())
}
