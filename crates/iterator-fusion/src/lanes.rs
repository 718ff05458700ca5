//! Counts and sums stay in the lanes of a register from chunk to chunk: lanes are added together
//! once for each column, not twice for each chunk.

use crate::chunks::{CHUNK, for_each_chunk_of};
use crate::recording::{Block, Mean, Probe, Recording};

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
    for readings in blocks.iter().flat_map(|block| [&block.readings, &block.late]) {
        for (raw, status) in readings.raw.chunks(MOST).zip(readings.status.chunks(MOST)) {
            let (mut counts, mut sums) = ([0_i16; LANES], [0_i32; LANES]);
            for_each_chunk_of(raw, status, probe, &mut |values, yes| {
                let mut four = [0_i16; LANES];
                for part in 0..4 {
                    for at in 0..LANES {
                        let yes = yes[part * LANES + at];
                        four[at] += values[part * LANES + at] & yes;
                        counts[at] -= yes;
                    }
                }
                for at in 0..LANES {
                    sums[at] += i32::from(four[at]);
                }
            });
            count += counts.into_iter().map(i64::from).sum::<i64>();
            sum += sums.into_iter().map(i64::from).sum::<i64>();
        }
    }
    (count > 0).then(|| Mean { hour: blocks[0].hour, count: count as u32, sum })
}

/// Each takes four readings of a chunk, whose temperatures fit into sixteen bits: see `narrow`.
const LANES: usize = CHUNK / 4;

/// Readings of a column whose counts, an eighth in each lane, surely fit into sixteen bits.
const MOST: usize = 1 << 16;
