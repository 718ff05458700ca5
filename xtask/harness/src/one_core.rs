//! Keeps this process, and those that come of it, on one core: rungs that take turns then meet the
//! same caches, and the hand-over wakes up no core that slept.

/// Stays on the core on which it is. Where that is refused, it stays where the system puts it.
#[cfg(target_os = "linux")]
pub(crate) fn stay() {
    // SAFETY: the one takes nothing and gives a number; a set is an array of bits, for which zeros
    // are a value, and the other gets one of the size that it is told.
    unsafe {
        let Ok(core) = usize::try_from(libc::sched_getcpu()) else { return };
        let bytes = size_of::<libc::cpu_set_t>();
        if core < bytes * 8 {
            let mut only: libc::cpu_set_t = std::mem::zeroed();
            libc::CPU_SET(core, &mut only);
            libc::sched_setaffinity(0, bytes, &raw const only);
        }
    }
}

/// Other systems do not let a program choose, or only suggest.
#[cfg(not(target_os = "linux"))]
pub(crate) fn stay() {}
