//! What a rung or a scenario needs of the system. The system is asked, by doing it once on a small
//! file in the folder of the index; no version is looked at.

#[cfg(target_os = "linux")]
pub use on_linux::*;

#[cfg(target_os = "linux")]
mod on_linux {
    use std::fmt::Display;
    use std::fs::File;
    use std::io::{self, ErrorKind, Write};
    use std::mem::MaybeUninit;
    use std::os::fd::AsRawFd;
    use std::path::Path;
    use std::sync::OnceLock;

    use io_uring::{IoUring, Probe, opcode};

    use crate::cache;
    use crate::index::{folder, open_direct};
    use crate::mapped;
    use crate::optimized;
    use crate::queue::Queue;
    use crate::record::{BYTES, Record};
    use crate::scratch::Scratch;
    use crate::uncached;

    /// Whether reads can go past the page cache.
    ///
    /// # Errors
    /// Says what the file system does instead.
    pub fn direct() -> Result<(), String> {
        static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
        KNOWN.get_or_init(|| direct_in(&folder())).clone()
    }

    pub(crate) fn direct_in(folder: &Path) -> Result<(), String> {
        let sample = sample_in(folder)?;
        let refused =
            |error| format!("the file system of {} has no O_DIRECT: {error}", folder.display());
        let file = open_direct(&sample.0).map_err(refused)?;
        let aligned = dio_alignment(&file).map_err(refused)?;
        if (1..=BYTES as u32).contains(&aligned) {
            return Ok(());
        }
        Err(format!(
            "the file system of {} does not say how O_DIRECT is to be aligned (STATX_DIOALIGN); \
             tmpfs, for one, opens such files and reads from memory all the same",
            folder.display()
        ))
    }

    /// To what a direct read must be aligned; 0 where there is none, or nobody says.
    fn dio_alignment(file: &File) -> io::Result<u32> {
        let mut stat = MaybeUninit::<libc::statx>::zeroed();
        let mask = libc::STATX_DIOALIGN;
        // SAFETY: an empty path and a descriptor that is open; the system fills what `stat` has.
        let stat = unsafe {
            let path = c"".as_ptr();
            let (file, flags) = (file.as_raw_fd(), libc::AT_EMPTY_PATH);
            if libc::statx(file, path, flags, mask, stat.as_mut_ptr()) != 0 {
                return Err(io::Error::last_os_error());
            }
            stat.assume_init()
        };
        let said = stat.stx_mask & mask != 0 && stat.stx_dio_mem_align > 0;
        Ok(if said { stat.stx_dio_offset_align.max(stat.stx_dio_mem_align) } else { 0 })
    }

    /// Whether there are rings, with the reads that the rungs use.
    ///
    /// # Errors
    /// Says what is refused.
    pub fn ring() -> Result<(), String> {
        static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
        KNOWN.get_or_init(rings_read).clone()
    }

    fn rings_read() -> Result<(), String> {
        let ring = IoUring::new(2).map_err(refused("io_uring_setup"))?;
        let mut probe = Probe::new();
        ring.submitter().register_probe(&mut probe).map_err(refused("a probe of io_uring"))?;
        let known = [opcode::Read::CODE, opcode::ReadFixed::CODE].map(|it| probe.is_supported(it));
        if known == [true; 2] { Ok(()) } else { Err("this system's rings do not read".to_owned()) }
    }

    /// Words for what a system says no to.
    fn refused<E: Display>(what: &str) -> impl FnOnce(E) -> String + '_ {
        move |error| format!("this system, or a container's rules, refuses {what}: {error}")
    }

    /// Whether there are rings, for reads past the page cache.
    ///
    /// # Errors
    /// Says what is refused.
    pub fn direct_ring() -> Result<(), String> {
        direct().and_then(|()| ring())
    }

    /// Whether a ring may be told of its buffers, which the system then keeps in place.
    ///
    /// # Errors
    /// Says what is refused.
    pub fn registered() -> Result<(), String> {
        static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
        KNOWN.get_or_init(|| direct_ring().and_then(|()| registered_in(&folder()))).clone()
    }

    pub(crate) fn registered_in(folder: &Path) -> Result<(), String> {
        let sample = sample_in(folder)?;
        let open = || optimized::open(&open_direct(&sample.0)?);
        open().map(drop).map_err(refused("to register buffers (see `ulimit -l`)"))
    }

    /// Whether rings can read through the page cache and leave nothing there.
    ///
    /// # Errors
    /// Says what is refused.
    pub fn uncached() -> Result<(), String> {
        static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
        KNOWN.get_or_init(|| ring().and_then(|()| uncached_in(&folder()))).clone()
    }

    pub(crate) fn uncached_in(folder: &Path) -> Result<(), String> {
        let sample = sample_in(folder)?;
        let read = || {
            let file = File::open(&sample.0)?;
            let mut ring = uncached::open(&file)?;
            ring.ask(0, 0, 0)?;
            ring.wait()?;
            let (_, read) = ring.next().ok_or(ErrorKind::WouldBlock)?;
            read
        };
        read().map(drop).map_err(refused("RWF_DONTCACHE"))
    }

    /// Whether the page cache lets go of a file, and says so.
    ///
    /// # Errors
    /// Says what it does instead.
    pub fn cold() -> Result<(), String> {
        static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
        KNOWN.get_or_init(|| cold_in(&folder())).clone()
    }

    pub(crate) fn cold_in(folder: &Path) -> Result<(), String> {
        let sample = sample_in(folder)?;
        let look = || {
            let file = File::open(&sample.0)?;
            let map = mapped::open(&file)?;
            let before = cache::pages(&map, 0, BYTES)?;
            cache::evict(&file)?;
            io::Result::Ok((before, cache::pages(&map, 0, BYTES)?))
        };
        match look().map_err(refused("a look into the page cache"))? {
            (1, 0) => Ok(()),
            (before, after) => Err(format!(
                "the page cache of {} does not let go: {before} page before, {after} after \
                 FADV_DONTNEED",
                folder.display()
            )),
        }
    }

    /// A file of one record that is on the disk and in the page cache.
    fn sample_in(folder: &Path) -> Result<Scratch, String> {
        let sample = Scratch::new(folder);
        let write = || {
            let mut file = File::create_new(&sample.0)?;
            file.write_all(&Record::of(0).0)?;
            file.sync_all()
        };
        write().map_err(refused("a file"))?;
        Ok(sample)
    }
}

#[cfg(not(target_os = "linux"))]
pub use crate::elsewhere::*;

/// Whether a file can be read at a place.
///
/// # Errors
/// Where std has no such reads.
pub fn positioned() -> Result<(), String> {
    if cfg!(unix) { Ok(()) } else { Err("std reads at a place on Unix alone".to_owned()) }
}
