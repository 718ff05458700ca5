//! The same source as `undivided`, compiled a second time for AVX2, in whose registers twice as
//! many documents are scored at once, and entered where the processor has it.

use crate::scores::Documents;
use crate::undivided;

/// What the processor must have.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return Ok(());
    }
    Err("this processor has no AVX2".to_owned())
}

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { x86(documents, wanted) };
    }
    undivided::best(documents, wanted)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[expect(clippy::redundant_closure, reason = "a closure has the features of where it is written")]
fn x86(documents: &Documents, wanted: usize) -> Vec<u32> {
    use crate::{branchless::add, undivided::best_by};
    best_by(documents, wanted, |kept, ranks, first| add(kept, ranks, first))
}
