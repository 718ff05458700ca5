//! Loaded beside a program that somebody wants to understand, where perf is missing or refused:
//! writes down its stacks, at the ticks of a timer of processor time, and says nothing. What walks
//! the stacks is the harness's; here is only how it starts and ends with the program.

#![cfg(all(feature = "profile", any(target_os = "linux", target_os = "macos")))]

use std::path::Path;

/// The file for the stacks. Without it, nothing is done.
const FILE: &str = "CASEBOOK_STACKS";
/// What has this library loaded: not into what the program starts.
const LOADERS: [&str; 2] = ["LD_PRELOAD", "DYLD_INSERT_LIBRARIES"];

#[used]
// SAFETY: the loader calls what stands in this section, which takes no arguments that matter.
#[cfg_attr(target_os = "linux", unsafe(link_section = ".init_array"))]
#[cfg_attr(target_os = "macos", unsafe(link_section = "__DATA,__mod_init_func"))]
static BEGIN: extern "C" fn() = begin;

extern "C" fn begin() {
    let Some(file) = std::env::var_os(FILE) else { return };
    for name in LOADERS.into_iter().chain([FILE]) {
        // SAFETY: no other thread is there before `main`.
        unsafe { std::env::remove_var(name) };
    }
    if harness::process::begin(Path::new(&file)).is_ok() {
        // SAFETY: `end` may be called at any time, and at the end is one.
        unsafe { libc::atexit(end) };
    }
}

extern "C" fn end() {
    // Whoever asked sees that there is no file; the program must end as it would.
    let _ = harness::process::end();
}
