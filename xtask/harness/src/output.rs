//! How a process answers: with one line of JSON.

use serde::Serialize;

/// Prints an answer.
pub(crate) fn print(answer: impl Serialize) {
    println!("{}", serde_json::to_string(&answer).expect("plain data is always JSON"));
}
