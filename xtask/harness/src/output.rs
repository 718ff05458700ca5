//! How a process answers: with one line of JSON, the last, and its own whatever a rung has printed.

use serde::Serialize;

/// Prints an answer.
pub(crate) fn print(answer: impl Serialize) {
    println!("\n{}", serde_json::to_string(&answer).expect("plain data is always JSON"));
}
