//! A register of blood donations: how the stock of each group would last under several assumptions
//! of how long blood keeps, who may give again, and what hospitals take.

use truth::Random;

const DONATIONS: usize = 2_000_000;
const DAYS: u64 = 1_500;
const CENTRES: u64 = 48;
const GROUPS: usize = 8;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Whole,
    Plasma,
    Platelets,
}

struct Donation {
    day: u64,
    donor: u64,
    centre: u64,
    group: usize,
    millilitres: u64,
    /// The day on which a hospital took it.
    used: Option<u64>,
    /// The donor's last donation before.
    before: Option<u64>,
    kind: Kind,
    tested: bool,
}

/// What is assumed in one run of the planning.
struct Plan {
    keeps: u64,
    pause: u64,
    closed: u64,
}

#[derive(Default)]
struct Outcome {
    stock: [u64; GROUPS],
    spoiled: u64,
    too_early: u64,
    donors: u64,
}

fn register(random: &mut Random) -> Vec<Donation> {
    let mut donations = Vec::with_capacity(DONATIONS);
    for at in 0..DONATIONS as u64 {
        let day = at * DAYS / DONATIONS as u64;
        let number = random.number();
        let kind = match number % 8 {
            0 => Kind::Platelets,
            1 | 2 => Kind::Plasma,
            _ => Kind::Whole,
        };
        donations.push(Donation {
            day,
            donor: number >> 3 & 0x3_ffff,
            centre: (number >> 24) % CENTRES,
            group: (number >> 32) as usize % GROUPS,
            millilitres: 400 + (number >> 40) % 100,
            used: (number >> 50 & 7 != 0).then_some(day + (number >> 53) % 64),
            before: (number >> 59 & 3 != 0)
                .then_some(day.saturating_sub(30 + (number >> 44 & 255))),
            kind,
            tested: number >> 61 != 0,
        });
    }
    donations
}

/// What would have become of all donations.
fn outcome(donations: &[Donation], plan: &Plan) -> Outcome {
    let mut outcome = Outcome::default();
    for donation in donations {
        let given = donation.tested & (donation.centre != plan.closed);
        let keeps = if donation.kind == Kind::Platelets { 5 } else { plan.keeps };
        let early = donation.before.is_some_and(|before| donation.day - before < plan.pause);
        let kept = donation.used.is_some_and(|used| used - donation.day <= keeps);
        let good = given & !early & kept;
        outcome.stock[donation.group] += if good { donation.millilitres } else { 0 };
        outcome.spoiled += u64::from(given & !kept);
        outcome.too_early += u64::from(early);
        outcome.donors ^= if good { donation.donor } else { 0 };
    }
    outcome
}

/// Litres that each centre collects in its best month.
fn best_months(donations: &[Donation]) -> Vec<u64> {
    let months = (DAYS / 30 + 1) as usize;
    let mut collected = vec![0; months * CENTRES as usize];
    for donation in donations {
        collected[donation.centre as usize * months + (donation.day / 30) as usize] +=
            donation.millilitres;
    }
    collected
        .chunks(months)
        .map(|months| months.iter().max().map_or(0, |best| best / 1000))
        .collect()
}

fn main() {
    let mut random = Random::new(508);
    let donations = register(&mut random);
    let best = best_months(&donations);
    println!("best months: {best:?}");
    let mut worst = (u64::MAX, 0, 0);
    for keeps in [21, 28, 35, 42] {
        for pause in [56, 84] {
            for closed in 0..3 {
                let outcome = outcome(&donations, &Plan { keeps, pause, closed });
                let least = outcome.stock.into_iter().min().unwrap_or_default();
                worst = worst.min((least, keeps, closed));
                if closed == 0 {
                    let Outcome { spoiled, too_early, donors, .. } = outcome;
                    println!("{keeps}/{pause}: {spoiled} spoiled, {too_early} early, {donors:x}");
                }
            }
        }
    }
    let (least, keeps, closed) = worst;
    println!("least stock {} l: keeps {keeps} days, centre {closed} closed", least / 1000);
}
