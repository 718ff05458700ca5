//! Bandwidth of one core against the number of bytes touched: where a curve bends, a cache ends.

use std::hint::black_box;

use crate::best_rate;

/// From well inside the first level to well beyond the last.
const SIZES: [usize; 9] =
    [16 << 10, 64 << 10, 256 << 10, 768 << 10, 2 << 20, 8 << 20, 24 << 20, 64 << 20, 128 << 20];
/// Bytes that one run should move at least, so that reading the clock does not count.
const LEAST: usize = 1 << 20;
/// Source and destination at the same distance from a page make loads wait for stores that they
/// only seem to depend on.
pub(crate) const APART: usize = 1024;
/// The unit in which memory moves.
const LINE: usize = 64;

/// Bytes read per nanosecond, by bytes walked through. Aligned, because a vector load that
/// straddles two lines counts twice.
pub(crate) fn read() -> Vec<(f64, f64)> {
    let memory = vec![1u64; SIZES[SIZES.len() - 1] / 8 + LINE];
    let memory = &memory[memory.as_ptr().align_offset(LINE)..];
    let sum = widest_sum();
    SIZES
        .map(|size| {
            let (part, rounds) = (&memory[..size / 8], (LEAST / size).max(1));
            let streams = |count: usize| {
                best_rate((size * rounds) as f64, || {
                    for _ in 0..rounds {
                        black_box(sum(black_box(part), count));
                    }
                })
            };
            // Prefetchers follow several streams at once, and only together do they fill the bus.
            (size as f64, streams(1).max(streams(4)))
        })
        .to_vec()
}

/// Bytes copied per nanosecond, by bytes of source and destination together.
pub(crate) fn copy() -> Vec<(f64, f64)> {
    let most = SIZES[SIZES.len() - 1] / 2;
    let (from, mut to) = (vec![1u8; most], vec![2u8; most + APART]);
    let to = &mut to[APART..];
    SIZES
        .map(|size| {
            let (half, rounds) = (size / 2, (LEAST / size).max(1));
            let rate = best_rate((half * rounds) as f64, || {
                for _ in 0..rounds {
                    to[..half].copy_from_slice(black_box(&from[..half]));
                    black_box(&mut *to);
                }
            });
            (size as f64, rate)
        })
        .to_vec()
}

/// Adds all words, in one stream or in four, with the widest vectors present.
pub(crate) fn widest_sum() -> fn(&[u64], usize) -> u64 {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the processor has AVX-512, as was just asked.
            return |words, streams| unsafe { sum_avx512(words, streams) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, as was just asked.
            return |words, streams| unsafe { sum_avx2(words, streams) };
        }
    }
    sum
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn sum_avx512(words: &[u64], streams: usize) -> u64 {
    sum(words, streams)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn sum_avx2(words: &[u64], streams: usize) -> u64 {
    sum(words, streams)
}

/// Walks through the words in one stream or in four, with sixty-four independent sums: eight
/// vectors of the widest kind, so that no addition waits for another.
#[inline(always)]
fn sum(words: &[u64], streams: usize) -> u64 {
    let mut sums = [0u64; 64];
    let blocks = words.as_chunks::<64>().0;
    let mut add = |block: &[u64; 64]| {
        for (sum, word) in sums.iter_mut().zip(block) {
            *sum = sum.wrapping_add(*word);
        }
    };
    if streams == 1 {
        blocks.iter().for_each(add);
    } else {
        let quarter = blocks.len() / 4;
        for at in 0..quarter {
            (0..4).for_each(|stream| add(&blocks[stream * quarter + at]));
        }
    }
    sums.iter().fold(0, |all, sum| all.wrapping_add(*sum))
}
