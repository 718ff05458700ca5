//! The paired runner: all rungs in interleaved slices within one process, so that whatever the
//! machine does, it does to all of them alike. What the numbers mean is decided elsewhere; this
//! file only takes them.

use std::time::{Duration, Instant};

use protocol::{Block, Reading, Round};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use crate::job::{Frame, Inputs};
use crate::sentinel::Sentinel;
use crate::slices::calls_for;
use crate::watch::{Until, Watch};

/// Shorter than a scheduler's quantum, so that most slices see no interruption at all.
const SLICE: Duration = Duration::from_micros(200);
/// Long enough for a working set beyond the private caches to be brought back in.
const LONG_SLICE: Duration = Duration::from_millis(1);
/// Bytes beyond which a working set is taken to leave the private caches.
const PRIVATE: f64 = (1 << 20) as f64;
/// Blocks below which a process says too little.
const FEWEST_BLOCKS: usize = 2;
/// A block that takes longer than this is the only one of its process.
const LONG_BLOCK: Duration = Duration::from_secs(5);

/// Measures blocks until the end, and at least two unless they take very long.
pub(crate) fn round(frame: &Frame, inputs: &mut dyn Inputs, seed: u64, until: &Until) -> Round {
    let mut columns: Vec<usize> = frame.available().collect();
    columns.push(0);

    let (work, within) = inputs.work();
    let data_bytes = inputs.data_bytes();
    let largest = data_bytes.iter().flatten().fold(within, |most, &bytes| most.max(bytes as f64));
    let beyond = largest * inputs.count() as f64 > PRIVATE;

    let slice = if beyond { LONG_SLICE } else { SLICE };
    let mut calls: Vec<u64> =
        columns[..columns.len() - 1].iter().map(|&rung| calls_for(inputs, rung, slice)).collect();
    calls.push(calls[0]); // naive against naive must differ in nothing but the moment

    let mut watch = Watch::new(Sentinel::new(beyond, frame.threads), until);
    let mut order: Vec<usize> = (0..columns.len()).collect();
    let mut dice = Pcg64Mcg::seed_from_u64(seed);
    let mut blocks = Vec::new();
    let mut fewest = FEWEST_BLOCKS;
    while blocks.len() < fewest || Instant::now() < watch.end() {
        watch.begin();
        // Waiting does not make a block long.
        let mut took = Duration::ZERO;
        let mut ns = vec![0.0; columns.len()];
        order.shuffle(&mut dice);
        for &at in &order {
            let time = watch.slice(|| inputs.time(columns[at], calls[at]));
            took += time;
            ns[at] = time.as_nanos() as f64 / calls[at] as f64;
        }
        let Reading { compute, stream } = watch.finish();
        blocks.push(Block { ns, compute, stream });
        if took > LONG_BLOCK {
            fewest = 1;
        }
    }
    Round { inputs: inputs.count(), columns, blocks, work, within, data_bytes }
}
