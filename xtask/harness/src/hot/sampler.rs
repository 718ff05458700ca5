//! Signals on Unix: who sends them, what the handler notes, and how it is told afterwards.

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use protocol::HotSpots;

/// Samples that are kept; later ones are dropped.
const MOST: usize = 1 << 16;
/// Microseconds between two signals; timers are late by some fifty more.
const EVERY_MICROS: u64 = 100;

/// Whether a rung runs just now.
static WATCHING: AtomicBool = AtomicBool::new(false);
/// Where threads were: made beforehand, since a signal handler may not allocate.
static SEEN: [AtomicUsize; MOST] = [const { AtomicUsize::new(0) }; MOST];
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Runs something under observation.
pub(super) fn watched(run: impl FnOnce()) {
    WATCHING.store(true, Relaxed);
    run();
    WATCHING.store(false, Relaxed);
}

/// Only touches atomics, which is all that a handler may do.
extern "C" fn note(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut c_void) {
    if !WATCHING.load(Relaxed) {
        return;
    }
    // SAFETY: the kernel passes a handler that asked for it a valid `ucontext_t`.
    let counter = unsafe { program_counter(context.cast()) };
    if in_system_call(counter) {
        return; // it does not compute
    }
    let at = COUNT.fetch_add(1, Relaxed);
    if let Some(slot) = SEEN.get(at) {
        slot.store(counter, Relaxed);
    }
}

/// What enters the kernel.
#[cfg(target_arch = "x86_64")]
const SYSTEM_CALL: [u8; 2] = [0x0f, 0x05];
/// `svc #0`, and `svc #0x80` on macOS.
#[cfg(target_arch = "aarch64")]
const SYSTEM_CALL: [u8; 4] =
    if cfg!(target_os = "macos") { [0x01, 0x10, 0x00, 0xd4] } else { [0x01, 0x00, 0x00, 0xd4] };

/// Whether an interrupted thread was waiting in the kernel: its counter stands behind the
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

/// Signals on their way.
pub(super) struct Sampler {
    sender: sender::Sender,
}

impl Sampler {
    pub(super) fn start() -> Result<Self, String> {
        COUNT.store(0, Relaxed);
        // SAFETY: an all-zero `sigaction` is a valid one, without flags.
        let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
        action.sa_sigaction = note as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
        // The handler stays for good: a late signal without one would end the process.
        // SAFETY: `action` is complete, and the handler only touches atomics.
        if unsafe { libc::sigaction(libc::SIGPROF, &raw const action, std::ptr::null_mut()) } != 0 {
            let error = std::io::Error::last_os_error();
            return Err(format!("the system refuses a handler for SIGPROF: {error}"));
        }
        Ok(Self { sender: sender::Sender::start()? })
    }

    /// How many samples there are so far.
    pub(super) fn taken(&self) -> usize {
        COUNT.load(Relaxed)
    }

    pub(super) fn stop(self) -> HotSpots {
        self.sender.stop();
        let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
        for slot in &SEEN[..COUNT.load(Relaxed).min(MOST)] {
            *counts.entry(slot.load(Relaxed)).or_default() += 1;
        }
        let own = load_base(note as *const () as usize);
        let mut samples = HotSpots::default();
        for (address, count) in counts {
            match (load_base(address), own) {
                (Some(base), Some(own)) if base == own => {
                    samples.addresses.push(((address - own) as u64, count));
                }
                _ => samples.outside += count,
            }
        }
        samples
    }
}

/// Where the program or library is loaded that holds an address.
fn load_base(address: usize) -> Option<usize> {
    // SAFETY: an all-zero `Dl_info` is a valid one, of null pointers.
    let mut info: libc::Dl_info = unsafe { std::mem::zeroed() };
    // SAFETY: `dladdr` only compares the address with those of what is loaded.
    let known = unsafe { libc::dladdr(address as *const c_void, &raw mut info) };
    (known != 0).then_some(info.dli_fbase as usize)
}

/// Linux: a thread that sends a signal to each of the others.
#[cfg(target_os = "linux")]
mod sender {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use std::thread::{self, JoinHandle};
    use std::time::Duration;

    pub(super) struct Sender {
        running: Arc<AtomicBool>,
        thread: JoinHandle<()>,
    }

    impl Sender {
        pub(super) fn start() -> Result<Self, String> {
            let running = Arc::new(AtomicBool::new(true));
            let flag = Arc::clone(&running);
            let send = move || {
                // SAFETY: asks for two numbers.
                let (process, own) = unsafe { (libc::getpid(), libc::gettid()) };
                while flag.load(Relaxed) {
                    thread::sleep(Duration::from_micros(super::EVERY_MICROS));
                    for thread in threads().filter(|thread| *thread != own) {
                        // SAFETY: the signal has a handler; a thread that just ended is an error
                        // and nothing else.
                        unsafe {
                            libc::syscall(libc::SYS_tgkill, process, thread, libc::SIGPROF);
                        }
                    }
                }
            };
            let thread = thread::Builder::new()
                .spawn(send)
                .map_err(|error| format!("no thread can be started for sampling: {error}"))?;
            Ok(Self { running, thread })
        }

        pub(super) fn stop(self) {
            self.running.store(false, Relaxed);
            let _ = self.thread.join();
        }
    }

    fn threads() -> impl Iterator<Item = libc::pid_t> {
        let entries = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
    }
}

/// macOS: the process's timer of spent time, whose signal goes to a thread that runs.
#[cfg(target_os = "macos")]
mod sender {
    pub(super) struct Sender;

    impl Sender {
        pub(super) fn start() -> Result<Self, String> {
            set(super::EVERY_MICROS).map(|()| Self)
        }

        pub(super) fn stop(self) {
            let _ = set(0);
        }
    }

    fn set(micros: u64) -> Result<(), String> {
        let every = libc::timeval { tv_sec: 0, tv_usec: micros as libc::suseconds_t };
        let timer = libc::itimerval { it_interval: every, it_value: every };
        // SAFETY: `timer` is complete, and the old one is not asked for.
        match unsafe { libc::setitimer(libc::ITIMER_PROF, &raw const timer, std::ptr::null_mut()) }
        {
            0 => Ok(()),
            _ => Err(format!("the system refuses a timer: {}", std::io::Error::last_os_error())),
        }
    }
}
