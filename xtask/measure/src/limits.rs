//! The machine's limits, from the `machine` binary.

use protocol::Machine;
use std::path::Path;

use crate::kinds::keep_to_fastest;
use crate::{child, last_words};

/// Measures them; without the binary or with a broken answer, a machine of which nothing is known.
pub fn measure(binary: Option<&Path>) -> Machine {
    let answer = binary.ok_or_else(|| "what measures them does not compile".to_owned());
    answer.and_then(ask).unwrap_or_else(|why| {
        record::errln!(
            "warning: this machine's limits could not be measured ({why}); the book says \
             \"unavailable\" for them"
        );
        Machine::default()
    })
}

fn ask(binary: &Path) -> Result<Machine, String> {
    let mut command = child::command(binary);
    keep_to_fastest(&mut command);
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let why = last_words::of(&String::from_utf8_lossy(&output.stderr));
        return Err(format!("it ended with {}: {why}", output.status));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}
