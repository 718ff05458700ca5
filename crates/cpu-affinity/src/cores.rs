//! On which cores this thread may run, and a pin that comes off by itself.

use std::marker::PhantomData;

#[cfg(target_os = "linux")]
#[path = "cores/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "cores/elsewhere.rs"]
mod system;

/// A core, by the system's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Core(pub usize);

/// Keeps this thread on one core until it is dropped; a panic drops it, too.
#[derive(Debug)]
#[must_use = "the thread may go anywhere again as soon as this is dropped"]
pub struct Pinned {
    before: system::Mask,
    /// The mask is that of the thread that was pinned, so that no other may put it back.
    here: PhantomData<*const ()>,
}

impl Pinned {
    /// Lets this thread run on `core` alone, which must be one that it may use.
    ///
    /// # Errors
    /// If the system refuses, or the core is not among those that the thread may use.
    pub fn to(core: Core) -> Result<Self, String> {
        let before = system::mask()?;
        if !system::has(&before, core) {
            return Err(format!("core {} is not among those that this thread may use", core.0));
        }
        system::set(&system::only(core))?;
        Ok(Self { before, here: PhantomData })
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        // The mask was this thread's own. If the system wants it no longer, its answer is the
        // thread's mask from now on, and a panic here would hide one that is under way.
        let _ = system::set(&self.before);
    }
}

/// The cores that this thread may use, in order.
///
/// # Errors
/// If the system does not say.
pub fn allowed() -> Result<Vec<Core>, String> {
    system::mask().map(|mask| system::cores(&mask))
}

/// Two of them. The first is the one on which this thread is, if it may stay there: who is pinned
/// to another core has to move first.
///
/// # Errors
/// If there are fewer, or the system does not say.
pub fn two() -> Result<[Core; 2], String> {
    two_of(allowed()?, system::here())
}

fn two_of(mut cores: Vec<Core>, here: Core) -> Result<[Core; 2], String> {
    cores.sort_by_key(|&core| core != here);
    match cores[..] {
        [first, second, ..] => Ok([first, second]),
        ref fewer => Err(format!("two cores are needed, and {} may be used here", fewer.len())),
    }
}

/// Whether threads can be pinned to two cores.
///
/// # Errors
/// Why not.
pub fn needs_two() -> Result<(), String> {
    two()?.into_iter().try_for_each(|core| Pinned::to(core).map(drop))
}

/// Whether threads can be pinned at all.
///
/// # Errors
/// Why not.
pub fn needs_pins() -> Result<(), String> {
    Pinned::to(first()?).map(drop)
}

/// The first core that this thread may use.
///
/// # Errors
/// If the system does not say.
pub fn first() -> Result<Core, String> {
    allowed()?.first().copied().ok_or_else(|| "this thread may use no core".to_owned())
}

#[cfg(test)]
mod tests;
