//! What the device takes to read a page, by how many reads are under way: past the page cache, so
//! that nothing but the device answers. Asked for by O_DIRECT on a file in the target folder.

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) use linux::{latency, no_op};

/// Not on this system.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
pub(crate) fn latency() -> Vec<(f64, f64)> {
    Vec::new()
}

/// Not on this system.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
pub(crate) fn no_op() -> Option<f64> {
    None
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
mod linux {
    use std::fs::{File, OpenOptions, remove_file};
    use std::io;
    use std::mem::{ManuallyDrop, MaybeUninit};
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::{FileExt, OpenOptionsExt};
    use std::path::Path;
    use std::time::{Duration, Instant};

    use io_uring::{IoUring, opcode, types};
    use rand::{Rng, SeedableRng};
    use rand_pcg::Pcg64Mcg;

    use crate::best_ns;

    /// Bytes of a read.
    const BYTES: usize = 4096;
    /// Reads of the file: more than a device's own cache is likely to guess.
    const READS: usize = 8192;
    /// Reads that are written at once.
    const WRITTEN: usize = 256;
    /// A device that takes longer to write the file is not asked.
    const WRITING: Duration = Duration::from_secs(2);
    /// How many reads are under way together.
    const DEPTHS: [usize; 4] = [1, 4, 16, 64];
    /// The best of so many windows counts: others may use the device meanwhile.
    const WINDOWS: usize = 5;
    const WINDOW: Duration = Duration::from_millis(20);
    /// How long no-ops are measured, and how many in a run.
    const PATIENCE: Duration = Duration::from_millis(15);
    const OFTEN: usize = 500;

    /// Memory of a read, aligned as any device wants it.
    #[derive(Clone)]
    #[repr(align(4096))]
    struct Page([u8; BYTES]);

    /// Nanoseconds until a read is there, by how many are under way. Nothing where the file lies on
    /// no device, as in tmpfs; one point where no ring can be had.
    pub(crate) fn latency() -> Vec<(f64, f64)> {
        let program = std::env::current_exe().ok();
        let file = program.and_then(|program| file(program.parent()?).ok());
        file.map_or_else(Vec::new, |file| curve(&file))
    }

    fn curve(file: &File) -> Vec<(f64, f64)> {
        let depths = DEPTHS.into_iter();
        let point = |depth| Some((depth as f64, at_depth(file, depth).ok()?));
        depths.map_while(point).collect()
    }

    /// A file of random pages that only the device has, and whose name is gone already.
    ///
    /// # Errors
    /// If the folder cannot be written to, no device is behind it, or that is too slow.
    pub(super) fn file(folder: &Path) -> io::Result<File> {
        let path = folder.join(format!("device-{}.probe", std::process::id()));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true).custom_flags(libc::O_DIRECT);
        let file = options.open(&path);
        let _ = remove_file(&path); // it is made even where it cannot be opened so
        let file = file?;
        if !is_direct(&file) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut dice = Pcg64Mcg::seed_from_u64(0);
        let mut page = || {
            let mut page = Page([0; BYTES]);
            dice.fill_bytes(&mut page.0); // a device may leave out zeros
            page
        };
        let pages: Vec<Page> = (0..WRITTEN).map(|_| page()).collect();
        let start = Instant::now();
        for at in (0..READS).step_by(WRITTEN) {
            file.write_all_at(bytes(&pages), (at * BYTES) as u64)?;
            if start.elapsed() > WRITING {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        file.sync_data()?;
        Ok(file)
    }

    fn bytes(pages: &[Page]) -> &[u8] {
        // SAFETY: pages are as long as they are aligned, so bytes lie behind bytes.
        unsafe { std::slice::from_raw_parts(pages.as_ptr().cast(), size_of_val(pages)) }
    }

    /// Whether reads go to a device: the file system says how they must be aligned. tmpfs lets a
    /// file be opened so, too, and reads from memory.
    fn is_direct(file: &File) -> bool {
        let mut found = MaybeUninit::<libc::statx>::zeroed();
        let (path, flags, asked) = (c"".as_ptr(), libc::AT_EMPTY_PATH, libc::STATX_DIOALIGN);
        // SAFETY: the path ends, and it writes one structure of numbers, for which it gets the
        // place; numbers may be zero where it writes nothing.
        let found = unsafe {
            libc::statx(file.as_raw_fd(), path, flags, asked, found.as_mut_ptr());
            found.assume_init()
        };
        let fits = |align: u32| (1..=BYTES as u32).contains(&align);
        found.stx_mask & asked != 0
            && fits(found.stx_dio_mem_align)
            && fits(found.stx_dio_offset_align)
    }

    /// The best window's time for each read, times those that are under way (Little's law).
    fn at_depth(file: &File, depth: usize) -> io::Result<f64> {
        if depth == 1 {
            return one_by_one(file);
        }
        let mut ring = IoUring::new(depth as u32)?;
        let mut flight = Flight::new(file, &mut ring, depth);
        for slot in 0..depth {
            flight.start(slot)?;
        }
        let mut arrived = Vec::with_capacity(depth);
        let best = best_window(|| {
            flight.arrived(&mut arrived)?;
            arrived.iter().try_for_each(|&slot| flight.start(slot))?;
            Ok(arrived.len())
        })?;
        Ok(best * depth as f64)
    }

    /// Each read waits for the one before.
    fn one_by_one(file: &File) -> io::Result<f64> {
        let (mut page, mut dice) = (Page([0; BYTES]), Pcg64Mcg::seed_from_u64(1));
        best_window(|| file.read_exact_at(&mut page.0, anywhere(&mut dice)).map(|()| 1))
    }

    /// Where any page of the file begins.
    fn anywhere(dice: &mut Pcg64Mcg) -> u64 {
        (u64::from(dice.next_u32()) % READS as u64) * BYTES as u64
    }

    /// Nanoseconds for each read in the best window; `some` waits for some, and says for how many.
    fn best_window(mut some: impl FnMut() -> io::Result<usize>) -> io::Result<f64> {
        let mut best = f64::INFINITY;
        for _ in 0..WINDOWS {
            let (start, mut count) = (Instant::now(), 0);
            while count == 0 || start.elapsed() < WINDOW {
                count += some()?;
            }
            best = best.min(start.elapsed().as_nanos() as f64 / count as f64);
        }
        Ok(best)
    }

    /// Reads under way, each into a page of its own, which lives until all have arrived.
    struct Flight<'a> {
        ring: &'a mut IoUring,
        file: &'a File,
        pages: ManuallyDrop<Vec<Page>>,
        under_way: usize,
        dice: Pcg64Mcg,
    }

    impl<'a> Flight<'a> {
        fn new(file: &'a File, ring: &'a mut IoUring, depth: usize) -> Self {
            let pages = ManuallyDrop::new(vec![Page([0; BYTES]); depth]);
            Self { ring, file, pages, under_way: 0, dice: Pcg64Mcg::seed_from_u64(depth as u64) }
        }

        /// Has a page read from anywhere.
        fn start(&mut self, slot: usize) -> io::Result<()> {
            let (file, page) = (types::Fd(self.file.as_raw_fd()), &mut self.pages[slot].0);
            let read = opcode::Read::new(file, page.as_mut_ptr(), BYTES as u32);
            let read = read.offset(anywhere(&mut self.dice)).build().user_data(slot as u64);
            // SAFETY: the file is borrowed and the page kept until the read has arrived: nobody
            // else touches it, and it is given back only when nothing is under way.
            unsafe { self.ring.submission().push(&read) }.map_err(io::Error::other)?;
            self.under_way += 1;
            Ok(())
        }

        /// Waits for at least one read, and says which pages have arrived.
        fn arrived(&mut self, slots: &mut Vec<usize>) -> io::Result<()> {
            slots.clear();
            self.ring.submit_and_wait(1)?;
            let mut whole = true;
            for read in self.ring.completion() {
                self.under_way -= 1;
                whole &= read.result() == BYTES as i32;
                slots.push(read.user_data() as usize);
            }
            if whole { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
        }
    }

    impl Drop for Flight<'_> {
        /// Waits for what is under way. Where that fails, the pages stay: something may yet write.
        fn drop(&mut self) {
            let (mut slots, mut left) = (Vec::new(), self.under_way);
            while left > 0 {
                let _ = self.arrived(&mut slots);
                if self.under_way == left {
                    return;
                }
                left = self.under_way;
            }
            // SAFETY: nobody uses them any more, and they are dropped here alone.
            unsafe { ManuallyDrop::drop(&mut self.pages) };
        }
    }

    /// Nanoseconds to hand the ring nothing to do and to wait until that is done.
    pub(crate) fn no_op() -> Option<f64> {
        let mut ring = IoUring::new(8).ok()?;
        let mut failed = false;
        let mut each = || {
            // SAFETY: it does nothing, and so touches no memory.
            let handed = unsafe { ring.submission().push(&opcode::Nop::new().build()) };
            failed |= handed.is_err() || ring.submit_and_wait(1).is_err();
            failed |= ring.completion().count() == 0;
        };
        let best = best_ns(PATIENCE, || (0..OFTEN).for_each(|_| each()));
        (!failed).then_some(best / OFTEN as f64)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn memory_is_no_device() {
            let shared = Path::new("/dev/shm");
            if shared.is_dir() {
                assert!(file(shared).is_err(), "that is a tmpfs");
            }
            assert!(file(Path::new("/nowhere")).is_err());
        }

        #[test]
        fn a_device_answers_at_each_depth_and_leaves_no_file() {
            let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
            let Ok(file) = file(&folder) else {
                return; // a machine whose target folder lies on no device
            };
            let probes = std::fs::read_dir(folder).unwrap().flatten();
            let own = format!("device-{}.probe", std::process::id());
            assert!(probes.into_iter().all(|entry| entry.file_name() != *own));
            let curve = curve(&file);
            let depths: Vec<f64> = curve.iter().map(|point| point.0).collect();
            let known: &[f64] = if no_op().is_some() { &[1.0, 4.0, 16.0, 64.0] } else { &[1.0] };
            assert_eq!(depths, known);
            assert!(curve.iter().all(|point| point.1 > 500.0), "{curve:?}");
        }

        #[test]
        fn reads_that_are_dropped_are_waited_for() {
            let Ok(mut ring) = IoUring::new(8) else { return };
            let file = File::open("/proc/self/exe").unwrap();
            let mut flight = Flight::new(&file, &mut ring, 8);
            (0..8).for_each(|slot| flight.start(slot).unwrap());
            drop(flight); // past the end of the file, too
            assert_eq!(ring.completion().count(), 0);
        }
    }
}
