//! Statements: what a sentence of a chapter says of causes, instructions, counts and orders, in a
//! closed language, held against a record.
//!
//! [`Statement`] is read from its words by `parse`; a [`Quantity`] is what can be counted, priced
//! or timed; `found` is what a record says of it, in the scenario of `place`, of listings by their
//! `mnemonics`. A statement holds or fails, or this record cannot answer it: what was not measured
//! proves nothing.

mod found;
mod mnemonics;
mod parse;
mod place;
mod quantity;
#[cfg(test)]
mod tests;

use protocol::{Machine, Scenario};

use crate::bill;
use crate::summary::CaseSummary;

pub use self::quantity::{Quantity, Source};

use self::place::Places;

/// What a sentence says.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Of what.
    pub says: Says,
    /// In which scenario; without it, where its evidence was taken.
    pub at: Option<Place>,
    /// The architecture or vector extension without which nothing is said.
    pub on: Option<&'static str>,
}

/// What is said.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    /// Whether an instruction whose name begins so stands in the hot listing of a rung.
    Hot {
        /// The rung.
        rung: String,
        /// Or whether none does.
        has: bool,
        /// How the instruction's name begins.
        mnemonic: String,
    },
    /// How two rungs came out that were measured in pairs.
    Paired {
        /// The rung.
        rung: String,
        /// How it came out.
        order: Order,
        /// The one that it is held against.
        base: String,
    },
    /// A rung's time depends on the process that it is called in.
    Differs {
        /// The rung.
        rung: String,
    },
    /// What takes most of a rung's time.
    Largest {
        /// The rung.
        rung: String,
        /// The part of its bill.
        part: bill::Item,
    },
    /// A quantity of a rung against another one, or against a number.
    Counted {
        /// The first.
        left: Of,
        /// How it is to the second.
        than: Than,
        /// The second.
        right: Right,
    },
}

/// How two rungs came out in pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Faster beyond doubt.
    Ahead,
    /// No difference can be told, or none that is worth a word.
    Level,
    /// Slower beyond doubt.
    Behind,
}

/// How a quantity is to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Than {
    /// Less.
    Less,
    /// The same, to a hundredth.
    Same,
    /// More.
    More,
}

/// A quantity of a rung.
#[derive(Debug, Clone, PartialEq)]
pub struct Of {
    /// What is counted.
    pub quantity: Quantity,
    /// Of which rung.
    pub rung: String,
}

/// What a quantity is held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Right {
    /// So many times another one.
    Times(f64, Of),
    /// A number, by the item if one is named.
    Number(f64, Option<String>),
}

/// A scenario of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The distribution; none where the case has one only.
    pub input: Option<String>,
    /// Its `n`.
    pub n: usize,
}

/// What became of a statement, with what the record says, or why it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The record bears it out.
    Holds(String),
    /// The record contradicts it.
    Fails(String),
    /// The record has nothing to say on it.
    Cannot(String),
}

impl Statement {
    /// Holds it against a case of a record.
    pub fn judge(&self, summary: &CaseSummary, machine: &Machine) -> Outcome {
        match found::found(self, summary, machine) {
            Ok((true, said)) => Outcome::Holds(said),
            Ok((false, said)) => Outcome::Fails(said),
            Err(why) => Outcome::Cannot(why),
        }
    }

    /// Where its evidence is.
    pub fn source(&self) -> Source {
        match &self.says {
            Says::Hot { .. } => Source::Listing,
            Says::Paired { .. } | Says::Differs { .. } => Source::Scenario,
            Says::Largest { .. } => Source::Bill,
            Says::Counted { left, right: Right::Times(_, right), .. } => {
                // A time stands on the bill beside its parts.
                let on_bill = right.quantity.source() == Source::Bill;
                if on_bill { Source::Bill } else { left.quantity.source() }
            }
            Says::Counted { left, .. } => left.quantity.source(),
        }
    }

    /// The scenario that it names, or that stands for the case, if it was measured.
    pub fn scenario<'s>(&'s self, summary: &'s CaseSummary<'_>) -> Option<&'s Scenario> {
        let places = Places { summary, named: self.at.as_ref() };
        Some(&places.scenario().ok()?.record.scenario)
    }

    /// Names of the rungs that it speaks of.
    pub fn rungs(&self) -> Vec<&str> {
        match &self.says {
            Says::Hot { rung, .. } | Says::Largest { rung, .. } | Says::Differs { rung } => {
                vec![rung]
            }
            Says::Paired { rung, base, .. } => vec![rung, base],
            Says::Counted { left, right: Right::Times(_, right), .. } => {
                vec![&left.rung, &right.rung]
            }
            Says::Counted { left, .. } => vec![&left.rung],
        }
    }
}
