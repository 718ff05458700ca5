//! Threads and memory on nodes, as Linux does it.

use std::ffi::c_ulong;
use std::io;
use std::marker::PhantomData;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use super::Node;

/// Keeps a thread on a node's cores until it is dropped; a panic drops it, too.
#[derive(Debug)]
#[must_use = "the thread may go anywhere again as soon as this is dropped"]
pub struct Kept {
    before: CpuSet,
    /// The mask is that of the thread that is kept, so that no other may put it back.
    here: PhantomData<*const ()>,
}

impl Kept {
    pub(super) fn on(node: &Node) -> Result<Self, String> {
        let before = mask()?;
        let mut only = CpuSet::new();
        node.cores.iter().filter(|&&core| before.is_set(core)).for_each(|&core| only.set(core));
        let refused = |error| format!("this thread cannot be kept on a node: {error}");
        sched_setaffinity(None, &only).map_err(refused)?;
        Ok(Self { before, here: PhantomData })
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // The mask was this thread's own; a panic here would hide one that is under way.
        let _ = sched_setaffinity(None, &self.before);
    }
}

/// The cores that this thread may use, in order.
pub(super) fn allowed() -> Result<Vec<usize>, String> {
    let mask = mask()?;
    Ok((0..CpuSet::MAX_CPU).filter(|&core| mask.is_set(core)).collect())
}

fn mask() -> Result<CpuSet, String> {
    sched_getaffinity(None).map_err(|error| format!("the system names no cores: {error}"))
}

/// How many nodes a mask has bits for, as many as Linux can have.
const NODES: usize = 1024;
const BITS: usize = c_ulong::BITS as usize;

/// Has the whole pages of this memory come from a node and no other.
pub(super) fn bind(memory: &mut [u8], node: usize) -> Result<(), String> {
    let page = page();
    let before = memory.as_ptr().align_offset(page).min(memory.len());
    let whole = &mut memory[before..];
    let bytes = whole.len() / page * page;
    if bytes == 0 {
        return Ok(());
    }
    let nodes = only(node);
    let (none, most): (c_ulong, c_ulong) = (0, NODES as c_ulong + 1);
    // SAFETY: the range is memory that is borrowed for this alone, the mask has as many bits as are
    // said less the one that the kernel does not look at, and no page is moved or lost: it is only
    // said where those are to come from that are touched from now on.
    let told = unsafe {
        let mask = nodes.as_ptr();
        libc::syscall(libc::SYS_mbind, whole.as_ptr(), bytes, libc::MPOL_BIND, mask, most, none)
    };
    if told == 0 {
        return Ok(());
    }
    let error = io::Error::last_os_error();
    Err(format!("memory cannot be bound to node {node}: {error}"))
}

/// The mask of one node.
fn only(node: usize) -> [c_ulong; NODES / BITS] {
    let mut nodes = [0; NODES / BITS];
    nodes[node / BITS] = 1 << (node % BITS);
    nodes
}

fn page() -> usize {
    // SAFETY: it takes a number and gives one.
    let bytes = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(bytes).expect("pages have a size")
}

/// On which node each page of this memory is; none for one that nobody has touched.
#[cfg(test)]
pub(crate) fn places(memory: &[u8]) -> io::Result<Vec<Option<usize>>> {
    use std::ffi::c_int;

    let pages: Vec<*const u8> = memory.chunks(page()).map(<[u8]>::as_ptr).collect();
    let mut places: Vec<c_int> = vec![0; pages.len()];
    // SAFETY: both lists are as long as is said, and without a list of nodes no page is moved: the
    // kernel writes one number for each.
    let told = unsafe {
        let (own, nowhere, none) = (0, std::ptr::null::<c_int>(), 0);
        let (list, answers) = (pages.as_ptr(), places.as_mut_ptr());
        libc::syscall(libc::SYS_move_pages, own, pages.len(), list, nowhere, answers, none)
    };
    if told != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(places.into_iter().map(|place| usize::try_from(place).ok()).collect())
}

#[cfg(test)]
mod tests {
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
}
