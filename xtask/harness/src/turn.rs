//! What a rung does when it is its turn: slices of calls, first untimed ones until it has its own
//! caches and predictors back, then timed ones. A user runs one rung and not all of them: who
//! begins to time at once times what the others left behind.

use std::time::{Duration, Instant};

use crate::job::Inputs;
use crate::slices::calls_for;

/// Shorter than a scheduler's quantum, so that most slices see no interruption at all.
const SLICE: Duration = Duration::from_micros(200);

/// Most untimed slices of a turn.
const MOST: usize = 1 << 8;
/// Slices after which it is looked for the first time whether a rung gets faster, and how long
/// those take at least.
const FEWEST: usize = 8;
const SHORTEST: Duration = Duration::from_millis(10);
/// What is faster by less than this is as warm as it will be.
const SETTLED: f64 = 0.02;
/// A call that takes this long brings back in one go whatever a cache can hold.
const LONG: Duration = Duration::from_millis(4);
/// And in one this long it does not matter how it began.
const VERY_LONG: Duration = Duration::from_millis(100);
/// To find out how many untimed slices there are takes about this long at most.
const LONGEST: Duration = Duration::from_millis(400);

/// A turn of cold calls takes so many times as long as is wanted at most: what makes them cold may
/// take far longer than they do.
const COLD: u32 = 50;

/// What a turn measured, per call; times in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Timed {
    /// The time that passed.
    pub(crate) wall: f64,
    /// The processor's time, of all threads together; 0 where the system does not tell.
    pub(crate) cpu: f64,
    /// Pages that the system handed over; 0 where it does not tell.
    pub(crate) faults: f64,
}

/// How many untimed slices a rung needs to be itself again, as it comes from turns of others. A
/// working set that is touched at random comes back ever more slowly, so that a slice is hardly
/// faster than the one before long before the end: each is held against slices much later.
pub(crate) fn untimed(inputs: &mut dyn Inputs, rung: usize, calls: u64) -> u64 {
    let mut times = [0.0; 4 * MOST];
    let (mut done, mut spent) = (0, Duration::ZERO);
    let mut look = |times: &mut [f64], slices: usize| {
        for time in &mut times[done..slices] {
            let took = inputs.time(rung, calls);
            *time = took.as_nanos() as f64;
            spent += took;
        }
        done = slices;
        spent
    };
    let mut slices = FEWEST;
    while look(&mut times, slices) < SHORTEST && slices < times.len() {
        slices *= 2;
    }
    let between = |times: [f64; 4 * MOST], from: usize, to: usize| median(&mut { times }[from..to]);
    while slices < times.len()
        && between(times, slices / 2, slices)
            < between(times, slices / 4, slices / 2) * (1.0 - SETTLED)
        && look(&mut times, 2 * slices) < LONGEST
    {
        slices *= 2;
    }
    let warm = between(times, done / 2, done) * (1.0 + SETTLED);
    let powers = std::iter::successors(Some(1), |slices| Some(2 * slices));
    let mut enough = powers.take_while(|slices| 4 * slices <= done);
    enough.find(|&slices| between(times, slices, 2 * slices) <= warm).unwrap_or(done / 4) as u64
}

/// How long the timed part of a turn takes, where turns begin with so many untimed slices: about
/// half as long as those of all rungs together, so that a block is mostly neither.
pub(crate) fn timed(untimed: &[u64]) -> Duration {
    const LEAST: Duration = Duration::from_millis(1);
    let slices = untimed.iter().sum::<u64>() as f64 / untimed.len().max(1) as f64;
    LEAST.max(SLICE.mul_f64(slices / 2.0))
}

/// Does so many untimed slices, and then times more for about as long as is wanted, at least one.
/// Of those the middle half counts, by its mean: inputs may take unlike times, and any slice may be
/// interrupted.
pub(crate) fn turn(
    inputs: &mut dyn Inputs,
    rung: usize,
    calls: u64,
    untimed: u64,
    wanted: Duration,
) -> Timed {
    for _ in 0..untimed {
        inputs.time(rung, calls);
    }
    let [mut wall, mut cpu, mut faults] = [[0.0; 4 * MOST]; 3];
    let (mut slices, mut spent) = (0, Duration::ZERO);
    let longest = if inputs.is_cold() { COLD * wanted } else { Duration::MAX };
    let begun = Instant::now();
    let goes_on = |spent| spent < wanted && begun.elapsed() < longest;
    while slices == 0 || (slices < wall.len() && goes_on(spent)) {
        let took = inputs.spend(rung, calls);
        cpu[slices] = took.cpu.as_nanos() as f64;
        wall[slices] = took.wall.as_nanos() as f64;
        faults[slices] = took.faults as f64;
        (slices, spent) = (slices + 1, spent + took.wall);
    }
    let per_call = |all: &mut [f64]| middle(&mut all[..slices]) / calls as f64;
    Timed { wall: per_call(&mut wall), cpu: per_call(&mut cpu), faults: per_call(&mut faults) }
}

/// The mean of the middle half.
fn middle(times: &mut [f64]) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    let quarter = times.len() / 4;
    let half = &times[quarter..times.len() - quarter];
    half.iter().sum::<f64>() / half.len() as f64
}

/// How many calls of a rung make a slice, and how many untimed slices a turn begins with where the
/// length of a call tells: of calls that are cold one, and none.
pub(crate) fn calls(inputs: &mut dyn Inputs, rung: usize) -> (u64, Option<u64>) {
    if inputs.is_cold() {
        inputs.time(rung, 1); // pools and tables are made by the first
        return (1, Some(0));
    }
    let (calls, call) = calls_for(inputs, rung, SLICE);
    (calls, (call > LONG).then_some(u64::from(call < VERY_LONG)))
}

/// Of at least one time.
fn median(times: &mut [f64]) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    f64::midpoint(times[(times.len() - 1) / 2], times[times.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_an_interruption_nor_a_short_input_decides() {
        assert_eq!(middle(&mut [7.0]), 7.0);
        assert_eq!(middle(&mut [9.0, 7.0]), 8.0);
        assert_eq!(middle(&mut [900.0, 3.0, 5.0, 1.0]), 4.0);
        assert_eq!(median(&mut [900.0, 3.0, 5.0]), 5.0);
        assert_eq!(median(&mut [1.0, 2.0]), 1.5);
    }
}
