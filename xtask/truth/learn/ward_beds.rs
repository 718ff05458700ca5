//! Beds of a hospital: patients come and go, each with what is written of them. Prints how long the
//! notes are.

use std::collections::HashMap;

use truth::{Random, word};

struct Patient {
    name: String,
    notes: Vec<String>,
    readings: Vec<Vec<u16>>,
}

impl Patient {
    fn new(random: &mut Random) -> Patient {
        let notes = (0..2 + random.below(6)).map(|_| word(random.below(90_000) + 4_000)).collect();
        let readings = (0..random.below(9)).map(|_| vec![0; 1 + random.below(60)]).collect();
        Patient { name: word(random.below(100_000)), notes, readings }
    }

    fn length(&self) -> usize {
        let notes: usize = self.notes.iter().map(String::len).sum();
        self.name.len() + notes + self.readings.len()
    }
}

/// How the wards are filled by halves, which is asked each evening.
fn full(lengths: &[u32]) -> u32 {
    let mut most = 0;
    for half in lengths.chunks(lengths.len() / 2) {
        most = most.max(half.iter().fold(0_u32, |sum, of| sum.rotate_left(1) ^ *of));
    }
    most
}

fn main() {
    let mut random = Random::new(1_710);
    let mut beds: HashMap<u32, Patient> = HashMap::new();
    let (mut lengths, mut evenings) = (vec![0; 30_000], 0_u32);
    for day in 0..900_000 {
        let bed = random.below(lengths.len());
        let patient = Patient::new(&mut random);
        lengths[bed] = patient.length() as u32;
        beds.insert(bed as u32, patient);
        if day % 100 == 0 {
            evenings ^= full(&lengths);
        }
    }
    let all: usize = beds.values().map(Patient::length).sum();
    println!("{all} {evenings}");
}
