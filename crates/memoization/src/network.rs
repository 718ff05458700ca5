//! A made-up road network, always the same one for the same number of towns.

use harness::data::{Rng, rand::RngExt, rng};

use crate::roads::Roads;

/// Towns in the network of a region.
pub(crate) const REGION: u16 = 128;
/// Towns in the network of a country.
pub(crate) const COUNTRY: u16 = 2_048;

/// Towns in sixteen columns with roads between neighbours, some of them missing and some of them
/// winding; now and then a motorway. Uphill takes longer than downhill.
pub(crate) fn network(towns: u16) -> Roads {
    const COLUMNS: u16 = 16;
    let (mut rng, mut roads) = (rng(1959), Vec::new());
    let mut build = |one: u16, other: u16, minutes: u16, rng: &mut Rng| {
        roads.push((one, other, minutes + rng.random_range(0..4)));
        roads.push((other, one, minutes + rng.random_range(0..4)));
    };
    for town in 1..towns {
        let bends = rng.random_range(0..20) * rng.random_range(0..3);
        if town % COLUMNS != 0 && rng.random_bool(0.9) {
            build(town - 1, town, 12 + bends, &mut rng);
        }
        if town >= COLUMNS {
            build(town - COLUMNS, town, 15 + bends / 2, &mut rng);
        }
        if rng.random_bool(0.05) {
            build(town, rng.random_range(0..town), 45, &mut rng);
        }
    }
    Roads::new(towns, &roads)
}
