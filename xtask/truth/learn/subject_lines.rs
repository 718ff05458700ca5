//! Groups mails into conversations by their subjects, which may have odd characters in them.

use hashbrown::HashMap;
use truth::{Random, word};

const MAILS: usize = 2_000_000;
const SUBJECTS: usize = 40_000;

/// Without control characters, which hardly any subject has.
fn printable(subject: &str) -> String {
    let mut shown = String::new();
    for letter in subject.chars() {
        shown.push(if letter.is_control() { ' ' } else { letter });
    }
    shown
}

/// What is left without "Re: " and the like.
fn topic(subject: &str) -> &str {
    let mut topic = subject;
    while let Some(rest) = topic.strip_prefix("Re: ").or_else(|| topic.strip_prefix("Fwd: ")) {
        topic = rest;
    }
    topic
}

fn main() {
    let mut random = Random::new(53);
    let mut subjects: Vec<String> = (0..SUBJECTS)
        .map(|at| {
            let reply = ["", "Re: ", "Re: Re: ", "Fwd: "][random.below(4)];
            format!("{reply}{} {} {}", word(at), word(random.below(900)), word(random.below(900)))
        })
        .collect();
    subjects[7].insert(3, '\u{7}');
    let mut conversations: HashMap<&str, u32, foldhash::fast::RandomState> = HashMap::default();
    let mut bytes = 0;
    for _ in 0..MAILS {
        let subject = &subjects[random.skewed(SUBJECTS)];
        bytes += printable(subject).len();
        *conversations.entry(topic(subject)).or_default() += 1;
    }
    let longest = conversations.values().max().copied().unwrap_or(0);
    println!("{bytes} {longest} {}", conversations.len());
}
