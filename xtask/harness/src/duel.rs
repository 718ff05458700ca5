//! The paired runner: all rungs in turns, each in a process of its own, so that whatever the
//! machine does, it does to all of them alike, and nothing that one of them does is done to
//! another. What the numbers mean is decided elsewhere; this file only takes them.

use std::time::{Duration, Instant};

use protocol::{Block, Reading, Refusal, Round};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::apart::forks;
use crate::handover;
use crate::job::{Asked, Frame, Inputs};
use crate::own_cores;
use crate::sentinel::Sentinel;
use crate::turn::{self, Timed};
use crate::watch::{Time, Watch};
use crate::worker::{Worker, calls, check, workers};

/// Bytes beyond which a working set is taken to leave the private caches.
const PRIVATE: f64 = (1 << 20) as f64;
/// Blocks below which a process says too little.
const FEWEST_BLOCKS: usize = 2;
/// Blocks that a rung alone gets at most: far more than there is time for.
const MOST_BLOCKS: usize = 1 << 12;
/// A call of naive that takes longer than this is not made once more for each rung.
const LONG_CHECK: Duration = Duration::from_millis(2);
/// A block that takes longer than this is the only one of its process.
const LONG_BLOCK: Duration = Duration::from_secs(5);

/// Measures blocks until the end, and at least two unless they take very long. Results are held
/// against naive before and after, on the first input and on whichever comes then.
///
/// # Errors
/// If a rung disagrees with naive, or a process ends.
pub(crate) fn round(
    frame: &Frame,
    inputs: &mut dyn Inputs,
    asked: Asked,
    time: &Time,
) -> Result<Round, Refusal> {
    let mut columns: Vec<usize> = frame.available().collect();
    columns.push(0); // naive against naive differs in nothing but its process
    let handover = handed_over(frame);
    let mut workers = workers(frame, inputs, asked, &columns)?;
    let (calls, untimed) = turns(&mut workers, time.untimed(columns.len()))?;

    let timed = turn::timed(&untimed);
    let mut round = Round { handover, ..empty(frame, inputs, columns, untimed) };
    let mut watch = Watch::new(Sentinel::new(beyond(&round), frame.threads), time.until());
    let mut order: Vec<usize> = (0..workers.len()).collect();
    let mut dice = Pcg64Mcg::seed_from_u64(asked.seed);
    let mut fewest = FEWEST_BLOCKS;
    while round.blocks.len() < fewest || Instant::now() < watch.end() {
        let lost = watch.begin();
        let start = Instant::now();
        order.shuffle(&mut dice);
        let zeros = vec![0.0; order.len()];
        let mut block = Block { ns: zeros.clone(), faults: zeros, ..Block::default() };
        if frame.threads {
            block.cpu = block.ns.clone();
        }
        for &at in &order {
            let untimed = round.untimed[at];
            let Timed { wall, cpu, faults } =
                watch.slice(|| workers[at].turn(calls[at], untimed, timed))?;
            (block.ns[at], block.faults[at]) = (wall, faults);
            if let Some(time) = block.cpu.get_mut(at) {
                *time = cpu;
            }
        }
        Reading { compute: block.compute, stream: block.stream } = watch.finish();
        round.blocks.push(block);
        // Waiting does not make a block long.
        if start.elapsed().saturating_sub(watch.lost() - lost) > LONG_BLOCK {
            fewest = 1;
        }
    }
    data_bytes(&mut workers, &mut round)?;
    check_again(&mut workers, &round.blocks, &mut dice)?;
    Ok(round)
}

/// Asks each rung what it works on where it was called: before, nobody had.
fn data_bytes(workers: &mut [Worker], round: &mut Round) -> Result<(), Refusal> {
    let distinct = workers.len() - 1; // naive's second worker has nothing else
    for (worker, &rung) in workers[..distinct].iter_mut().zip(&round.columns) {
        round.data_bytes[rung] = worker.data_bytes()?;
    }
    Ok(())
}

/// Holds the rungs against naive once more. Where naive takes long, only one of them: there are
/// many rounds, and each begins elsewhere.
fn check_again(
    workers: &mut [Worker],
    blocks: &[Block],
    dice: &mut Pcg64Mcg,
) -> Result<(), Refusal> {
    let naive = blocks.last().map_or(0.0, |block| block.ns[0]);
    let (first, last) = (1, workers.len() - 1);
    if naive < LONG_CHECK.as_nanos() as f64 || first == last {
        return workers.iter_mut().try_for_each(Worker::check);
    }
    workers[dice.random_range(first..last)].check()
}

/// What a turn of each worker is: calls of a slice, and untimed slices, unless those are known.
/// Found out of all in turns, so that each begins with what the others left. Naive's second worker
/// does as the first.
fn turns(workers: &mut [Worker], known: Option<&[u64]>) -> Result<(Vec<u64>, Vec<u64>), Refusal> {
    let second = workers.len() - 1;
    let found = workers.iter_mut().map(Worker::calls);
    let (mut calls, mut told): (Vec<u64>, Vec<Option<u64>>) =
        found.collect::<Result<Vec<_>, Refusal>>()?.into_iter().unzip();
    calls[second] = calls[0];
    told.pop();
    if let Some(known) = known {
        return Ok((calls, known.to_vec()));
    }
    let untimed = workers.iter_mut().zip(&calls).zip(told);
    let untimed = untimed.map(|((worker, &calls), told)| worker.untimed(calls, told));
    let mut untimed = untimed.collect::<Result<Vec<u64>, Refusal>>()?;
    untimed.push(untimed[0]);
    Ok((calls, untimed))
}

/// Measures one rung in this very process, in which nothing else was ever called: what a round must
/// agree with. Where rungs have threads, it takes turns with another process of the same rung, so
/// that it sleeps as long as in a round and other cores stay awake meanwhile: on which core a
/// system wakes a thread, and how soon, hangs on both. What is noted meanwhile has its place before
/// the rung is called: memory that is asked for later would lie above the rung's, and keep the
/// allocator from giving that back.
///
/// # Errors
/// If a rung disagrees with naive.
pub(crate) fn alone(
    frame: &Frame,
    inputs: &mut dyn Inputs,
    rung: usize,
    asked: Asked,
    time: &Time,
) -> Result<Round, Refusal> {
    let handover = handed_over(frame);
    let mut company = if frame.threads {
        workers(frame, inputs, asked, &[rung])?
    } else {
        check(forks(), frame, inputs, &asked)?;
        Vec::new()
    };
    let mut taken = Vec::with_capacity(MOST_BLOCKS);
    // Nobody walks through memory between the slices, and nobody watches the other cores: a thread
    // beside the rung would be company, and makes each system call of its process take longer.
    let sentinel = Sentinel::new(false, false);
    let (calls, told) = calls(frame, inputs, rung);
    let untimed = told.unwrap_or_else(|| turn::untimed(inputs, rung, calls));
    let mut watch = Watch::new(sentinel, time.until());
    while taken.len() < FEWEST_BLOCKS || (taken.len() < MOST_BLOCKS && Instant::now() < watch.end())
    {
        watch.begin();
        for other in &mut company {
            other.turn(calls, untimed, turn::timed(&[untimed]))?;
        }
        if frame.apart {
            own_cores::take();
        }
        let first = if company.is_empty() { 0 } else { untimed };
        let timed = watch.slice(|| turn::turn(inputs, rung, calls, first, turn::timed(&[first])));
        inputs.held_cold()?;
        taken.push((timed, watch.finish()));
    }
    let mut round = Round { handover, ..empty(frame, inputs, vec![rung], vec![untimed]) };
    for (timed, Reading { compute, stream }) in taken {
        let cpu = if frame.threads { vec![timed.cpu] } else { Vec::new() };
        let (ns, faults) = (vec![timed.wall], vec![timed.faults]);
        round.blocks.push(Block { ns, cpu, faults, compute, stream });
    }
    Ok(round)
}

/// How far the cores are from each other now, where rungs have several.
fn handed_over(frame: &Frame) -> f64 {
    if frame.threads { handover::between_cores().unwrap_or(0.0) } else { 0.0 }
}

/// A round without blocks.
fn empty(frame: &Frame, inputs: &dyn Inputs, columns: Vec<usize>, untimed: Vec<u64>) -> Round {
    let (work, within) = inputs.work();
    let data_bytes = (0..frame.rungs().len()).map(|rung| inputs.data_bytes(rung)).collect();
    let inputs = inputs.count();
    let (blocks, handover) = (Vec::new(), 0.0);
    Round { inputs, columns, untimed, blocks, work, within, data_bytes, handover }
}

/// Whether what rungs work on leaves the private caches: then memory is watched too.
fn beyond(round: &Round) -> bool {
    let bytes = round.data_bytes.iter().flatten().map(|&bytes| bytes as f64);
    bytes.fold(round.within, f64::max) * round.inputs as f64 > PRIVATE
}
