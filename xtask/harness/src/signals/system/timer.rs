//! The process's timer of processor time, whose signal goes to the thread that runs.

use std::time::Duration;

use crate::signals::Stop;

/// Ticks until it is stopped, as often as the kernel's clock allows.
pub(super) fn send(every: Duration) -> Result<Stop, String> {
    set(every)?;
    Ok(Box::new(|| {
        let _ = set(Duration::ZERO);
    }))
}

/// Less than a second between two ticks; zero stops them.
fn set(every: Duration) -> Result<(), String> {
    let every = libc::timeval { tv_sec: 0, tv_usec: every.subsec_micros() as libc::suseconds_t };
    let timer = libc::itimerval { it_interval: every, it_value: every };
    // SAFETY: `timer` is complete, and the old one is not asked for.
    match unsafe { libc::setitimer(libc::ITIMER_PROF, &raw const timer, std::ptr::null_mut()) } {
        0 => Ok(()),
        _ => Err(format!("the system refuses a timer: {}", std::io::Error::last_os_error())),
    }
}
