//! A user's file: pairs of places, as a service is asked for them.

use std::sync::Arc;

use harness::{BadLine, FromFile, Pairs};

use crate::network::{COUNTRY, network};
use crate::trips::{Batch, Trip};

/// Trips times places: naive searches anew for each trip, through all places if need be.
const MOST: usize = 1 << 23;

/// Reads trips between places by name. How often which pair comes again is the file's; the roads
/// between the places are made up, always the same for as many places.
///
/// # Errors
/// See [`harness::pairs`]; or if there are more places than the largest network has, or more trips
/// than naive can make in a bearable time.
pub fn from_file(text: &[u8]) -> Result<FromFile<Batch>, BadLine> {
    harness::pairs(text)?.for_job("each a trip").and_then(batch)
}

fn batch(Pairs { names, pairs }: Pairs) -> Result<Batch, BadLine> {
    if pairs.iter().all(|(from, to)| from == to) {
        return Err(BadLine::new(0, "every trip ends where it begins: there is nothing to search"));
    }
    if names > usize::from(COUNTRY) {
        let message = format!("{names} different places; the network has up to {COUNTRY}");
        return Err(BadLine::new(0, message));
    }
    if pairs.len() * names > MOST {
        let advice = format!("try its first {} lines", MOST / names);
        let message = format!("{} trips are too many for a search each; {advice}", pairs.len());
        return Err(BadLine::new(0, message));
    }
    let trip = |(from, to)| Trip { from: from as u16, to: to as u16 };
    let trips = pairs.into_iter().map(trip).collect();
    Ok(Batch { roads: Arc::new(network(names as u16)), trips })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RUNGS;
    use proptest::prelude::*;

    #[test]
    fn trips_are_read_by_name() {
        let batch = from_file(b"Ulm,Bonn\r\n\r\nBonn,Kiel\r\nUlm,Bonn").unwrap().input;
        let trip = |from, to| Trip { from, to };
        assert_eq!(batch.trips, [trip(0, 1), trip(1, 2), trip(0, 1)]);
        assert_eq!(batch.roads.towns(), 3);
        harness::agree_on(RUNGS, batch);
    }

    #[test]
    fn a_bad_file_says_where_and_a_large_one_what_to_do() {
        for (text, line, what) in [
            ("a b\nc\n".to_owned(), 2, "alone"),
            (String::new(), 0, "nothing"),
            ((0..1_100).map(|at| format!("a{at} b{at}\n")).collect(), 0, "2200 different places"),
            ("a b\n".repeat(MOST / 2 + 1), 0, "first 4194304 lines"),
        ] {
            let wrong = from_file(text.as_bytes()).unwrap_err();
            assert!(wrong.line == line && wrong.message.contains(what), "{wrong:?}");
        }
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, from_file);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_trips(text in "([a-f]{1,2} [a-f]{1,2}\n){1,80}") {
            if let Ok(file) = from_file(text.as_bytes()) {
                harness::agree_on(RUNGS, file.input);
            }
        }
    }
}
