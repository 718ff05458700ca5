//! Threads of a loom, each with a tension: what the weaver does is a few operations on each thread,
//! chosen when the loom is set up. Prints the tightest thread.

use truth::Random;

/// Something that is done to a tension.
trait Step {
    fn on(&self, tension: f32) -> f32;
}

struct Pull(f32);
struct Slack(f32);
struct Limit(f32);

impl Step for Pull {
    fn on(&self, tension: f32) -> f32 {
        tension + self.0
    }
}

impl Step for Slack {
    fn on(&self, tension: f32) -> f32 {
        tension * self.0
    }
}

impl Step for Limit {
    fn on(&self, tension: f32) -> f32 {
        if tension > self.0 { self.0 } else { tension }
    }
}

fn step(random: &mut Random) -> Box<dyn Step> {
    match random.below(3) {
        0 => Box::new(Pull(random.unit() as f32)),
        1 => Box::new(Slack(0.9 + random.unit() as f32 * 0.1)),
        _ => Box::new(Limit(4.0 + random.unit() as f32)),
    }
}

/// One step on all threads.
fn weave(step: &dyn Step, threads: &mut [f32]) {
    for thread in threads {
        *thread = step.on(*thread);
    }
}

/// The cloth's pattern: what is over and what is under.
fn cloth(random: &mut Random, over: &mut u64) -> u32 {
    for _ in 0..9_000 {
        *over = over.rotate_left(3) ^ random.number();
    }
    over.count_ones()
}

fn main() {
    let mut random = Random::new(1_804);
    let mut threads = vec![1.0_f32; 8_000];
    let (mut over, mut ones) = (0, 0);
    for _ in 0..9_000 {
        for _ in 0..5 {
            let step = step(&mut random);
            weave(&*step, &mut threads);
        }
        ones ^= cloth(&mut random, &mut over);
    }
    println!("{:?} {ones}", threads.iter().copied().fold(0.0, f32::max));
}
