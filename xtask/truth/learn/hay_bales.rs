//! Bales of hay, of which the driest are wanted each morning. Prints where they lie.

use truth::Random;

#[derive(Clone, Copy)]
struct Bale {
    field: u32,
    damp: f32,
}

/// Three fields to begin with.
fn choice(bales: &[Bale]) -> [u32; 3] {
    let mut dry: Vec<(f32, u32)> = bales.iter().map(|bale| (bale.damp, bale.field)).collect();
    dry.sort_by(|a, b| a.0.total_cmp(&b.0));
    [dry[0].1, dry[1].1, dry[2].1]
}

fn dew(bales: &mut [Bale], random: &mut Random) {
    for _ in 0..12 {
        for bale in bales.iter_mut() {
            bale.damp = bale.damp * 0.9 + (random.number() >> 40) as f32 * 1e-8;
        }
    }
}

fn main() {
    let mut random = Random::new(1_701);
    let mut bales: Vec<Bale> =
        (0..20_000).map(|at| Bale { field: at / 40, damp: random.unit() as f32 }).collect();
    let mut sum = 0;
    for _ in 0..900 {
        dew(&mut bales, &mut random);
        sum += choice(&bales).iter().sum::<u32>();
    }
    println!("{sum}");
}
