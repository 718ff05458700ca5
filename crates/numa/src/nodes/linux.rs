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
        if only != before {
            let refused = |error| format!("this thread cannot be kept on a node: {error}");
            sched_setaffinity(None, &only).map_err(refused)?;
        }
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
#[path = "linux/tests.rs"]
mod tests;
