//! Counters through Linux's `perf_event_open`. The bindings are a crate's; the little above them is
//! our own because ready-made groups do not follow threads, and rungs with a pool start many.

use std::fs::File;
use std::io::{self, Error, Read};
use std::os::fd::{AsRawFd, FromRawFd};

use perf_event_open_sys as sys;
use protocol::{Event, EventCount};
use sys::bindings as perf;

/// A kind of event as the kernel names it: a type and a number within it.
type Kind = (u32, u64);

const fn hardware(number: u32) -> Kind {
    (perf::PERF_TYPE_HARDWARE, number as u64)
}

/// Reads that miss a cache.
const fn read_misses(cache: u32) -> Kind {
    let read = perf::PERF_COUNT_HW_CACHE_OP_READ << 8;
    let miss = perf::PERF_COUNT_HW_CACHE_RESULT_MISS << 16;
    (perf::PERF_TYPE_HW_CACHE, (cache | read | miss) as u64)
}

const EVENTS: [(Event, Kind); 6] = [
    (Event::Cycles, hardware(perf::PERF_COUNT_HW_CPU_CYCLES)),
    (Event::Instructions, hardware(perf::PERF_COUNT_HW_INSTRUCTIONS)),
    (Event::Branches, hardware(perf::PERF_COUNT_HW_BRANCH_INSTRUCTIONS)),
    (Event::Mispredictions, hardware(perf::PERF_COUNT_HW_BRANCH_MISSES)),
    (Event::L1Misses, read_misses(perf::PERF_COUNT_HW_CACHE_L1D)),
    (Event::LastLevelMisses, read_misses(perf::PERF_COUNT_HW_CACHE_LL)),
];

/// The counters that this processor has, switched off except [`during`](Self::during) a call. Each
/// stands alone: of a group that threads inherit, Linux sometimes loses what they counted.
pub(super) struct Counters {
    open: Vec<(Event, File)>,
}

impl Counters {
    /// Opens every counter that there is; where the processor has fewer, they take turns.
    pub(super) fn open() -> Result<Self, String> {
        Self::of(&EVENTS)
    }

    fn of(events: &[(Event, Kind)]) -> Result<Self, String> {
        let mut open = Vec::new();
        let mut refused = None;
        for &(event, kind) in events {
            match open_counter(kind) {
                Ok(file) => open.push((event, file)),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        match refused {
            Some(error) if open.is_empty() => Err(explain(&error, paranoid().as_deref())),
            _ => Ok(Self { open }),
        }
    }

    /// Counts while a call runs, in it and in the threads that this process has started.
    pub(super) fn during(&mut self, call: impl FnOnce()) -> Result<(), String> {
        self.switch(sys::ioctls::ENABLE)?;
        call();
        self.switch(sys::ioctls::DISABLE)
    }

    fn switch(&self, ioctl: unsafe fn(i32, u32) -> i32) -> Result<(), String> {
        for (_, file) in &self.open {
            // SAFETY: the descriptor is an open counter, and these requests take a flag only.
            if unsafe { ioctl(file.as_raw_fd(), 0) } < 0 {
                return Err(explain(&Error::last_os_error(), None));
            }
        }
        Ok(())
    }

    /// Everything counted since the counters were opened.
    pub(super) fn read(&mut self) -> Result<Vec<EventCount>, String> {
        let mut counts = Vec::new();
        for (event, file) in &mut self.open {
            let mut bytes = [0; 24];
            file.read_exact(&mut bytes).map_err(|error| explain(&error, None))?;
            let word = |at: usize| u64::from_ne_bytes(std::array::from_fn(|i| bytes[8 * at + i]));
            let event = *event;
            counts.push(EventCount { event, count: word(0), enabled: word(1), running: word(2) });
        }
        Ok(counts)
    }
}

// By number, because the standard library has no names for them; the same on all architectures for
// which this file is compiled.
const EPERM: i32 = 1;
const ENOENT: i32 = 2;
const EACCES: i32 = 13;
const ENODEV: i32 = 19;
const ENOSYS: i32 = 38;
const EOPNOTSUPP: i32 = 95;

/// Opens one counter, switched off, for this process and every thread that it will start, on any
/// core; without the kernel's own work, which an ordinary user may not count.
fn open_counter((kind, number): Kind) -> io::Result<File> {
    let mut attributes = perf::perf_event_attr {
        type_: kind,
        size: size_of::<perf::perf_event_attr>() as u32,
        config: number,
        read_format: u64::from(
            perf::PERF_FORMAT_TOTAL_TIME_ENABLED | perf::PERF_FORMAT_TOTAL_TIME_RUNNING,
        ),
        ..Default::default()
    };
    attributes.set_disabled(1);
    attributes.set_inherit(1);
    attributes.set_exclude_kernel(1);
    attributes.set_exclude_hv(1);
    let flags = u64::from(perf::PERF_FLAG_FD_CLOEXEC);
    // SAFETY: `attributes` is whole and outlives the call; the events only count.
    let descriptor = unsafe { sys::perf_event_open(&mut attributes, 0, -1, -1, flags) };
    if descriptor < 0 {
        return Err(Error::last_os_error());
    }
    // SAFETY: the kernel has just opened this descriptor, and nobody else knows it.
    Ok(unsafe { File::from_raw_fd(descriptor) })
}

fn paranoid() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/perf_event_paranoid").ok()
}

/// Why the kernel refused a counter, and what to do; `paranoid` is its setting of that name.
fn explain(error: &Error, paranoid: Option<&str>) -> String {
    /// The highest level at which everybody may count in processes of their own.
    const OWN_PROCESSES: i32 = 2;
    let level = paranoid.and_then(|text| text.trim().parse::<i32>().ok());
    match error.raw_os_error() {
        Some(ENOENT | ENODEV | EOPNOTSUPP) => {
            "this machine shows no hardware counters, like most virtual machines: measure on real \
             hardware, or have the host pass its counters on (a virtual PMU)"
                .to_owned()
        }
        Some(EPERM | EACCES) => match level {
            Some(level) if level > OWN_PROCESSES => format!(
                "the kernel allows no counting (kernel.perf_event_paranoid is {level}): `sudo \
                 sysctl kernel.perf_event_paranoid={OWN_PROCESSES}`"
            ),
            _ => "counting is forbidden here, as in most containers: start the container with \
                  `--cap-add PERFMON` and a seccomp profile that allows perf_event_open"
                .to_owned(),
        },
        Some(ENOSYS) => "this kernel has no perf_event_open, or a sandbox hides it: measure \
                         outside of the sandbox, or with a kernel that has CONFIG_PERF_EVENTS"
            .to_owned(),
        _ => format!("the kernel refuses to count: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_why_and_what_to_do() {
        let text = |errno, paranoid| explain(&Error::from_raw_os_error(errno), paranoid);
        for none in [2, 19, 95] {
            assert!(text(none, Some("2\n")).contains("no hardware counters"));
        }
        for forbidden in [1, 13] {
            let setting = text(forbidden, Some("4\n"));
            assert!(setting.contains("is 4") && setting.contains("sysctl"), "{setting}");
            for paranoid in [Some("2\n"), Some("-1\n"), None] {
                assert!(text(forbidden, paranoid).contains("seccomp"));
            }
        }
        assert!(text(38, None).contains("CONFIG_PERF_EVENTS"));
        assert!(text(24, None).contains("Too many open files"));
    }

    /// Straight from the system: an allocator may hand out pages that were touched before.
    fn touch_fresh(bytes: usize) {
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        // SAFETY: a new mapping of our own, written to within its bounds and then given back.
        unsafe {
            let fresh = libc::mmap(std::ptr::null_mut(), bytes, access, kind, -1, 0);
            assert_ne!(fresh, libc::MAP_FAILED);
            (0..bytes).step_by(4096).for_each(|at| fresh.cast::<u8>().add(at).write_volatile(1));
            libc::munmap(fresh, bytes);
        }
    }

    /// Software events need no hardware: they prove that opening, switching, reading and following
    /// threads work wherever the kernel allows any counting.
    #[test]
    fn work_in_threads_started_later_is_counted_and_work_outside_is_not() {
        const PAGES: usize = 300;
        let software = |number: u32| (perf::PERF_TYPE_SOFTWARE, u64::from(number));
        let events = [
            (Event::Cycles, software(perf::PERF_COUNT_SW_TASK_CLOCK)),
            (Event::Branches, software(perf::PERF_COUNT_SW_PAGE_FAULTS)),
        ];
        let mut counters = match Counters::of(&events) {
            Ok(counters) => counters,
            Err(why) => {
                eprintln!("not tested, because {why}");
                return;
            }
        };
        let touch = || {
            std::thread::spawn(|| touch_fresh(PAGES * 4096)).join().unwrap();
        };
        let faults = |counters: &mut Counters| counters.read().unwrap()[1];
        let opened = faults(&mut counters);
        touch();
        assert_eq!(faults(&mut counters), opened, "switched off");
        counters.during(touch).unwrap();
        let counted = faults(&mut counters);
        assert!(counted.enabled > opened.enabled && counted.running > opened.running);
        // A page may be larger than the smallest, and then there are fewer faults.
        assert!(counted.count > opened.count, "{counted:?}");
    }
}
