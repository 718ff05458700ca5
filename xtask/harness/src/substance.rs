//! Whether an answer has anything in it. Two rungs that find nothing agree, whatever they do: a
//! time of that says nothing of the job.

use protocol::{Refusal, Scenario};

use crate::rung::Rung;

/// How much of an answer there is to agree on; 0 if it is empty.
pub type Substance<O> = fn(&O) -> usize;

/// Whether naive's answer on any of the inputs has something in it. The first one's nearly always
/// has.
pub(crate) fn any<I, O>(naive: &Rung<I, O>, inputs: &mut [I], of: Substance<O>) -> bool {
    inputs.iter_mut().any(|input| of(&naive.once(input)) > 0)
}

/// Refuses inputs on which nothing was computed. Of a case that does not say what an empty answer
/// is nothing is known, but that its bench must say it.
pub(crate) fn gate(found: Option<bool>, scenario: &Scenario, file: bool) -> Result<(), Refusal> {
    match found {
        Some(true) => Ok(()),
        None => Err(Refusal::Usage(
            "the bench does not say what of an answer must not be empty: add `.substance(…)`"
                .to_owned(),
        )),
        Some(false) if file => {
            let message = "every rung's answer on this file is empty: there is nothing to agree on";
            Err(Refusal::BadInput { line: 0, message: message.to_owned() })
        }
        Some(false) => Err(Refusal::Usage(format!(
            "every rung's answer at {scenario} is empty: there is nothing to agree on"
        ))),
    }
}
