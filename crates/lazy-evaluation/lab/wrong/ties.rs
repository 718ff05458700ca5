//! Selects and sorts without asking which of two equal scores came first.

use lazy_evaluation::Documents;

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    let mut scored: Vec<(f32, u32)> = documents.scores().zip(0..).collect();
    let better = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0);
    if wanted < scored.len() {
        scored.select_nth_unstable_by(wanted, better);
        scored.truncate(wanted);
    }
    scored.sort_unstable_by(better);
    scored.into_iter().map(|(_, number)| number).collect()
}
