//! Rungs against naive, and each set of vectors by itself.

use super::*;
use optimized::ends_of_with;
use proptest::prelude::*;
use vectors::Vectors;

fn lookups(ends: &[u32], addresses: &[u32]) -> Lookups {
    Lookups { blocks: Rc::new(Blocks::new(ends.to_vec())), addresses: addresses.to_vec() }
}

/// Holds every rung, and every set of vectors that this machine has, against naive.
fn hold(ends: &[u32], addresses: &[u32]) {
    let lookups = lookups(ends, addresses);
    let expected = naive::ends_of(addresses, ends);
    for vectors in [Vectors::Portable, Vectors::Avx2, Vectors::Avx512] {
        let found = ends_of_with(vectors, addresses, &lookups.blocks.tree);
        assert_eq!(found, expected, "{vectors:?}");
    }
    harness::agree_on(RUNGS, lookups);
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, input);
}

#[test]
fn rungs_agree_on_edge_inputs() {
    for Lookups { blocks, addresses } in edges::edges() {
        hold(&blocks.ends, &addresses);
    }
}

#[test]
fn a_tree_counts_the_bytes_of_all_its_nodes() {
    // Always a leaf with a key that no address is above, and a parent for each seventeen.
    for (keys, nodes) in [(0, 1), (15, 1), (16, 2 + 1), (271, 17 + 1), (272, 18 + 2 + 1)] {
        assert_eq!(Tree::new(&ends(keys)).bytes(), nodes * 64, "{keys} keys");
    }
}

#[test]
fn a_table_of_first_bits_is_as_large_for_any_number_of_blocks() {
    for n in [0, 1, 1_000] {
        assert_eq!(TopBits::new(&ends(n)).bytes(), ((1 << 16) + 1) * 4);
    }
}

#[test]
fn behind_the_last_block_is_one_that_ends_with_the_last_address() {
    assert_eq!(naive::ends_of(&[9, 10, 11], &[10]), [10, 10, u32::MAX]);
}

#[test]
fn a_machine_without_the_vectors_takes_the_portable_way() {
    assert_eq!(Vectors::Portable.needs(), Ok(()));
    let tree = Tree::new(&[10, 20]);
    for vectors in [Vectors::Avx2, Vectors::Avx512] {
        assert_eq!(ends_of_with(vectors, &[11; 100], &tree), [20; 100]);
    }
}

#[test]
fn the_table_is_sorted_and_covers_nearly_all_addresses() {
    for n in [1_000, 100_000] {
        let ends = ends(n);
        assert!(ends.is_sorted_by(|a, b| a < b));
        let last = f64::from(*ends.last().unwrap()) / 2_f64.powi(32);
        assert!((0.9..1.0).contains(&last), "{last}");
    }
}

#[test]
fn batches_share_a_table_while_one_is_held() {
    let (one, two) = (input(1_000, 1), input(1_000, 2));
    assert!(Rc::ptr_eq(&one.blocks, &two.blocks));
    assert_ne!(one.addresses, two.addresses);
    assert!(!Rc::ptr_eq(&one.blocks, &input(1_001, 1).blocks));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rungs_agree_on_any_table(
        mut ends in proptest::collection::vec(any::<u32>(), 0..600),
        addresses in proptest::collection::vec(any::<u32>(), 0..200),
        narrow in 0_u32..32,
    ) {
        // Many equal ends, and addresses behind all of them.
        ends.iter_mut().for_each(|end| *end >>= narrow);
        ends.sort_unstable();
        hold(&ends, &addresses);
    }
}
