//! Filters around words and blocks: full, empty, and with one match in any one word.

use crate::index::Index;

/// Hand-made filters, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Index> {
    let mut edges = Vec::new();
    for n in [0_usize, 1, 7, 8, 63, 64, 65, 127, 128, 511, 512, 513, 1023, 1024, 1025] {
        let filled = |word| vec![word; n.div_ceil(64)];
        for (a, b) in [(u64::MAX, u64::MAX), (u64::MAX, 0), (0, 0), (1 << 63, u64::MAX), (1, 1)] {
            edges.push(Index::new(n, [a, b, a].map(filled)));
        }
        edges.push(Index::new(n, [u64::MAX, u64::MAX >> 1, u64::MAX << 1].map(filled)));
    }
    // All rows of one word, or a single one of them, and of no other: in each word of two blocks
    // and of what is left behind them.
    for word in 0..19 {
        for bits in [u64::MAX, 1, 1 << 63, 0x00ff_0000_0000_ff00, 0x0101_0101_0101_0101] {
            let mut words = vec![0; 19];
            words[word] = bits;
            edges.push(Index::new(19 * 64, [words.clone(), vec![u64::MAX; 19], words]));
        }
    }
    // Sparse and dense words in turns, in blocks that are otherwise empty.
    let turns = |a, b: u64| (0..40).map(|at| if at % 9 == 8 { a } else { b }).collect::<Vec<u64>>();
    for (a, b) in [(1, 0), (u64::MAX, 0), (u64::MAX, 1 << 17), (0, u64::MAX), (!1, u64::MAX)] {
        edges.push(Index::new(40 * 64, [turns(a, b), turns(u64::MAX, b), turns(a, u64::MAX)]));
    }
    // Few matches, and then a block of nothing else: an answer that only just outgrows its buffer.
    for few in 1..=16 {
        let mut words = vec![0; 8];
        words[3] = (1 << few) - 1;
        words.resize(16, u64::MAX);
        edges.push(Index::new(16 * 64, [words.clone(), words.clone(), vec![u64::MAX; 16]]));
        words[12] = !1;
        edges.push(Index::new(16 * 64, [words.clone(), words, vec![u64::MAX; 16]]));
    }
    edges
}
