//! Chooses where shops should stand: gathers customers round the sites, and moves these to the
//! middle of those who are near, on two threads.

use std::thread;

use truth::Random;

const SITES: usize = 32;

/// Where customers live, east and north in tables of their own.
struct Customers {
    east: Vec<f32>,
    north: Vec<f32>,
}

#[derive(Clone, Copy, Default)]
struct Middle {
    east: f64,
    north: f64,
    customers: u32,
}

fn customers(count: usize) -> Customers {
    let mut random = Random::new(621);
    let towns: Vec<[f32; 2]> =
        (0..90).map(|_| [random.unit() as f32 * 200.0, random.unit() as f32 * 120.0]).collect();
    let (mut east, mut north) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        let town = towns[random.skewed(towns.len())];
        east.push(town[0] + (random.unit() + random.unit() - 1.0) as f32 * 12.0);
        north.push(town[1] + (random.unit() + random.unit() - 1.0) as f32 * 12.0);
    }
    Customers { east, north }
}

/// The nearest site of each customer of a part, eight customers at a time.
fn gather(east: &[f32], north: &[f32], sites: &[[f32; 2]; SITES]) -> ([Middle; SITES], f64) {
    let mut middles = [Middle::default(); SITES];
    let mut far = 0.0;
    for (east, north) in east.chunks_exact(8).zip(north.chunks_exact(8)) {
        let (mut least, mut nearest) = ([f32::MAX; 8], [0u32; 8]);
        for (number, site) in (0..).zip(sites) {
            for at in 0..8 {
                let (x, y) = (east[at] - site[0], north[at] - site[1]);
                let distance = x * x + y * y;
                nearest[at] = if distance < least[at] { number } else { nearest[at] };
                least[at] = least[at].min(distance);
            }
        }
        for at in 0..8 {
            let middle = &mut middles[nearest[at] as usize];
            middle.east += f64::from(east[at]);
            middle.north += f64::from(north[at]);
            middle.customers += 1;
            far += f64::from(least[at].sqrt());
        }
    }
    (middles, far)
}

/// One step for all customers: each thread has half of them and its own sums.
fn step(customers: &Customers, sites: &mut [[f32; 2]; SITES]) -> f64 {
    let half = customers.east.len() / 2 / 8 * 8;
    let parts = thread::scope(|scope| {
        let all = &*sites;
        let first =
            scope.spawn(move || gather(&customers.east[..half], &customers.north[..half], all));
        let second = gather(&customers.east[half..], &customers.north[half..], all);
        [first.join().unwrap(), second]
    });
    for (at, site) in sites.iter_mut().enumerate() {
        let [a, b] = [parts[0].0[at], parts[1].0[at]];
        let customers = f64::from((a.customers + b.customers).max(1));
        *site = [((a.east + b.east) / customers) as f32, ((a.north + b.north) / customers) as f32];
    }
    parts[0].1 + parts[1].1
}

/// The shortest round that visits all sites, made better by turning parts of it.
fn round(sites: &[[f32; 2]; SITES]) -> f32 {
    let distance =
        |a: usize, b: usize| (sites[a][0] - sites[b][0]).hypot(sites[a][1] - sites[b][1]);
    let mut order: Vec<usize> = (0..SITES).collect();
    let mut better = true;
    while better {
        better = false;
        for from in 1..SITES - 1 {
            for to in from + 1..SITES {
                let (a, b) = (order[from - 1], order[from]);
                let (c, d) = (order[to], order[(to + 1) % SITES]);
                if distance(a, c) + distance(b, d) + 1e-4 < distance(a, b) + distance(c, d) {
                    order[from..=to].reverse();
                    better = true;
                }
            }
        }
    }
    (0..SITES).map(|at| distance(order[at], order[(at + 1) % SITES])).sum()
}

fn main() {
    let customers = customers(1_200_000);
    let mut sites = [[0.0; 2]; SITES];
    for (at, site) in sites.iter_mut().enumerate() {
        *site = [customers.east[at * 997], customers.north[at * 997]];
    }
    let mut far = 0.0;
    for _ in 0..60 {
        far = step(&customers, &mut sites);
    }
    println!("{:.4} km on average, a round of {:.2} km", far / 1_200_000.0, round(&sites));
}
