#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod draws;
pub mod edges;
pub mod given_back;
pub mod jemalloc;
pub mod job;
pub mod keep_pages;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod tcmalloc;
pub mod worker;

use harness::Rung;
use job::{KINDS, Kind};
use worker::Worker;

/// What a worker is asked to do; it makes the requests from the seed while it serves them, as a
/// parser makes them from bytes.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// Which requests.
    pub kind: Kind,
    /// How many.
    pub n: usize,
    /// From which seed.
    pub seed: u64,
}

/// A checksum, or why there is none.
pub type Answer = Result<u64, String>;

/// Accepts equal checksums. Two workers that fail alike do not agree: nothing was computed.
///
/// # Errors
/// Says why there is no checksum, or how the two differ.
pub fn agree(naive: &Answer, rung: &Answer) -> Result<(), String> {
    match (naive, rung) {
        (Err(why), _) | (_, Err(why)) => Err(why.clone()),
        (Ok(_), Ok(_)) => harness::exact(naive, rung),
    }
}

/// Every rung: the same job in a process of its own with another allocator. All give the same
/// checksum.
pub const RUNGS: &[Rung<Work, Answer>] = &[
    Rung::new("naive", |work: &Work| work.with(&naive::WORKER))
        .needs(|| naive::WORKER.available())
        .data(|_: &Work| resident(&naive::WORKER)),
    Rung::new("keep_pages", |work: &Work| work.with(&keep_pages::WORKER))
        .needs(glibc)
        .data(|_: &Work| resident(&keep_pages::WORKER)),
    Rung::new("given_back", |work: &Work| work.with(&given_back::WORKER))
        .needs(|| given_back::WORKER.available())
        .data(|_: &Work| resident(&given_back::WORKER)),
    Rung::new("optimized", |work: &Work| work.with(&optimized::WORKER))
        .needs(|| optimized::WORKER.available())
        .data(|_: &Work| resident(&optimized::WORKER)),
    Rung::new("tcmalloc", |work: &Work| work.with(&tcmalloc::WORKER))
        .needs(|| tcmalloc::WORKER.available())
        .data(|_: &Work| resident(&tcmalloc::WORKER)),
    Rung::new("jemalloc", |work: &Work| work.with(&jemalloc::WORKER))
        .needs(|| jemalloc::WORKER.available())
        .data(|_: &Work| resident(&jemalloc::WORKER)),
    Rung::new("peer", |work: &Work| work.with(&peer::WORKER))
        .needs(|| peer::WORKER.available())
        .data(|_: &Work| resident(&peer::WORKER)),
];

impl Work {
    /// Bytes that any allocator's user must write.
    pub fn bytes(&self) -> usize {
        job::bytes(self.kind, self.n, self.seed)
    }

    /// # Errors
    /// If the worker cannot be asked.
    fn with(&self, worker: &Worker) -> Answer {
        let name = KINDS.iter().find(|(kind, _)| *kind == self.kind).map_or("", |(_, name)| name);
        worker.ask(&format!("{name} {} {}", self.n, self.seed))
    }
}

/// Bytes of the worker that are in memory after its last job; 0 where the system does not say.
fn resident(worker: &Worker) -> usize {
    worker.ask("memory").unwrap_or(0) as usize
}

fn glibc() -> Result<(), String> {
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        keep_pages::WORKER.available()
    } else {
        Err("only glibc reads GLIBC_TUNABLES".to_owned())
    }
}

/// `n` requests in one thread, of which one in four leaves something behind.
pub fn requests(n: usize, seed: u64) -> Work {
    Work { kind: Kind::Requests, n, seed }
}

/// `n` requests that one thread makes and another drops.
pub fn handover(n: usize, seed: u64) -> Work {
    Work { kind: Kind::Handover, n, seed }
}

/// `n` requests that do not allocate.
pub fn arithmetic(n: usize, seed: u64) -> Work {
    Work { kind: Kind::Arithmetic, n, seed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::Library;
    use proptest::prelude::*;

    #[test]
    fn all_workers_are_there_and_answer_what_this_process_computes() {
        let everywhere = ["naive", "given_back", "optimized", "peer"];
        for rung in RUNGS.iter().filter(|rung| everywhere.contains(&rung.name())) {
            assert_eq!(rung.unavailable(), None, "{}", rung.name());
        }
        for (kind, _) in KINDS {
            for n in [0, 1, 31, 32, 33, 500] {
                let here = job::run(kind, n, 7);
                assert_eq!(Work { kind, n, seed: 7 }.with(&naive::WORKER), Ok(here));
            }
        }
    }

    #[test]
    fn rungs_agree() {
        harness::agree_by(RUNGS, requests, agree);
        for input in [handover, arithmetic] {
            harness::agree_on_by(RUNGS, input(1000, 1), agree);
        }
        harness::agree_at_by(RUNGS, edges::edges(), agree);
    }

    #[test]
    fn no_answer_is_no_agreement() {
        let none = || Err("the worker has ended".to_owned());
        assert_eq!(agree(&Ok(7), &Ok(7)), Ok(()));
        assert!(agree(&Ok(7), &Ok(8)).is_err());
        for (naive, rung) in [(none(), none()), (Ok(7), none()), (none(), Ok(7))] {
            assert_eq!(agree(&naive, &rung), Err("the worker has ended".to_owned()));
        }
    }

    #[test]
    fn a_library_that_is_not_there_is_missed() {
        let library = Library { file: "libnowhere.so.7", package: "libnowhere7" };
        let error = naive_with(library).available().unwrap_err();
        if cfg!(all(target_os = "linux", target_env = "gnu")) {
            assert!(error.contains("apt-get install libnowhere7"), "{error}");
        }
        // One that every such system has.
        let there = Library { file: "libc.so.6", package: "libc6" };
        let glibc = cfg!(all(target_os = "linux", target_env = "gnu"));
        assert_eq!(naive_with(there).available().is_ok(), glibc);
    }

    fn naive_with(library: Library) -> Worker {
        Worker::new("global-allocators-system", &[]).preloading(library)
    }

    #[test]
    fn a_worker_that_is_missing_or_does_not_understand_is_an_error() {
        let missing = Worker::new("global-allocators-nowhere", &[]);
        for error in [missing.available().unwrap_err(), missing.ask("memory").unwrap_err()] {
            assert!(error.contains("not built"), "{error}");
        }
        assert!(naive::WORKER.ask("nonsense 1 2").unwrap_err().contains("cannot read"));
        assert!(naive::WORKER.ask("memory").is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn rungs_agree_on_any_seed(n in 0_usize..300, seed: u64) {
            harness::agree_on(RUNGS, requests(n, seed));
            harness::agree_on(RUNGS, handover(n, seed));
        }
    }
}
