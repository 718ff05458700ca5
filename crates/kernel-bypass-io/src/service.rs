//! Each rung as a service runs it: with files, mapping, threads or rings that stay open.

use std::fs::File;
use std::io;

use memmap2::Mmap;

use crate::held::Held;
use crate::job::Job;
use crate::{mapped, naive};

/// What the rungs answer: a checksum of each record, in the order in which they are wanted.
pub type Sums = Vec<u64>;

fn sums(job: &Job, outcome: io::Result<Sums>) -> Sums {
    outcome.unwrap_or_else(|error| panic!("cannot read {}: {error}", job.index.path().display()))
}

/// Calls [`naive::read`].
pub fn naive(job: &Job) -> Sums {
    static FILE: Held<File> = Held::empty();
    let open = || job.index.open();
    sums(job, FILE.with(job.index, open, |file| naive::read(file, &job.wanted)))
}

/// The mapping, of which the proof that the cache is cold makes use as well.
pub(crate) static MAP: Held<Mmap> = Held::empty();

/// Calls [`mapped::read`].
pub fn mapped(job: &Job) -> Sums {
    let open = || mapped::open(&job.index.open()?);
    let outcome = MAP.with(job.index, open, |map| {
        let sums = mapped::read(map, &job.wanted)?;
        #[cfg(unix)]
        if job.cold {
            mapped::leave(map)?; // or no process could make these pages cold
        }
        Ok(sums)
    });
    sums(job, outcome)
}

#[cfg(unix)]
pub use on_unix::*;

/// What needs reads at a place, which std has on Unix.
#[cfg(unix)]
mod on_unix {
    use std::sync::Arc;

    use tokio::runtime::Runtime;

    use super::{File, Held, Job, Sums, sums};
    use crate::{peer, positioned};

    /// Calls [`positioned::read`].
    pub fn positioned(job: &Job) -> Sums {
        static FILE: Held<File> = Held::empty();
        let open = || job.index.open();
        sums(job, FILE.with(job.index, open, |file| positioned::read(file, &job.wanted)))
    }

    /// Calls [`peer::read`].
    pub fn peer(job: &Job) -> Sums {
        static OPEN: Held<(Runtime, Arc<File>)> = Held::empty();
        let open = || Ok((peer::open()?, Arc::new(job.index.open()?)));
        let work = |(runtime, file): &mut _| peer::read(runtime, file, &job.wanted);
        sums(job, OPEN.with(job.index, open, work))
    }
}

#[cfg(target_os = "linux")]
pub use on_linux::*;

/// What only Linux has.
#[cfg(target_os = "linux")]
mod on_linux {
    use super::{File, Held, Job, Sums, io, sums};
    use crate::uring::Uring;
    use crate::{compio, direct, optimized, ring, uncached};

    /// Calls [`direct::read`].
    pub fn direct(job: &Job) -> Sums {
        static FILE: Held<File> = Held::empty();
        let open = || job.index.open_direct();
        sums(job, FILE.with(job.index, open, |file| direct::read(file, &job.wanted)))
    }

    /// A ring, and the file that it reads, which must outlive it.
    type Ring = (Uring, File);

    /// Calls [`ring::read`].
    pub fn ring(job: &Job) -> Sums {
        static RING: Held<Ring> = Held::empty();
        on_ring(&RING, job, || {
            let file = job.index.open_direct()?;
            Ok((ring::open(&file)?, file))
        })
    }

    /// Calls [`uncached::read`].
    pub fn uncached(job: &Job) -> Sums {
        static RING: Held<Ring> = Held::empty();
        on_ring(&RING, job, || {
            let file = job.index.open()?;
            Ok((uncached::open(&file)?, file))
        })
    }

    /// Calls [`optimized::read`].
    pub fn optimized(job: &Job) -> Sums {
        static RING: Held<Ring> = Held::empty();
        on_ring(&RING, job, || {
            let file = job.index.open_direct()?;
            Ok((optimized::open(&file)?, file))
        })
    }

    fn on_ring(held: &Held<Ring>, job: &Job, open: impl FnOnce() -> io::Result<Ring>) -> Sums {
        let outcome = held.with(job.index, open, |(ring, _)| {
            ring.prepare(job.wanted.bytes(), job.wanted.depth);
            ring::read(ring, &job.wanted)
        });
        sums(job, outcome)
    }

    /// Calls [`compio::read`].
    pub fn compio(job: &Job) -> Sums {
        thread_local! {
            static OPEN: Held<compio::Open> = const { Held::empty() };
        }
        let open = || compio::open(&job.index.path());
        sums(job, OPEN.with(|held| held.with(job.index, open, |it| compio::read(it, &job.wanted))))
    }
}

/// Where a rung is said to be not on this system.
#[cfg(not(target_os = "linux"))]
pub fn absent(_: &Job) -> Sums {
    unreachable!("a rung that is not on this system is not called")
}

#[cfg(not(unix))]
pub use {absent as positioned, absent as peer};
#[cfg(not(target_os = "linux"))]
pub use {
    absent as direct, absent as ring, absent as uncached, absent as optimized, absent as compio,
};
