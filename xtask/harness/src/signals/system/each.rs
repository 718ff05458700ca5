//! A thread that sends a signal to each of the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use crate::signals::Stop;

/// Sends until it is stopped; timers are late by some fifty microseconds.
pub(super) fn send(every: Duration) -> Result<Stop, String> {
    let running = Arc::new(AtomicBool::new(true));
    let flag = Arc::clone(&running);
    let send = move || {
        // SAFETY: asks for two numbers.
        let (process, own) = unsafe { (libc::getpid(), libc::gettid()) };
        while flag.load(Relaxed) {
            thread::sleep(every);
            for thread in threads().filter(|thread| *thread != own) {
                // SAFETY: the signal has a handler; a thread that just ended is an error and
                // nothing else.
                unsafe {
                    libc::syscall(libc::SYS_tgkill, process, thread, libc::SIGPROF);
                }
            }
        }
    };
    let thread = thread::Builder::new()
        .spawn(send)
        .map_err(|error| format!("no thread can be started for sampling: {error}"))?;
    Ok(Box::new(move || {
        running.store(false, Relaxed);
        let _ = thread.join();
    }))
}

fn threads() -> impl Iterator<Item = libc::pid_t> {
    let entries = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}
