//! A library's year: the desk's journal is read, and it is worked out who owes what.
//!
//! The journal has a line for each loan and each return. Members and titles stand in it as they
//! are called, so the text is read once and its pieces are used as they lie.

use std::cmp::Reverse;

use hashbrown::hash_map::Entry;
use truth::{Random, word};

const LINES: usize = 8_000_000;
const MEMBERS: usize = 4_000;
const TITLES: usize = 8_000;
/// Days that a book may be kept, and cents for each day beyond.
const DAYS: u32 = 28;
const FINE: u32 = 20;

type Map<K, V> = hashbrown::HashMap<K, V, foldhash::fast::RandomState>;

#[derive(Clone, Copy)]
enum Act {
    Lent,
    Returned,
}

struct Entered<'a> {
    day: u32,
    act: Act,
    member: &'a str,
    title: &'a str,
}

/// A year as the desk types it. What is lent comes back mostly, and sometimes late.
fn journal(random: &mut Random) -> String {
    let members: Vec<String> =
        (0..MEMBERS).map(|number| format!("{}.{}", word(number), number % 97)).collect();
    let titles: Vec<String> = (0..TITLES).map(|number| format!("T{}", word(number * 5))).collect();
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut text = String::with_capacity(LINES * 32);
    for line in 0..LINES {
        let day = line * 365 / LINES;
        let returns = out.len() > 20_000 || !out.is_empty() && random.below(2) == 0;
        let (member, title) = if returns {
            out.swap_remove(random.below(out.len()))
        } else {
            let loan = (random.skewed(MEMBERS), random.skewed(TITLES));
            out.push(loan);
            loan
        };
        push_number(&mut text, day);
        text.push_str(if returns { "\tback\t" } else { "\tlent\t" });
        text.push_str(&members[member]);
        text.push('\t');
        text.push_str(&titles[title]);
        text.push('\n');
    }
    text
}

fn push_number(text: &mut String, number: usize) {
    for step in [100, 10, 1] {
        text.push(char::from(b'0' + (number / step % 10) as u8));
    }
}

fn read(line: &str) -> Option<Entered<'_>> {
    let (day, rest) = line.split_once('\t')?;
    let (act, rest) = rest.split_once('\t')?;
    let (member, title) = rest.split_once('\t')?;
    let day = day.parse().ok()?;
    let act = match act {
        "lent" => Act::Lent,
        "back" => Act::Returned,
        _ => return None,
    };
    Some(Entered { day, act, member, title })
}

/// Numbers for names, in the order of their first appearance.
#[derive(Default)]
struct Names<'a> {
    numbers: Map<&'a str, u32>,
    names: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn number(&mut self, name: &'a str) -> u32 {
        match self.numbers.entry(name) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let number = self.names.len() as u32;
                self.names.push(name);
                *new.insert(number)
            }
        }
    }
}

#[derive(Default)]
struct Year<'a> {
    members: Names<'a>,
    titles: Names<'a>,
    /// The days on which a member borrowed a title that is not back yet.
    out: Map<(u32, u32), Vec<u32>>,
    fines: Vec<u32>,
    loans: Vec<u32>,
    kept: Vec<u32>,
}

impl<'a> Year<'a> {
    fn enter(&mut self, entered: &Entered<'a>) {
        let member = self.members.number(entered.member);
        let title = self.titles.number(entered.title);
        self.fines.resize(self.members.names.len(), 0);
        self.loans.resize(self.titles.names.len(), 0);
        match entered.act {
            Act::Lent => {
                self.out.entry((member, title)).or_default().push(entered.day);
                self.loans[title as usize] += 1;
            }
            Act::Returned => {
                let Entry::Occupied(mut days) = self.out.entry((member, title)) else { return };
                let Some(day) = days.get_mut().pop() else { return };
                if days.get().is_empty() {
                    days.remove();
                }
                let kept = entered.day - day;
                self.kept.push(kept);
                self.fines[member as usize] += kept.saturating_sub(DAYS) * FINE;
            }
        }
    }
}

/// The first few numbers by a measure, the greatest first.
fn top(measures: &[u32], wanted: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..measures.len()).collect();
    let key = |&at: &usize| (Reverse(measures[at]), at);
    order.select_nth_unstable_by_key(wanted, key);
    order.truncate(wanted);
    order.sort_unstable_by_key(key);
    order
}

fn main() {
    let mut random = Random::new(819);
    let journal = journal(&mut random);
    let mut year = Year::default();
    for entered in journal.lines().filter_map(read) {
        year.enter(&entered);
    }

    let mut never_back = 0;
    for (&(member, _), days) in &year.out {
        let owed = days.iter().map(|&day| (365 - day).saturating_sub(DAYS) * FINE);
        year.fines[member as usize] += owed.sum::<u32>();
        never_back += days.len();
    }
    println!("{} members, {} titles", year.members.names.len(), year.titles.names.len());
    for member in top(&year.fines, 5) {
        println!("{:16} owes {:7}", year.members.names[member], year.fines[member]);
    }
    for title in top(&year.loans, 5) {
        println!("{:16} lent {:7} times", year.titles.names[title], year.loans[title]);
    }
    let middle = year.kept.len() / 2;
    let (_, middle, _) = year.kept.select_nth_unstable(middle);
    println!("kept for {middle} days, {never_back} are still out");
}
