//! Signals on Unix: how the handler is installed, what it looks at, and who sends them.

#[cfg(target_os = "linux")]
mod each;
mod timer;

use std::ffi::c_void;
use std::sync::atomic::Ordering::Relaxed;

use super::{Note, Stop, TAKEN, WATCHING};

/// Has signals sent, and answered by [`on_signal`].
pub(super) fn start<N: Note>() -> Result<Stop, String> {
    // SAFETY: an all-zero `sigaction` is a valid one, without flags.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = on_signal::<N> as *const () as usize;
    action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
    // The handler stays for good: a late signal without one would end the process.
    // SAFETY: `action` is complete, and the handler does nothing that a handler may not.
    if unsafe { libc::sigaction(libc::SIGPROF, &raw const action, std::ptr::null_mut()) } != 0 {
        let error = std::io::Error::last_os_error();
        return Err(format!("the system refuses a handler for SIGPROF: {error}"));
    }
    // macOS has no signal to a thread of which only the number is known.
    #[cfg(target_os = "linux")]
    if N::EACH {
        return each::send(N::EVERY);
    }
    timer::send(N::EVERY)
}

/// Decides whether there is something to note. Only touches atomics, which is all that a handler
/// may do.
extern "C" fn on_signal<N: Note>(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut c_void) {
    if !WATCHING.load(Relaxed) {
        return;
    }
    // SAFETY: the kernel passes a handler that asked for it a valid `ucontext_t`.
    let counter = unsafe { program_counter(context.cast()) };
    if N::EACH && in_system_call(counter) {
        return;
    }
    N::note(TAKEN.fetch_add(1, Relaxed), counter);
}

/// What enters the kernel.
#[cfg(target_arch = "x86_64")]
const SYSTEM_CALL: [u8; 2] = [0x0f, 0x05];
/// `svc #0`, and `svc #0x80` on macOS.
#[cfg(target_arch = "aarch64")]
const SYSTEM_CALL: [u8; 4] =
    if cfg!(target_os = "macos") { [0x01, 0x10, 0x00, 0xd4] } else { [0x01, 0x00, 0x00, 0xd4] };

/// Whether an interrupted thread was in the kernel, where most wait: its counter stands behind the
/// instruction that went there, or on it where the kernel is to be entered again.
fn in_system_call(counter: usize) -> bool {
    const SMALLEST_PAGE: usize = 4096;
    const LENGTH: usize = SYSTEM_CALL.len();
    let within = counter % SMALLEST_PAGE;
    [(LENGTH, 0), (0, LENGTH)].into_iter().any(|(before, after)| {
        // The neighbouring page may not be there.
        within >= before
            && within + after <= SMALLEST_PAGE
            // SAFETY: the thread executes on this page, so it is mapped; bytes have no alignment.
            && unsafe { ((counter - before) as *const [u8; LENGTH]).read_volatile() } == SYSTEM_CALL
    })
}

/// # Safety
/// `context` must be what the kernel gave a signal handler.
unsafe fn program_counter(context: *const libc::ucontext_t) -> usize {
    // SAFETY: the caller's promise.
    let context = unsafe { &(*context).uc_mcontext };
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    return context.gregs[libc::REG_RIP as usize].cast_unsigned() as usize;
    #[cfg(all(target_os = "linux", target_arch = "aarch64"))]
    return context.pc as usize;
    // SAFETY: the caller's promise: macOS keeps the registers behind a pointer.
    #[cfg(all(target_os = "macos", target_arch = "x86_64"))]
    return unsafe { (**context).__ss.__rip as usize };
    // SAFETY: the caller's promise: macOS keeps the registers behind a pointer.
    #[cfg(all(target_os = "macos", target_arch = "aarch64"))]
    return unsafe { (**context).__ss.__pc as usize };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[repr(align(4096))]
    struct Page([u8; 4096]);

    #[test]
    fn a_system_call_is_told_by_the_instruction_before_or_at_the_counter() {
        const AT: usize = 2048;
        let mut page = Page([0; 4096]);
        page.0[AT..AT + SYSTEM_CALL.len()].copy_from_slice(&SYSTEM_CALL);
        let start = page.0.as_ptr() as usize;
        assert!(in_system_call(start + AT), "to be entered again");
        assert!(in_system_call(start + AT + SYSTEM_CALL.len()), "just left");
        assert!(!in_system_call(start + AT + 2 * SYSTEM_CALL.len()), "left before");
        assert!(!in_system_call(start), "what is before this page is not looked at");
        assert!(!in_system_call(start + 4095), "nor what is behind it");
    }
}
