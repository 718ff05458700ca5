//! Reads a shop's orders from comma-separated text and prints a total for each store, with the
//! orders' days checked on the way.

use std::collections::BTreeMap;

use truth::{Random, word};

struct Row {
    fields: Vec<String>,
}

fn orders(count: usize) -> String {
    let mut random = Random::new(21);
    let mut text = String::from("date,store,product,note,quantity,cents\n");
    for _ in 0..count {
        let (month, day) = (1 + random.below(12), 1 + random.below(28));
        let (store, product) = (random.below(40), word(random.skewed(5_000)));
        let note = if random.below(6) == 0 { "\"ring, then wait\"" } else { "" };
        let (quantity, cents) = (1 + random.skewed(9), 50 + random.skewed(90_000));
        text.push_str(&format!(
            "2026-{month:02}-{day:02},S{store:02},{product},{note},{quantity},{cents}\n"
        ));
    }
    text
}

fn parse_row(line: &str) -> Row {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            letter => field.push(letter),
        }
    }
    fields.push(field);
    Row { fields }
}

fn parse(text: &str) -> Vec<Row> {
    text.lines().skip(1).map(parse_row).collect()
}

/// The number of a day within its year, if there is such a day.
fn day_of_year(date: &str) -> Option<u32> {
    const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut parts = date.split('-').skip(1);
    let month: usize = parts.next()?.parse().ok()?;
    let day: u32 = parts.next()?.parse().ok()?;
    let length = *DAYS.get(month.checked_sub(1)?)?;
    (1..=length).contains(&day).then(|| DAYS[..month - 1].iter().sum::<u32>() + day)
}

#[derive(Default)]
struct Total {
    orders: u32,
    cents: u64,
    first: u32,
    last: u32,
}

fn totals(rows: &[Row]) -> BTreeMap<&str, Total> {
    let mut totals: BTreeMap<&str, Total> = BTreeMap::new();
    for row in rows {
        let [date, store, _, _, quantity, cents] = row.fields.as_slice() else { continue };
        let Some(day) = day_of_year(date) else { continue };
        let quantity: u64 = quantity.parse().unwrap_or(0);
        let cents: u64 = cents.parse().unwrap_or(0);
        let total = totals.entry(store).or_default();
        total.orders += 1;
        total.cents += quantity * cents;
        total.first = if total.first == 0 { day } else { total.first.min(day) };
        total.last = total.last.max(day);
    }
    totals
}

fn main() {
    let text = orders(150_000);
    for month in 0..24 {
        let rows = parse(&text);
        let totals = totals(&rows);
        let cents: u64 = totals.values().map(|total| total.cents).sum();
        let days: u32 = totals.values().map(|total| total.last - total.first).sum();
        let orders: u32 = totals.values().map(|total| total.orders).sum();
        println!("file {month}: {orders} orders, {cents} cents, {days} days");
    }
}
