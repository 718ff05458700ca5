//! Pages of the operating system: fresh ones, whose first touch costs a fault, and huge ones.

#[cfg(unix)]
pub(crate) use unix::{handed_over, huge};

/// Memory straight from the system.
#[cfg(not(unix))]
pub(crate) struct Pages;

#[cfg(not(unix))]
impl Pages {
    /// Never called: there are none.
    pub(crate) fn words(&mut self) -> &mut [u32] {
        &mut []
    }
}

/// Not on this system.
#[cfg(not(unix))]
pub(crate) fn huge(_bytes: usize) -> Option<Pages> {
    None
}

/// Not on this system.
#[cfg(not(unix))]
pub(crate) fn handed_over() -> Option<[f64; 2]> {
    None
}

#[cfg(unix)]
mod unix {
    use std::time::{Duration, Instant};

    /// How far huge pages are apart on the systems that have them.
    #[cfg(target_os = "linux")]
    const HUGE: usize = 2 << 20;

    /// Memory straight from the system, all zero.
    pub(crate) struct Pages {
        start: *mut libc::c_void,
        bytes: usize,
        /// Words before the first one that is used.
        skip: usize,
    }

    impl Pages {
        fn new(bytes: usize) -> Option<Self> {
            let (access, kind) =
                (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANON);
            // SAFETY: a new anonymous mapping at an address of the system's choice touches no
            // memory that exists.
            let start = unsafe { libc::mmap(std::ptr::null_mut(), bytes, access, kind, -1, 0) };
            (start != libc::MAP_FAILED).then_some(Self { start, bytes, skip: 0 })
        }

        /// The memory as words.
        pub(crate) fn words(&mut self) -> &mut [u32] {
            let words = self.start.cast::<u32>();
            // SAFETY: the mapping holds so many readable, writable, zeroed and aligned bytes, lives
            // as long as `self`, and is borrowed nowhere else.
            let words = unsafe { std::slice::from_raw_parts_mut(words, self.bytes / 4) };
            &mut words[self.skip..]
        }

        /// Says what pages are wanted; false where the system does not listen.
        #[cfg(target_os = "linux")]
        fn advise(&self, advice: libc::c_int) -> bool {
            // SAFETY: the range is exactly the mapping of `self`, and the advice is about the size
            // of pages: it changes no content.
            unsafe { libc::madvise(self.start, self.bytes, advice) == 0 }
        }
    }

    impl Drop for Pages {
        fn drop(&mut self) {
            // SAFETY: the range is the mapping of `self`, and borrows of it end before `self` does.
            unsafe { libc::munmap(self.start, self.bytes) };
        }
    }

    /// At least so many bytes of huge pages, aligned; `None` where the system has none to give.
    #[cfg(target_os = "linux")]
    pub(crate) fn huge(bytes: usize) -> Option<Pages> {
        let before = huge_bytes()?;
        let mut pages = Pages::new(bytes + HUGE)?;
        if !pages.advise(libc::MADV_HUGEPAGE) {
            return None;
        }
        pages.skip = pages.start.cast::<u8>().align_offset(HUGE) / 4;
        pages.words().iter_mut().step_by(1024).for_each(|word| *word = 0);
        // The advice is taken even where none can be had: only the account tells.
        (huge_bytes()? - before >= bytes as u64 / 10 * 9).then_some(pages)
    }

    /// Only Linux lets a program ask for them without privileges.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn huge(_bytes: usize) -> Option<Pages> {
        None
    }

    /// Bytes of this process that lie on huge pages.
    #[cfg(target_os = "linux")]
    fn huge_bytes() -> Option<u64> {
        let account = std::fs::read_to_string("/proc/self/smaps_rollup").ok()?;
        let line = account.lines().find_map(|line| line.strip_prefix("AnonHugePages:"))?;
        Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
    }

    /// Nanoseconds for the first touch of a page, and for giving it back.
    pub(crate) fn handed_over() -> Option<[f64; 2]> {
        /// More than the inner caches hold: the system hands out again what was just given back,
        /// and such a page, still in a cache, is cleared faster.
        const PAGES: usize = 4096;
        // SAFETY: asks for a constant of the system.
        let page = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).ok()?;
        let until = Instant::now() + Duration::from_millis(30);
        let mut best = [Duration::MAX; 2];
        while Instant::now() < until {
            let mut pages = Pages::new(PAGES * page)?;
            #[cfg(target_os = "linux")]
            pages.advise(libc::MADV_NOHUGEPAGE);
            let words = std::hint::black_box(pages.words());
            let start = Instant::now();
            words.iter_mut().step_by(page / 4).for_each(|word| *word = 1);
            best[0] = best[0].min(start.elapsed());
            let start = Instant::now();
            drop(pages);
            best[1] = best[1].min(start.elapsed());
        }
        Some(best.map(|best| best.as_nanos() as f64 / PAGES as f64))
    }
}
