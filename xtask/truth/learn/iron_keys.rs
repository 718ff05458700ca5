//! Keys of an old cipher: powers of numbers, left over by large ones. Prints the last.

use truth::Random;

fn times(one: u64, other: u64, rest: u64) -> u64 {
    (u128::from(one) * u128::from(other) % u128::from(rest)) as u64
}

fn power(mut base: u64, mut exponent: u64, rest: u64) -> u64 {
    let mut power = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = times(power, base, rest);
        }
        base = times(base, base, rest);
        exponent >>= 1;
    }
    power
}

/// A letter's signs, thrown about by a key.
fn letter(signs: &mut [u8], key: u64) -> u32 {
    let mut sum = 0_u32;
    for (at, sign) in signs.iter_mut().enumerate() {
        *sign = sign.rotate_left((key >> (at % 60)) as u32 & 7);
        sum = sum.wrapping_mul(31).wrapping_add(u32::from(*sign));
    }
    sum
}

fn main() {
    let mut random = Random::new(1_586);
    let (mut signs, mut sum) = (vec![7; 300], 0);
    for _ in 0..250_000 {
        let key = power(random.number(), random.number(), random.number() | 1 << 63 | 1);
        sum ^= letter(&mut signs, key);
    }
    println!("{sum}");
}
