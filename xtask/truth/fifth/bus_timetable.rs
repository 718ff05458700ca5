//! The earliest arrival at each stop of a bus network, by scanning all rides in the order in which
//! they leave, and how that changes when a line runs late.

use truth::Random;

const STOPS: usize = 1_500;
const LINES: usize = 180;
const RUNS: u32 = 70;
const QUERIES: usize = 340;
const CHANGE: u32 = 2;
const NEVER: u32 = u32::MAX;

/// A ride from one stop to the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ride {
    leaves: u32,
    arrives: u32,
    from: u16,
    to: u16,
    run: u32,
}

struct Line {
    stops: Vec<u16>,
    minutes: Vec<u32>,
    first: u32,
    every: u32,
}

fn lines(random: &mut Random) -> Vec<Line> {
    let line = |_| {
        let length = 10 + random.below(22);
        let start = random.below(STOPS);
        let mut stop = start;
        let stops = (0..length).map(|_| {
            stop = (stop + 1 + random.below(40)) % STOPS;
            stop as u16
        });
        let stops = stops.collect();
        let minutes = (0..length).map(|_| 1 + random.below(5) as u32).collect();
        Line { stops, minutes, first: random.below(60) as u32, every: 8 + random.below(12) as u32 }
    };
    (0..LINES).map(line).collect()
}

/// All rides of a day, where one line may run late.
fn rides(lines: &[Line], late: Option<usize>, rides: &mut Vec<Ride>) {
    rides.clear();
    for (number, line) in lines.iter().enumerate() {
        let delay = if late == Some(number) { 6 } else { 0 };
        for run in 0..RUNS {
            let mut now = line.first + run * line.every + delay;
            for (stops, minutes) in line.stops.windows(2).zip(&line.minutes) {
                let arrives = now + minutes;
                let (from, to) = (stops[0], stops[1]);
                rides.push(Ride {
                    leaves: now,
                    arrives,
                    from,
                    to,
                    run: number as u32 * RUNS + run,
                });
                now = arrives;
            }
        }
    }
    rides.sort_unstable();
}

/// What a query needs: kept from one to the next.
struct Search {
    arrival: Vec<u32>,
    reached: Vec<bool>,
}

impl Search {
    fn run(&mut self, rides: &[Ride], from: usize, at: u32) -> &[u32] {
        self.arrival.fill(NEVER);
        self.reached.fill(false);
        self.arrival[from] = at;
        let first = rides.partition_point(|ride| ride.leaves < at);
        for ride in &rides[first..] {
            let here = self.arrival[usize::from(ride.from)];
            let can_change = here <= ride.leaves.saturating_sub(CHANGE);
            if can_change || self.reached[ride.run as usize] {
                self.reached[ride.run as usize] = true;
                let there = &mut self.arrival[usize::from(ride.to)];
                *there = ride.arrives.min(*there);
            }
        }
        &self.arrival
    }
}

fn main() {
    let mut random = Random::new(522);
    let lines = lines(&mut random);
    let mut day = Vec::with_capacity(LINES * RUNS as usize * 32);
    let mut search =
        Search { arrival: vec![NEVER; STOPS], reached: vec![false; LINES * RUNS as usize] };
    let starts: Vec<(usize, u32)> =
        (0..QUERIES).map(|_| (random.below(STOPS), 30 + random.below(400) as u32)).collect();
    for late in [None, Some(3), Some(17), Some(90), Some(120)] {
        rides(&lines, late, &mut day);
        let (mut reached, mut minutes) = (0_u64, 0_u64);
        for &(from, at) in &starts {
            for &arrival in search.run(&day, from, at) {
                if arrival != NEVER {
                    reached += 1;
                    minutes += u64::from(arrival - at);
                }
            }
        }
        let mean = minutes as f64 / reached as f64;
        println!("late {late:?}: {reached} stops reached, {mean:.2} minutes in the mean");
    }
}
