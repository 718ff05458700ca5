//! Stage by stage again, but over thirty-two readings at a time, without a table and without a
//! branch.
//!
//! A small batch through all stages is how vectorized query engines work (Boncz, Zukowski, Nes,
//! "MonetDB/X100: Hyper-Pipelining Query Execution", 2005). Here it is so small that it hardly
//! leaves the registers.

use crate::recording::{Block, Mean, PLAUSIBLE, Probe, Readings, Recording};

/// Readings at a time.
const CHUNK: usize = 32;

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
    let mut total = (0, 0);
    for block in blocks {
        total = include(total, &block.readings, probe);
        total = include(total, &block.late, probe);
    }
    let (count, sum) = total;
    (count > 0).then(|| Mean { hour: blocks[0].hour, count, sum })
}

/// Adds the count and the sum of the temperatures that came without a fault and can be weather.
fn include(mut total: (u32, i64), readings: &Readings, probe: Probe) -> (u32, i64) {
    let (raw, raw_rest) = readings.raw.as_chunks::<CHUNK>();
    let (status, status_rest) = readings.status.as_chunks::<CHUNK>();
    for (raw, status) in raw.iter().zip(status) {
        total = include_chunk(total, raw, status, probe);
    }
    if raw_rest.is_empty() {
        return total;
    }
    // The rest is filled up with readings that do not count.
    let (mut raw, mut status) = ([0; CHUNK], [1; CHUNK]);
    raw[..raw_rest.len()].copy_from_slice(raw_rest);
    status[..status_rest.len()].copy_from_slice(status_rest);
    include_chunk(total, &raw, &status, probe)
}

#[inline]
fn include_chunk(
    (count, sum): (u32, i64),
    raw: &[i16; CHUNK],
    status: &[u8; CHUNK],
    probe: Probe,
) -> (u32, i64) {
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
    // Sixteen-bit sums of four: twice as many fit in a register as would at thirty-two bits.
    let mut sums = [0_i16; CHUNK / 4];
    for part in 0..4 {
        for at in 0..CHUNK / 4 {
            sums[at] += values[part * CHUNK / 4 + at] & counts[part * CHUNK / 4 + at];
        }
    }
    let more = -counts.iter().sum::<i16>();
    (count + more as u32, sum + i64::from(sums.into_iter().map(i32::from).sum::<i32>()))
}
