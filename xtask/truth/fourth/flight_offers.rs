//! Answers travellers who search for a flight there and back: the first page of what there is.

use truth::Random;

const SEARCHES: usize = 1_500;
const FLIGHTS: usize = 130;
/// Trips on a page.
const PAGE: usize = 15;

struct Flight {
    cents: u32,
    departs: u16,
    minutes: u16,
    change: Option<u16>,
    airline: u8,
}

struct Wishes {
    departs: u16,
    returns: u16,
    an_hour: f64,
    impatience: f64,
    calm: f64,
}

#[derive(Clone, Copy)]
struct Trip {
    cost: f64,
    there: u16,
    back: u16,
}

/// How likely it is that the next flight is gone, given minutes to change.
fn missed(minutes: u16, calm: f64) -> f64 {
    1.0 / (1.0 + ((f64::from(minutes) - 55.0) / calm).exp())
}

/// What a trip costs this traveller, in money and otherwise.
fn cost(there: &Flight, back: &Flight, wishes: &Wishes) -> f64 {
    let mut cost = f64::from(there.cents + back.cents) / 100.0;
    if there.airline == back.airline {
        cost *= 0.94;
    }
    cost += wishes.an_hour * f64::from(there.minutes + back.minutes) / 60.0;
    for (flight, wish) in [(there, wishes.departs), (back, wishes.returns)] {
        let early = f64::from(flight.departs.abs_diff(wish)) / 60.0;
        cost += wishes.an_hour * 0.3 * early.powf(wishes.impatience);
    }
    for flight in [there, back] {
        if let Some(change) = flight.change {
            cost += 180.0 * missed(change, wishes.calm) + 15.0;
        }
    }
    // Who is away for many hours of both days pays for meals.
    let hours = f64::from(there.minutes + back.minutes) / 60.0;
    cost + 9.0 * (hours * hours + 4.0).ln()
}

fn trips(there: &[Flight], back: &[Flight], wishes: &Wishes) -> Vec<Trip> {
    let mut trips = Vec::with_capacity(there.len() * back.len());
    for (out, departure) in (0..).zip(there) {
        for (home, arrival) in (0..).zip(back) {
            trips.push(Trip { cost: cost(departure, arrival, wishes), there: out, back: home });
        }
    }
    trips
}

/// The trips that the traveller sees first.
fn page(there: &[Flight], back: &[Flight], wishes: &Wishes) -> Vec<Trip> {
    let mut trips = trips(there, back, wishes);
    trips.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    trips.into_iter().take(PAGE).collect()
}

fn flights(random: &mut Random) -> Vec<Flight> {
    let flight = |_| {
        let change = (random.below(5) < 3).then(|| 35 + random.below(200) as u16);
        let minutes = 70 + random.below(90) as u16;
        Flight {
            cents: 4_000 + random.skewed(60_000) as u32,
            departs: random.below(24 * 60) as u16,
            minutes: minutes + change.map_or(0, |change| change + 75),
            change,
            airline: random.skewed(18) as u8,
        }
    };
    (0..FLIGHTS).map(flight).collect()
}

fn main() {
    let mut random = Random::new(2024);
    let mut cheapest = f64::INFINITY;
    let (mut sum, mut direct, mut places) = (0.0, 0, 0);
    for _ in 0..SEARCHES {
        let (there, back) = (flights(&mut random), flights(&mut random));
        let wishes = Wishes {
            departs: random.below(24 * 60) as u16,
            returns: random.below(24 * 60) as u16,
            an_hour: 5.0 + 30.0 * random.unit(),
            impatience: 1.1 + 0.4 * random.unit(),
            calm: 6.0 + 20.0 * random.unit(),
        };
        for trip in page(&there, &back, &wishes) {
            cheapest = cheapest.min(trip.cost);
            sum += trip.cost;
            let changes = [&there[usize::from(trip.there)], &back[usize::from(trip.back)]];
            direct += changes.iter().filter(|flight| flight.change.is_none()).count();
            places = places * 31 % 1_000_003 + usize::from(trip.there) + usize::from(trip.back);
        }
    }
    println!("{SEARCHES} pages from {cheapest:.2}, on average {:.2}", sum / SEARCHES as f64);
    println!("{direct} direct flights, check {places}");
}
