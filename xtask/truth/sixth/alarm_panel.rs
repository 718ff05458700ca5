//! An alarm panel's receiver: watches the zones of many houses, and tells the guards' station of
//! what happened in the protocol that the station understands.

use truth::Random;

const ZONES: usize = 64;
/// Milliseconds for which a zone has to stay as it is before it is believed.
const SETTLED: u64 = 40;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Burglary,
    Fire,
    Tamper,
    Battery,
}

#[derive(Clone, Copy)]
struct Change {
    at: u64,
    house: u32,
    zone: u8,
    open: bool,
    level: u16,
}

#[derive(Clone, Copy)]
struct Zone {
    kind: Kind,
    open: bool,
    since: u64,
    reported: bool,
    /// A smoothed measure of the zone's line, in thousandths.
    level: u32,
}

struct House {
    account: u32,
    armed: bool,
    zones: Vec<Zone>,
    sequence: u32,
}

fn code(kind: Kind) -> u16 {
    match kind {
        Kind::Burglary => 130,
        Kind::Fire => 110,
        Kind::Tamper => 137,
        Kind::Battery => 302,
    }
}

fn check_digit(body: &str) -> u8 {
    body.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(3).wrapping_add(byte))
}

fn clock(at: u64) -> String {
    let seconds = at / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
}

impl House {
    fn new(account: u32, random: &mut Random) -> House {
        let kinds = [Kind::Burglary, Kind::Burglary, Kind::Fire, Kind::Tamper, Kind::Battery];
        let zone = |_| Zone {
            kind: kinds[random.below(kinds.len())],
            open: false,
            since: 0,
            reported: false,
            level: 500,
        };
        House { account, armed: true, zones: (0..ZONES).map(zone).collect(), sequence: 0 }
    }

    /// Takes a change in, and says whether it is to be reported.
    fn observe(&mut self, change: &Change) -> bool {
        let zone = &mut self.zones[usize::from(change.zone)];
        zone.level = (zone.level * 7 + u32::from(change.level)) / 8;
        if zone.open != change.open {
            zone.open = change.open;
            zone.since = change.at;
            zone.reported = false;
        }
        let weight: u32 = self.zones.iter().map(|zone| zone.level * u32::from(zone.open)).sum();
        let zone = &mut self.zones[usize::from(change.zone)];
        let settled = change.at - zone.since >= SETTLED && !zone.reported;
        if settled {
            zone.reported = true;
        }
        settled && (self.armed || zone.kind != Kind::Burglary) && weight > 100
    }

    /// What the station is told, or why it is not.
    fn report(&mut self, change: &Change) -> Result<String, String> {
        let zone = &self.zones[usize::from(change.zone)];
        if zone.level < 400 {
            return Err(format!("zone {} of {}: level {}", change.zone, self.account, zone.level));
        }
        self.sequence = self.sequence % 9999 + 1;
        let qualifier = if zone.open { 1 } else { 3 };
        let event = format!("{}{:03} {:02} {:03}", qualifier, code(zone.kind), 1, change.zone);
        let body = format!(
            "\"ADM-CID\"{:04}R0L{:06}[#{:06}|{}]_{}",
            self.sequence,
            self.account % 1000,
            self.account,
            event,
            clock(change.at)
        );
        Ok(format!("\n{:02X}{:04X}{}\r", check_digit(&body), body.len(), body))
    }
}

fn changes(houses: usize, count: usize) -> Vec<Change> {
    let mut random = Random::new(61);
    let mut at = 0;
    let change = |_| {
        at += random.below(3) as u64;
        Change {
            at,
            house: random.below(houses) as u32,
            zone: random.skewed(ZONES) as u8,
            open: random.below(3) > 0,
            level: random.below(1000) as u16,
        }
    };
    (0..count).map(change).collect()
}

fn main() {
    let mut random = Random::new(7);
    let mut houses: Vec<House> =
        (0..400).map(|at| House::new(100_000 + at * 37, &mut random)).collect();
    let changes = changes(houses.len(), 2_000_000);
    let mut line = Vec::with_capacity(1 << 16);
    let (mut sent, mut refused, mut sum) = (0u64, 0u64, 0u32);
    for round in 0..5 {
        for change in &changes {
            let mut change = *change;
            change.at += round * 4_000_000;
            let house = &mut houses[change.house as usize];
            if !house.observe(&change) {
                continue;
            }
            match house.report(&change) {
                Ok(message) => {
                    line.extend_from_slice(message.as_bytes());
                    sent += 1;
                }
                Err(reason) => {
                    refused += 1;
                    sum = sum.wrapping_add(reason.len() as u32);
                }
            }
            if line.len() > 60_000 {
                sum = line.chunks(4).fold(sum, |sum, piece| {
                    sum.rotate_left(5)
                        ^ piece.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte))
                });
                line.clear();
            }
        }
    }
    println!("{sent} sent, {refused} refused, {sum:08x}");
}
