//! Guests of an inn: lines of a book, read into records, of which the bill needs two fields. Prints
//! what is owed.

use truth::{Random, word};

struct Entry {
    guest: String,
    town: String,
    room: String,
    nights: u32,
    owed: u32,
}

fn book(random: &mut Random) -> String {
    let mut book = String::new();
    for _ in 0..300_000 {
        let (guest, town) = (word(random.below(9_000)), word(random.skewed(500)));
        let (room, nights) = (random.below(60), 1 + random.below(9));
        book += &format!("{guest}|{town}|room {room}|{nights}|{}\n", nights * 40);
    }
    book
}

fn entries(book: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let mut fields = line.split('|').map(str::to_string);
        Some(Entry {
            guest: fields.next()?,
            town: fields.next()?,
            room: fields.next()?,
            nights: fields.next()?.parse().ok()?,
            owed: fields.next()?.parse().ok()?,
        })
    };
    book.lines().filter_map(entry).collect()
}

/// How the rooms are cleaned: an order that is thrown about.
fn order(random: &mut Random, rooms: &mut [u32]) -> u32 {
    for at in 1..rooms.len() {
        rooms.swap(at, random.below(at + 1));
    }
    rooms[0]
}

fn main() {
    let mut random = Random::new(1_391);
    let book = book(&mut random);
    let (mut owed, mut first, mut longest) = (0, 0, 0);
    let mut rooms: Vec<u32> = (0..300_000).collect();
    for _ in 0..10 {
        let entries = entries(&book);
        owed += entries.iter().map(|entry| entry.owed * entry.nights.min(3)).sum::<u32>();
        let length = |entry: &Entry| entry.guest.len() + entry.town.len() + entry.room.len();
        longest = longest.max(entries.iter().map(length).max().unwrap_or(0));
        for _ in 0..6 {
            first ^= order(&mut random, &mut rooms);
        }
    }
    println!("{owed} {first} {longest}");
}
