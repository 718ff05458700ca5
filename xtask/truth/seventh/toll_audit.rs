//! Audits two days of a toll road. All passages of a day are kept in memory and asked what each
//! part of it brought; some of them are drawn by lot, and what they paid is checked against the
//! cheapest way through the network. Prints the totals and what was paid too much.

use truth::Random;

const PASSAGES: usize = 1_300_000;
const JUNCTIONS: usize = 48;
const CLASSES: usize = 4;
const DRAWN: usize = 150_000;
const DAY: u64 = 86_400_000;

#[derive(Clone, Copy, PartialEq)]
enum Lane {
    Cash,
    Card,
    Transponder,
}

/// A car that went through.
struct Passage {
    entered: u64,
    left: u64,
    plate: u64,
    entry: usize,
    exit: usize,
    class: usize,
    cents: u64,
    rebate: Option<u64>,
    contract: Option<u64>,
    lane: Lane,
    camera: bool,
}

#[derive(Default, Debug)]
struct Hour {
    passages: u64,
    cents: u64,
    rebates: u64,
    strangers: u64,
    cash: u64,
    cards: u64,
    unseen: u64,
    heavy: u64,
    millis: u64,
    loops: u64,
    longest: u64,
    plate: u64,
}

/// What went through in an hour, or in a part of it.
fn hour(passages: &[Passage], from: u64, to: u64) -> Hour {
    let mut hour = Hour::default();
    for passage in passages {
        if passage.entered < from || passage.entered >= to {
            continue;
        }
        let millis = passage.left - passage.entered;
        hour.passages += 1;
        hour.cents += passage.cents;
        hour.rebates += passage.rebate.unwrap_or(0);
        hour.strangers += u64::from(passage.contract.is_none());
        hour.cash += u64::from(passage.lane == Lane::Cash);
        hour.cards += u64::from(passage.lane == Lane::Card);
        hour.unseen += u64::from(!passage.camera);
        hour.heavy += u64::from(passage.class >= 2);
        hour.loops += u64::from(passage.entry == passage.exit);
        hour.millis += millis;
        if millis > hour.longest {
            hour.longest = millis;
            hour.plate = passage.plate;
        }
    }
    hour
}

/// Roads between junctions, with the price of each for each class.
struct Network {
    roads: Vec<Vec<(usize, [u64; CLASSES])>>,
}

impl Network {
    fn new(random: &mut Random) -> Network {
        let mut roads = vec![Vec::new(); JUNCTIONS];
        for from in 0..JUNCTIONS {
            for to in [(from + 1) % JUNCTIONS, random.below(JUNCTIONS), random.below(JUNCTIONS)] {
                let cents = 40 + random.below(600) as u64;
                let prices = [cents, cents * 3 / 2, cents * 2, cents * 3 + random.below(90) as u64];
                roads[from].push((to, prices));
                roads[to].push((from, prices));
            }
        }
        Network { roads }
    }

    /// The cheapest way from one junction to another.
    fn fare(&self, entry: usize, exit: usize, class: usize) -> u64 {
        let mut cents = [u64::MAX; JUNCTIONS];
        let mut done = [false; JUNCTIONS];
        cents[entry] = 0;
        loop {
            let open = (0..JUNCTIONS).filter(|&at| !done[at] && cents[at] < u64::MAX);
            let Some(nearest) = open.min_by_key(|&at| cents[at]) else { return cents[exit] };
            if nearest == exit {
                return cents[exit];
            }
            done[nearest] = true;
            for (to, prices) in &self.roads[nearest] {
                cents[*to] = cents[*to].min(cents[nearest] + prices[class]);
            }
        }
    }
}

fn passages(random: &mut Random) -> Vec<Passage> {
    let passage = |at: usize| {
        let entered = at as u64 * DAY / PASSAGES as u64;
        let minutes = 3 + random.skewed(90) as u64;
        Passage {
            entered,
            left: entered + minutes * 60_000 + random.below(60_000) as u64,
            plate: random.number() >> 20,
            entry: random.skewed(JUNCTIONS),
            exit: random.skewed(JUNCTIONS),
            class: random.skewed(CLASSES),
            cents: 200 + random.below(2_000) as u64,
            rebate: (random.below(4) == 0).then(|| random.below(150) as u64),
            contract: (random.below(3) > 0).then(|| random.number() >> 30),
            lane: [Lane::Cash, Lane::Card, Lane::Transponder][random.below(3)],
            camera: random.below(50) > 0,
        }
    };
    (0..PASSAGES).map(passage).collect()
}

fn main() {
    let mut random = Random::new(407);
    let network = Network::new(&mut random);
    for day in ["yesterday", "today"] {
        let passages = passages(&mut random);
        let mut most = Hour::default();
        for quarter in 0..32 {
            let from = quarter * DAY / 43;
            let hour = hour(&passages, from, from + DAY / 4);
            if hour.cents > most.cents {
                most = hour;
            }
        }
        let mut too_much = 0;
        for _ in 0..DRAWN {
            let passage = &passages[random.below(PASSAGES)];
            let fare = network.fare(passage.entry, passage.exit, passage.class);
            too_much += (passage.cents - passage.rebate.unwrap_or(0)).saturating_sub(fare);
        }
        println!("{day}: {most:?}");
        println!("  paid too much: {too_much} cents");
    }
}
