//! Reads a carrier's export of parcels, and says which depots are late and where their load will
//! go.

use truth::{Random, word};

const DEPOTS: usize = 300;

/// Lines of eleven fields, as the carrier's system writes them.
fn export(parcels: usize) -> String {
    let mut random = Random::new(471);
    let mut text = String::new();
    let words: Vec<String> = (0..3_000).map(|number| word(number * 7)).collect();
    let mut digits = [0; 20];
    for parcel in 0..parcels {
        push_number(&mut text, 80_000_000 + parcel, &mut digits);
        for _ in 0..4 {
            text.push(';');
            text.push_str(&words[random.skewed(words.len())]);
            text.push(' ');
            text.push_str(&words[random.below(words.len())]);
        }
        let numbers =
            [random.below(30_000), random.skewed(DEPOTS), random.skewed(96), random.below(99_999)];
        for number in numbers {
            text.push(';');
            push_number(&mut text, number, &mut digits);
        }
        text.push_str(if random.below(9) == 0 { ";fragile;\n" } else { ";;\n" });
    }
    text
}

fn push_number(text: &mut String, mut number: usize, digits: &mut [u8; 20]) {
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text.push_str(std::str::from_utf8(&digits[at..]).unwrap());
}

struct Parcel {
    fields: Vec<String>,
}

impl Parcel {
    fn parse(line: &str) -> Parcel {
        Parcel { fields: line.split(';').map(str::to_string).collect() }
    }

    fn depot(&self) -> Option<usize> {
        self.fields.get(6)?.parse().ok().filter(|&depot| depot < DEPOTS)
    }

    fn hours(&self) -> Option<u32> {
        self.fields.get(7)?.parse().ok()
    }
}

#[derive(Clone)]
struct Depot {
    parcels: u32,
    late: u32,
    by_hour: [u32; 96],
}

fn read(text: &str) -> Vec<Depot> {
    let mut depots = vec![Depot { parcels: 0, late: 0, by_hour: [0; 96] }; DEPOTS];
    for line in text.lines() {
        let parcel = Parcel::parse(line);
        if let (Some(depot), Some(hours)) = (parcel.depot(), parcel.hours()) {
            let depot = &mut depots[depot];
            depot.parcels += 1;
            depot.late += u32::from(hours > 48);
            depot.by_hour[hours as usize % 96] += 1;
        }
    }
    depots
}

/// Moves load between neighbours until it is even, and counts what was moved.
fn level(depots: &[Depot], rounds: usize) -> f64 {
    let mut load: Vec<f64> = depots.iter().map(|depot| f64::from(depot.parcels)).collect();
    let mut next = load.clone();
    let mut moved = 0.0;
    for _ in 0..rounds {
        for at in 0..load.len() {
            let left = load[(at + DEPOTS - 1) % DEPOTS];
            let right = load[(at + 17) % DEPOTS];
            next[at] = load[at] + 0.2 * (left + right - 2.0 * load[at]);
            moved += (next[at] - load[at]).abs();
        }
        std::mem::swap(&mut load, &mut next);
    }
    moved
}

fn main() {
    let text = export(1_400_000);
    let depots = read(&text);
    let late = depots.iter().max_by(|a, b| (a.late * b.parcels).cmp(&(b.late * a.parcels)));
    let late = late.map_or(0, |depot| depot.late);
    let noon: u32 = depots.iter().map(|depot| depot.by_hour[12]).sum();
    println!("{noon} at noon, {late} late at worst, {:.2} moved", level(&depots, 500_000 / DEPOTS));
}
