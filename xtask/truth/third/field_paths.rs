//! Sends machines over a field: the cheapest ways from their sheds over ground that is not alike.

use truth::Random;

const SIDE: usize = 1_000;
/// No step costs as much as this.
const DEAREST: usize = 16;

/// What a step onto each place costs; nought where nobody can go. A wall is around it all.
fn ground() -> Vec<u8> {
    let mut random = Random::new(631);
    let mut ground = vec![0u8; SIDE * SIDE];
    for y in 1..SIDE - 1 {
        for x in 1..SIDE - 1 {
            let soft = (x / 40 * 7 + y / 25 * 11) % 9;
            ground[y * SIDE + x] =
                if random.below(9) == 0 { 0 } else { 1 + (soft + random.below(5)) as u8 };
        }
    }
    ground
}

/// Buckets by cost, kept from one search to the next, and what each place costs to reach.
struct Search {
    buckets: [Vec<u32>; DEAREST],
    costs: Vec<u32>,
}

impl Search {
    fn new() -> Search {
        Search { buckets: [const { Vec::new() }; DEAREST], costs: vec![u32::MAX; SIDE * SIDE] }
    }

    /// Dial's algorithm: the least cost from the start to every place.
    fn run(&mut self, ground: &[u8], start: u32) {
        self.costs.fill(u32::MAX);
        self.costs[start as usize] = 0;
        self.buckets[0].push(start);
        let (mut cost, mut empty) = (0u32, 0);
        while empty < DEAREST {
            let mut bucket = std::mem::take(&mut self.buckets[cost as usize % DEAREST]);
            empty = if bucket.is_empty() { empty + 1 } else { 0 };
            for place in bucket.drain(..) {
                if self.costs[place as usize] == cost {
                    self.reach(ground, place, cost);
                }
            }
            self.buckets[cost as usize % DEAREST] = bucket;
            cost += 1;
        }
    }

    #[inline]
    fn reach(&mut self, ground: &[u8], place: u32, cost: u32) {
        let side = SIDE as u32;
        for next in [place - 1, place + 1, place - side, place + side] {
            let step = u32::from(ground[next as usize]);
            let reached = cost + step;
            if step != 0 && reached < self.costs[next as usize] {
                self.costs[next as usize] = reached;
                self.buckets[reached as usize % DEAREST].push(next);
            }
        }
    }

    /// The way back from a goal, always to the cheapest neighbour.
    fn way(&self, goal: u32, way: &mut Vec<u32>) {
        way.clear();
        let mut at = goal;
        while self.costs[at as usize] != 0 && self.costs[at as usize] != u32::MAX {
            way.push(at);
            let side = SIDE as u32;
            let near = [at - 1, at + 1, at - side, at + side];
            at = near.into_iter().min_by_key(|&near| self.costs[near as usize]).unwrap();
        }
    }
}

fn place(random: &mut Random, ground: &[u8]) -> u32 {
    loop {
        let place = random.below(SIDE * SIDE);
        if ground[place] != 0 {
            return place as u32;
        }
    }
}

fn main() {
    let ground = ground();
    let mut random = Random::new(632);
    let mut search = Search::new();
    let mut worn = vec![0u32; SIDE * SIDE];
    let mut way = Vec::new();
    let mut total = 0u64;
    for _ in 0..44 {
        let shed = place(&mut random, &ground);
        search.run(&ground, shed);
        for _ in 0..60 {
            search.way(place(&mut random, &ground), &mut way);
            total += way.len() as u64;
            for &place in &way {
                worn[place as usize] += 1;
            }
        }
    }
    let most = worn.iter().max().unwrap();
    let paths = worn.iter().filter(|&&times| times > 3).count();
    println!("{total} steps, {paths} places are paths, {most} times at most");
}
