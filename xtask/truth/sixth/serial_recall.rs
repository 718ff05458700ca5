//! A recall of medicines: of the serial numbers that pharmacies report, which were in a bad batch?
//! Numbers were given out in ranges, one after the other, to all batches of ten years.

use truth::Random;

#[derive(Clone, Copy)]
struct Batch {
    product: u16,
    line: u8,
    bad: bool,
}

/// All ranges, by their last numbers.
struct Register {
    ends: Vec<u32>,
    batches: Vec<Batch>,
}

impl Register {
    fn load(ranges: usize) -> Register {
        let mut random = Random::new(515);
        let mut end = 0;
        let mut register =
            Register { ends: Vec::with_capacity(ranges), batches: Vec::with_capacity(ranges) };
        for _ in 0..ranges {
            end += 1 + random.below(380) as u32;
            register.ends.push(end);
            register.batches.push(Batch {
                product: random.skewed(4000) as u16,
                line: random.below(30) as u8,
                bad: random.below(700) == 0,
            });
        }
        register
    }

    fn last(&self) -> u32 {
        self.ends.last().copied().unwrap_or(0)
    }

    /// In which range a number is.
    fn range(&self, serial: u32) -> usize {
        self.ends.partition_point(|&end| end < serial)
    }
}

/// What a pharmacy reports: packs with their serial numbers and a check digit in each.
struct Report {
    packs: Vec<u8>,
}

/// Digits of a pack's code, and its check digit.
const CODE: usize = 11;

fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 =
        digits.iter().zip([3, 1].iter().cycle()).map(|(d, w)| u32::from(*d - b'0') * w).sum();
    b'0' + (10 - sum % 10) as u8 % 10
}

fn report(packs: usize, last: u32, random: &mut Random) -> Report {
    let mut codes = Vec::with_capacity(packs * CODE);
    for _ in 0..packs {
        let mut serial = 1 + random.below(last as usize) as u32;
        let mut code = [b'0'; CODE];
        for digit in code[..CODE - 1].iter_mut().rev() {
            *digit = b'0' + (serial % 10) as u8;
            serial /= 10;
        }
        let wrong = u8::from(random.below(500) == 0);
        code[CODE - 1] = b'0' + (check_digit(&code[..CODE - 1]) - b'0' + wrong) % 10;
        codes.extend_from_slice(&code);
    }
    Report { packs: codes }
}

/// The numbers that were read rightly.
fn serials(report: &Report, serials: &mut Vec<u32>) -> usize {
    serials.clear();
    for code in report.packs.as_chunks::<CODE>().0 {
        let (check, digits) = code.split_last().expect("a code has digits");
        if check_digit(digits) == *check {
            serials.push(digits.iter().fold(0, |n, d| n * 10 + u32::from(*d - b'0')));
        }
    }
    report.packs.len() / CODE - serials.len()
}

#[derive(Default)]
struct Findings {
    packs: u64,
    misread: usize,
    bad: Vec<u32>,
    by_line: [u64; 30],
    products: u64,
}

fn main() {
    let register = Register::load(9_000_000);
    let mut random = Random::new(516);
    let mut findings = Findings::default();
    let mut read = Vec::new();
    for _ in 0..120 {
        let report = report(20_000, register.last(), &mut random);
        findings.misread += serials(&report, &mut read);
        for &serial in &read {
            let batch = register.batches[register.range(serial)];
            findings.packs += 1;
            findings.by_line[usize::from(batch.line)] += 1;
            findings.products += u64::from(batch.product);
            if batch.bad {
                findings.bad.push(serial);
            }
        }
    }
    findings.bad.sort_unstable();
    let most = findings.by_line.iter().max().copied().unwrap_or(0);
    println!(
        "{} packs, {} misread, {} bad from {:?}, {most} of a line, {}",
        findings.packs,
        findings.misread,
        findings.bad.len(),
        findings.bad.first(),
        findings.products
    );
}
