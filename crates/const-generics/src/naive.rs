//! The number of channels is a variable: one function for all layouts.

/// Writes each frame, multiplied by the matrix of gains, whose rows belong to the channels of
/// `out`.
pub fn remix(channels: usize, gains: &[f32], frames: &[f32], out: &mut [f32]) {
    for (frame, out) in frames.chunks_exact(channels).zip(out.chunks_exact_mut(channels)) {
        for (row, out) in gains.chunks_exact(channels).zip(out) {
            *out = row.iter().zip(frame).map(|(gain, sample)| gain * sample).sum();
        }
    }
}
