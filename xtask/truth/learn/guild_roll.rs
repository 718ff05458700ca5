//! A guild's roll, looked through for the name of each who pays.

use truth::{Random, word};

struct Member {
    name: String,
    dues: u64,
}

fn member<'a>(roll: &'a [Member], name: &str) -> Option<&'a Member> {
    for member in roll {
        if member.name == name {
            return Some(member);
        }
    }
    None
}

fn main() {
    let mut random = Random::new(3);
    let roll: Vec<Member> =
        (0..1500).map(|n| Member { name: word(n * 31), dues: n as u64 }).collect();
    let names: Vec<String> = (0..3000).map(|_| word(random.below(1600) * 31)).collect();
    let mut sum = 0;
    for _ in 0..300 {
        for name in &names {
            sum += member(&roll, name).map_or(1, |m| m.dues);
        }
    }
    println!("{sum}");
}
