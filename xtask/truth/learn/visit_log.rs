//! Questions about a year of visits to a museum, asked of all of them.

use truth::Random;

const VISITS: usize = 700_000;
const QUESTIONS: usize = 130;

/// All that is known of a visit.
#[derive(Clone, Copy)]
struct Visit {
    ticket: u64,
    day: u64,
    minutes: Option<u64>,
    age: Option<u64>,
    guide: Option<u64>,
    rooms: u64,
    paid: u64,
}

struct Question {
    from: u64,
    to: u64,
    rooms: u64,
}

/// How many came in that time, how long they stayed and what they paid.
fn answer(visits: &[Visit], question: &Question) -> (u64, u64, u64) {
    let (mut many, mut minutes, mut paid) = (0, 0, 0);
    for visit in visits {
        let asked = visit.day >= question.from
            && visit.day < question.to
            && visit.rooms >= question.rooms
            && visit.age.is_none_or(|age| age > 12)
            && visit.guide.is_some();
        if asked {
            many += 1;
            minutes += visit.minutes.unwrap_or(0);
            paid += visit.paid + visit.ticket % 2;
        }
    }
    (many, minutes, paid)
}

/// What a ticket should cost so that so many come.
fn price(many: u64) -> f64 {
    (1..30_000).fold(many as f64 + 1.0, |price, step| (price + 3.0).sqrt() + 1.0 / f64::from(step))
}

fn main() {
    let mut random = Random::new(61);
    let visits: Vec<Visit> = (0..VISITS)
        .map(|at| Visit {
            ticket: random.number(),
            day: (at * 365 / VISITS) as u64,
            minutes: (random.below(9) > 0).then(|| random.below(300) as u64),
            age: (random.below(3) > 0).then(|| random.below(90) as u64),
            guide: (random.below(4) == 0).then(|| random.below(20) as u64),
            rooms: random.below(30) as u64,
            paid: random.below(2000) as u64,
        })
        .collect();
    let (mut sum, mut prices) = (0, 0.0);
    for _ in 0..QUESTIONS {
        let from = random.below(200) as u64;
        let rooms = random.below(10) as u64;
        let (many, minutes, paid) = answer(&visits, &Question { from, to: from + 150, rooms });
        sum += many + minutes + paid;
        prices += price(many);
    }
    println!("{sum} {prices:.2}");
}
