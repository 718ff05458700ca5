//! The protocol of a key ceremony, checked by an outsider: that each trustee's share of the key
//! fits the published commitments, and that the transcript is the one that was signed.

use truth::Random;

/// Limbs of the group's numbers: 4,096 bits.
const LIMBS: usize = 64;
const TRUSTEES: u64 = 40;
const THRESHOLD: usize = 4;

type Number = [u64; LIMBS];

/// A modulus, with what multiplying by Montgomery's method needs to know of it.
struct Group {
    modulus: Number,
    /// The lowest limb's negative inverse.
    inverse: u64,
}

impl Group {
    fn new(modulus: Number) -> Group {
        let lowest = modulus[0];
        let inverse = (0..6).fold(lowest, |inverse, _| {
            inverse.wrapping_mul(2_u64.wrapping_sub(lowest.wrapping_mul(inverse)))
        });
        Group { modulus, inverse: inverse.wrapping_neg() }
    }

    fn multiply(&self, a: &Number, b: &Number) -> Number {
        let mut sum = [0; LIMBS + 2];
        for &limb in b {
            let carry = add_product(&mut sum[..LIMBS], a, limb);
            add_carry(&mut sum[LIMBS..], carry);
            let factor = sum[0].wrapping_mul(self.inverse);
            let carry = add_product(&mut sum[..LIMBS], &self.modulus, factor);
            add_carry(&mut sum[LIMBS..], carry);
            sum.copy_within(1.., 0);
            sum[LIMBS + 1] = 0;
        }
        let mut product: Number = std::array::from_fn(|at| sum[at]);
        if sum[LIMBS] != 0 || !is_less(&product, &self.modulus) {
            subtract(&mut product, &self.modulus);
        }
        product
    }

    /// A base to a power, in windows of four bits.
    fn power(&self, base: &Number, exponent: &[u64]) -> Number {
        let mut powers = vec![*base];
        for at in 1..15 {
            powers.push(self.multiply(&powers[at - 1], base));
        }
        let mut result: Option<Number> = None;
        for shift in (0..exponent.len() * 16).rev() {
            if let Some(number) = &mut result {
                for _ in 0..4 {
                    *number = self.multiply(number, number);
                }
            }
            let window = (exponent[shift / 16] >> (shift % 16 * 4) & 15) as usize;
            if window > 0 {
                let factor = &powers[window - 1];
                result = Some(result.map_or(*factor, |number| self.multiply(&number, factor)));
            }
        }
        result.unwrap_or(*base)
    }
}

/// Adds a number times a limb to a sum, and gives back what is carried out of it.
fn add_product(sum: &mut [u64], number: &Number, factor: u64) -> u64 {
    let mut carry = 0;
    for (sum, &limb) in sum.iter_mut().zip(number) {
        let wide = u128::from(limb) * u128::from(factor) + u128::from(*sum) + u128::from(carry);
        *sum = wide as u64;
        carry = (wide >> 64) as u64;
    }
    carry
}

fn add_carry(sum: &mut [u64], carry: u64) {
    let (low, over) = sum[0].overflowing_add(carry);
    sum[0] = low;
    sum[1] += u64::from(over);
}

fn is_less(a: &Number, b: &Number) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

fn subtract(a: &mut Number, b: &Number) {
    let mut borrow = false;
    for (a, &b) in a.iter_mut().zip(b) {
        let (rest, first) = a.overflowing_sub(b);
        let (rest, second) = rest.overflowing_sub(u64::from(borrow));
        *a = rest;
        borrow = first | second;
    }
}

fn number(random: &mut Random) -> Number {
    let mut number: Number = std::array::from_fn(|_| random.number());
    number[LIMBS - 1] >>= 1;
    number
}

/// What a share must be, by the commitments to the polynomial's coefficients.
fn expected(group: &Group, commitments: &[Number], trustee: u64) -> Number {
    let mut commitments = commitments.iter().rev();
    let last = *commitments.next().expect("there is a threshold");
    commitments.fold(last, |value, commitment| {
        group.multiply(&group.power(&value, &[trustee]), commitment)
    })
}

/// A digest of the transcript: each entry is mixed into four lanes.
fn digest(transcript: &[u64]) -> u64 {
    let mut lanes = [1, 2, 3, 5];
    for entry in transcript.chunks_exact(4) {
        for (lane, word) in lanes.iter_mut().zip(entry) {
            *lane = (*lane ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64).rotate_left(29);
        }
    }
    lanes.iter().fold(0, |all, lane| all ^ lane)
}

fn main() {
    let mut random = Random::new(509);
    let mut modulus = number(&mut random);
    modulus[0] |= 1;
    modulus[LIMBS - 1] |= 1 << 63;
    let group = Group::new(modulus);
    let generator = number(&mut random);
    let mut transcript: Vec<u64> = (0..20_000_000).map(|_| random.number()).collect();
    let mut commitments = Vec::with_capacity(THRESHOLD);
    for _ in 0..THRESHOLD {
        let secret: [u64; 16] = std::array::from_fn(|_| random.number());
        commitments.push(group.power(&generator, &secret));
        transcript.extend(commitments[commitments.len() - 1]);
    }
    for trustee in 1..=TRUSTEES {
        let share: [u64; 16] = std::array::from_fn(|_| random.number());
        let public = group.power(&generator, &share);
        let fits = public == expected(&group, &commitments, trustee);
        transcript.extend(public);
        println!("trustee {trustee}: {:016x}, fits: {fits}", public[0]);
    }
    println!("transcript of {} words: {:016x}", transcript.len(), digest(&transcript));
}
