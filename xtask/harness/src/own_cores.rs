//! Threads on cores of their own. A process sleeps while others have their turn, and a system may
//! wake all its threads on one core, and keep them there for longer than a turn if they have not
//! been busy before. A program at work has them apart, and so have rungs, as far as cores go.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

#[cfg(target_os = "linux")]
#[path = "own_cores/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "own_cores/none.rs"]
mod system;

/// Whether more threads of this process were at work together than there are cores. Which of them
/// had better share one, the system knows.
static CROWDED: AtomicBool = AtomicBool::new(false);

/// Says that so many threads are at work together, the caller's among them.
pub(crate) fn needed(threads: usize) {
    if threads > system::cores().len() {
        CROWDED.store(true, Relaxed);
    }
}

/// Puts the calling thread on the core where it was when this was called first, and the others that
/// the process has now on those behind it, to stay there. If there are none, the caller stays free:
/// threads that start later begin with the cores of whoever starts them.
pub(crate) fn take() {
    static FIRST: OnceLock<usize> = OnceLock::new();
    if CROWDED.load(Relaxed) {
        return;
    }
    let others = system::others();
    if others.is_empty() {
        return;
    }
    let first = *FIRST.get_or_init(system::core);
    let threads = std::iter::once(system::CALLER).chain(others).collect();
    places(threads, system::cores(), first)
        .into_iter()
        .for_each(|(thread, core)| system::keep(thread, core));
}

/// A core for each thread, from the first one on, and from the last one back to the start. The
/// caller may sleep while the others work, so that there may be one more than cores; if there are
/// still more, none gets one.
fn places(threads: Vec<i32>, cores: &[usize], first: usize) -> Vec<(i32, usize)> {
    if threads.len() > cores.len() + 1 {
        return Vec::new();
    }
    let first = cores.iter().position(|&core| core == first).unwrap_or(0);
    threads.into_iter().zip(cores.iter().copied().cycle().skip(first)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_get_cores_one_after_the_other() {
        let cores = |threads: i32, first| {
            let places = places((0..threads).collect(), &[4, 6, 5], first);
            assert!(places.iter().map(|place| place.0).eq(0..places.len() as i32));
            places.into_iter().map(|place| place.1).collect::<Vec<_>>()
        };
        assert_eq!(cores(2, 4), [4, 6]);
        assert_eq!(cores(3, 6), [6, 5, 4]);
        assert_eq!(cores(2, 9), [4, 6], "a core that is no longer allowed");
        assert_eq!(cores(4, 4), [4, 6, 5, 4], "the caller may sleep");
        assert_eq!(cores(5, 4), [0; 0]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_thread_stays_where_it_is_kept() {
        let (tell, told) = std::sync::mpsc::channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || told.recv().unwrap_err());
            assert!(!system::others().is_empty());
            for &core in system::cores() {
                system::keep(system::CALLER, core);
                assert_eq!(system::core(), core);
            }
            drop(tell);
        });
    }
}
