//! Where caches end, or lines collide in them: turn a piece on a small stage of its own, and write
//! it from there in long runs of whole lines, past the caches.
//!
//! Each line that goes out also asks for one of the next piece of the source, row after row, so
//! that both directions of the memory are busy. Tried and no better: pieces with more rows; and for
//! matrices that collide but would fit, runs of ordinary stores.

use crate::registers;

/// Values from which source and target are taken to be too big for the last cache: 16 MiB together.
#[cfg(target_arch = "x86_64")]
const BIG: usize = 2 << 20;
/// The same where lines collide, and leave the caches before they are complete.
#[cfg(target_arch = "x86_64")]
const BIG_IF_COLLIDING: usize = 512 << 10;
/// Rows of the target that are multiples of this apart fall into the same few sets of a cache.
#[cfg(target_arch = "x86_64")]
const COLLIDING: usize = 512;

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        let big = if rows.is_multiple_of(COLLIDING) { BIG_IF_COLLIDING } else { BIG };
        if source.len() >= big && is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            return unsafe { streamed::transpose(source, target, rows, columns) };
        }
    }
    registers::transpose(source, target, rows, columns);
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod streamed {
    use crate::registers::avx2::turn;
    use crate::shape;
    use crate::tiles::{LINE, tile};
    use std::arch::x86_64::*;
    use std::ops::Range;

    /// Rows of the source that become one run of the target.
    const STRIP: usize = 128;
    /// Columns of the source in a piece: as many runs.
    const WIDTH: usize = 512;
    /// From one run to the next on the stage. An odd number of lines, so that runs spread over all
    /// sets of a cache.
    const APART: usize = 11 * LINE;

    /// A line of the target.
    #[repr(align(64))]
    struct Line([f32; LINE]);

    /// Takes strips of rows from the top, and in each of them `WIDTH` columns at a time.
    #[target_feature(enable = "avx2")]
    pub(crate) fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
        shape::check(source, target, rows, columns);
        // Values from a place in the target to the next line that begins there or later.
        let first = target.as_ptr().align_offset(64);
        let lead = |at: usize| first.wrapping_sub(at) % LINE;
        // A line belongs to the strip in which it begins.
        let edge = |run, row| if row == 0 { 0 } else { rows.min(row + lead(run + row)) };
        let mut stage = vec![0.0; WIDTH * APART + LINE];
        let aligned = stage.as_ptr().align_offset(64);
        let stage = &mut stage[aligned..];
        let mut top = 0;
        while top < rows {
            let end = if top == 0 { lead(0) + STRIP } else { top + STRIP };
            let bottom = end.min(rows);
            // Where lines begin differs from run to run, unless runs are a whole number of them.
            let more = if rows.is_multiple_of(LINE) { 0 } else { LINE };
            let taken = top..(bottom + more).min(rows);
            for left in (0..columns).step_by(WIDTH) {
                let right = (left + WIDTH).min(columns);
                fill(stage, &source[left..], columns, taken.clone(), right - left);
                let next = if right < columns { (top, right) } else { (bottom, 0) };
                let mut ahead = 0; // lines of the next piece that were asked for
                for column in left..right {
                    let run = column * rows;
                    let (from, to) = (edge(run, top), edge(run, bottom));
                    let staged = &stage[(column - left) * APART..][from - top..to - top];
                    let target = &mut target[run + from..run + to];
                    write(staged, target, || {
                        let row = next.0 + ahead / (WIDTH / LINE);
                        let at = row * columns + next.1 + ahead % (WIDTH / LINE) * LINE;
                        // Into L2. It may lie beyond the source: a prefetch asks for no permission.
                        _mm_prefetch::<_MM_HINT_T1>(source.as_ptr().wrapping_add(at).cast());
                        ahead += 1;
                    });
                }
            }
            top = bottom;
        }
        _mm_sfence(); // streaming stores are otherwise in no order with what follows
    }

    /// Turns a piece of the source into runs on the stage: along the rows, as the prefetchers like
    /// it, because the stage is small enough to jump around in.
    #[target_feature(enable = "avx2")]
    fn fill(stage: &mut [f32], source: &[f32], columns: usize, rows: Range<usize>, width: usize) {
        for row in rows.clone().step_by(8) {
            let (from, to) = (&source[row * columns..], &mut stage[row - rows.start..]);
            let down = 8.min(rows.end - row);
            let right = if down == 8 { width / 8 * 8 } else { 0 };
            let enough = from.len() >= 7 * columns + right && to.len() + APART >= right * APART + 8;
            assert!(right == 0 || enough);
            for column in (0..right).step_by(8) {
                // SAFETY: eight rows have `right` values to read; as many runs, eight places.
                unsafe {
                    let to = to.as_mut_ptr().add(column * APART);
                    turn(from.as_ptr().add(column), columns, to, APART);
                }
            }
            tile(from, to, (APART, columns), 0..down, right..width);
        }
    }

    /// Copies a run line by line past the caches; before each line, `next` is called.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn write(staged: &[f32], target: &mut [f32], mut next: impl FnMut()) {
        // SAFETY: a line may hold any values.
        let (before, lines, after) = unsafe { target.align_to_mut::<Line>() };
        let (first, staged) = staged.split_at(before.len());
        let (whole, last) = staged.as_chunks::<LINE>();
        assert_eq!(whole.len(), lines.len());
        for (staged, line) in whole.iter().zip(lines) {
            next();
            for half in [0, 8] {
                // SAFETY: both have sixteen values, and half a line is aligned to 32 bytes.
                unsafe {
                    let staged = _mm256_loadu_ps(staged.as_ptr().add(half));
                    _mm256_stream_ps(line.0.as_mut_ptr().add(half), staged);
                }
            }
        }
        if !(first.is_empty() && last.is_empty()) {
            before.copy_from_slice(first);
            after.copy_from_slice(last);
        }
    }
}
