//! Makes a job's records cold, and proves it.

#[cfg(target_os = "linux")]
pub use on_linux::evict;

#[cfg(target_os = "linux")]
mod on_linux {
    use std::io;
    use std::thread;
    use std::time::Duration;

    use memmap2::Mmap;

    use crate::cache;
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
        match stubborn(job) {
            Ok(0) => Ok(()),
            Ok(pages) => Err(format!("{pages} pages of what is wanted stay in the page cache")),
            Err(error) => Err(format!("the page cache cannot be asked: {error}")),
        }
    }

    /// How many pages stay in spite of all.
    fn stubborn(job: &Job) -> io::Result<usize> {
        let file = job.index.open()?;
        let look = |map: &mut Mmap| {
            mapped::leave(map)?;
            cache::evict(&file)?;
            stayed(map, job)
        };
        let mut stay = 0;
        for tried in 0..TRIES {
            thread::sleep(Duration::from_millis(tried)); // not at all before the first
            stay = MAP.with(job.index, || mapped::open(&file), look)?;
            if stay == 0 {
                break;
            }
        }
        Ok(stay)
    }

    /// Pages of what is wanted that the page cache has.
    pub(super) fn stayed(map: &Mmap, job: &Job) -> io::Result<usize> {
        let bytes = job.wanted.bytes();
        job.wanted.offsets().map(|at| cache::pages(map, at as usize, bytes)).sum()
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
    use crate::service::{MAP, mapped, naive};

    /// Also where this process has them mapped; the mapping of a cold job holds on to nothing.
    #[test]
    fn what_was_cached_is_cold_and_known_to_be() {
        if let Err(why) = crate::system::cold() {
            return eprintln!("not on this system: {why}");
        }
        let index = Index::of(96); // of which no other test has anything
        let job = Job::random(index, 20, 1, 1);
        let open = || mapping::open(&index.open()?);
        let cached = || MAP.with(index, open, |map| stayed(map, &job)).unwrap();
        evict(&job).unwrap();
        assert_eq!(cached(), 0);
        let _ = job.clone().cached();
        assert_eq!(cached(), 20, "it says so of itself");
        mapped(&job);
        assert_eq!(cached(), 20);
        evict(&job).unwrap();
        assert_eq!(cached(), 0);
        let sums = naive(&job);
        assert_eq!(cached(), 20);
        evict(&job).unwrap();
        assert_eq!(mapped(&job.clone().cold()), sums);
        assert_eq!(mapped(&job), sums);
    }
}
