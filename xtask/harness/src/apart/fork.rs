//! Children of this very process, by `fork`.

use std::io::{self, Read, Write, pipe};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{End, Process};

/// Exit status of a child whose work failed; it has said why.
const FAILED: i32 = 1;

/// Whether this process has one thread only.
pub(super) fn alone() -> bool {
    std::fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1)
}

/// A child that does `work` and ends.
pub(super) fn fork(
    work: impl FnOnce(Box<dyn Read>, Box<dyn Write>) -> io::Result<()>,
) -> io::Result<Process> {
    let ((asked, ask), (answers, answer)) = (pipe()?, pipe()?);
    // SAFETY: this process has no other threads, so that the child finds no lock taken.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => {
            die_with_the_parent();
            drop((ask, answers));
            let work = || work(Box::new(asked), Box::new(answer));
            let status = match catch_unwind(AssertUnwindSafe(work)) {
                Ok(Ok(())) => 0,
                // Who asked has gone: there is nobody to tell.
                Ok(Err(_)) | Err(_) => FAILED,
            };
            // SAFETY: it ends the process at once. What the parent has opened, buffered or
            // registered to be done at its end is the parent's.
            unsafe { libc::_exit(status) }
        }
        child => Ok(Process {
            ask: Some(Box::new(ask)),
            answers: Box::new(answers),
            end: End::Forked(child),
        }),
    }
}

/// A child that computes would not notice that its parent was killed.
fn die_with_the_parent() {
    // SAFETY: it takes numbers, and changes nothing but what happens at the parent's end.
    unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
}

/// Waits for a child, unless it was waited for; how it ended if that was not well.
pub(super) fn wait(child: i32) -> Option<String> {
    if child == 0 {
        return None;
    }
    let mut status = 0;
    // SAFETY: it writes one number, for which it gets the place.
    while unsafe { libc::waitpid(child, &raw mut status, 0) } == -1 {
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Some(error.to_string());
        }
    }
    let status = std::os::unix::process::ExitStatusExt::from_raw(status);
    let status: std::process::ExitStatus = status;
    (!status.success()).then(|| status.to_string())
}
