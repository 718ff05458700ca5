//! Systems that pin no thread.

use super::Core;

/// No mask is known.
#[derive(Debug)]
pub(super) struct Mask;

pub(super) fn mask() -> Result<Mask, String> {
    let why = if cfg!(target_vendor = "apple") {
        "macOS takes hints only, and lets no program pin a thread"
    } else {
        "threads are pinned on Linux alone here"
    };
    Err(why.to_owned())
}

pub(super) fn set(_: &Mask) -> Result<(), String> {
    mask().map(drop)
}

pub(super) fn has(_: &Mask, _: Core) -> bool {
    false
}

pub(super) fn cores(_: &Mask) -> Vec<Core> {
    Vec::new()
}

pub(super) fn here() -> Core {
    Core(0)
}

pub(super) fn only(_: Core) -> Mask {
    Mask
}
