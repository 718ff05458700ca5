//! Looks for primes of the form k · 2^n + 1 with one large n, as number theorists share them out:
//! sieves the k, and tests with Proth's theorem those that are left.

/// Limbs below the power of two; n is sixty-four times as much.
const LIMBS: usize = 52;
const EXPONENT: u64 = 64 * LIMBS as u64;

/// Primes below a bound.
fn primes(bound: usize) -> Vec<u64> {
    let mut composite = vec![false; bound];
    let mut primes = Vec::new();
    for number in 2..bound {
        if !composite[number] {
            primes.push(number as u64);
            for multiple in (number * number..bound).step_by(number) {
                composite[multiple] = true;
            }
        }
    }
    primes
}

fn power(base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let (mut result, mut base) = (1, base % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % modulus;
        }
        base = base * base % modulus;
        exponent >>= 1;
    }
    result
}

/// The odd k in a range for which no small prime divides k · 2^n + 1.
fn sieve(from: u64, to: u64, primes: &[u64]) -> Vec<u64> {
    let mut divided = vec![false; ((to - from) / 2) as usize];
    for &prime in &primes[1..] {
        // k · 2^n = -1, so k is the negative of the inverse of 2^n.
        let inverse = power(power(2, EXPONENT, prime), prime - 2, prime);
        let root = (prime - inverse) % prime;
        let first = (root + prime - from % prime) % prime;
        let first = if first % 2 == 0 { first } else { first + prime };
        for at in (first as usize / 2..divided.len()).step_by(prime as usize) {
            divided[at] = true;
        }
    }
    let left = divided.iter().enumerate().filter(|(_, divided)| !**divided);
    left.map(|(at, _)| from + 2 * at as u64).collect()
}

/// The number k · 2^n + 1, and room to calculate modulo it.
struct Candidate {
    k: u64,
    product: Vec<u64>,
    quotient: Vec<u64>,
}

impl Candidate {
    fn new(k: u64) -> Candidate {
        Candidate { k, product: vec![0; 2 * (LIMBS + 1)], quotient: vec![0; LIMBS + 2] }
    }

    fn multiply(&mut self, a: &[u64], b: &[u64]) {
        self.product.fill(0);
        for (at, &digit) in a.iter().enumerate() {
            let mut carry = 0;
            for (place, &other) in self.product[at..].iter_mut().zip(b) {
                let sum = u128::from(digit) * u128::from(other) + u128::from(*place) + carry;
                *place = sum as u64;
                carry = sum >> 64;
            }
            self.product[at + b.len()] = carry as u64;
        }
    }

    /// The remainder of the product. With the product as h · 2^n + l and h as q · k + r, it is
    /// r · 2^n + l - q, since k · 2^n is one less than nothing.
    fn reduce(&mut self, value: &mut [u64]) {
        let (low, high) = self.product.split_at(LIMBS);
        let mut rest = 0;
        for (limb, quotient) in high.iter().zip(&mut self.quotient).rev() {
            let upper = rest << 32 | limb >> 32;
            let lower = (upper % self.k) << 32 | limb & 0xffff_ffff;
            *quotient = (upper / self.k) << 32 | lower / self.k;
            rest = lower % self.k;
        }
        value[..LIMBS].copy_from_slice(low);
        value[LIMBS] = rest;
        let mut borrow = false;
        for (limb, &quotient) in value.iter_mut().zip(&self.quotient) {
            let (difference, first) = limb.overflowing_sub(quotient);
            let (difference, second) = difference.overflowing_sub(u64::from(borrow));
            *limb = difference;
            borrow = first || second;
        }
        if borrow || value[LIMBS] > self.k {
            // One time the candidate itself, which is 1 in its lowest limb and k in its highest.
            let mut carry = true;
            for limb in value.iter_mut() {
                let (sum, over) = limb.overflowing_add(u64::from(carry));
                *limb = sum;
                carry = over;
            }
            value[LIMBS] = value[LIMBS].wrapping_add(self.k);
        }
    }

    fn square(&mut self, value: &mut [u64]) {
        self.multiply(value, value);
        self.reduce(value);
    }

    /// By Proth: prime if the base to the power of half of what is before it is -1.
    fn is_prime(&mut self, base: u64) -> bool {
        let mut start = vec![0; LIMBS + 1];
        start[0] = base;
        let mut value = start.clone();
        for bit in (0..self.k.ilog2()).rev() {
            self.square(&mut value);
            if self.k >> bit & 1 == 1 {
                self.multiply(&value, &start);
                self.reduce(&mut value);
            }
        }
        for _ in 1..EXPONENT {
            self.square(&mut value);
        }
        value[LIMBS] == self.k && value[..LIMBS].iter().all(|&limb| limb == 0)
    }
}

/// A small base that is no square modulo the candidate.
fn base(k: u64) -> Option<u64> {
    [3, 5, 7, 11, 13, 17, 19].into_iter().find(|&prime| {
        let candidate = (k % prime * power(2, EXPONENT, prime) + 1) % prime;
        candidate != 0 && power(candidate, (prime - 1) / 2, prime) == prime - 1
    })
}

fn main() {
    let primes = primes(40_000_000);
    let (from, to) = (100_801, 103_201);
    let left = sieve(from, to, &primes);
    let mut found = Vec::new();
    for &k in &left {
        if let Some(base) = base(k)
            && Candidate::new(k).is_prime(base)
        {
            found.push(k);
        }
    }
    println!("{} left of {}, prime for {found:?}", left.len(), (to - from) / 2);
}
