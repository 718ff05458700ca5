//! Ten years of a library: the desk's journal is read, and it is worked out who owes what.
//!
//! The journal has a line for each loan and each return. Members and titles stand in it as they
//! are called, so the text is read once and its pieces are used as they lie.

use std::cmp::Reverse;

use hashbrown::hash_map::Entry;
use truth::{Random, word};

const LINES: usize = 8_000_000;
const MEMBERS: usize = 4_000;
const TITLES: usize = 8_000;
const COPIES: usize = 60_000;
const LAST: u32 = 3_650;
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
    copy: u32,
    title: &'a str,
}

/// The journal as the desk types it. What is lent comes back mostly, and sometimes late.
fn journal(random: &mut Random) -> String {
    let members: Vec<String> =
        (0..MEMBERS).map(|number| format!("{}.{}", word(number), number % 97)).collect();
    let titles: Vec<String> = (0..TITLES).map(|number| format!("T{}", word(number * 5))).collect();
    let title_of: Vec<usize> = (0..COPIES).map(|_| random.skewed(TITLES)).collect();
    let mut shelf: Vec<usize> = (0..COPIES).collect();
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut text = String::with_capacity(LINES * 36);
    for line in 0..LINES {
        push_number(&mut text, line * LAST as usize / LINES);
        let returns = shelf.len() < 4_000 || !out.is_empty() && random.below(20) < 9;
        let (member, copy) = if returns {
            text.push_str("\tback\t");
            let loan = out.swap_remove(random.below(out.len()));
            shelf.push(loan.1);
            loan
        } else {
            text.push_str("\tlent\t");
            let copy = shelf.swap_remove(random.below(shelf.len()));
            out.push((random.skewed(MEMBERS), copy));
            out[out.len() - 1]
        };
        text.push_str(&members[member]);
        text.push('\t');
        push_number(&mut text, copy);
        text.push('\t');
        text.push_str(&titles[title_of[copy]]);
        text.push('\n');
    }
    text
}

fn push_number(text: &mut String, number: usize) {
    for step in [10_000, 1_000, 100, 10, 1] {
        text.push(char::from(b'0' + (number / step % 10) as u8));
    }
}

fn read(line: &str) -> Option<Entered<'_>> {
    let (day, rest) = line.split_once('\t')?;
    let (act, rest) = rest.split_once('\t')?;
    let (member, rest) = rest.split_once('\t')?;
    let (copy, title) = rest.split_once('\t')?;
    let (day, copy) = (day.parse().ok()?, copy.parse().ok()?);
    let act = match act {
        "lent" => Act::Lent,
        "back" => Act::Returned,
        _ => return None,
    };
    Some(Entered { day, act, member, copy, title })
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
struct Books<'a> {
    members: Names<'a>,
    titles: Names<'a>,
    /// For each copy who has it, and since which day.
    out: Vec<Option<(u32, u32)>>,
    fines: Vec<u32>,
    loans: Vec<u32>,
    kept: Vec<u32>,
}

impl<'a> Books<'a> {
    fn enter(&mut self, entered: &Entered<'a>) {
        let member = self.members.number(entered.member);
        let title = self.titles.number(entered.title);
        let copy = entered.copy as usize;
        self.fines.resize(self.members.names.len(), 0);
        self.loans.resize(self.titles.names.len(), 0);
        if self.out.len() <= copy {
            self.out.resize(copy + 1, None);
        }
        match entered.act {
            Act::Lent => {
                self.out[copy] = Some((member, entered.day));
                self.loans[title as usize] += 1;
            }
            Act::Returned => {
                if let Some((member, day)) = self.out[copy].take() {
                    let kept = entered.day - day;
                    self.kept.push(kept);
                    self.fines[member as usize] += kept.saturating_sub(DAYS) * FINE;
                }
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
    let mut books = Books::default();
    for entered in journal.lines().filter_map(read) {
        books.enter(&entered);
    }

    let mut never_back = 0;
    for (member, day) in books.out.iter().copied().flatten() {
        books.fines[member as usize] += (LAST - day).saturating_sub(DAYS) * FINE;
        never_back += 1;
    }
    println!("{} members, {} titles", books.members.names.len(), books.titles.names.len());
    for member in top(&books.fines, 5) {
        println!("{:16} owes {:7}", books.members.names[member], books.fines[member]);
    }
    for title in top(&books.loans, 5) {
        println!("{:16} lent {:7} times", books.titles.names[title], books.loans[title]);
    }
    let middle = books.kept.len() / 2;
    let (_, middle, _) = books.kept.select_nth_unstable(middle);
    println!("kept for {middle} days, {never_back} are still out");
}
