//! Signals of a railway: each train that passes is held against the rules of its line, which are
//! read when the program begins. Prints how many passed each signal.

use truth::Random;

#[derive(Clone, Copy)]
struct Train {
    speed: u32,
    length: u32,
    goods: bool,
}

type Rule = Box<dyn Fn(&Train) -> bool>;

/// Rules as somebody has written them down.
fn rules(random: &mut Random) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for _ in 0..6 {
        let limit = 40 + random.below(200) as u32;
        rules.push(match random.below(3) {
            0 => Box::new(move |train| train.speed <= limit),
            1 => Box::new(move |train| train.length <= limit * 3),
            _ => Box::new(move |train| !train.goods || train.speed + train.length < limit * 4),
        });
    }
    rules
}

/// How many rules each of the trains breaks.
fn broken(trains: &[Train], rules: &[Rule], counts: &mut [u32; 8]) {
    for train in trains {
        let broken = rules.iter().filter(|rule| !rule(train)).count();
        counts[broken] += 1;
    }
}

fn main() {
    let mut random = Random::new(1_825);
    let mut counts = [0; 8];
    let mut trains = vec![Train { speed: 0, length: 0, goods: false }; 20_000];
    for _ in 0..5_000 {
        for train in &mut trains {
            let bits = random.number();
            train.speed = (bits >> 20) as u32 % 250;
            train.length = (bits >> 40) as u32 % 700;
            train.goods = bits & 3 == 0;
        }
        let rules = rules(&mut random);
        broken(&trains, &rules, &mut counts);
    }
    println!("{counts:?}");
}
