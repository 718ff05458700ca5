//! Finds who owns the internet addresses of a log that got most: blocks are sorted by their last
//! addresses.

use truth::Random;

struct Blocks {
    lasts: Vec<u32>,
    owners: Vec<u16>,
}

impl Blocks {
    fn new(count: usize) -> Blocks {
        let mut random = Random::new(121);
        let mean = (u32::MAX as usize / count) as u32;
        let mut last = 0u32;
        let mut lasts = Vec::with_capacity(count);
        while lasts.len() < count - 1 {
            last = last.saturating_add(1 + random.below(2 * mean as usize - 2) as u32);
            if last == u32::MAX {
                break;
            }
            lasts.push(last);
        }
        lasts.push(u32::MAX);
        let owners = lasts.iter().map(|_| random.skewed(1_000) as u16).collect();
        Blocks { lasts, owners }
    }

    fn owner(&self, address: u32) -> u16 {
        let at = self.lasts.binary_search(&address).unwrap_or_else(|at| at);
        self.owners[at]
    }
}

/// Lines of an address and a number of bytes.
fn log(count: usize) -> Vec<u8> {
    let mut random = Random::new(122);
    let mut text = Vec::new();
    for _ in 0..count {
        let [a, b, c, d] = (random.number() as u32).to_be_bytes();
        text.extend_from_slice(format!("{a}.{b}.{c}.{d} {}\n", random.skewed(9_000)).as_bytes());
    }
    text
}

/// An address and what follows it.
fn address(line: &[u8]) -> (u32, &[u8]) {
    let (mut address, mut part) = (0, 0);
    for (at, &byte) in line.iter().enumerate() {
        match byte {
            b'0'..=b'9' => part = part * 10 + u32::from(byte - b'0'),
            b'.' => (address, part) = (address << 8 | part, 0),
            _ => return (address << 8 | part, &line[at + 1..]),
        }
    }
    (address << 8 | part, &[])
}

fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

fn main() {
    let blocks = Blocks::new(2_000_000);
    let log = log(1_500_000);
    let mut bytes = vec![0u64; 1_000];
    for _ in 0..8 {
        for line in log.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            let (address, rest) = address(line);
            let answered = number(rest);
            if answered > 6_000 {
                bytes[usize::from(blocks.owner(address))] += answered;
            }
        }
    }
    let most = (0..bytes.len()).max_by_key(|&owner| bytes[owner]);
    println!("{} bytes, most for {most:?}", bytes.iter().sum::<u64>());
}
