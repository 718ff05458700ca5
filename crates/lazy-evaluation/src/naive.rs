//! Score everything, sort everything, keep the first.

use crate::scores::Documents;

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    let mut scored: Vec<(f32, u32)> = documents.scores().zip(0..).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(wanted).map(|(_, number)| number).collect()
}
