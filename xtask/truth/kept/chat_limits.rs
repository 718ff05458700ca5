//! A chat server: messages come as bytes, must be text, may be so many characters long, and go to
//! rooms by the name that they begin with.

use truth::{Random, word};

struct Room {
    name: String,
    messages: usize,
    characters: usize,
    hash: u64,
}

fn messages(count: usize) -> Vec<Vec<u8>> {
    let mut random = Random::new(141);
    let letters = ["a", "e", "ä", "ß", "ж", "日", "本", " ", "😀", "é"];
    (0..count)
        .map(|_| {
            let mut text = format!("{}:", word(random.skewed(50)));
            let plain = random.below(2) == 0;
            for _ in 0..200 + random.skewed(6_000) {
                text.push_str(letters[if plain { random.below(2) } else { random.below(10) }]);
            }
            let mut bytes = text.into_bytes();
            if random.below(50) == 0 {
                bytes.push(0xff);
            }
            bytes
        })
        .collect()
}

/// A message that may be passed on: its room and text.
fn accept(bytes: &[u8]) -> Option<(&str, &str, usize)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (room, text) = text.split_once(':')?;
    let characters = text.chars().count();
    (characters <= 5_000).then_some((room, text, characters))
}

fn find<'a>(rooms: &'a mut [Room], name: &str) -> Option<&'a mut Room> {
    let at = rooms.binary_search_by(|room| room.name.as_str().cmp(name)).ok()?;
    Some(&mut rooms[at])
}

/// Words, and how many of their letters are repeated, as somebody's who shouts.
fn repeats(text: &str) -> (usize, usize) {
    let (mut words, mut repeats, mut before) = (0, 0, b' ');
    for &byte in text.as_bytes() {
        if byte == b' ' {
            words += usize::from(before != b' ');
        } else if byte == before {
            repeats += 1;
        }
        before = byte;
    }
    (words, repeats)
}

/// A sum by which a message that comes twice is known.
fn hash(text: &str) -> u64 {
    let mut hash = 0u64;
    for chunk in text.as_bytes().chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash =
            (hash.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    hash
}

fn main() {
    let messages = messages(6_000);
    let mut rooms: Vec<Room> =
        (0..50).map(|at| Room { name: word(at), messages: 0, characters: 0, hash: 0 }).collect();
    rooms.sort_by(|a, b| a.name.cmp(&b.name));
    let mut refused = 0;
    for _ in 0..31 {
        for bytes in &messages {
            let Some((room, text, characters)) = accept(bytes) else {
                refused += 1;
                continue;
            };
            if let Some(room) = find(&mut rooms, room) {
                let (words, repeats) = repeats(text);
                room.messages += usize::from(repeats < 20 * words);
                room.characters += characters;
                room.hash ^= hash(text);
            }
        }
    }
    let largest = rooms.iter().max_by_key(|room| room.characters).unwrap();
    println!(
        "{refused} refused; {} has {} messages, {:x}",
        largest.name, largest.messages, largest.hash
    );
}
