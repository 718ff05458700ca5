//! Rungs against naive, and each set of vectors by itself.

use super::*;
use optimized::below_with;
use proptest::prelude::*;
use vectors::Vectors;

/// Holds every rung, and every set of vectors that this machine has, against naive.
fn hold(limit: u32, values: &[u32]) {
    let expected = naive::below(limit, values);
    for vectors in [Vectors::Portable, Vectors::Neon, Vectors::Avx2, Vectors::Avx512] {
        assert_eq!(below_with(vectors, limit, values), expected, "{vectors:?}, below {limit}");
    }
    harness::agree_on(RUNGS, Query { limit, values: values.to_vec() });
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, half);
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn rungs_agree_at_any_share() {
    for percent in [0, 1, 5, 50, 95, 99, 100] {
        harness::agree_on(RUNGS, share(percent, 1));
    }
}

#[test]
fn shares_are_what_they_say() {
    for percent in [0, 1, 5, 20, 50, 80, 95, 99, 100] {
        let Query { limit, values } = share(percent, 7);
        let kept = naive::below(limit, &values).len() as f64 / ROWS as f64 * 100.0;
        let exact = percent == 100; // at 0 %, amounts of nothing at all
        assert!(
            (kept - percent as f64).abs() <= if exact { 0.0 } else { 1.0 },
            "{percent}: {kept}"
        );
    }
}

/// All 65,536 patterns of sixteen rows, for the tables of shuffles.
#[test]
fn every_pattern_is_packed() {
    for pattern in 0..1_u32 << 16 {
        let values: [u32; 16] =
            std::array::from_fn(|lane| (pattern >> lane & 1) * 100 + lane as u32);
        let expected = naive::below(100, &values);
        for vectors in [Vectors::Portable, Vectors::Neon, Vectors::Avx2, Vectors::Avx512] {
            assert_eq!(below_with(vectors, 100, &values), expected, "{vectors:?}, {pattern:b}");
        }
    }
}

#[test]
fn rungs_agree_on_edge_inputs() {
    for Query { limit, values } in edges::edges() {
        hold(limit, &values);
    }
}

#[test]
fn a_machine_without_the_vectors_takes_the_portable_way() {
    assert_eq!(Vectors::Portable.needs(), Ok(()));
    let lacking = if cfg!(target_arch = "x86_64") { Vectors::Neon } else { Vectors::Avx512 };
    assert!(lacking.needs().unwrap_err().starts_with("this processor has no"));
    assert_eq!(below_with(lacking, 9, &[10, 3, 9]), [3]);
}

proptest! {
    #[test]
    fn rungs_agree_on_any_values(
        values in proptest::collection::vec(any::<u32>(), 0..700),
        limit: u32,
        narrow in 0_u32..32,
    ) {
        let values: Vec<u32> = values.into_iter().map(|value| value >> narrow).collect();
        hold(limit >> narrow, &values);
    }
}
