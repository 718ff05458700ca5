//! Puts threads on cores of their own: a busy system likes to put two that talk to each other on
//! the same one, and then nothing travels between cores.

/// Keeps the calling thread on one of the cores that this process may use, counted from 0. Where
/// that is refused, the thread stays where the system puts it.
#[cfg(target_os = "linux")]
pub(crate) fn pin(core: usize) {
    let bytes = size_of::<libc::cpu_set_t>();
    // SAFETY: a set is an array of bits, for which zeros are a value; both calls get a set of the
    // size that they are told and work on the calling thread; bits are asked for within the set.
    unsafe {
        let mut allowed: libc::cpu_set_t = std::mem::zeroed();
        if libc::sched_getaffinity(0, bytes, &mut allowed) != 0 {
            return;
        }
        let found = (0..bytes * 8).filter(|at| libc::CPU_ISSET(*at, &allowed)).nth(core);
        if let Some(found) = found {
            let mut only: libc::cpu_set_t = std::mem::zeroed();
            libc::CPU_SET(found, &mut only);
            libc::sched_setaffinity(0, bytes, &only);
        }
    }
}

/// Other systems do not let a program choose, or only suggest.
#[cfg(not(target_os = "linux"))]
pub(crate) fn pin(_core: usize) {}
