//! The trips of a city's lifts, as their controllers report them, and what managers ask of them.
//!
//! All trips of a day are in memory, in about the order in which they ended. A question takes a
//! part of the day and a strip of floors and wants to know everything of the trips in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use truth::{Random, word};

const TRIPS: usize = 3_000_000;
const BUILDINGS: usize = 900;
const QUESTIONS: usize = 24;
/// Milliseconds.
const DAY: u64 = 86_400_000;

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Usual,
    Service,
    Fire,
}

struct Trip {
    began: u64,
    waited: u64,
    rode: u64,
    kilos: u64,
    lift: u64,
    from: i64,
    to: i64,
    card: Option<u64>,
    building: Arc<str>,
    mode: Mode,
    held: bool,
}

#[derive(Default)]
struct Answer {
    trips: u64,
    waited: u64,
    rode: u64,
    kilos: u64,
    floors: u64,
    without_card: u64,
    held: u64,
    service: u64,
    odd_lifts: u64,
    longest: u64,
    building: Option<Arc<str>>,
}

fn trips(random: &mut Random) -> Vec<Trip> {
    let buildings: Vec<Arc<str>> = (0..BUILDINGS).map(|number| word(number).into()).collect();
    let trip = |number: usize| {
        let noise = random.number();
        let bits = |at: u32, count: u32| noise >> at & ((1 << count) - 1);
        let from = bits(0, 5) as i64 - 2;
        let to = if bits(5, 1) == 0 { 0 } else { bits(6, 5) as i64 - 2 };
        let waited = bits(11, 6) * bits(17, 6) * 40;
        Trip {
            began: number as u64 * DAY / TRIPS as u64 + bits(23, 12),
            waited,
            rode: 4_000 + (from - to).unsigned_abs() * 2_300,
            kilos: 60 + bits(35, 9),
            lift: 1 + bits(44, 3),
            from,
            to,
            card: (bits(47, 2) > 0).then(|| 1 + noise % 40_000),
            building: buildings[random.skewed(BUILDINGS)].clone(),
            mode: match bits(49, 7) {
                0 => Mode::Fire,
                1..8 => Mode::Service,
                _ => Mode::Usual,
            },
            held: bits(56, 4) == 0,
        }
    };
    (0..TRIPS).map(trip).collect()
}

/// Everything of the trips that began in a part of the day and touched a strip of floors.
fn answer(trips: &[Trip], begin: u64, end: u64, floors: (i64, i64)) -> Answer {
    let mut answer = Answer::default();
    let mut longest = None;
    for trip in trips {
        if trip.began < begin || trip.began >= end || trip.mode == Mode::Fire {
            continue;
        }
        if trip.from.min(trip.to) > floors.1 || trip.from.max(trip.to) < floors.0 {
            continue;
        }
        answer.trips += 1;
        answer.waited += trip.waited;
        answer.rode += trip.rode;
        answer.kilos += trip.kilos;
        answer.floors += trip.from.abs_diff(trip.to);
        answer.without_card += u64::from(trip.card.is_none());
        answer.held += u64::from(trip.held);
        answer.service += u64::from(trip.mode == Mode::Service);
        answer.odd_lifts += trip.lift & 1;
        if trip.waited + trip.rode > answer.longest {
            answer.longest = trip.waited + trip.rode;
            longest = Some(&trip.building);
        }
    }
    answer.building = longest.cloned();
    answer
}

/// Trips of each card, for the ten most frequent riders.
fn riders(trips: &[Trip]) -> Vec<(u64, u32)> {
    let mut counts = vec![0_u32; 40_001];
    for card in trips.iter().filter_map(|trip| trip.card) {
        counts[card as usize] += 1;
    }
    let mut riders: Vec<(u64, u32)> = (0..).zip(counts).collect();
    riders.select_nth_unstable_by_key(10, |&(card, count)| (std::cmp::Reverse(count), card));
    riders.truncate(10);
    riders.sort_unstable_by_key(|&(card, count)| (std::cmp::Reverse(count), card));
    riders
}

/// How busy each building is, in kilograms times floors, of a sample of trips.
fn loads(trips: &[Trip]) -> BTreeMap<Arc<str>, u64> {
    let mut loads: BTreeMap<Arc<str>, u64> = BTreeMap::new();
    for trip in trips.iter().step_by(16) {
        let load = trip.kilos * trip.from.abs_diff(trip.to);
        match loads.get_mut(&*trip.building) {
            Some(sum) => *sum += load,
            None => _ = loads.insert(trip.building.clone(), load),
        }
    }
    loads
}

fn main() {
    let mut random = Random::new(810);
    let trips = trips(&mut random);
    for question in 0..QUESTIONS {
        let begin = random.below(DAY as usize / 8) as u64;
        let end = DAY - random.below(DAY as usize / 8) as u64;
        let floors = (random.below(6) as i64 - 2, 8 + random.below(20) as i64);
        let answer = answer(&trips, begin, end, floors);
        if question % 4 == 0 {
            let Answer { trips, waited, rode, kilos, floors, .. } = answer;
            println!("{trips} trips: {waited} + {rode} ms, {kilos} kg, {floors} floors,");
            let Answer { without_card, held, service, odd_lifts, longest, .. } = answer;
            println!("  {without_card} without card, {held} held, {service} service, {odd_lifts} odd");
            println!("  longest {longest} in {}", answer.building.as_deref().unwrap_or("none"));
        }
    }
    println!("riders: {:?}", riders(&trips));
    let loads = loads(&trips);
    let most = loads.iter().max_by_key(|&(_, load)| load);
    println!("busiest of {}: {:?}", loads.len(), most);
}
