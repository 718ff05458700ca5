//! The paired runner: all rungs in interleaved slices within one process, so that whatever the
//! machine does, it does to all of them alike. What the numbers mean is decided elsewhere; this
//! file only takes them.

use std::time::{Duration, Instant};

use protocol::{Block, Round};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use crate::bench::Bench;
use crate::sentinel::{Reading, Sentinel};
use crate::stopwatch::Rotation;
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
pub(crate) fn round<I, O>(
    bench: &Bench<I, O>,
    rotation: &mut Rotation<I>,
    seed: u64,
    until: &Until,
) -> Round {
    let rungs = bench.rungs;
    let mut columns: Vec<usize> =
        (0..rungs.len()).filter(|&at| rungs[at].unavailable().is_none()).collect();
    columns.push(0);

    let input = &rotation.inputs[0];
    let (work, within) = bench.limit.as_ref().map_or((0.0, 0.0), |limit| limit.work(input));
    let data_bytes: Vec<Option<u64>> =
        rungs.iter().map(|rung| rung.data.map(|bytes| bytes(input) as u64)).collect();
    let largest = data_bytes.iter().flatten().fold(within, |most, &bytes| most.max(bytes as f64));
    let beyond = largest * rotation.inputs.len() as f64 > PRIVATE;

    let slice = if beyond { LONG_SLICE } else { SLICE };
    let mut calls: Vec<u64> = columns[..columns.len() - 1]
        .iter()
        .map(|&at| rotation.calls_for(&rungs[at], slice))
        .collect();
    calls.push(calls[0]); // naive against naive must differ in nothing but the moment

    let mut watch = Watch::new(Sentinel::new(beyond, bench.threads), until);
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
            let time = watch.slice(|| rotation.time(&rungs[columns[at]], calls[at]));
            took += time;
            ns[at] = time.as_nanos() as f64 / calls[at] as f64;
        }
        let Reading { compute, stream } = watch.finish();
        blocks.push(Block { ns, compute, stream });
        if took > LONG_BLOCK {
            fewest = 1;
        }
    }
    Round { seed, inputs: rotation.inputs.len(), calls, columns, blocks, work, within, data_bytes }
}
