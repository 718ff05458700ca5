//! The desk of a car park: opens the barriers, prints tickets, says why a car may not leave, and
//! reports how the day goes.

use truth::Random;

const STAYS: usize = 700_000;
const EVENTS: usize = 2_000_000;
const REPORTS: usize = 200;
const WANTED: usize = 400;

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Short,
    Season,
    Hotel,
}

/// A car that was here, or is.
struct Stay {
    entered: u64,
    left: Option<u64>,
    plate: u64,
    cents: u64,
    season: Option<u64>,
    charged: Option<u64>,
    level: u64,
    class: Class,
    paid: bool,
}

/// A barrier is asked to open.
struct Event {
    time: u64,
    plate: u64,
    stay: usize,
    leaves: bool,
}

#[derive(Default)]
struct Report {
    stays: u64,
    cents: u64,
    minutes: u64,
    inside: u64,
    season: u64,
    watts: u64,
    unpaid: u64,
    levels: u64,
}

fn clock(time: u64) -> String {
    format!("{:02}:{:02}", time / 60 % 24, time % 60)
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What a stay costs, quarter by quarter of an hour: days are dearer than nights.
fn fee(entered: u64, time: u64, class: Class) -> u64 {
    let mut cents = 0;
    let mut quarter = entered / 15;
    while quarter * 15 < time && cents < 4_500 {
        let day = (28..80).contains(&(quarter % 96));
        cents += if day { 45 } else { 12 };
        quarter += 1;
    }
    if class == Class::Hotel { cents / 2 } else { cents }
}

/// Whether the camera may have seen one of these plates: no more than one letter differs.
fn resembles(wanted: &[u64], plate: u64) -> usize {
    let differs = |wanted: u64| {
        let letters = wanted ^ plate;
        let nibbles = letters | letters >> 4;
        let bits = nibbles | nibbles >> 2;
        (bits | bits >> 1) & 0x0101_0101_0101_0101
    };
    wanted
        .iter()
        .filter(|&&wanted| differs(wanted) & (differs(wanted).wrapping_sub(1)) == 0)
        .count()
}

/// What the barrier shows, or why it stays shut.
fn answer(stay: &Stay, event: &Event) -> Result<String, String> {
    if stay.entered > event.time {
        return Err(format!("{:08x} is expected at {}", event.plate, clock(stay.entered)));
    }
    if !event.leaves {
        let ticket = format!("{:08}-{}", event.plate % 100_000_000, stay.level);
        return Ok(format!("TICKET {ticket} LEVEL {} {}\n", stay.level, clock(event.time)));
    }
    let cents = fee(stay.entered, event.time, stay.class);
    if stay.season.is_none() && !stay.paid {
        let since = clock(stay.entered);
        return Err(format!("{:08x} owes {} since {since}", event.plate, money(cents)));
    }
    Ok(format!("GOODBYE {:08x} {} {}\n", event.plate, money(cents), clock(event.time)))
}

fn handled(stay: &Stay, event: &Event, shown: &mut Vec<u8>, journal: &mut Vec<u8>) {
    match answer(stay, event) {
        Ok(text) => shown.extend_from_slice(text.as_bytes()),
        Err(reason) => {
            let line = format!("{} refused: {reason}\n", clock(event.time));
            journal.extend_from_slice(line.as_bytes());
            shown.extend_from_slice(b"PLEASE WAIT\n");
        }
    }
}

/// How it went with the cars that came in between.
fn report(stays: &[Stay], from: u64, to: u64) -> Report {
    let mut report = Report::default();
    for stay in stays.iter().filter(|stay| (from..to).contains(&stay.entered)) {
        report.stays += 1;
        report.cents += stay.cents;
        report.minutes += stay.left.unwrap_or(to).saturating_sub(stay.entered);
        report.inside += u64::from(stay.left.is_none());
        report.season += u64::from(stay.season.is_some());
        report.watts += stay.charged.unwrap_or(0);
        report.unpaid += u64::from(!stay.paid && stay.class != Class::Season);
        report.levels += stay.level;
    }
    report
}

fn stays(random: &mut Random) -> Vec<Stay> {
    let mut stay = |number: usize| {
        let entered = 10_000 + number as u64 / 10;
        let class = [Class::Short, Class::Short, Class::Season, Class::Hotel][random.below(4)];
        Stay {
            entered,
            left: (random.below(9) > 0).then(|| entered + 20 + random.skewed(3_000) as u64),
            plate: random.number(),
            cents: random.below(4_500) as u64,
            season: (class == Class::Season).then(|| random.number() % 5_000),
            charged: (random.below(6) == 0).then(|| random.number() % 60_000),
            level: random.number() % 7,
            class,
            paid: random.below(10) > 0,
        }
    };
    (0..STAYS).map(&mut stay).collect()
}

fn main() {
    let mut random = Random::new(90);
    let stays = stays(&mut random);
    let wanted: Vec<u64> = (0..WANTED).map(|at| stays[at * 97].plate ^ 1 << (at % 64)).collect();
    let (mut shown, mut journal) = (Vec::new(), Vec::new());
    let (mut bytes, mut resembling, mut cents, mut check) = (0, 0, 0, 0);
    for number in 0..EVENTS {
        let stay = random.below(STAYS / 64);
        let time = (stays[stay].entered + random.skewed(2_000) as u64).saturating_sub(90);
        let plate = stays[stay].plate;
        let event = Event { time, plate, stay, leaves: random.below(2) == 0 };
        resembling += resembles(&wanted, event.plate);
        handled(&stays[event.stay], &event, &mut shown, &mut journal);
        if number % (EVENTS / REPORTS) == 0 {
            let to = 10_000 + (number * STAYS / EVENTS / 10) as u64;
            let report = report(&stays, to.saturating_sub(40_000), to);
            cents += report.cents + report.inside + report.unpaid + report.season;
            check ^= report.minutes + report.watts + report.stays + report.levels;
            bytes += shown.len() + journal.len();
            shown.clear();
            journal.clear();
        }
    }
    println!("{bytes} bytes, {resembling} resemble a wanted one, {cents} cents, check {check}");
}
