//! Reads the doors of a chain of sports halls: who comes when, and which members come together.

use std::collections::HashMap;

use truth::{Random, word};

struct Visit<'a> {
    name: &'a str,
    club: &'a str,
    town: &'a str,
    hall: u16,
    day: u16,
    minute: u16,
}

/// Names as people type them at the door: nearly all as they should be.
fn names(count: usize, random: &mut Random) -> Vec<String> {
    (0..count)
        .map(|number| {
            let mut name = format!("{} {}", word(number * 3), word(number * 11 + 5));
            match random.below(30) {
                0 => name.make_ascii_uppercase(),
                1 => name.push(' '),
                _ => {}
            }
            name
        })
        .collect()
}

/// A name without capitals and blanks around it.
fn tidy(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}

/// Whether a card is valid at this door: its letters make a number that the hall knows.
fn check(name: &str, hall: u16) -> bool {
    let sum = name.bytes().fold(u32::from(hall), |sum, byte| sum * 31 % 65_521 + u32::from(byte));
    sum % 100 != 7
}

/// How often a member was in a hall, and in which hours of the week the doors are busy.
struct Ledger {
    visits: HashMap<(u64, u16), u32>,
    hours: [u32; 168],
    refused: u32,
    guests: u32,
}

/// Two sums over a name, which tell members apart.
fn card(name: &str) -> u64 {
    let (mut a, mut b) = (1u32, 0u32);
    for byte in name.bytes() {
        a = a.wrapping_mul(0x0100_0193) ^ u32::from(byte);
        b = b.rotate_left(5).wrapping_add(a);
    }
    u64::from(a) << 32 | u64::from(b)
}

impl Ledger {
    fn enter(&mut self, visit: &Visit<'_>) {
        let name = tidy(visit.name);
        if !check(&name, visit.hall) {
            self.refused += 1;
            return;
        }
        let hour = usize::from(visit.day % 7) * 24 + usize::from(visit.minute / 60);
        self.hours[hour] += 1;
        let (club, town) = (tidy(visit.club), tidy(visit.town));
        let guest = club.len() % 5 == 0 && town.starts_with('k');
        self.guests += u32::from(guest);
        self.count((card(&name), visit.hall));
    }

    fn count(&mut self, key: (u64, u16)) {
        *self.visits.entry(key).or_default() += 1;
    }

    /// Members with more than one visit to a hall, and the most of them.
    fn eager(&self) -> (usize, u32) {
        let twice = self.visits.values().filter(|&&visits| visits > 1).count();
        (twice, self.visits.values().copied().max().unwrap_or(0))
    }
}

/// Staff for each hour so that the halls are neither empty nor full: tries shifts at random.
fn staff(hours: &[u32; 168], random: &mut Random) -> u64 {
    let mut shifts = [0u32; 168];
    let per = hours.iter().sum::<u32>() / 168 / 8 + 1;
    let cost = |shifts: &[u32; 168]| -> u64 {
        let missing = hours.iter().zip(shifts).map(|(hour, shift)| hour.abs_diff(shift * per));
        missing.map(u64::from).sum()
    };
    let mut best = cost(&shifts);
    for _ in 0..1_500_000 {
        let (from, more) = (random.below(160), random.below(2) == 0);
        let before = shifts;
        for shift in &mut shifts[from..from + 8] {
            *shift = if more { *shift + 1 } else { shift.saturating_sub(1) };
        }
        let now = cost(&shifts);
        if now < best {
            best = now;
        } else {
            shifts = before;
        }
    }
    best
}

fn main() {
    let mut random = Random::new(511);
    let names = names(30_000, &mut random);
    let mut ledger = Ledger { visits: HashMap::new(), hours: [0; 168], refused: 0, guests: 0 };
    for _ in 0..3_000_000 {
        let visit = Visit {
            name: &names[random.skewed(names.len())],
            club: &names[random.skewed(200)],
            town: &names[random.skewed(90)],
            hall: random.skewed(12) as u16,
            day: random.below(28) as u16,
            minute: (360 + random.below(1_020)) as u16,
        };
        ledger.enter(&visit);
    }
    let (twice, most) = ledger.eager();
    let cost = staff(&ledger.hours, &mut random);
    println!(
        "{} refused, {} guests, {twice} came twice, {most} at most, {cost} uncovered",
        ledger.refused, ledger.guests
    );
}
