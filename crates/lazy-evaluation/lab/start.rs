//! The best documents of a search: score all, sort all, take the first.

use lazy_evaluation::Documents;

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    // TODO: make it faster; the answer must stay the same.
    let mut scored: Vec<(f32, u32)> = documents.scores().zip(0..).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(wanted).map(|(_, number)| number).collect()
}
