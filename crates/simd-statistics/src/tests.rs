//! Rungs against naive, and naive with all of them against exact arithmetic.

use super::*;
use moments::BLOCK;
use proptest::prelude::*;

/// Around one block and two, where merging starts.
const MORE: [usize; 6] = [BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 16, 2 * BLOCK + 17, 5 * BLOCK + 3];

/// Holds every rung against naive and against the truth, where that is known.
fn hold(samples: &[f64], truth: Option<Statistics>) {
    let mut samples = samples.to_vec();
    if let Err(wrong) = harness::check(RUNGS, &mut samples, agree) {
        panic!("n = {}: {wrong:?}", samples.len());
    }
    for (rung, result) in results(&samples) {
        let held = truth.map_or(Ok(()), |truth| agree(&truth, &result));
        assert_eq!(held, Ok(()), "{rung} against exact arithmetic, n = {}", samples.len());
        let held = agree(&naive::statistics(&samples), &result);
        assert_eq!(held, Ok(()), "{rung} against naive, n = {}", samples.len());
    }
}

/// What every rung says, and every path that this processor has and `optimized` chooses from by
/// length.
fn results(samples: &[f64]) -> Vec<(&'static str, Statistics)> {
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "no path more elsewhere"))]
    let mut results = vec![
        ("naive", naive::statistics(samples)),
        ("accumulators", accumulators::statistics(samples)),
        ("wide", wide::statistics(samples)),
        ("blocks", blocks::statistics(samples)),
        ("fma", fma::statistics(samples)),
        ("avx512", avx512::statistics(samples)),
        ("ahead", ahead::statistics(samples)),
        ("optimized", optimized::statistics(samples)),
        ("portable_simd", portable_simd::statistics(samples)),
        #[cfg(portable_simd)]
        ("portable_simd, baseline", portable_simd::anywhere(samples)),
        ("algebraic", algebraic::statistics(samples)),
        ("peer", peer::statistics(samples)),
    ];
    #[cfg(target_arch = "x86_64")]
    {
        use ahead::AHEAD;
        if fma::avx2::available() {
            // SAFETY: the processor has what the function was compiled for.
            let asking = unsafe { fma::avx2::statistics::<AHEAD>(samples) };
            results.push(("AVX2, ahead", asking));
        }
        if avx512::available().is_ok() {
            // SAFETY: the processor has what the function was compiled for.
            let asking = unsafe { avx512::avx512f::statistics::<AHEAD>(samples) };
            results.push(("AVX-512, ahead", asking));
        }
    }
    results
}

/// The statistics of numbers that are whole after multiplication with `scale`, a power of two, in
/// integers: exact but for the last division.
fn exact(samples: &[f64], scale: f64) -> Statistics {
    let n = samples.len() as i128;
    let Some(&first) = samples.first() else { return Statistics::new(0, f64::NAN, 0.0) };
    let (mut sum, mut squares) = (0_i128, 0_i128);
    for sample in samples {
        let whole = (sample * scale) as i128;
        assert_eq!(whole as f64 / scale, *sample, "not whole at this scale");
        let deviation = whole - (first * scale) as i128;
        sum += deviation;
        squares += deviation * deviation;
    }
    let mean = first + sum as f64 / n as f64 / scale;
    let squares = (n * squares - sum * sum) as f64 / n as f64 / scale / scale;
    Statistics::new(samples.len(), mean, squares)
}

#[test]
fn rungs_agree() {
    harness::agree_by(RUNGS, input, agree);
}

#[test]
fn rungs_are_as_exact_as_promised_on_the_sensor() {
    for n in harness::SIZES.into_iter().chain(MORE) {
        let samples = input(n, n as u64);
        // The last bit of 4e7 is worth 2⁻²⁷.
        hold(&samples, Some(exact(&samples, 2_f64.powi(27))));
    }
}

#[test]
fn the_tide_and_the_knocks_are_there() {
    let samples = input(200_000, 1);
    let Statistics { mean, variance, .. } = naive::statistics(&samples);
    let far = samples.iter().filter(|&sample| (sample - mean).abs() > 8.0 * 10.0).count();
    assert!((mean - 4.0e7).abs() < 100.0 && variance > 100.0, "{mean} {variance}");
    assert!((100..400).contains(&far), "{far} of 200,000");
}

#[test]
fn a_block_that_starts_far_away_loses_no_digits() {
    for knocked in [1, 15, 16, 17, BLOCK - 1] {
        for n in [BLOCK, BLOCK + 5, 3 * BLOCK + 9] {
            let mut samples = vec![4.0e7; n];
            samples[..knocked].fill(4.0e7 + 1e6);
            samples.iter_mut().step_by(2).for_each(|sample| *sample += 0.5);
            hold(&samples, Some(exact(&samples, 2.0)));
        }
    }
}

#[test]
fn a_last_sample_that_is_left_out_is_noticed() {
    for n in [2, 100, 10_000_000] {
        let samples = input(n, 1);
        let mut short = optimized::statistics(&samples[..n - 1]);
        short.count = n;
        let wrong = agree(&optimized::statistics(&samples), &short).unwrap_err();
        assert!(wrong.starts_with("mean") || wrong.starts_with("variance"), "{wrong}");
    }
}

#[test]
fn rungs_agree_on_edge_inputs() {
    edges::edges().iter().for_each(|samples| hold(samples, None));
}

#[test]
fn no_samples_have_no_mean_and_one_has_no_variance() {
    let none = optimized::statistics(&[]);
    assert!(none.count == 0 && none.mean.is_nan() && none.variance.is_nan());
    let one = optimized::statistics(&[4.0e7]);
    assert!(one.count == 1 && one.mean == 4.0e7 && one.variance.is_nan());
}

#[test]
fn the_textbook_formula_would_be_caught() {
    for n in [16, 1000, 3 * BLOCK] {
        let samples = input(n, 1);
        let mean = samples.iter().sum::<f64>() / n as f64;
        let squares: f64 = samples.iter().map(|sample| sample * sample).sum();
        let textbook = Statistics::new(n, mean, squares - n as f64 * mean * mean);
        assert!(agree(&naive::statistics(&samples), &textbook).is_err(), "n = {n}");
    }
}

#[test]
fn a_file_of_numbers_is_read() {
    for text in ["4e7 40000001\n3.5", "pascals\r\n4e7\r\n40000001,3.5"] {
        let samples = from_file(text.as_bytes()).unwrap().input;
        assert_eq!(samples, [4.0e7, 40_000_001.0, 3.5]);
        hold(&samples, None);
    }
    for (text, line) in [("1\n\n-1e101\n", 3), ("1e-101", 1), ("1\nx", 2), ("", 0)] {
        assert_eq!(from_file(text.as_bytes()).unwrap_err().line, line, "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rungs_agree_on_any_file_that_is_read(text in "([0-9]{1,5}[.e]?[0-9]{0,2}[ ,\n]){0,60}") {
        if let Ok(samples) = from_file(text.as_bytes()) {
            hold(&samples.input, None);
        }
    }

    #[test]
    fn rungs_are_exact_on_any_counts(
        counts in proptest::collection::vec(any::<i32>(), 0..3 * BLOCK),
        offset in -1_i64 << 50..1 << 50,
        narrow in 0_u32..32,
    ) {
        let sample = |&count: &i32| (offset + i64::from(count >> narrow)) as f64;
        let samples: Vec<f64> = counts.iter().map(sample).collect();
        hold(&samples, Some(exact(&samples, 1.0)));
    }
}

#[test]
fn hostile_files_are_understood_or_refused() {
    harness::hold_reader_by(RUNGS, from_file, agree);
}
