//! What holds of every record that is read, whoever made it: lists are as long as each other where
//! they must be, numbers are such that one may divide by them and count up to them, names are
//! names, and nothing is larger than a run can make it. Who judges, merges or shows a record relies
//! on this and looks no second time.

mod builds;
mod case;
mod evidence;
mod machine;
mod rows;
mod run;
mod scenario;

use std::fmt::{self, Display};

/// The last second of the last year that is written with four digits: later there is no
/// [`date`](crate::date).
pub const LAST_SECOND: u64 = 253_402_300_799;
/// Letters of a word, and of a name.
const WORD: usize = 100;
const NAME: usize = 200;
/// Letters of a text.
const TEXT: usize = 20_000;
/// Entries of a list, where nothing says better.
const LIST: usize = 1_000;
/// Whatever is counted: sums of some stay whole numbers.
const COUNT: u64 = 1 << 50;
/// Whatever is measured: products and quotients of some stay finite, and none is nothing.
const AMOUNT: f64 = 1e18;
const LEAST: f64 = 1e-12;
/// Letters of a [`Fault`]'s place, and of what is wrong: a sentence may quote from a record.
const SHOWN: usize = 100;

/// What can be checked once it is read.
pub trait Check {
    /// Finds the first fault.
    ///
    /// # Errors
    /// Says where it is and what is wrong.
    fn check(&self) -> Checked;
}

/// Nothing, or a fault.
pub type Checked = Result<(), Fault>;

/// What is wrong with a record, and where: "cases.bitsets.scenarios\[2\].times: 3 rungs, 2 times".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    place: String,
    what: String,
}

impl Fault {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { place: String::new(), what: what.into() }
    }

    pub(crate) fn within(self, step: &str) -> Self {
        let dot = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        Self { place: format!("{}{dot}{}", shown(step), self.place), what: self.what }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", shown(&self.place), shown(&self.what))
    }
}

impl std::error::Error for Fault {}

/// A text as it may stand in a sentence on a terminal, whatever it holds: cut, and without what
/// would move the cursor.
pub fn shown(text: &str) -> String {
    cut(text, SHOWN, |letter| !is_control(letter))
}

/// A text as a record may hold it, of something that may have said anything: a compiler, a panic.
pub fn kept(text: &str) -> String {
    cut(text, TEXT, may_stand_in_text)
}

fn cut(text: &str, most: usize, may: impl Fn(char) -> bool) -> String {
    let plain = |letter| if may(letter) { letter } else { '\u{fffd}' };
    if text.chars().nth(most).is_none() {
        return text.chars().map(plain).collect();
    }
    text.chars().take(most - 1).map(plain).chain(['…']).collect()
}

/// Adds to the place of a fault.
trait At {
    fn at(self, step: &str) -> Self;
}

impl At for Checked {
    fn at(self, step: &str) -> Self {
        self.map_err(|fault| fault.within(step))
    }
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(Fault::new(what())) }
}

/// Every entry of a list that is not too long.
fn each<T>(items: &[T], most: usize, check: impl Fn(&T) -> Checked) -> Checked {
    at_most(items.len(), most)?;
    let with_place = |(at, item)| check(item).map_err(|fault| fault.within(&format!("[{at}]")));
    items.iter().enumerate().try_for_each(with_place)
}

/// Every entry that is there.
fn each_known<T>(items: &[Option<T>], check: impl Fn(&T) -> Checked) -> Checked {
    each(items, LIST, |item| item.as_ref().map_or(Ok(()), &check))
}

fn at_most(entries: usize, most: usize) -> Checked {
    ensure(entries <= most, || format!("{entries} entries, where {most} are the most"))
}

/// A list by rung.
fn by_rung(entries: usize, rungs: usize) -> Checked {
    ensure(entries == rungs, || format!("{rungs} rungs, {entries} entries"))
}

/// The same, where nobody may have looked.
fn by_rung_or_none(entries: usize, rungs: usize) -> Checked {
    if entries == 0 { Ok(()) } else { by_rung(entries, rungs) }
}

/// What tells two entries of a list apart is another for each.
fn distinct<K: Ord>(keys: impl Iterator<Item = K>) -> Checked {
    let mut keys: Vec<K> = keys.collect();
    keys.sort_unstable();
    ensure(keys.windows(2).all(|pair| pair[0] != pair[1]), || "an entry stands there twice".into())
}

/// A name that programs give: of a case, a rung, a crate, a target, a commit.
fn word(text: &str) -> Checked {
    let may = |letter: char| letter.is_alphanumeric() || "_-.+".contains(letter);
    length(text, WORD)?;
    ensure(!text.is_empty() && text.chars().all(may) && !text.contains(".."), || {
        format!("`{}` is no name: letters, digits and `_-.+` are", shown(text))
    })
}

/// A name that people give: of a distribution, an item, a cost.
fn name(text: &str) -> Checked {
    length(text, NAME)?;
    let may = |letter: char| !is_control(letter) && letter != '<' && letter != '>';
    ensure(!text.trim().is_empty() && text.chars().all(may), || {
        format!("`{}` is no name: empty, or with `<`, `>` or a control character", shown(text))
    })
}

/// One line of anything.
fn line(text: &str) -> Checked {
    length(text, TEXT)?;
    ensure(!text.contains(is_control), || "a control character".into())
}

/// Lines of anything.
fn text(text: &str) -> Checked {
    length(text, TEXT)?;
    ensure(text.chars().all(may_stand_in_text), || "a control character".into())
}

fn length(text: &str, most: usize) -> Checked {
    ensure(text.len() <= 4 * most && text.chars().count() <= most, || {
        format!("a text of {} bytes, where {most} letters are the most", text.len())
    })
}

/// What makes a terminal do something, or turns the direction of a text.
fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn may_stand_in_text(letter: char) -> bool {
    letter == '\n' || letter == '\t' || !is_control(letter)
}

fn count(number: u64) -> Checked {
    up_to(number, COUNT)
}

fn up_to(number: u64, most: u64) -> Checked {
    ensure(number <= most, || format!("{number}, where {most} is the most"))
}

/// Seconds since 1970 that can be written as a date.
fn moment(seconds: u64) -> Checked {
    up_to(seconds, LAST_SECOND)
}

/// A number of things that this program holds in memory.
fn size(number: usize) -> Checked {
    count(number as u64)
}

/// Nothing, or what can be divided by.
fn amount(number: f64) -> Checked {
    if number == 0.0 { Ok(()) } else { positive(number) }
}

fn positive(number: f64) -> Checked {
    ensure((LEAST..=AMOUNT).contains(&number), || {
        format!("{number:?}, where a number from {LEAST:?} to {AMOUNT:?} is meant")
    })
}

fn share(number: f64) -> Checked {
    ensure((0.0..=1.0).contains(&number), || format!("{number:?} is no share of one"))
}

fn ascending(numbers: &[f64]) -> Checked {
    ensure(numbers.is_sorted(), || "the numbers do not go up".into())
}

#[cfg(test)]
mod tests;
