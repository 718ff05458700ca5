//! Counts votes: two threads read ballot sheets and check each of them; all of them keep one table
//! of the places' results.

use std::sync::{Arc, Mutex};
use std::thread;

use truth::Random;

#[derive(Default, Clone)]
struct Place {
    valid: u64,
    spoiled: u64,
    votes: [u64; 6],
}

struct Ballot {
    place: u16,
    marks: u8,
    serial: u32,
}

fn ballots(count: usize, seed: u64) -> Vec<Ballot> {
    let mut random = Random::new(seed);
    (0..count)
        .map(|_| Ballot {
            place: random.below(64) as u16,
            marks: 1 << random.below(7),
            serial: random.number() as u32,
        })
        .collect()
}

/// The digits of a serial number end with a check digit; one in a hundred is misread.
fn is_genuine(ballot: &Ballot) -> bool {
    let mut rest = ballot.serial;
    let mut sum = 0;
    while rest > 0 {
        sum += rest % 10 * 3;
        rest /= 100;
    }
    sum % 97 != 0
}

fn choice(ballot: &Ballot) -> Option<usize> {
    let single = ballot.marks.count_ones() == 1;
    let mark = ballot.marks.trailing_zeros() as usize;
    (single && mark < 6).then_some(mark)
}

fn count(ballots: &[Ballot], table: &Mutex<Vec<Place>>) {
    for ballot in ballots {
        let genuine = is_genuine(ballot);
        let choice = choice(ballot);
        let mut table = table.lock().unwrap();
        let place = &mut table[usize::from(ballot.place)];
        match choice {
            Some(choice) if genuine => {
                place.valid += 1;
                place.votes[choice] += 1;
            }
            _ => place.spoiled += 1,
        }
    }
}

/// Seats by the largest quotients (d'Hondt).
fn seats(table: &[Place], seats: usize) -> [u64; 6] {
    let mut votes = [0; 6];
    for place in table {
        for (sum, more) in votes.iter_mut().zip(place.votes) {
            *sum += more;
        }
    }
    let mut given = [0; 6];
    for _ in 0..seats {
        let best = (0..6).max_by_key(|&at| votes[at] * 1_000 / (given[at] + 1)).unwrap();
        given[best] += 1;
    }
    given
}

fn main() {
    let table = Arc::new(Mutex::new(vec![Place::default(); 64]));
    let workers: Vec<_> = (0..2)
        .map(|seed| {
            let table = Arc::clone(&table);
            thread::spawn(move || {
                let ballots = ballots(1_000_000, seed);
                for _ in 0..40 {
                    count(&ballots, &table);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    let table = table.lock().unwrap();
    let valid: u64 = table.iter().map(|place| place.valid).sum();
    println!("{valid} valid, seats {:?}", seats(&table, 120));
}
