//! The machine's limits, from the `machine` binary.

use protocol::Machine;
use std::path::Path;

use crate::child;

/// Measures them; without the binary or with a broken answer, a machine of which nothing is known.
pub fn measure(binary: Option<&Path>) -> Machine {
    let output = binary.and_then(|path| child::command(path).output().ok());
    output.and_then(|output| serde_json::from_slice(&output.stdout).ok()).unwrap_or_else(|| {
        record::errln!("warning: this machine's limits could not be measured; the book says \"unavailable\" for them");
        Machine::default()
    })
}
