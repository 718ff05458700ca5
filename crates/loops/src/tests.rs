//! Rungs, naive among them, against a sum in twice the precision; each path against naive.

use super::*;
use proptest::prelude::*;

/// Longer than the largest row of any path, twice over, and some.
const LONGEST: usize = 2 * 128 + 17;

type Dot = fn(&[f32], &[f32]) -> f32;
type DotCounts = fn(&[i16], &[i16]) -> i32;

/// Every path that this machine can take, whatever it would choose.
fn paths() -> Vec<(&'static str, Dot)> {
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "no more paths here"))]
    let mut paths: Vec<(&'static str, Dot)> = vec![
        ("naive", naive::dot),
        ("portable", optimized::portable),
        ("fused", optimized::fused),
        ("accumulators", accumulators::dot),
    ];
    #[cfg(target_arch = "x86_64")]
    {
        if avx2::Avx2::detect().is_some() {
            paths.push(("avx2", |a, b| avx2::Avx2::detect().expect("asked").dot(a, b)));
        }
        if avx512::Avx512::detect().is_some() {
            paths.push(("avx512", |a, b| avx512::Avx512::detect().expect("asked").dot(a, b)));
        }
    }
    paths
}

/// The same for integers.
fn paths_of_counts() -> Vec<(&'static str, DotCounts)> {
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "no more paths here"))]
    let mut paths: Vec<(&'static str, DotCounts)> = vec![
        ("naive", naive::dot_counts),
        ("resliced", resliced::dot_counts),
        ("chunks", chunks::dot_counts),
        ("accumulators", accumulators::dot_counts),
    ];
    #[cfg(target_arch = "x86_64")]
    {
        if avx2::Avx2::detect().is_some() {
            paths.push(("avx2", |a, b| avx2::Avx2::detect().expect("asked").dot_counts(a, b)));
        }
        if avx512::Avx512::detect().is_some() {
            let dot_counts =
                |a: &_, b: &_| avx512::Avx512::detect().expect("asked").dot_counts(a, b);
            paths.push(("avx512", dot_counts));
        }
        if vnni::Vnni::detect().is_some() {
            paths.push(("vnni", |a, b| vnni::Vnni::detect().expect("asked").dot_counts(a, b)));
        }
    }
    paths
}

fn hold(mut job: Job) {
    if let Err(wrong) = harness::check(RUNGS, &mut job, agree) {
        panic!("{wrong:?} in {job:?}");
    }
    if let Signals::Counts(a, b) = &job.signals {
        let longer: Vec<i16> = b.iter().copied().chain([9; 3]).collect();
        for (path, dot_counts) in paths_of_counts() {
            assert_eq!(f64::from(dot_counts(a, &longer)), job.exact, "{path} at {}", a.len());
        }
    }
    let Signals::Floats(a, b) = &job.signals else { return };
    for (path, dot) in paths() {
        let score = job.score(dot, |_, _| unreachable!());
        assert_eq!(agree(&score, &score), Ok(()), "{path} at {}", a.len());
        // What follows `a` in `b` is no part of the sum.
        let longer: Vec<f32> = b.iter().copied().chain([f32::NAN; 3]).collect();
        assert_eq!(dot(a, b).to_bits(), dot(a, &longer).to_bits(), "{path} at {}", a.len());
    }
}

#[test]
fn rungs_agree() {
    harness::agree_by(RUNGS, input, agree);
    harness::agree_by(RUNGS, counts, agree);
}

#[test]
fn every_path_is_right_at_every_length() {
    for n in 0..LONGEST {
        hold(input(n, n as u64));
        hold(counts(n, n as u64));
    }
    hold(input(100_000, 1));
}

#[test]
fn every_element_counts_once_wherever_slices_begin() {
    let ones = [1.0; LONGEST + 8];
    for from in 0..8 {
        for n in 0..LONGEST {
            for (path, dot) in paths() {
                assert_eq!(dot(&ones[from..][..n], &ones[..n]), n as f32, "{path} {from} {n}");
            }
        }
    }
}

#[test]
fn what_lies_behind_the_end_is_not_read_into_the_sum() {
    let mut a = [f32::NAN; 100];
    a[..37].fill(2.0);
    for (path, dot) in paths() {
        assert_eq!(dot(&a[..37], &a[..37]), 148.0, "{path}");
    }
}

#[test]
fn rungs_agree_on_edge_inputs() {
    edges::edges().into_iter().for_each(hold);
}

#[test]
fn what_is_not_finite_stays_so_wherever_it_is() {
    for odd in [f32::NAN, f32::INFINITY] {
        for n in [1, 5, 8, 37, 130] {
            for at in [0, n / 2, n - 1] {
                let mut a = vec![1.0; n];
                a[at] = odd;
                hold(Job::floats(&a, &vec![2.0; n]));
            }
        }
    }
}

#[test]
fn a_shorter_partner_is_refused_by_every_path() {
    for (path, dot) in paths() {
        let short = std::panic::catch_unwind(|| dot(&[1.0; 40], &[1.0; 39]));
        assert!(short.is_err(), "{path}");
    }
    for (path, dot_counts) in paths_of_counts() {
        let short = std::panic::catch_unwind(|| dot_counts(&[1; 40], &[1; 39]));
        assert!(short.is_err(), "{path}");
    }
}

/// Otherwise a question that is always answered with no would leave paths untested.
#[cfg(target_arch = "x86_64")]
#[test]
fn what_the_processor_has_is_taken() {
    let has_avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
    let has_words = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
    assert_eq!(avx2::Avx2::detect().is_some(), has_avx2);
    assert_eq!(avx512::Avx512::detect().is_some(), has_words);
    let has_vnni = has_words && is_x86_feature_detected!("avx512vnni");
    assert_eq!(vnni::Vnni::detect().is_some(), has_vnni);
    assert_eq!([avx2::needs().is_ok(), avx512::needs().is_ok()], [has_avx2, has_words]);
}

#[test]
fn a_wrong_result_is_noticed() {
    let job = input(1000, 1);
    let naive = job.score(naive::dot, naive::dot_counts);
    let Signals::Floats(a, b) = &job.signals else { unreachable!() };
    let (last, product) = (999, |at: usize| f64::from(a[at]) * f64::from(b[at]));
    let largest = (0..=last).map(product).map(f64::abs).fold(0.0, f64::max);
    let without = Score { value: naive.value - largest, ..naive };
    assert!(agree(&naive, &naive).is_ok() && agree(&naive, &without).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rungs_agree_on_any_floats(
        pairs in proptest::collection::vec((-1e15_f32..1e15, -1e-3_f32..1e3), 0..LONGEST),
    ) {
        let (a, b): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        hold(Job::floats(&a, &b));
    }

    #[test]
    fn rungs_agree_on_any_counts(pairs: Vec<(i16, i16)>) {
        let (a, b): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        hold(Job::counts(&a, &b));
    }
}
