//! How many files a process may have open.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// What is open besides.
const BESIDES: u64 = 64;

/// Asks for room for so many, where a program gets less without asking. How much there is shows
/// when they are opened: more is not to be had, and no reason to watch nobody.
pub fn room_for(files: usize) {
    let wanted = files as u64 + BESIDES;
    if let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE)
        && soft < wanted
    {
        // It is allowed up to the hard limit.
        let _ = setrlimit(Resource::RLIMIT_NOFILE, wanted.min(hard), hard);
    }
}
