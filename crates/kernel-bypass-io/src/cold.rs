//! Makes a job's records cold, and proves it.

#[cfg(target_os = "linux")]
pub use on_linux::*;

#[cfg(target_os = "linux")]
mod on_linux {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::thread;
    use std::time::Duration;

    use memmap2::Mmap;

    use crate::job::Job;
    use crate::mapped;
    use crate::service::MAP;

    /// How often the page cache is asked; between two times it may finish what it reads ahead.
    const TRIES: u64 = 10;

    /// Empties the page cache of the job's index, and looks whether it is empty of what is wanted.
    ///
    /// # Errors
    /// If pages stay: mostly because some other process has them mapped.
    pub fn evict(job: &Job) -> Result<(), String> {
        let evict = || {
            let file = job.index.open()?;
            let mut stay = 0;
            for tried in 0..TRIES {
                thread::sleep(Duration::from_millis(tried)); // 0 at first
                stay = MAP.with(
                    job.index,
                    || mapped::open(&file),
                    |map| {
                        mapped::leave(map)?;
                        evict_file(&file)?;
                        stayed(map, job)
                    },
                )?;
                if stay == 0 {
                    break;
                }
            }
            io::Result::Ok(stay)
        };
        match evict() {
            Ok(0) => Ok(()),
            Ok(pages) => Err(format!("{pages} pages of what is wanted stay in the page cache")),
            Err(error) => Err(format!("the page cache cannot be asked: {error}")),
        }
    }

    /// Pages of what is wanted that the page cache has.
    ///
    /// # Errors
    /// If the system does not say.
    pub(super) fn stayed(map: &Mmap, job: &Job) -> io::Result<usize> {
        let pages =
            job.wanted.offsets().map(|at| cached_pages(map, at as usize, job.wanted.bytes()));
        pages.sum()
    }

    /// Asks the page cache to let go of what of a file is clean and in nobody's tables.
    pub(crate) fn evict_file(file: &File) -> io::Result<()> {
        // SAFETY: a call about a descriptor that is open.
        match unsafe { libc::posix_fadvise(file.as_raw_fd(), 0, 0, libc::POSIX_FADV_DONTNEED) } {
            0 => Ok(()),
            error => Err(io::Error::from_raw_os_error(error)),
        }
    }

    /// Pages that the page cache has of so many bytes of a mapped file, from a page's start on. None is
    /// touched.
    pub(crate) fn cached_pages(map: &Mmap, from: usize, bytes: usize) -> io::Result<usize> {
        let part = &map[from..][..bytes];
        // SAFETY: the number of the system's pages, nothing else.
        let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as usize;
        let mut pages = vec![0_u8; bytes.div_ceil(page)];
        // SAFETY: the range is mapped, and there is a byte for each of its pages.
        let outcome = unsafe {
            libc::mincore(part.as_ptr().cast_mut().cast(), part.len(), pages.as_mut_ptr())
        };
        if outcome != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(pages.iter().filter(|page| **page & 1 == 1).count())
    }
}

/// Nothing is cold, and nobody is told that it was.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn evict(_: &crate::job::Job) -> Result<(), String> {
    crate::system::cold()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::on_linux::stayed;
    use super::*;
    use crate::index::Index;
    use crate::job::Job;
    use crate::mapped as mapping;
    use crate::service::MAP;
    use crate::service::{mapped, naive};

    /// Also where this process has them mapped; the mapping of a cold job holds on to nothing.
    #[test]
    fn what_was_cached_is_cold_and_known_to_be() {
        if let Err(why) = crate::system::cold() {
            return eprintln!("not on this system: {why}");
        }
        let index = Index::of(Index::SMALL);
        let job = Job::random(index, 20, 1, 1).cached();
        let open = || mapping::open(&index.open()?);
        let cached = || MAP.with(index, open, |map| stayed(map, &job)).unwrap();
        assert_eq!(cached(), 20, "it says so of itself");
        mapped(&job);
        assert_eq!(cached(), 20);
        evict(&job).unwrap();
        assert_eq!(cached(), 0);
        let sums = naive(&job);
        assert_eq!(cached(), 20);
        evict(&job).unwrap();
        assert_eq!(mapped(&job.clone().cold()), sums);
    }
}
