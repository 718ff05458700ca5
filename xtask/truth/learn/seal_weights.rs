//! Weights of seals, put in order by their bytes, from the last to the first. Nothing is wrong with
//! it. Prints the one in the middle.

use truth::Random;

const SEALS: usize = 1_000_000;

fn in_order(weights: &mut Vec<u32>, other: &mut Vec<u32>) {
    for shift in [0, 8, 16, 24] {
        let mut begins = [0_u32; 257];
        for weight in weights.iter() {
            begins[(weight >> shift & 0xff) as usize + 1] += 1;
        }
        for at in 0..256 {
            begins[at + 1] += begins[at];
        }
        for weight in weights.iter() {
            let begin = &mut begins[(weight >> shift & 0xff) as usize];
            other[*begin as usize] = *weight;
            *begin += 1;
        }
        std::mem::swap(weights, other);
    }
}

fn main() {
    let mut random = Random::new(1_741);
    let (mut weights, mut other) = (vec![0; SEALS], vec![0; SEALS]);
    let mut middle = 0;
    for _ in 0..90 {
        for weight in &mut weights {
            *weight = random.number() as u32;
        }
        in_order(&mut weights, &mut other);
        middle ^= weights[SEALS / 2];
    }
    println!("{middle}");
}
