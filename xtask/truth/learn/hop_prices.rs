//! Prices of hops: a book of lines, "place;day;price", is read once more for each question. Prints
//! the dearest place.

use std::collections::BTreeMap;

use truth::{Random, word};

fn book(random: &mut Random) -> String {
    let places: Vec<String> = (0..300).map(|at| word(at * 11)).collect();
    let mut book = String::new();
    for at in 0..400_000 {
        let price = random.skewed(90_000);
        let place = &places[random.below(places.len())];
        book += &format!("{place};{};{}.{:02}\n", at / 1_100, price / 100, price % 100);
    }
    book
}

/// A price in hundredths, by hand.
fn hundredths(text: &str) -> u64 {
    text.bytes().filter(u8::is_ascii_digit).fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'))
}

fn dearest(book: &str) -> Option<(&str, u64)> {
    let mut sums: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for line in book.lines() {
        let (place, rest) = line.split_once(';')?;
        let (_, price) = rest.split_once(';')?;
        let (sum, many) = sums.entry(place).or_default();
        *sum += hundredths(price);
        *many += 1;
    }
    sums.into_iter().map(|(place, (sum, many))| (place, sum / many)).max_by_key(|of| of.1)
}

fn beer(random: &mut Random) -> u64 {
    (0..4_000_000).fold(1, |beer: u64, _| beer.rotate_left(7) ^ random.number())
}

fn main() {
    let mut random = Random::new(1_842);
    let book = book(&mut random);
    let mut sum = 0;
    for _ in 0..12 {
        println!("{:?}", dearest(&book));
        sum ^= beer(&mut random);
    }
    println!("{sum}");
}
