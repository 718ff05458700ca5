//! A night watchman's book: each round's doors are noted in a file, so that nothing is lost if the
//! lights go out.

use std::fs::File;
use std::io::{BufWriter, Write};

use truth::{Random, word};

const ROUNDS: usize = 900;
const DOORS: usize = 260;

struct Book {
    file: BufWriter<File>,
    lines: usize,
}

impl Book {
    fn note(&mut self, round: usize, door: &str, warm: f64) -> std::io::Result<()> {
        writeln!(self.file, "{round:05} {door:<20} {warm:5.1}")?;
        self.lines += 1;
        self.file.flush()
    }
}

/// How warm it is behind a door, by the heating and by the night.
fn warmth(door: usize, round: usize, random: &mut Random) -> f64 {
    let night = (round as f64 / 60.0).sin() * 4.0;
    let heating = (0..24).map(|hour| ((door * hour) as f64 * 0.1).cos()).sum::<f64>();
    16.0 + night + heating / 24.0 + random.unit()
}

fn main() -> std::io::Result<()> {
    let path = std::env::temp_dir().join(format!("night-watch-{}", std::process::id()));
    let mut book = Book { file: BufWriter::new(File::create(&path)?), lines: 0 };
    let mut random = Random::new(620);
    let doors: Vec<String> = (0..DOORS).map(|door| word(door * 77)).collect();
    let mut coldest = f64::MAX;
    for round in 0..ROUNDS {
        for (number, door) in doors.iter().enumerate() {
            let warm = warmth(number, round, &mut random);
            coldest = coldest.min(warm);
            book.note(round, door, warm)?;
        }
    }
    println!("{} lines, {coldest:.1} degrees", book.lines);
    std::fs::remove_file(path)
}
