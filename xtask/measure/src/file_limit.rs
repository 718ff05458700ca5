//! A limit on the size of files (`ulimit -f`) ends a process without a word, unless it says
//! beforehand that it would rather have an error, as a full disk gives.

/// From now on such an end is an error, for this process and all that it starts.
#[cfg(unix)]
pub fn turn_into_error() {
    // SAFETY: ignoring a signal installs no handler, so that nothing can run at a bad moment.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}

/// Other systems have no such signal.
#[cfg(not(unix))]
pub fn turn_into_error() {}
