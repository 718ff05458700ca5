//! An online auction, replayed from its feed: bids are checked against the lot and the bidder's
//! limit, and each lot has a board with its highest bids. Prints the boards' sum and the turnover.

use std::cmp::Reverse;
use std::collections::HashMap;

use truth::Random;

const LOTS: u32 = 900;
const BIDDERS: u32 = 9_000;
const BIDS: usize = 10_000_000;
const ON_BOARD: usize = 6;
const REFRESH: usize = 800;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Paddle(u32);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct LotNumber(u32);

struct Bidder {
    limit: u64,
    bids: u32,
    highest: u64,
}

#[derive(Clone, Copy)]
struct Bid {
    cents: u64,
    paddle: Paddle,
}

#[derive(Default)]
struct Lot {
    estimate: u64,
    bids: Vec<Bid>,
}

impl Lot {
    /// The highest bids, best first; of equal ones the earlier.
    fn board(&self) -> Vec<Bid> {
        let mut ranked = self.bids.clone();
        ranked.sort_by_key(|bid| Reverse(bid.cents));
        ranked.truncate(ON_BOARD);
        ranked
    }
}

struct House {
    lots: HashMap<LotNumber, Lot>,
    bidders: HashMap<Paddle, Bidder>,
    refused: u64,
    shown: u64,
}

impl House {
    fn new(random: &mut Random) -> House {
        // Numbers are those of the catalogue and of the register, and have gaps.
        let lots = (0..LOTS).map(|lot| {
            let estimate = 5_000 + random.skewed(2_000_000) as u64;
            (LotNumber(lot * 3 + 1), Lot { estimate, bids: Vec::new() })
        });
        let lots = lots.collect();
        let bidders = (0..BIDDERS).map(|bidder| {
            let limit = 20_000 + random.skewed(9_000_000) as u64;
            (Paddle(bidder * 7 + 5), Bidder { limit, bids: 0, highest: 0 })
        });
        House { lots, bidders: bidders.collect(), refused: 0, shown: 0 }
    }

    /// Whether the bidder is known and may go so high.
    fn admit(&mut self, paddle: Paddle, cents: u64) -> bool {
        let Some(bidder) = self.bidders.get_mut(&paddle) else { return false };
        if cents > bidder.limit {
            return false;
        }
        bidder.bids += 1;
        bidder.highest = bidder.highest.max(cents);
        true
    }

    fn bid(&mut self, number: LotNumber, paddle: Paddle, factor: u64) {
        let Some(estimate) = self.lots.get(&number).map(|lot| lot.estimate) else {
            self.refused += 1;
            return;
        };
        let cents = estimate * factor / 1_000;
        if !self.admit(paddle, cents) {
            self.refused += 1;
            return;
        }
        let Some(lot) = self.lots.get_mut(&number) else { return };
        lot.bids.push(Bid { cents, paddle });
        if lot.bids.len().is_multiple_of(REFRESH) {
            let board = lot.board();
            self.shown += board.iter().map(|bid| bid.cents + u64::from(bid.paddle.0)).sum::<u64>();
        }
        // Once a lot has been hammered down, it is put up anew.
        if lot.bids.len() == 4 * REFRESH {
            lot.bids.clear();
        }
    }
}

fn main() {
    let mut random = Random::new(88);
    let mut house = House::new(&mut random);
    for _ in 0..BIDS {
        let number = LotNumber(random.below(LOTS as usize) as u32 * 3 + 1);
        let paddle = Paddle(random.below(BIDDERS as usize) as u32 * 7 + 5);
        let factor = 300 + random.below(900) as u64;
        house.bid(number, paddle, factor);
    }
    let bids: u64 = house.bidders.values().map(|bidder| u64::from(bidder.bids)).sum();
    let highest = house.bidders.values().map(|bidder| bidder.highest).max().unwrap_or(0);
    println!("{bids} bids, {} refused, highest {highest}", house.refused);
    println!("boards {}", house.shown);
}
