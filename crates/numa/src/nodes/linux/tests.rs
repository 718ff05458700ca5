//! Memory lies where it is bound, and threads come back from where they were kept.

use memmap2::MmapMut;

use super::*;
use crate::nodes::all;

/// Whether a node takes memory. A container may forbid to ask, and a kernel not know how; any
/// other refusal is a fault here.
fn binds(memory: &mut [u8], node: usize) -> bool {
    let Err(error) = bind(memory, node) else { return true };
    let forbids = [libc::EPERM, libc::ENOSYS].map(io::Error::from_raw_os_error);
    assert!(forbids.iter().any(|forbids| error.ends_with(&forbids.to_string())), "{error}");
    false
}

/// Each page lies on the node that it was bound to, and only once it was touched. A system that
/// does not let pages be asked for is not asked.
#[test]
fn pages_lie_where_they_are_bound() {
    let Ok(nodes) = all() else { return };
    for node in nodes {
        let mut memory = MmapMut::map_anon(8 * page()).unwrap();
        if !binds(&mut memory, node.number) {
            return;
        }
        let Ok(untouched) = places(&memory) else { return };
        assert_eq!(untouched, [None; 8]);
        memory[page()..3 * page()].fill(1);
        let here = Some(node.number);
        let expected = [None, here, here, None, None, None, None, None];
        assert_eq!(places(&memory).unwrap(), expected);
    }
}

#[test]
fn a_node_is_one_bit_of_its_mask() {
    for node in [0, 1, 3, 63, 64, 70, NODES - 1] {
        let mask = only(node);
        let bits = (0..NODES).filter(|bit| mask[bit / BITS] >> (bit % BITS) & 1 == 1);
        assert_eq!(bits.collect::<Vec<_>>(), [node]);
    }
}

/// The kernel writes the same list for those who read.
#[test]
fn cores_that_may_be_used_are_those_that_the_system_lists() {
    let Ok(status) = std::fs::read_to_string("/proc/thread-self/status") else { return };
    let listed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    assert_eq!(super::super::list(listed.unwrap().trim()), Some(allowed().unwrap()));
}

#[test]
fn a_thread_may_go_where_it_might_before_it_was_kept() {
    let before = allowed().unwrap();
    let node = Node { number: 0, cores: before[..1].to_vec() };
    let kept = node.keeps_this_thread();
    assert_eq!(allowed().unwrap(), before[..1]);
    drop(kept);
    assert_eq!(allowed().unwrap(), before);
}

#[test]
fn a_node_that_is_not_there_is_refused() {
    let mut memory = MmapMut::map_anon(page()).unwrap();
    let error = bind(&mut memory, NODES - 1).unwrap_err();
    assert!(error.starts_with("memory cannot be bound to node 1023"), "{error}");
}

/// Less than a page has no node of its own.
#[test]
fn what_is_no_whole_page_is_left_alone() {
    let mut memory = MmapMut::map_anon(2 * page()).unwrap();
    let end = 2 * page() - 1;
    assert_eq!(bind(&mut memory[1..end], NODES - 1), Ok(()));
    assert_eq!(bind(&mut memory[..0], NODES - 1), Ok(()));
}

/// A page lies where the thread is that touches it first.
#[test]
fn first_touch_decides() {
    let Ok(nodes) = all() else { return };
    for node in nodes {
        let _kept = node.keeps_this_thread();
        let mut memory = MmapMut::map_anon(4 * page()).unwrap();
        memory.fill(1);
        let Ok(places) = places(&memory) else { return };
        assert_eq!(places, [Some(node.number); 4]);
    }
}

#[test]
fn a_thread_comes_back_from_a_node_after_a_panic_too() {
    let Ok(nodes) = all() else { return };
    let before = allowed().unwrap();
    for node in nodes {
        let panicked = std::panic::catch_unwind(|| {
            let _kept = node.keeps_this_thread();
            assert_eq!(allowed().unwrap(), node.cores);
            std::panic::resume_unwind(Box::new("kept"));
        });
        assert!(panicked.is_err());
        assert_eq!(allowed().unwrap(), before);
    }
}
