//! Score everything, but sort only what is wanted: selection puts the best in front in linear time
//! (Hoare, "Find", 1961; in the standard library as introselect).

use crate::scores::Documents;

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    let mut scored: Vec<(f32, u32)> = documents.scores().zip(0..).collect();
    let better = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if wanted < scored.len() {
        scored.select_nth_unstable_by(wanted, better);
        scored.truncate(wanted);
    }
    scored.sort_unstable_by(better);
    scored.into_iter().map(|(_, number)| number).collect()
}
