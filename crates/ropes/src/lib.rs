#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod chunk;
pub mod crop;
pub mod edges;
pub mod gap_buffer;
mod lengths;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod rope;
mod trace;
mod writers;

use harness::Rung;

pub use trace::Trace;
pub use writers::written;

/// Every rung, naive first. All open the text, replay the edits, and give the bytes to be saved.
pub const RUNGS: &[Rung<Trace, Vec<u8>>] = &[
    Rung::new("naive", naive::replay),
    Rung::new("gap_buffer", gap_buffer::replay),
    Rung::new("rope", rope::replay),
    Rung::new("optimized", optimized::replay),
    Rung::new("crop", crop::replay),
    Rung::new("peer", peer::replay),
];

/// Bytes of the text where its size is not what varies.
const MEGABYTE: usize = 1_000_000;

/// `n` edits by one writer on a text of a megabyte.
pub fn one_writer(n: usize, seed: u64) -> Trace {
    written(n, MEGABYTE, 1, seed)
}

/// `n` edits by sixteen writers on a text of a megabyte, as they reach a server.
pub fn sixteen_writers(n: usize, seed: u64) -> Trace {
    written(n, MEGABYTE, 16, seed)
}

/// Edits where the size of the text is what varies.
pub const EDITS: usize = 1_000;

/// A thousand edits by one writer on a text of `n` kilobytes.
pub fn text_of(n: usize, seed: u64) -> Trace {
    written(EDITS, n * 1_000, 1, seed)
}

/// `n` lines, each written to the end of a log that was empty.
pub fn log(n: usize, seed: u64) -> Trace {
    let lines = written(0, n * 20, 1, seed).text;
    let mut trace = Trace::default();
    let mut chars = 0;
    for line in lines.split_inclusive('\n').cycle().take(n) {
        trace.push(trace.final_len(), chars, "", line);
        chars += line.chars().count();
    }
    trace
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edges::made_valid;
    use proptest::collection::vec;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, |n, seed| written(n, n * 20, 1 + n % 4, seed));
        harness::agree(RUNGS, log);
    }

    #[test]
    fn a_hundred_thousand_edits_of_a_megabyte_agree() {
        let trace = one_writer(100_000, 1);
        let expected = naive::replay(&trace);
        assert!(gap_buffer::replay(&trace) == expected);
        assert!(rope::replay(&trace) == expected);
        assert!(optimized::replay(&trace) == expected);
        assert!(crop::replay(&trace) == expected);
        assert!(peer::replay(&trace) == expected);
    }

    /// The limit of this case is to copy as many bytes.
    #[test]
    fn a_trace_knows_how_long_the_text_becomes() {
        let traces = edges::edges().into_iter().chain([log(30, 1), written(300, 5_000, 2, 1)]);
        for trace in traces {
            assert_eq!(trace.final_len(), naive::replay(&trace).len());
        }
    }

    #[test]
    fn a_trace_gives_the_edits_that_were_pushed() {
        let mut trace = Trace::new("né".to_owned());
        trace.push(1, 1, "é", "e🙂");
        assert!(trace.edits().eq([(1..3, "e🙂")]));
        assert!(trace.edits_in_chars().eq([(1..2, "e🙂")]));
        assert_eq!(naive::replay(&trace), "ne🙂".as_bytes());
    }

    #[test]
    fn rungs_agree_on_edges() {
        harness::agree_at(RUNGS, edges::edges());
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_edits(
            text: String,
            times in 0_usize..300,
            edits in vec((0_usize..20_000, 0_usize..9, any::<String>()), 0..40),
            cut in 0_usize..20_000,
            paste in 0_usize..400,
        ) {
            let mut edits: Vec<_> =
                edits.iter().map(|(at, len, new)| (*at, *len, new.as_str())).collect();
            let long = text.repeat(paste);
            if let [_, a, b, .., c] = &mut edits[..] {
                (a.2, b.1, c.1) = (&long, cut, cut / 2);
            }
            harness::agree_on(RUNGS, made_valid(&text.repeat(times), &edits));
        }
    }
}
