//! For any number of channels: it is the height of a *panel* of rows that is constant, not the
//! length of its columns. A few frames are taken at once, so that a column of gains is loaded once
//! for all of them and their sums do not wait for each other.

use crate::vectors::Vectors;

/// Frames that are taken at once, as far as registers go; more with AVX-512, which has twice as
/// many.
const SIDE: usize = 4;

/// Gains for frames of any number of channels, in panels of `HIGH` rows.
#[derive(Debug, Clone)]
pub struct Panels<const HIGH: usize> {
    channels: usize,
    /// The columns of the first panel, then those of the next one.
    columns: Vec<[f32; HIGH]>,
    #[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "nothing to choose here"))]
    vectors: Vectors,
}

impl<const HIGH: usize> Panels<HIGH> {
    /// A matrix given by its rows, for these instructions if the processor has them.
    ///
    /// # Panics
    /// If it is not square.
    pub fn new(channels: usize, gains: &[f32], vectors: Vectors) -> Self {
        assert_eq!(gains.len(), channels * channels, "not a square matrix");
        let row = |row: usize| gains.chunks_exact(channels).nth(row);
        let gain = |at, column: usize| row(at).map_or(0.0, |row| row[column]);
        let column = |first, at| std::array::from_fn(|below| gain(first + below, at));
        let columns = |first| (0..channels).map(move |at| column(first, at));
        let columns = firsts::<HIGH>(channels).flat_map(columns).collect();
        Self { channels, columns, vectors: vectors.or_portable() }
    }

    /// Writes each frame, multiplied by the matrix.
    pub fn remix(&self, frames: &[f32], out: &mut [f32]) {
        match self.vectors {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `new` has seen that the processor has it.
            Vectors::Avx512 => unsafe { self.remix_avx512(frames, out) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Vectors::Avx2 => unsafe { self.remix_avx2(frames, out) },
            _ => self.remix_any::<SIDE>(frames, out),
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f")]
    fn remix_avx512(&self, frames: &[f32], out: &mut [f32]) {
        self.remix_any::<{ 2 * SIDE }>(frames, out);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn remix_avx2(&self, frames: &[f32], out: &mut [f32]) {
        self.remix_any::<SIDE>(frames, out);
    }

    #[inline(always)] // so that it is compiled with the features of its caller
    fn remix_any<const SIDE: usize>(&self, frames: &[f32], out: &mut [f32]) {
        let len = frames.len().min(out.len());
        let (some, out) = (SIDE * self.channels, &mut out[..len]);
        let (most, last) = frames[..len].split_at(len - len % some);
        for (at, frames) in most.chunks_exact(some).enumerate() {
            self.remix_few::<SIDE>(frames, &mut out[at * some..]);
        }
        for (at, frame) in last.chunks_exact(self.channels).enumerate() {
            self.remix_few::<1>(frame, &mut out[most.len() + at * self.channels..]);
        }
    }

    /// A panel that is higher than a frame spills into the next one, which is written next.
    #[inline(always)] // as above
    fn remix_few<const SIDE: usize>(&self, frames: &[f32], out: &mut [f32]) {
        let columns = self.columns.chunks_exact(self.channels);
        for (first, columns) in firsts::<HIGH>(self.channels).zip(columns) {
            for (at, sums) in times::<SIDE, HIGH>(columns, frames).iter().enumerate() {
                let out = &mut out[at * self.channels + first..];
                match out.first_chunk_mut() {
                    Some(panel) => *panel = *sums,
                    None => out.copy_from_slice(&sums[..out.len()]),
                }
            }
        }
    }
}

/// The first row of each panel. The last panel shares rows with the one before it rather than reach
/// beyond the matrix, unless it is the only one.
fn firsts<const HIGH: usize>(channels: usize) -> impl Iterator<Item = usize> {
    (0..channels).step_by(HIGH).map(move |row| row.min(channels.saturating_sub(HIGH)))
}

/// A panel times a few frames.
#[inline(always)] // as above
fn times<const SIDE: usize, const HIGH: usize>(
    columns: &[[f32; HIGH]],
    frames: &[f32],
) -> [[f32; HIGH]; SIDE] {
    let frame = |at| &frames[at * columns.len()..][..columns.len()];
    let frames: [&[f32]; SIDE] = std::array::from_fn(frame);
    let mut sums = [[-0.0; HIGH]; SIDE]; // what `sum` starts from
    for (at, column) in columns.iter().enumerate() {
        for (sums, frame) in sums.iter_mut().zip(frames) {
            for (sum, gain) in sums.iter_mut().zip(column) {
                *sum += gain * frame[at];
            }
        }
    }
    sums
}
