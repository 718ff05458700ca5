//! A sample to take: whose, by whom, and what is held against what afterwards.

use std::io;
use std::time::Instant;

use super::process::{Usage, Watched};
use super::{bytes, files, held, naive, one_read, optimized, peer, specifics};

/// Processes, and the agents that watch them.
#[derive(Default)]
pub struct Job {
    /// Who is watched.
    pub watched: Vec<Watched>,
    /// Whether this process is watched as well, which goes on while it looks at itself.
    pub itself: bool,
    /// Whether an agent is made for one sample only, and dropped after it.
    pub once: bool,
    /// Keeps the processes there; nobody looks at it.
    #[cfg(target_os = "linux")]
    pub children: Option<super::children::Children>,
    pub(crate) agents: Agents,
}

/// The agent of each rung, made when it is needed first: in the process in which the rung is timed.
#[derive(Default)]
pub(crate) struct Agents {
    pub(crate) naive: Option<naive::Agent>,
    pub(crate) specifics: Option<specifics::Agent>,
    pub(crate) files: Option<files::Agent>,
    pub(crate) one_read: Option<one_read::Agent>,
    pub(crate) held: Option<held::Agent>,
    pub(crate) bytes: Option<bytes::Agent>,
    pub(crate) optimized: Option<optimized::Agent>,
    pub(crate) peer: Option<peer::Agent>,
}

/// What an agent found.
#[derive(Debug, PartialEq)]
pub struct Sample {
    /// Of each process, in order; nothing of one that has gone.
    pub usage: Vec<Option<Usage>>,
    /// From when to when, if the last of them is who took the sample: it is no longer what it was.
    pub running: Option<[Instant; 2]>,
}

impl Job {
    /// Takes a sample by an agent of one rung.
    ///
    /// # Panics
    /// If the system refuses an agent what it needs.
    pub(crate) fn sample<A>(
        &mut self,
        agent: fn(&mut Agents) -> &mut Option<A>,
        new: fn(&[Watched]) -> io::Result<A>,
        sample: fn(&mut A) -> io::Result<Vec<Option<Usage>>>,
    ) -> Sample {
        let agent = agent(&mut self.agents);
        if agent.is_none() {
            let itself = self.itself.then(itself);
            let watched: Vec<_> = self.watched.iter().cloned().chain(itself).collect();
            *agent = Some(new(&watched).expect("an agent for these processes"));
        }
        let begun = self.itself.then(Instant::now);
        let usage = agent.as_mut().map(sample).expect("it was just made");
        if self.once {
            *agent = None;
        }
        let usage = usage.expect("the files of a process that is there can be read");
        Sample { usage, running: begun.map(|begun| [begun, Instant::now()]) }
    }
}

#[cfg(target_os = "linux")]
fn itself() -> Watched {
    super::found::process(std::process::id()).ok().flatten().expect("this process is there")
}

#[cfg(not(target_os = "linux"))]
fn itself() -> Watched {
    unreachable!("nothing is watched here")
}

/// Whether two samples are of the same moment, or, of a process that runs, of two moments as far
/// apart as they are.
///
/// # Errors
/// Says how they differ.
pub fn agree(naive: &Sample, rung: &Sample) -> Result<(), String> {
    let (Some(first), Some(second)) = (naive.running, rung.running) else {
        return harness::exact(naive, rung);
    };
    let split = |sample: &Sample| {
        let (itself, others) = sample.usage.split_last().expect("it is watched");
        (*itself, others.to_vec())
    };
    let ((naive, others), (rung, rung_others)) = (split(naive), split(rung));
    harness::exact(&others, &rung_others)?;
    let (Some(naive), Some(rung)) = (naive, rung) else {
        return Err(format!("who looks has gone: {naive:?}, {rung:?}"));
    };
    // Who looks is at work meanwhile, and reads its own figures at any moment of it.
    let passed = second[1].max(first[1]) - first[0].min(second[0]);
    near(naive, rung, passed.as_millis() as u64)
}

/// Whether a process can have been both within so many milliseconds.
fn near(naive: Usage, rung: Usage, passed: u64) -> Result<(), String> {
    /// Each of two times is cut to ticks, here of ten milliseconds.
    const CUT: u64 = 20;
    /// What a program of this size has loaded or allocated meanwhile, with room to spare.
    const MOVED: u64 = 64 << 20;
    /// What it has fetched or written meanwhile.
    const STORED: u64 = 4 << 20;
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let within = |first: u64, second: u64, most: u64| first.abs_diff(second) <= most;
    let same = within(naive.cpu, rung.cpu, cores * passed + CUT)
        && rung.resident > 0
        && within(naive.resident, rung.resident, MOVED)
        && within(naive.read, rung.read, STORED)
        && within(naive.written, rung.written, STORED);
    same.then_some(()).ok_or_else(|| format!("{passed} ms apart, {naive:?} and {rung:?}"))
}
