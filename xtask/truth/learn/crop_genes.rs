//! Genes of crops, crossed and chosen over many generations. Nothing is wrong with it. Prints the
//! best crop.

use truth::Random;

const GENES: usize = 64;

#[derive(Clone, Copy)]
struct Crop {
    genes: u64,
    worth: u32,
}

fn worth(genes: u64, weights: &[[u32; 256]; 8]) -> u32 {
    genes.to_le_bytes().iter().zip(weights).map(|(byte, of)| of[usize::from(*byte)]).sum()
}

fn crossed(one: Crop, other: Crop, random: &mut Random) -> u64 {
    let mask = random.number();
    let genes = one.genes & mask | other.genes & !mask;
    genes ^ 1 << random.below(GENES)
}

fn main() {
    let mut random = Random::new(1_866);
    let mut weights = [[0; 256]; 8];
    weights.iter_mut().flatten().for_each(|weight| *weight = random.below(1_000) as u32);
    let mut crops: Vec<Crop> = (0..4_000)
        .map(|_| {
            let genes = random.number();
            Crop { genes, worth: worth(genes, &weights) }
        })
        .collect();
    for _ in 0..120_000_000 {
        let [one, other, third] = [0; 3].map(|_| random.below(crops.len()));
        let (good, bad) =
            if crops[one].worth < crops[other].worth { (other, one) } else { (one, other) };
        let genes = crossed(crops[good], crops[third], &mut random);
        crops[bad] = Crop { genes, worth: worth(genes, &weights) };
    }
    println!("{:?}", crops.iter().map(|crop| crop.worth).max());
}
