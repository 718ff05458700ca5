//! Reports on a fleet of vans: which burn more than they should for the way they went, month by
//! month, after corrections by depot.

use truth::Random;

#[derive(Clone)]
struct Trip {
    van: u32,
    driver: u32,
    start: u64,
    end: u64,
    from: [f64; 2],
    to: [f64; 2],
    metres: u32,
    millilitres: u32,
    stops: u32,
    notes: [u8; 36],
}

fn trip(random: &mut Random) -> Trip {
    let metres = 2_000 + random.skewed(90_000) as u32;
    Trip {
        van: random.below(300) as u32,
        driver: random.below(500) as u32,
        start: random.number() % 31_000_000,
        end: 0,
        from: [random.unit(), random.unit()],
        to: [random.unit(), random.unit()],
        metres,
        millilitres: metres / 12 + random.below(900) as u32,
        stops: random.below(30) as u32,
        notes: [0; 36],
    }
}

/// What trips longer than so many metres burn.
fn burnt(trips: &[Trip], longer: u32) -> u64 {
    let mut sum = 0;
    for trip in trips {
        if trip.metres > longer {
            sum += u64::from(trip.millilitres);
        }
    }
    sum
}

fn main() {
    let mut random = Random::new(8);
    let mut trips: Vec<Trip> = (0..300_000).map(|_| trip(&mut random)).collect();
    for trip in &mut trips {
        trip.end = trip.start + u64::from(trip.metres) / 9;
        trip.notes[0] = (trip.driver % 7) as u8;
    }
    let mut curve = Vec::new();
    for longer in (2_000..90_000).step_by(220) {
        curve.push(burnt(&trips, longer));
    }
    let late: f64 = trips.iter().map(|trip| trip.from[0] - trip.to[1] + trip.end as f64).sum();
    let notes: u64 = trips.iter().map(|trip| u64::from(trip.notes[0] + trip.stops as u8)).sum();
    println!("{:?} {late:.2} {notes} {}", &curve[..3], trips[9].van + trips[8].driver);
}
