//! What the store keeps of a probe, and what a chart draws of it.

use std::ops::RangeInclusive;

/// Readings of a temperature probe, in columns, as time-series stores keep them.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// The converter's values; what they mean, the probe's calibration says.
    pub raw: Vec<i16>,
    /// 0 for a good reading, else a fault code: wire broken, converter busy, checksum wrong.
    pub status: Vec<u8>,
}

/// What the store keeps together: about ten minutes of an hour at a reading a second.
#[derive(Debug)]
pub struct Block {
    /// Hours since the recording began.
    pub hour: u32,
    /// What was there when the block was closed.
    pub readings: Readings,
    /// What came in afterwards; most blocks have none.
    pub late: Readings,
}

/// The probe's calibration in whole numbers, as the probe's own processor would evaluate it.
#[derive(Debug, Clone, Copy)]
pub struct Probe {
    /// Hundredths of a degree at a raw value of zero.
    pub offset: i16,
    /// Hundredths of a degree in 65,536 steps; it grows with the square of the raw value.
    pub gain: i16,
}

/// A recording as the store has it.
#[derive(Debug)]
pub struct Recording {
    /// Turns raw values into degrees.
    pub probe: Probe,
    /// In order of time: the hours never descend.
    pub blocks: Vec<Block>,
}

/// What a chart draws for an hour: `sum / count`. Hours without a plausible reading are not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// The hour.
    pub hour: u32,
    /// How many readings came without a fault and can be weather.
    pub count: u32,
    /// Their sum in hundredths of a degree Celsius.
    pub sum: i64,
}

/// Hundredths of a degree that can be weather; what lies outside is a spike on the line.
pub const PLAUSIBLE: RangeInclusive<i16> = -4_000..=6_000;

/// The probe that made the recordings.
pub(crate) const PROBE: Probe = Probe { offset: -5_800, gain: 26_000 };

impl Readings {
    /// Raw value and status of each reading.
    #[inline]
    pub fn rows(&self) -> impl Iterator<Item = (i16, u8)> {
        self.raw.iter().copied().zip(self.status.iter().copied())
    }
}

impl Block {
    /// Raw value and status of each reading, the late ones last.
    #[inline]
    pub fn rows(&self) -> impl Iterator<Item = (i16, u8)> {
        self.readings.rows().chain(self.late.rows())
    }
}

impl Probe {
    /// Hundredths of a degree Celsius for a raw value.
    #[inline]
    pub fn centidegrees(self, raw: i16) -> i16 {
        let scaled = |by: i16| ((i32::from(raw) * i32::from(by)) >> 16) as i16;
        self.offset + scaled(self.gain + scaled(raw) / 8)
    }
}

impl Recording {
    /// Bytes of readings: what any implementation must look at.
    pub fn bytes(&self) -> usize {
        let bytes = |readings: &Readings| readings.raw.len() * 2 + readings.status.len();
        self.blocks.iter().map(|block| bytes(&block.readings) + bytes(&block.late)).sum()
    }
}
