//! A library of pictures, as another crate would give it: several ways to read a pixel, of which
//! each crosses the border between crates in its own way.
#![forbid(unsafe_code)]

mod dynamic;
mod generic;
mod inlined;
mod outlined;
mod rows;
mod view;

pub use dynamic::Luma;
pub use view::{Samples, View};
