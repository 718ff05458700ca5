//! Samples stacks of this process at the ticks of a timer that counts processor time: for machines
//! without perf, or where it is not allowed.
//!
//! The crate pprof was rejected for this. Its frame-pointer unwinder begins with the caller of what
//! was interrupted, and loses its way in a C library built without frame pointers, where `malloc`
//! is; and it takes two stacks for the same if their functions are, which gives the time of one
//! inlined function to another.

use std::collections::HashMap;
use std::io;
use std::mem;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use protocol::{Sampled, Stack};

/// Not a divisor of anything: work that repeats at a round rate would meet each tick at the same
/// place. Kernels that count processor time in ticks of their own deliver fewer.
const HERTZ: u32 = 997;
/// Deep enough for a recursion; what is deeper has no root and is not counted as the rung's.
const DEPTH: usize = 256;
/// Two seconds on eight busy cores.
const SAMPLES: usize = 1 << 14;

/// One row per sample, innermost address first, zero behind the last.
static ROWS: OnceLock<Vec<[AtomicUsize; DEPTH]>> = OnceLock::new();
static TAKEN: AtomicUsize = AtomicUsize::new(0);

/// Runs `work` and says where it was at each tick.
pub(crate) fn sample(work: &mut dyn FnMut()) -> io::Result<Sampled> {
    ROWS.get_or_init(|| {
        (0..SAMPLES).map(|_| std::array::from_fn(|_| AtomicUsize::new(0))).collect()
    });
    // The unwinder sets itself up at its first use, which must not be in a signal handler.
    // SAFETY: there is one thread yet that unwinds.
    unsafe { backtrace::trace_unsynchronized(|_| true) };
    TAKEN.store(0, Relaxed);
    listen()?;
    tick(1_000_000 / i64::from(HERTZ))?;
    work();
    tick(0)?;
    let taken = TAKEN.load(Relaxed);
    Ok(Sampled {
        hertz: HERTZ,
        lost: taken.saturating_sub(SAMPLES) as u64,
        stacks: stacks(taken.min(SAMPLES)),
    })
}

/// Has every tick answered by [`on_tick`].
fn listen() -> io::Result<()> {
    // SAFETY: all-zero is a valid `sigaction`; each field that matters is set below, and the
    // handler does nothing that a signal handler may not.
    let status = unsafe {
        let mut action: libc::sigaction = mem::zeroed();
        action.sa_sigaction = on_tick as *const () as usize;
        action.sa_flags = libc::SA_RESTART;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGPROF, &raw const action, ptr::null_mut())
    };
    if status == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Ticks every so many microseconds of processor time; 0 stops.
fn tick(micros: i64) -> io::Result<()> {
    let every = libc::timeval { tv_sec: 0, tv_usec: micros as libc::suseconds_t };
    let timer = libc::itimerval { it_interval: every, it_value: every };
    // SAFETY: `timer` lives, and nobody asks for the old one.
    let status = unsafe { libc::setitimer(libc::ITIMER_PROF, &raw const timer, ptr::null_mut()) };
    if status == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Notes the stack. Runs in the middle of anything, even of the allocator: it takes no lock and no
/// memory.
extern "C" fn on_tick(_: libc::c_int) {
    let Some(row) = ROWS.get().and_then(|rows| rows.get(TAKEN.fetch_add(1, Relaxed))) else {
        return;
    };
    let mut at = 0;
    // SAFETY: unsynchronized means that nobody else may resolve names meanwhile, and nobody does:
    // that happens when the timer has stopped. Walking is what the unwinder allows in a handler.
    unsafe {
        backtrace::trace_unsynchronized(|frame| {
            row[at].store(frame.ip() as usize, Relaxed);
            at += 1;
            at < DEPTH
        });
    }
}

/// The samples with names, the same ones together.
fn stacks(taken: usize) -> Vec<Stack> {
    let mut names = HashMap::new();
    let mut counts: HashMap<(Vec<String>, String), u64> = HashMap::new();
    for row in ROWS.get().iter().flat_map(|rows| &rows[..taken]) {
        let addresses: Vec<usize> =
            row.iter().map(|ip| ip.load(Relaxed)).take_while(|ip| *ip != 0).collect();
        *counts.entry(frames(&addresses, &mut names)).or_default() += 1;
    }
    let stack = |((frames, function), samples): (_, u64)| Stack { frames, function, samples };
    let mut stacks: Vec<Stack> = counts.into_iter().map(stack).collect();
    stacks.sort();
    stacks
}

/// Names from the outermost in, without the handler; and the innermost that is not inlined.
fn frames(addresses: &[usize], known: &mut HashMap<usize, Vec<String>>) -> (Vec<String>, String) {
    let mut look = |ip: usize| known.entry(ip).or_insert_with(|| resolve(ip)).clone();
    let handler = addresses.iter().position(|ip| {
        let names = look(*ip);
        names.iter().any(|name| name.contains("sampler::on_tick"))
    });
    // Below the handler is the frame through which the system enters it, then what it interrupted.
    let interrupted = &addresses[handler.map_or(0, |at| (at + 2).min(addresses.len()))..];
    let mut frames = Vec::new();
    let mut function = String::new();
    for (depth, ip) in interrupted.iter().enumerate().rev() {
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
    // SAFETY: all-zero is a valid `Dl_info`, and what it points to stays while nothing is unloaded.
    let file = unsafe {
        let mut info: libc::Dl_info = mem::zeroed();
        let found = libc::dladdr(ip as *const _, &raw mut info) != 0 && !info.dli_fname.is_null();
        found.then(|| std::ffi::CStr::from_ptr(info.dli_fname).to_string_lossy().into_owned())
    };
    let name = file.as_deref().and_then(|file| file.rsplit('/').next());
    format!("[{}]", name.unwrap_or("unknown"))
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::*;

    /// Works until there are samples enough, however busy the machine is.
    #[inline(never)]
    fn busy_function() {
        let mut sum = 0_u64;
        while TAKEN.load(Relaxed) < 20 {
            (0..10_000).for_each(|i| sum = black_box(sum.wrapping_mul(31) ^ i));
        }
        black_box(sum);
    }

    // Other tests run meanwhile, and are seen too: nothing can be said of shares.
    #[test]
    fn stacks_begin_with_what_was_interrupted_and_have_names() {
        let sampled = sample(&mut busy_function).unwrap();
        let samples: u64 = sampled.stacks.iter().map(|stack| stack.samples).sum();
        let has = |stack: &Stack, name: &str| stack.frames.iter().any(|frame| frame.contains(name));
        assert!(samples >= 20 && sampled.lost == 0, "{sampled:?}");
        assert!(sampled.stacks.iter().any(|stack| has(stack, "busy_function")), "{sampled:?}");
        assert!(!sampled.stacks.iter().any(|stack| has(stack, "on_tick")), "{sampled:?}");
    }
}
