//! Menus of a kitchen: dishes of dishes, made anew for each table and thrown away. Prints how much
//! is needed of all.

use truth::Random;

/// Something to be cooked.
enum Dish {
    Plain(u32),
    Made(Vec<Dish>),
}

fn dish(random: &mut Random, depth: usize) -> Dish {
    if depth == 0 || random.below(5) == 0 {
        return Dish::Plain(random.below(100) as u32);
    }
    Dish::Made((0..1 + random.below(4)).map(|_| dish(random, depth - 1)).collect())
}

fn grams(dish: &Dish) -> u64 {
    match dish {
        Dish::Plain(grams) => u64::from(*grams),
        Dish::Made(dishes) => dishes.iter().map(grams).sum(),
    }
}

/// How the tables are set: who sits beside whom.
fn seated(seats: &mut [u32], random: &mut Random) -> u32 {
    for at in 1..seats.len() {
        seats.swap(at, random.below(at + 1));
    }
    seats.windows(2).map(|two| two[0].abs_diff(two[1])).max().unwrap_or(0)
}

fn main() {
    let mut random = Random::new(1_903);
    let mut seats: Vec<u32> = (0..900).collect();
    let (mut all, mut most) = (0, 0);
    for _ in 0..350_000 {
        let dish = dish(&mut random, 6);
        all += grams(&dish);
        most = most.max(seated(&mut seats[..600], &mut random));
    }
    println!("{all} {most}");
}
