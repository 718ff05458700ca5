//! Which way do barges go? Canals with locks, and the hours that a load takes through them.
//!
//! Every harbour asks for the ways to all places; harbours are dealt out to two threads. How often
//! a canal is on a shortest way says where the next lock should be widened.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::thread;

use truth::{Random, word};

const PLACES: usize = 60_000;
const WIDTH: usize = 300;
const HARBOURS: usize = 200;
const THREADS: usize = 2;

/// Canals from each place, one place after the other.
struct Network {
    begins: Vec<u32>,
    canals: Vec<Canal>,
}

#[derive(Clone, Copy)]
struct Canal {
    to: u32,
    minutes: u32,
}

impl Network {
    /// A grid with some canals left out and a few long ones across.
    fn dug(random: &mut Random) -> Network {
        let mut pairs: Vec<(u32, Canal)> = Vec::new();
        let mut dig = |a: usize, b: usize, minutes: usize| {
            for (from, to) in [(a, b), (b, a)] {
                pairs.push((from as u32, Canal { to: to as u32, minutes: minutes as u32 }));
            }
        };
        for place in 0..PLACES {
            if place % WIDTH + 1 < WIDTH && random.below(10) > 0 {
                dig(place, place + 1, 20 + random.skewed(240));
            }
            if place + WIDTH < PLACES && random.below(10) > 0 {
                dig(place, place + WIDTH, 20 + random.skewed(240));
            }
            if random.below(40) == 0 {
                dig(place, random.below(PLACES), 900 + random.below(4_000));
            }
        }
        let mut begins = vec![0; PLACES + 1];
        for &(from, _) in &pairs {
            begins[from as usize + 1] += 1;
        }
        for place in 0..PLACES {
            begins[place + 1] += begins[place];
        }
        let mut next = begins.clone();
        let mut canals = vec![Canal { to: 0, minutes: 0 }; pairs.len()];
        for (from, canal) in pairs {
            let place = &mut next[from as usize];
            canals[*place as usize] = canal;
            *place += 1;
        }
        Network { begins, canals }
    }

    fn from(&self, place: u32) -> std::ops::Range<usize> {
        self.begins[place as usize] as usize..self.begins[place as usize + 1] as usize
    }
}

/// What a search needs, kept from harbour to harbour.
struct Search {
    minutes: Vec<u32>,
    /// The canal by which a place was reached.
    by: Vec<u32>,
    before: Vec<u32>,
    order: Vec<u32>,
    open: BinaryHeap<Reverse<(u32, u32)>>,
    ships: Vec<u32>,
}

impl Search {
    fn new() -> Search {
        Search {
            minutes: vec![u32::MAX; PLACES],
            by: vec![0; PLACES],
            before: vec![0; PLACES],
            order: Vec::with_capacity(PLACES),
            open: BinaryHeap::new(),
            ships: vec![0; PLACES],
        }
    }

    fn from(&mut self, network: &Network, harbour: u32) {
        self.minutes.fill(u32::MAX);
        self.order.clear();
        self.minutes[harbour as usize] = 0;
        self.open.push(Reverse((0, harbour)));
        while let Some(Reverse((minutes, place))) = self.open.pop() {
            if minutes > self.minutes[place as usize] {
                continue;
            }
            self.order.push(place);
            for at in network.from(place) {
                let canal = network.canals[at];
                let there = minutes + canal.minutes;
                if there < self.minutes[canal.to as usize] {
                    self.minutes[canal.to as usize] = there;
                    self.by[canal.to as usize] = at as u32;
                    self.before[canal.to as usize] = place;
                    self.open.push(Reverse((there, canal.to)));
                }
            }
        }
    }

    /// A ship for each place that was reached, back along its way: the farthest places first.
    fn load(&mut self, traffic: &mut [u32]) {
        self.ships.fill(1);
        for &place in self.order[1..].iter().rev() {
            let ships = self.ships[place as usize];
            traffic[self.by[place as usize] as usize] += ships;
            self.ships[self.before[place as usize] as usize] += ships;
        }
    }
}

/// Traffic of all canals, and the middle time of each harbour, for every so many harbours.
fn share(network: &Network, harbours: &[u32], first: usize) -> (Vec<u32>, Vec<(usize, u32)>) {
    let mut search = Search::new();
    let mut traffic = vec![0; network.canals.len()];
    let mut times = Vec::new();
    let mut reached = Vec::with_capacity(PLACES);
    for (number, &harbour) in harbours.iter().enumerate().skip(first).step_by(THREADS) {
        search.from(network, harbour);
        search.load(&mut traffic);
        reached.clear();
        reached.extend(search.order.iter().map(|&place| search.minutes[place as usize]));
        // Places are reached in the order of their times.
        times.push((number, reached[reached.len() / 2]));
    }
    (traffic, times)
}

fn main() {
    let mut random = Random::new(822);
    let network = Network::dug(&mut random);
    let harbours: Vec<u32> = (0..HARBOURS).map(|_| random.below(PLACES) as u32).collect();
    let shares: Vec<_> = thread::scope(|scope| {
        let (network, harbours) = (&network, &harbours);
        let threads: Vec<_> = (0..THREADS)
            .map(|first| scope.spawn(move || share(network, harbours, first)))
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a share")).collect()
    });

    let mut traffic = vec![0_u32; network.canals.len()];
    let mut times = Vec::new();
    for (part, middle) in shares {
        for (sum, ships) in traffic.iter_mut().zip(part) {
            *sum += ships;
        }
        times.extend(middle);
    }
    times.sort_unstable();
    for (number, minutes) in times.iter().step_by(40) {
        println!("{:10} reaches half of all in {minutes} minutes", word(*number));
    }
    let busiest = (0..traffic.len()).max_by_key(|&canal| (traffic[canal], canal)).expect("canals");
    let canal = network.canals[busiest];
    let quiet = traffic.iter().filter(|&&ships| ships == 0).count();
    println!(
        "{} ships on the way to place {}, of {} minutes",
        traffic[busiest], canal.to, canal.minutes
    );
    println!("{quiet} of {} canals are never used", traffic.len());
}
