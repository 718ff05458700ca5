//! Asks a tariff service for the fare of each leg of many journeys.

use std::io::{BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use truth::Random;

const JOURNEYS: usize = 25_000;

/// The service: a leg comes in, a fare goes out.
fn serve(stream: UnixStream) -> std::io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut questions = BufReader::new(stream);
    let mut leg = [0; 8];
    while questions.read_exact(&mut leg).is_ok() {
        let leg = u64::from_le_bytes(leg);
        let fare = 100 + (leg.wrapping_mul(0x9e37_79b9) >> 20) % 900;
        answers.write_all(&fare.to_le_bytes())?;
    }
    Ok(())
}

struct Tariff {
    stream: UnixStream,
}

impl Tariff {
    fn fare(&mut self, leg: u64) -> std::io::Result<u64> {
        self.stream.write_all(&leg.to_le_bytes())?;
        let mut fare = [0; 8];
        self.stream.read_exact(&mut fare)?;
        Ok(u64::from_le_bytes(fare))
    }
}

/// What is taken off for those who book early.
fn discount(fare: u64, days: usize) -> f64 {
    (0..days).fold(fare as f64, |fare, day| fare * (1.0 - 0.01 / (day as f64 + 1.0).sqrt()))
}

fn main() -> std::io::Result<()> {
    let (ours, theirs) = UnixStream::pair()?;
    let service = thread::spawn(move || serve(theirs));
    let mut tariff = Tariff { stream: ours };
    let mut random = Random::new(63);
    let mut sum = 0.0;
    for _ in 0..JOURNEYS {
        for _ in 0..1 + random.below(4) {
            let fare = tariff.fare(random.below(5000) as u64)?;
            sum += discount(fare, random.below(400));
        }
    }
    drop(tariff);
    service.join().unwrap()?;
    println!("{sum:.2}");
    Ok(())
}
