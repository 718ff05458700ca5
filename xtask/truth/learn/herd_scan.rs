//! A herd's animals by age, weight and mother, for the vet's yearly visit.

use truth::Random;

struct Animal {
    number: u64,
    born: Option<u64>,
    weight: Option<u64>,
    mother: Option<u64>,
    sold: bool,
    pen: usize,
}

fn count(herd: &[Animal], year: u64, pen: usize) -> (u64, u64) {
    let mut found = (0, 0);
    for animal in herd {
        if animal.pen != pen || animal.sold {
            continue;
        }
        if let Some(born) = animal.born
            && born < year
        {
            found.0 += animal.weight.unwrap_or(400);
        }
        if animal.mother.is_some() {
            found.1 += 1;
        }
    }
    found
}

fn main() {
    let mut random = Random::new(3);
    let herd: Vec<Animal> = (0..400_000)
        .map(|number| Animal {
            number,
            born: (random.below(5) > 0).then(|| 2000 + random.below(20) as u64),
            weight: (random.below(3) > 0).then(|| 100 + random.below(600) as u64),
            mother: (random.below(2) > 0).then(|| random.below(400_000) as u64),
            sold: random.below(10) == 0,
            pen: random.below(8),
        })
        .collect();
    let mut sum = 0;
    for round in 0..700 {
        let (a, b) = count(&herd, 2003 + round % 15, round as usize % 8);
        sum += a + b * 3;
    }
    println!("{sum} {}", herd[5].number);
}
