//! Cores and threads as Linux has them.

use std::fs;
use std::sync::OnceLock;

/// Bytes of a set of cores.
const SET: usize = size_of::<libc::cpu_set_t>();

/// The cores that this process might use when it was asked first; of those that share what
/// computes, each first one before any second.
pub(super) fn cores() -> &'static [usize] {
    static CORES: OnceLock<Vec<usize>> = OnceLock::new();
    CORES.get_or_init(|| {
        // SAFETY: a set is an array of bits, for which zeros are a value; the call gets one of the
        // size that it is told, and bits are asked for within it.
        let mut cores: Vec<usize> = unsafe {
            let mut allowed: libc::cpu_set_t = std::mem::zeroed();
            libc::sched_getaffinity(0, SET, &raw mut allowed);
            (0..SET * 8).filter(|&core| libc::CPU_ISSET(core, &allowed)).collect()
        };
        cores.sort_by_key(|&core| is_second(core));
        cores
    })
}

/// Whether a core is another one's second thread.
fn is_second(core: usize) -> bool {
    let path = format!("/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list");
    let first = fs::read_to_string(path).ok().and_then(|siblings| {
        siblings.split(|it: char| !it.is_ascii_digit()).next()?.parse::<usize>().ok()
    });
    first.is_some_and(|first| first != core)
}

/// The core on which the caller is.
pub(super) fn core() -> usize {
    // SAFETY: it takes nothing and gives a number.
    usize::try_from(unsafe { libc::sched_getcpu() }).unwrap_or(0)
}

/// The thread that calls.
pub(super) fn caller() -> i32 {
    // SAFETY: it takes nothing and gives a number.
    unsafe { libc::gettid() }
}

/// All threads that this process has, in the order in which they began.
pub(super) fn threads() -> Vec<i32> {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let number = |thread: fs::DirEntry| thread.file_name().to_str()?.parse().ok();
    let mut threads: Vec<i32> = threads.filter_map(number).collect();
    threads.sort_unstable();
    threads
}

/// Keeps a thread on these cores. One that has ended meanwhile, or may not be kept, is left alone.
pub(super) fn keep(thread: i32, cores: &[usize]) {
    // SAFETY: as in `cores`, whose numbers lie within a set.
    unsafe {
        let mut only: libc::cpu_set_t = std::mem::zeroed();
        cores.iter().for_each(|&core| libc::CPU_SET(core, &mut only));
        libc::sched_setaffinity(thread, SET, &raw const only);
    }
}
