//! Rungs agree with each other and with sums worked out row by row, without columns.

use proptest::prelude::*;

use super::*;

#[test]
fn rungs_agree() {
    for n in [0, 1, ROWS, 3 * ROWS, 200_000] {
        for seed in 0..3 {
            harness::agree_on(RUNGS, table(n, seed));
            harness::agree_on(RUNGS, sparse(n, seed));
        }
    }
    harness::agree_on(RUNGS, sparse(2_000_000, 1));
    harness::agree_at(RUNGS, edges::edges());
}

/// All rungs share columns and query, so no two would differ if these were wrong.
#[test]
fn what_is_found_is_what_rows_say() {
    let tables = [table(5 * ROWS, 1), sparse(700 * ROWS, 2)];
    for job in tables.into_iter().chain(edges::edges()) {
        let mut expected = Found::default();
        for (at, block) in job.blocks.iter().enumerate() {
            let Some(Packed { first, step }) = *block else { continue };
            for row in 0..ROWS {
                let amount = first.wrapping_add(step.wrapping_mul(row as u32));
                if amount >= job.least {
                    let kind = amount.wrapping_mul(0x9e37_79b1) >> 16;
                    let value = u64::from(amount) * u64::from(job.prices[kind as usize]);
                    expected.value = expected.value.wrapping_add(value);
                    expected.places = expected.places.wrapping_add((at * ROWS + row) as u64);
                    expected.rows += 1;
                }
            }
        }
        assert_eq!(naive::query(&job), expected);
    }
}

#[test]
fn tables_have_as_many_blocks_as_rows_need() {
    for (n, blocks) in [(0, 0), (1, 1), (ROWS, 1), (ROWS + 1, 2)] {
        assert_eq!(table(n, 1).blocks.len(), blocks);
        assert!(table(n, 1).blocks.iter().all(Option::is_some));
    }
    let there = |job: Job| job.blocks.iter().filter(|block| block.is_some()).count();
    assert_eq!(there(sparse(512 * ROWS, 1)), 1);
    assert_eq!(there(sparse(1024 * ROWS, 1)), 2);
}

/// With one thread there would be nothing to lie far from.
#[test]
fn two_threads_have_half_of_the_blocks_each() {
    let job = table(5 * ROWS, 1);
    let mut columns = table::Columns::new(5);
    let parts = columns.parts(5, job.threads());
    let blocks = parts.into_iter().map(|part| part.into_inner().unwrap().amounts.len());
    assert_eq!(blocks.map(|bytes| bytes / table::BLOCK).collect::<Vec<_>>(), [3, 2]);
}

/// What needs two nodes is left out where there is one, and says so.
#[test]
fn rungs_that_need_two_nodes_say_so() {
    for rung in RUNGS.iter().filter(|rung| ["bound", "replicated"].contains(&rung.name())) {
        assert_eq!(rung.unavailable(), nodes::needs_two().err(), "{}", rung.name());
    }
}

/// On a machine with one node, that node twice: what is bound and copied must be right anyway.
#[cfg(target_os = "linux")]
#[test]
fn what_is_bound_to_nodes_is_found_too() {
    let Ok(nodes) = nodes::all() else { return };
    let nodes = [nodes[0].clone(), nodes[nodes.len() - 1].clone()];
    let page = &mut memmap2::MmapMut::map_anon(1 << 16).unwrap();
    if nodes.iter().any(|node| nodes::can_bind(page, node).is_err()) {
        return; // a container that does not allow it
    }
    let jobs = [table(100 * ROWS, 1), sparse(600 * ROWS, 2)];
    for job in jobs.into_iter().chain(edges::edges()) {
        let found = naive::query(&job);
        assert_eq!(bound::query_on(&job, &nodes), found);
        assert_eq!(replicated::query_on(&job, &nodes), found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn rungs_agree_on_any_blocks(
        blocks in proptest::collection::vec(any::<Option<(u32, u32)>>(), 0..20),
        least: u32,
    ) {
        let packed = |(first, step)| Packed { first, step };
        let blocks = blocks.into_iter().map(|block| block.map(packed)).collect();
        harness::agree_on(RUNGS, Job::new(blocks, Job::prices(3), least));
    }
}
