//! Counts clicks on advertisements by number, in a table with a hash function that is made for it.

use hashbrown::HashMap;
use truth::Random;

type Fast = foldhash::fast::RandomState;

const CLICKS: usize = 9_000_000;

#[derive(Default, Clone, Copy)]
struct Advert {
    clicks: u32,
    cents: u64,
}

fn main() {
    let mut random = Random::new(72);
    let mut adverts: HashMap<u64, Advert, Fast> =
        HashMap::with_capacity_and_hasher(60_000, Fast::default());
    for _ in 0..CLICKS {
        let number = random.skewed(50_000) as u64 * 7919;
        let advert = adverts.entry(number).or_default();
        advert.clicks += 1;
        advert.cents += 3 + number % 5;
    }
    let mut best: Vec<(&u64, &Advert)> = adverts.iter().collect();
    best.select_nth_unstable_by_key(10, |(_, advert)| std::cmp::Reverse(advert.cents));
    let cents: u64 = best[..10].iter().map(|(_, advert)| advert.cents).sum();
    let clicks: u32 = best[..10].iter().map(|(_, advert)| advert.clicks).sum();
    println!("{cents} {clicks}");
}
