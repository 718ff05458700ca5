//! Samples stacks of this process at the ticks of a timer that counts processor time: for machines
//! without perf, or where it is not allowed.
//!
//! The crate pprof was rejected for this. Its frame-pointer unwinder begins with the caller of what
//! was interrupted, and loses its way in a C library built without frame pointers, where `malloc`
//! is; and it takes two stacks for the same if their functions are, which gives the time of one
//! inlined function to another.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use protocol::{Sampled, Spot, Stack};

use crate::loaded;
use crate::signals::{self, Note, Signals};

/// Not a divisor of anything: work that repeats at a round rate would meet each tick at the same
/// place. Kernels that count processor time in ticks of their own deliver fewer.
const HERTZ: u32 = 997;
/// Deep enough for a recursion; what is deeper has no root and is not counted as the rung's.
const DEPTH: usize = 256;
/// Two seconds on eight busy cores.
const SAMPLES: usize = 1 << 14;

/// One row per sample, innermost address first, zero behind the last.
static ROWS: OnceLock<Vec<[AtomicUsize; DEPTH]>> = OnceLock::new();

/// Notes the stack.
struct Walk;

impl Note for Walk {
    const EACH: bool = false;
    const EVERY: Duration = Duration::from_micros(1_000_000 / HERTZ as u64);

    fn note(at: usize, counter: usize) {
        let Some(row) = ROWS.get().and_then(|rows| rows.get(at)) else { return };
        // Nothing is lost of what was interrupted, even if nobody knows the way from there.
        row[0].store(counter, Relaxed);
        let mut depth = 0;
        // SAFETY: unsynchronized means that nobody else may resolve names meanwhile, and nobody
        // does: that happens when no more signals come. Walking is what the unwinder allows in a
        // handler.
        unsafe {
            backtrace::trace_unsynchronized(|frame| {
                let ip = frame.ip() as usize;
                // Before it are the unwinder and the handler.
                if depth > 0 || ip == counter {
                    row[depth].store(ip, Relaxed);
                    depth += 1;
                }
                depth < DEPTH
            });
        }
    }
}

/// Runs `work` and says where it was at each tick.
pub(crate) fn sample(work: &mut dyn FnMut()) -> Result<Sampled, String> {
    let signals = start()?;
    signals::watched(work);
    Ok(noted(signals.stop()))
}

/// Has stacks noted from now on, where something is watched.
pub(super) fn start() -> Result<Signals, String> {
    ROWS.get_or_init(|| {
        (0..SAMPLES).map(|_| std::array::from_fn(|_| AtomicUsize::new(0))).collect()
    });
    // The unwinder sets itself up at its first use, which must not be in a signal handler.
    // SAFETY: there is one thread yet that unwinds.
    unsafe { backtrace::trace_unsynchronized(|_| true) };
    Signals::start::<Walk>()
}

/// What so many samples noted, once nothing is watched any more.
pub(super) fn noted(taken: usize) -> Sampled {
    let lost = taken.saturating_sub(SAMPLES) as u64;
    let (stacks, spots) = stacks(taken.min(SAMPLES)).into_iter().unzip();
    Sampled { hertz: HERTZ, lost, stacks, spots }
}

/// The samples with names, the same ones together, and where each was interrupted.
fn stacks(taken: usize) -> Vec<(Stack, Option<Spot>)> {
    let (mut names, mut spots) = (HashMap::new(), HashMap::new());
    let mut counts: HashMap<_, u64> = HashMap::new();
    for row in ROWS.get().iter().flat_map(|rows| &rows[..taken]) {
        let addresses: Vec<usize> =
            row.iter().map(|ip| ip.load(Relaxed)).take_while(|ip| *ip != 0).collect();
        let Some(&innermost) = addresses.first() else { continue };
        let spot = spots.entry(innermost).or_insert_with(|| loaded::spot(innermost)).clone();
        *counts.entry((frames(&addresses, &mut names), spot)).or_default() += 1;
    }
    let stack = |(((frames, function), spot), samples)| (Stack { frames, function, samples }, spot);
    let mut stacks: Vec<_> = counts.into_iter().map(stack).collect();
    stacks.sort();
    stacks
}

/// Names from the outermost in; and the innermost that is not inlined.
fn frames(addresses: &[usize], known: &mut HashMap<usize, Vec<String>>) -> (Vec<String>, String) {
    let mut look = |ip: usize| known.entry(ip).or_insert_with(|| resolve(ip)).clone();
    let mut frames = Vec::new();
    let mut function = String::new();
    for (depth, ip) in addresses.iter().enumerate().rev() {
        // Names are looked up one byte before, where a call is. Nothing was called innermost.
        let names = look(ip + usize::from(depth == 0));
        function.clone_from(&names[0]);
        frames.extend(names);
    }
    (frames, function)
}

/// Functions at an address, the outermost first where some are inlined.
fn resolve(ip: usize) -> Vec<String> {
    let mut names = Vec::new();
    backtrace::resolve(ip as *mut _, |symbol| {
        names.extend(symbol.name().map(|name| format!("{name:#}")));
    });
    names.reverse();
    if names.is_empty() { vec![library(ip)] } else { names }
}

/// "[libc.so.6]" where a library does not tell names.
fn library(ip: usize) -> String {
    let file = loaded::file(ip);
    let name = file.as_deref().and_then(|file| file.rsplit('/').next());
    format!("[{}]", name.unwrap_or("unknown"))
}

#[cfg(all(test, any(target_os = "linux", target_os = "macos")))]
mod tests {
    use std::hint::black_box;
    use std::path::Path;

    use super::*;

    /// Works until there are samples enough, however busy the machine is.
    #[inline(never)]
    fn busy_function() {
        let mut sum = 0_u64;
        while signals::taken() < 20 {
            (0..10_000).for_each(|i| sum = black_box(sum.wrapping_mul(31) ^ i));
        }
        black_box(sum);
    }

    // Other tests run meanwhile, and are seen too: nothing can be said of shares.
    #[test]
    fn stacks_begin_with_what_was_interrupted_and_have_names() {
        let sampled = sample(&mut || busy_function()).unwrap();
        let samples: u64 = sampled.stacks.iter().map(|stack| stack.samples).sum();
        let has = |stack: &Stack, name: &str| stack.frames.iter().any(|frame| frame.contains(name));
        assert!(samples >= 20 && sampled.lost == 0, "{sampled:?}");
        assert!(sampled.stacks.iter().any(|stack| has(stack, "busy_function")), "{sampled:?}");
        assert!(!sampled.stacks.iter().any(|stack| has(stack, "on_signal")), "{sampled:?}");
        let own = std::env::current_exe().unwrap();
        let mut spots = sampled.stacks.iter().zip(&sampled.spots);
        let busy = spots.find(|(stack, _)| stack.function.ends_with("busy_function")).unwrap().1;
        let spot = busy.as_ref().unwrap();
        assert_eq!((Path::new(&spot.file), spot.distance > 0), (&*own, true));
    }
}
