//! Logs of people who do not exist, to try reports on: each is marked as made up by its alias.

use labs::progress::{Checked, Guess};
use labs::{Event, Kind, Lab, Level, Line, Place, Progress};

use judge::stats::Dice;

/// What attempts fail with, the usual first.
const PATTERNS: [&str; 3] = [
    "right wherever n is a multiple of 8",
    "only the second call",
    "wrong wherever nothing matches",
];
/// What the class is about, each lab with the ratio of its reference.
const LABS: [(&str, f64); 2] = [("hashing", 3.0), ("slow-report", 12.0)];

/// A lab of which nothing is read but its name and what bounds it.
pub fn lab(name: &str, limit: Option<&str>) -> Lab {
    let place = || Place { input: "all".to_owned(), n: 1_000 };
    Lab {
        name: name.to_owned(),
        title: name.to_owned(),
        part: "Diagnosis".to_owned(),
        kind: Kind::Diagnosis,
        order: 1,
        minutes: 30,
        headline: place(),
        second: place(),
        reference: "optimized".to_owned(),
        decoy: None,
        limits: limit.map(str::to_owned).into_iter().collect(),
        crates: Vec::new(),
        folder: "/nowhere".into(),
        bench: "/nowhere.rs".into(),
    }
}

/// The logs of so many people, the same each time.
pub fn class(people: usize) -> Vec<Progress> {
    (0..people).map(person).collect()
}

fn person(number: usize) -> Progress {
    let mut dice = Dice(number as u64);
    let mut lines = Vec::new();
    for (lab, truth) in LABS {
        for event in events(&mut dice, truth) {
            let minute = lines.len();
            lines.push(Line {
                time: format!("2026-01-01T{:02}:{:02}:00Z", 9 + minute / 60, minute % 60),
                lab: lab.to_owned(),
                commit: Some("abc".to_owned()),
                attempt: None,
                alias: Some(format!("made-up-{number}")),
                event,
            });
        }
    }
    Progress { lines, unreadable: Vec::new() }
}

/// What somebody does in a lab.
fn events(dice: &mut Dice, truth: f64) -> Vec<Event> {
    let part = |dice: &mut Dice| dice.below(1_000) as f64 / 1_000.0;
    let middle = truth * (2.0 * part(dice) - 1.2).exp();
    let half = (0.2 + part(dice)).exp();
    let limit = ["allocations", "instructions", "locks"][dice.below(3)];
    let (low, high) = (middle / half, middle * half);
    let guess = Guess { low, high, limit: Some(limit.to_owned()), stops_at: None };
    let mut events = vec![Event::Started, Event::Guessed(guess)];
    for _ in 0..dice.below(3) {
        events.push(Event::Disagreed {
            at: "all/17, seed 3".to_owned(),
            difference: "element 0".to_owned(),
            pattern: PATTERNS[pattern(dice)].to_owned(),
        });
    }
    events.extend((0..dice.below(4)).map(|at| Event::Hinted { hint: at as u8 + 1 }));
    for _ in 0..dice.below(4) {
        events.push(Event::Agreed);
        events.push(Event::Checked(checked(part(dice) * 1.2 - 0.1, truth)));
    }
    if dice.below(4) == 0 {
        events.push(Event::Revealed);
    }
    events
}

/// Mostly the first, now and then the second, and hardly ever the last.
fn pattern(dice: &mut Dice) -> usize {
    match dice.below(24) {
        0 => 2,
        1..=9 => 1,
        _ => 0,
    }
}

/// A check of somebody who has come so far.
fn checked(share: f64, truth: f64) -> Checked {
    let ratio = truth.powf(share);
    let level = match share {
        share if share > 1.02 => Level::Beyond,
        share if share > 0.92 => Level::Gold,
        share if share > 0.52 => Level::Silver,
        share if share > 0.12 => Level::Bronze,
        _ => Level::None,
    };
    Checked {
        ratio: [ratio * 0.98, ratio * 1.02],
        reference: [truth * 0.98, truth * 1.02],
        share: Some([share - 0.02, share + 0.02]),
        level,
        perhaps: None,
        gradable: true,
        tampered: Vec::new(),
        copied: 0.0,
        guessed: true,
        seconds: 12.0,
    }
}
