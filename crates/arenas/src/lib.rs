#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod bump;
pub mod columns;
pub mod edges;
mod file;
pub mod index;
pub mod lexer;
pub mod meaning;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod reset;
pub mod text;
pub mod token;

pub use file::from_file;
use harness::Rung;

use meaning::Summary;
pub use text::{one_list, rules};
use token::Error;

/// Every rung, naive first. All parse a text into a tree, fold the tree and drop it.
///
/// The rungs that reuse memory keep it per thread, not per input: inputs take turns, and if each
/// came with an arena of its own, that arena would be cold, which no program that reuses one will
/// see.
pub const RUNGS: &[Rung<String, Result<Summary, Error>>] = &[
    Rung::new("naive", |text: &String| naive::fold(text)).data(|text| nodes(text) * naive::NODE),
    Rung::new("index", |text: &String| index::fold(text)).data(|text| nodes(text) * index::NODE),
    Rung::new("bump", |text: &String| bump::fold(text)).data(|text| nodes(text) * bump::NODE),
    Rung::new("reset", |text: &String| reset::fold(text)).data(|text| nodes(text) * bump::NODE),
    Rung::new("optimized", |text: &String| optimized::fold(text))
        .data(|text| nodes(text) * optimized::NODE),
    Rung::new("columns", |text: &String| columns::fold(text)),
    Rung::new("peer", |text: &String| peer::fold(text)).data(|text| nodes(text) * peer::NODE),
];

/// Nodes of the tree.
fn nodes(text: &str) -> usize {
    optimized::fold(text).map_or(0, |summary| summary.nodes as usize)
}

#[cfg(test)]
mod tests;
