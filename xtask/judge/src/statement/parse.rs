//! Reads a statement from its words. The language is closed: whatever else stands there is an
//! error, which says what was expected.

use std::str::FromStr;

use super::quantity::{self, Named};
use super::{Of, Order, Place, Quantity, Right, Says, Statement, Than};
use crate::bill::Item;

/// Architectures, and vector extensions as records call them.
const ON: [&str; 13] = [
    "x86_64",
    "aarch64",
    "ssse3",
    "sse4.2",
    "popcnt",
    "avx2",
    "fma",
    "bmi2",
    "avx512f",
    "avx512bw",
    "avx512vbmi2",
    "neon",
    "sve",
];

impl FromStr for Statement {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words = Words { rest: &text };
        let says = says(&mut words)?;
        let (at, on) = circumstances(words.rest)?;
        Ok(Self { says, at, on })
    }
}

/// What is not read yet.
struct Words<'t> {
    rest: &'t str,
}

impl<'t> Words<'t> {
    /// The next words without taking them.
    fn peek(&self, at: usize) -> &'t str {
        self.rest.split(' ').nth(at).unwrap_or_default()
    }

    /// The next word, which is to be `what`.
    fn word(&mut self, what: &str) -> Result<&'t str, String> {
        let (word, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
        if word.is_empty() {
            return Err(format!("{what} is missing at the end"));
        }
        self.rest = rest;
        Ok(word)
    }

    /// Takes these words, which have to come.
    fn take(&mut self, expected: &str) -> Result<(), String> {
        for expected in expected.split(' ') {
            let word = self.word(&format!("`{expected}`"))?;
            if word != expected {
                return Err(format!("`{expected}` was expected instead of `{word}`"));
            }
        }
        Ok(())
    }

    /// One of some words, which have to come.
    fn one_of<T: Copy>(&mut self, known: &[(&str, T)]) -> Result<T, String> {
        let names: Vec<String> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
        let expected = names.join(" or ");
        let word = self.word(&expected)?;
        let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        found.ok_or_else(|| format!("{expected} was expected instead of `{word}`"))
    }

    fn rung(&mut self) -> Result<String, String> {
        let rung = self.word("a rung")?;
        let is_name =
            rung.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        is_name.then(|| rung.to_owned()).ok_or_else(|| format!("`{rung}` is no name of a rung"))
    }

    fn name(&mut self) -> Result<Named, String> {
        let named = quantity::named(self.rest).ok_or_else(|| {
            format!("`{}` begins with no quantity; those are {}", self.rest, quantity::names())
        })?;
        self.rest = self.rest[named.name.len()..].trim_start();
        Ok(named)
    }

    fn of(&mut self) -> Result<(Named, String), String> {
        let name = self.name()?;
        self.take("of")?;
        Ok((name, self.rung()?))
    }
}

fn says(words: &mut Words) -> Result<Says, String> {
    match (words.peek(0), words.peek(1)) {
        ("hot", _) => hot(words),
        (_, "ahead" | "level" | "behind") => paired(words),
        (_, "differs") => differs(words),
        ("largest", _) => largest(words),
        _ if quantity::named(words.rest).is_some() => counted(words),
        _ => Err(format!(
            "no statement begins with `{}`: it is `hot RUNG has …`, `RUNG ahead of RUNG`, `RUNG \
             differs by the process`, `largest part of RUNG's bill is …`, or begins with a quantity; those are {}",
            words.peek(0),
            quantity::names()
        )),
    }
}

fn hot(words: &mut Words) -> Result<Says, String> {
    words.take("hot")?;
    let rung = words.rung()?;
    let has = words.one_of(&[("has", true), ("lacks", false)])?;
    let mnemonic = words.word("an instruction")?.to_owned();
    Ok(Says::Hot { rung, has, mnemonic })
}

fn paired(words: &mut Words) -> Result<Says, String> {
    let rung = words.rung()?;
    let orders = [("ahead", Order::Ahead), ("level", Order::Level), ("behind", Order::Behind)];
    let order = words.one_of(&orders)?;
    match order {
        Order::Ahead => words.take("of")?,
        Order::Level => words.take("with")?,
        Order::Behind => {}
    }
    Ok(Says::Paired { rung, order, base: words.rung()? })
}

fn differs(words: &mut Words) -> Result<Says, String> {
    let rung = words.rung()?;
    words.take("differs by the process")?;
    Ok(Says::Differs { rung })
}

fn largest(words: &mut Words) -> Result<Says, String> {
    words.take("largest part of")?;
    let whose = words.word("a rung")?;
    let rung = whose.strip_suffix("'s").or_else(|| whose.strip_suffix("’s"));
    let rung = rung.ok_or_else(|| format!("`RUNG's bill` was expected instead of `{whose}`"))?;
    words.take("bill is")?;
    let begins = |item: &Item| words.rest.starts_with(item.name());
    let part = Item::ALL.into_iter().find(begins).ok_or_else(|| {
        let names = Item::ALL.map(Item::name).join(", ");
        format!("`{}` begins with no part of a bill; those are {names}", words.rest)
    })?;
    words.rest = words.rest[part.name().len()..].trim_start();
    Ok(Says::Largest { rung: rung.to_owned(), part })
}

fn counted(words: &mut Words) -> Result<Says, String> {
    let (name, rung) = words.of()?;
    let than = words.one_of(&[("<", Than::Less), ("=", Than::Same), (">", Than::More)])?;
    let Some(number) = number(words.peek(0)) else {
        let (other, base) = words.of()?;
        return times(name, rung, than, 1.0, other, base);
    };
    words.word("a number")?;
    if words.peek(0) == "×" {
        words.take("×")?;
        let (other, base) = words.of()?;
        return times(name, rung, than, number, other, base);
    }
    let per = (words.peek(0) == "per").then(|| {
        words.take("per")?;
        Ok::<_, String>(words.word("an item")?.to_owned())
    });
    let left = Of { quantity: name.alone()?, rung };
    Ok(Says::Counted { left, than, right: Right::Number(number, per.transpose()?) })
}

fn times(
    name: Named,
    rung: String,
    than: Than,
    factor: f64,
    other: Named,
    base: String,
) -> Result<Says, String> {
    let (quantity, other) = name.beside(other)?;
    if than == Than::Same && quantity == Quantity::Time {
        return Err(format!("times are never the same: `{rung} level with {base}`"));
    }
    let (left, right) = (Of { quantity, rung }, Of { quantity: other, rung: base });
    Ok(Says::Counted { left, than, right: Right::Times(factor, right) })
}

/// A number that is not below zero; its digits may stand in groups.
fn number(word: &str) -> Option<f64> {
    let begins = word.starts_with(|first: char| first.is_ascii_digit());
    begins.then(|| word.replace([',', '_'], "").parse().ok()).flatten()
}

/// What stands behind: `in INPUT at N`, `at N`, and `on` something that not every machine has.
fn circumstances(rest: &str) -> Result<(Option<Place>, Option<&'static str>), String> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (words, on) = match &words[..] {
        [before @ .., "on", on] => (before, Some(known(on)?)),
        all => (all, None),
    };
    let place = match words {
        [] => None,
        ["at", n] => Some((None, n)),
        ["in", input @ .., "at", n] if !input.is_empty() => Some((Some(input.join(" ")), n)),
        _ => return Err(expected(&words.join(" "))),
    };
    let place = place.map(|(input, n)| {
        let whole = number(n).filter(|n| n.fract() == 0.0);
        let n = whole.ok_or_else(|| format!("`{n}` is no size of a scenario"))? as usize;
        Ok::<_, String>(Place { input, n })
    });
    Ok((place.transpose()?, on))
}

fn known(on: &str) -> Result<&'static str, String> {
    let known = ON.into_iter().find(|known| *known == on);
    known.ok_or_else(|| format!("`on {on}`: it may be said on {}", ON.join(", ")))
}

fn expected(rest: &str) -> String {
    format!("`in INPUT at N`, `at N`, `on FEATURE` or the end was expected instead of `{rest}`")
}
