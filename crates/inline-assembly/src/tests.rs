//! All rungs against naive, naive against the peer, and every kernel by force.

use super::*;
use edges::LIMBS;
use optimized::Method;
use proptest::prelude::*;

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, sums);
    harness::agree(RUNGS, products);
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn rungs_agree_on_edges() {
    for n in [1, 2, 7, 8, 9, 13, 16, 24, 25, 26, 64, 65, 104, 105, 131, 209, 419] {
        for first in LIMBS {
            for second in LIMBS {
                on(vec![first; n], vec![second; n]);
                let mixed = (0..n).map(|at| if at % 3 == 0 { first } else { second }).collect();
                on(mixed, vec![u64::MAX; n]);
            }
        }
    }
}

#[test]
fn a_processor_without_the_instructions_takes_the_next_kernel() {
    use Kernel::{Portable, TwoCarries, Vectors};
    assert_eq!(Kernel::fastest(|_| true), Vectors);
    assert_eq!(Kernel::fastest(|kernel| kernel != Vectors), TwoCarries);
    assert_eq!(Kernel::fastest(|kernel| kernel == Portable), Portable);
    assert_eq!(Kernel::fastest(|_| false), Portable);
    assert!(Kernel::detected().is_available());
}

/// Every agreement is one of these comparisons: if all numbers were equal, so would all rungs be.
#[test]
fn numbers_are_equal_if_their_values_are() {
    let limbs = |limbs: &[u64]| Number::Limbs(limbs.to_vec());
    let value = 0x1_0123_4567_89ab_cdef_u128;
    let same = [
        limbs(&[value as u64, 1]),
        limbs(&[value as u64, 1, 0, 0]),
        Number::Big(value.into()),
        Number::Dashu(value.into()),
    ];
    for number in &same {
        assert!(same.iter().all(|other| number == other), "{number:?}");
        for other in [&[][..], &[1], &[value as u64], &[value as u64, 2], &[0, 1], &[0, 0, 1]] {
            assert_ne!(*number, limbs(other));
        }
    }
    assert_ne!(limbs(&[0]), limbs(&[1]));
    assert_eq!(limbs(&[0]), limbs(&[]));
    // What the crates are given is what the limbs are.
    let job = Job::new(Operation::Sum, vec![value as u64, 1], vec![5]);
    assert_eq!((&job.big[0], &job.dashu[0]), (&value.into(), &value.into()));
}

proptest! {
    #[test]
    fn rungs_agree_on_any_limbs(pairs in proptest::collection::vec((limb(), limb()), 0..220)) {
        let (a, b) = pairs.into_iter().unzip();
        on(a, b);
    }
}

/// Any limb, but often one that carries do not like.
fn limb() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), proptest::sample::select(&LIMBS[..])]
}

/// Thirds wherever they can be, for long numbers alone, and only for some of which the thirds are
/// short.
const METHODS: [fn(Kernel, usize) -> bool; 3] =
    [|_, _| true, |_, limbs| limbs > 60, |_, limbs| limbs.is_multiple_of(2)];

/// Holds rungs and kernels against naive.
fn on(a: Vec<u64>, b: Vec<u64>) {
    let expected = naive::product(&a, &b);
    for kernel in Kernel::ALL.into_iter().filter(|kernel| kernel.is_available()) {
        assert_eq!(karatsuba::product_by(kernel, &a, &b), expected, "{kernel:?}");
        for thirds in METHODS {
            assert_eq!(optimized::product_by(Method { kernel, thirds }, &a, &b), expected);
        }
    }
    harness::agree_on(RUNGS, Job::new(Operation::Sum, a.clone(), b.clone()));
    harness::agree_on(RUNGS, Job::new(Operation::Product, a, b));
}
