//! The widest gaps between neighbouring primes, searched by several threads.

use std::thread;

use truth::Random;

const THREADS: u64 = 2;
const LAST: u64 = 2_400_000_000;
/// Odd numbers that are sieved at a time: as many bits as a near cache holds.
const SEGMENT: u64 = 1 << 18;

#[derive(Default)]
struct Found {
    primes: u64,
    /// Width of the widest gap, and the prime before it.
    widest: (u64, u64),
    twins: u64,
    first: u64,
    last: u64,
}

impl Found {
    fn prime(&mut self, prime: u64) {
        if self.primes == 0 {
            self.first = prime;
        } else {
            self.gap(prime);
        }
        self.primes += 1;
        self.last = prime;
    }

    fn gap(&mut self, next: u64) {
        let width = next - self.last;
        self.twins += u64::from(width == 2);
        if width > self.widest.0 {
            self.widest = (width, self.last);
        }
    }

    fn followed_by(mut self, later: Found) -> Found {
        self.gap(later.first);
        let widest = if later.widest.0 > self.widest.0 { later.widest } else { self.widest };
        Found {
            primes: self.primes + later.primes,
            widest,
            twins: self.twins + later.twins,
            first: self.first,
            last: later.last,
        }
    }
}

/// Odd primes up to the root of the last number.
fn small_primes() -> Vec<u64> {
    let mut primes: Vec<u64> = vec![3];
    for number in (5..=LAST.isqrt()).step_by(2) {
        if primes.iter().take_while(|&&prime| prime * prime <= number).all(|p| number % p != 0) {
            primes.push(number);
        }
    }
    primes
}

/// Marks the odd multiples of small primes in a segment.
fn sieved(segment: &mut [u64], start: u64, primes: &[u64]) {
    segment.fill(0);
    segment[0] |= u64::from(start == 1);
    let end = start + 2 * SEGMENT;
    for &prime in primes.iter().take_while(|&&prime| prime * prime < end) {
        let odd = start.div_ceil(prime) | 1;
        let mut at = (odd.max(prime) * prime - start) / 2;
        while at < SEGMENT {
            segment[(at / 64) as usize] |= 1 << (at % 64);
            at += prime;
        }
    }
}

/// The primes from one number on until another one, both multiples of a segment.
fn searched(from: u64, to: u64, primes: &[u64]) -> Found {
    let mut segment = vec![0_u64; SEGMENT as usize / 64];
    let mut found = Found::default();
    for start in (from..to).step_by(2 * SEGMENT as usize) {
        sieved(&mut segment, start + 1, primes);
        for (word, first) in segment.iter().zip((start + 1..).step_by(128)) {
            let mut rest = !word;
            while rest != 0 {
                found.prime(first + 2 * u64::from(rest.trailing_zeros()));
                rest &= rest - 1;
            }
        }
    }
    found
}

/// Whether what was found is right where it is looked at.
fn checked(found: &Found, random: &mut Random) -> usize {
    let (width, before) = found.widest;
    let is_prime =
        |number: u64| (3..=number.isqrt()).step_by(2).all(|odd| !number.is_multiple_of(odd));
    (0..40)
        .filter(|_| {
            let between = before + 2 * (1 + random.below(width as usize / 2 - 1) as u64);
            !is_prime(between) && is_prime(before) && is_prime(before + width)
        })
        .count()
}

fn main() {
    let primes = small_primes();
    let part = LAST / THREADS / (2 * SEGMENT) * (2 * SEGMENT);
    let found = thread::scope(|scope| {
        let primes = &primes;
        let parts: Vec<_> = (0..THREADS)
            .map(|number| scope.spawn(move || searched(number * part, (number + 1) * part, primes)))
            .collect();
        let found = parts.into_iter().filter_map(|part| part.join().ok());
        found.reduce(Found::followed_by).unwrap_or_default()
    });
    println!("{} odd primes, {} pairs of twins", found.primes, found.twins);
    println!("widest gap: {} after {}", found.widest.0, found.widest.1);
    println!("{} samples are right", checked(&found, &mut Random::new(3)));
}
