//! Pressures in a network of pipes, which has few pipes at each node: a sparse system, solved by
//! going over it again and again.

use truth::Random;

const NODES: usize = 120_000;
const ROUNDS: usize = 700;

/// Rows one after the other, each from where the one before ended.
struct Network {
    ends: Vec<u32>,
    others: Vec<u32>,
    flows: Vec<f64>,
}

fn network(random: &mut Random) -> Network {
    let mut network = Network { ends: vec![0], others: Vec::new(), flows: Vec::new() };
    for node in 0..NODES {
        for _ in 0..2 + random.below(5) {
            network.others.push(((node + random.below(600)) % NODES) as u32);
            network.flows.push(random.unit() * 0.2);
        }
        network.ends.push(network.others.len() as u32);
    }
    network
}

fn relaxed(network: &Network, before: &[f64], after: &mut [f64]) {
    for (node, after) in after.iter_mut().enumerate() {
        let row = network.ends[node] as usize..network.ends[node + 1] as usize;
        let pipes = network.others[row.clone()].iter().zip(&network.flows[row]);
        *after = 0.1 + pipes.map(|(&other, flow)| before[other as usize] * flow).sum::<f64>();
    }
}

fn main() {
    let mut random = Random::new(75);
    let network = network(&mut random);
    let (mut before, mut after) = (vec![1.0; NODES], vec![0.0; NODES]);
    for _ in 0..ROUNDS {
        relaxed(&network, &before, &mut after);
        std::mem::swap(&mut before, &mut after);
    }
    println!("{:.6}", before.iter().sum::<f64>());
}
