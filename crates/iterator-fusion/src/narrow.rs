//! Sums of sixteen bits: four plausible temperatures fit, and twice as many lanes are added at once
//! as at thirty-two.

use crate::chunks::{CHUNK, for_each_chunk};
use crate::recording::{Block, Mean, PLAUSIBLE, Probe, Recording};

// Sixteen bits hold the sum of any four plausible temperatures.
const _: () = assert!(*PLAUSIBLE.end() <= i16::MAX / 4 && *PLAUSIBLE.start() >= i16::MIN / 4);

/// The mean plausible temperature of every hour.
pub fn means(recording: &Recording) -> Vec<Mean> {
    let hours = recording.blocks.chunk_by(|a, b| a.hour == b.hour);
    hours.filter_map(|blocks| mean(blocks, recording.probe)).collect()
}

/// The mean of the blocks of one hour, if it has a plausible reading.
#[inline(never)]
fn mean(blocks: &[Block], probe: Probe) -> Option<Mean> {
    mean_of(blocks, probe)
}

/// The same, to be compiled for other processors as well.
#[inline(always)]
pub(crate) fn mean_of(blocks: &[Block], probe: Probe) -> Option<Mean> {
    let (mut count, mut sum) = (0, 0);
    for_each_chunk(blocks, probe, |values, counts| {
        count += i64::from(-counts.iter().sum::<i16>());
        sum += i64::from(total(values, counts));
    });
    (count > 0).then(|| Mean { hour: blocks[0].hour, count: count as u32, sum })
}

/// The sum of the temperatures that count.
#[inline(always)]
fn total(values: &[i16; CHUNK], counts: &[i16; CHUNK]) -> i32 {
    let mut sums = [0_i16; CHUNK / 4];
    for part in 0..4 {
        for at in 0..CHUNK / 4 {
            sums[at] += values[part * CHUNK / 4 + at] & counts[part * CHUNK / 4 + at];
        }
    }
    sums.into_iter().map(i32::from).sum()
}
