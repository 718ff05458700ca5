//! Loads a packed table of sales and asks it what was sold in large lots, region by region.

use std::thread;

use truth::Random;

const ROWS: usize = 1024;
const KINDS: usize = 256;

/// A block of rows, as it lies in the file: where each column begins and how it goes on.
struct Block {
    amount: u32,
    step: u32,
    kind: u32,
}

/// The columns of a region, one value for each row.
struct Columns {
    amounts: Vec<u32>,
    kinds: Vec<u32>,
}

impl Block {
    fn amounts(&self) -> impl Iterator<Item = u32> + use<> {
        let (amount, step) = (self.amount, self.step);
        (0..ROWS as u32).map(move |row| amount.wrapping_add(row.wrapping_mul(step)) & 0xffff)
    }

    fn kinds(&self) -> impl Iterator<Item = u32> + use<> {
        let (kind, step) = (self.kind, self.step);
        (0..ROWS as u32).map(move |row| (kind + row / 4 + (step & 7)) % KINDS as u32)
    }
}

impl Columns {
    fn load(blocks: &[Block]) -> Columns {
        let mut amounts = Vec::with_capacity(blocks.len() * ROWS);
        let mut kinds = Vec::with_capacity(blocks.len() * ROWS);
        for block in blocks {
            amounts.extend(block.amounts());
            kinds.extend(block.kinds());
        }
        Columns { amounts, kinds }
    }
}

fn region(blocks: usize, seed: u64) -> Vec<Block> {
    let mut random = Random::new(seed);
    (0..blocks)
        .map(|_| Block {
            amount: random.number() as u32,
            step: random.below(4_000) as u32 * 2 + 1,
            kind: random.below(KINDS) as u32,
        })
        .collect()
}

/// What was sold in lots of at least this size, by kind.
fn large(amounts: &[u32], kinds: &[u32], least: u32) -> [u64; KINDS] {
    let mut sold = [0; KINDS];
    for (&amount, &kind) in amounts.iter().zip(kinds) {
        sold[kind as usize] += u64::from(amount) * u64::from(amount >= least);
    }
    sold
}

/// All questions of one part of the rows.
fn all(amounts: &[u32], kinds: &[u32], least: &[u32]) -> [u64; KINDS] {
    let mut sold = [0; KINDS];
    for &least in least {
        add(&mut sold, large(amounts, kinds, least));
    }
    sold
}

fn add(sold: &mut [u64; KINDS], more: [u64; KINDS]) {
    sold.iter_mut().zip(more).for_each(|(sold, more)| *sold += more);
}

/// Two threads share the rows.
fn ask(blocks: &[Block], least: &[u32]) -> [u64; KINDS] {
    let columns = Columns::load(blocks);
    let half = columns.amounts.len() / 2;
    thread::scope(|scope| {
        let first = scope.spawn(|| all(&columns.amounts[..half], &columns.kinds[..half], least));
        let mut sold = all(&columns.amounts[half..], &columns.kinds[half..], least);
        add(&mut sold, first.join().unwrap());
        sold
    })
}

/// Kinds that sell alike: the distance of each to each, by the regions' shares.
fn alike(regions: &[[u64; KINDS]]) -> (usize, usize, f64) {
    let share = |region: &[u64; KINDS], kind: usize| {
        region[kind] as f64 / region.iter().sum::<u64>().max(1) as f64
    };
    let shares: Vec<Vec<f64>> =
        (0..KINDS).map(|kind| regions.iter().map(|region| share(region, kind)).collect()).collect();
    let mut best = (0, 0, f64::MAX);
    for a in 0..KINDS {
        for b in a + 1..KINDS {
            let distance: f64 =
                shares[a].iter().zip(&shares[b]).map(|(a, b)| (a - b) * (a - b)).sum();
            if distance < best.2 {
                best = (a, b, distance);
            }
        }
    }
    best
}

fn main() {
    let mut regions = Vec::new();
    for seed in 0..16 {
        let blocks = region(12_000, 500 + seed);
        regions.push(ask(&blocks, &[20_000, 30_000, 45_000, 60_000]));
    }
    let total: u64 = regions.iter().flatten().sum();
    let (a, b, distance) = alike(&regions);
    println!("{total} sold, {a} like {b}: {:.3}", distance.sqrt() * 1e6);
}
