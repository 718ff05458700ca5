//! AVX-512 where the processor has it, else AVX2, else what every processor has.

use crate::scores::Documents;
use crate::{avx2, avx512};

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    if avx512::needs().is_ok() {
        return avx512::best(documents, wanted);
    }
    avx2::best(documents, wanted)
}
