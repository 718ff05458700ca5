//! Stage by stage again, but over thirty-two readings at a time: arrays take the place of tables.
//!
//! A small batch through all stages is how vectorized query engines work (Boncz, Zukowski, Nes,
//! "MonetDB/X100: Hyper-Pipelining Query Execution", 2005). Here it is so small that it hardly
//! leaves the registers.

use crate::recording::{Block, Mean, PLAUSIBLE, Probe, Recording};

/// Readings at a time.
pub(crate) const CHUNK: usize = 32;

/// The mean plausible temperature of every hour.
pub fn means(recording: &Recording) -> Vec<Mean> {
    let hours = recording.blocks.chunk_by(|a, b| a.hour == b.hour);
    hours.filter_map(|blocks| mean(blocks, recording.probe)).collect()
}

/// The mean of the blocks of one hour, if it has a plausible reading.
#[inline(never)]
fn mean(blocks: &[Block], probe: Probe) -> Option<Mean> {
    let (mut count, mut sum) = (0, 0);
    for_each_chunk(blocks, probe, |values, counts| {
        count += i64::from(-counts.iter().sum::<i16>());
        let plausible = values.iter().zip(counts).map(|(value, count)| i32::from(value & count));
        sum += i64::from(plausible.sum::<i32>());
    });
    (count > 0).then(|| Mean { hour: blocks[0].hour, count: count as u32, sum })
}

/// Hands on the temperatures of each chunk, and beside them all ones where one counts.
#[inline(always)]
pub(crate) fn for_each_chunk(
    blocks: &[Block],
    probe: Probe,
    mut include: impl FnMut(&[i16; CHUNK], &[i16; CHUNK]),
) {
    for block in blocks {
        for readings in [&block.readings, &block.late] {
            for_each_chunk_of(&readings.raw, &readings.status, probe, &mut include);
        }
    }
}

/// The same of a pair of columns.
#[inline(always)]
pub(crate) fn for_each_chunk_of(
    raw: &[i16],
    status: &[u8],
    probe: Probe,
    include: &mut impl FnMut(&[i16; CHUNK], &[i16; CHUNK]),
) {
    let (raw, raw_rest) = raw.as_chunks::<CHUNK>();
    let (status, status_rest) = status.as_chunks::<CHUNK>();
    for (raw, status) in raw.iter().zip(status) {
        stages(raw, status, probe, include);
    }
    if !raw_rest.is_empty() {
        // The rest is filled up with readings that do not count.
        let (mut raw, mut status) = ([0; CHUNK], [1; CHUNK]);
        raw[..raw_rest.len()].copy_from_slice(raw_rest);
        status[..status_rest.len()].copy_from_slice(status_rest);
        stages(&raw, &status, probe, include);
    }
}

#[inline(always)]
fn stages(
    raw: &[i16; CHUNK],
    status: &[u8; CHUNK],
    probe: Probe,
    include: &mut impl FnMut(&[i16; CHUNK], &[i16; CHUNK]),
) {
    let mut values = [0; CHUNK];
    for at in 0..CHUNK {
        values[at] = probe.centidegrees(raw[at]);
    }
    // All ones where a reading counts, all zeros where it does not.
    let mut counts = [0_i16; CHUNK];
    for at in 0..CHUNK {
        let yes = (status[at] == 0) & PLAUSIBLE.contains(&values[at]);
        counts[at] = if yes { -1 } else { 0 };
    }
    include(&values, &counts);
}
