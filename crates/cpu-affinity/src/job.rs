//! Two stages and what goes between them: shared by all rungs.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use crate::lane::{Lane, Waits};
use crate::stages::{Answer, Stages, Work};
use crate::worker::Worker;

/// Two stages, and the threads that they run on.
#[derive(Debug, Clone)]
pub struct Job {
    /// What the stages do.
    pub stages: Stages,
    /// How they wait for each other.
    pub waits: Waits,
    threads: Threads,
}

/// The thread of the second stage, and two for a rung that must not keep the caller's. They start
/// when they are first needed, and end with the job; a clone has its own.
#[derive(Debug, Default)]
struct Threads {
    second: Worker,
    own: [Worker; 2],
    /// One call at a time.
    turn: Mutex<()>,
}

impl Clone for Threads {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Job {
    /// Stages that have not run yet.
    pub fn new(work: Work, waits: Waits, messages: Vec<u64>) -> Self {
        let stages = Stages { work, messages: messages.into() };
        Self { stages, waits, threads: Threads::default() }
    }

    /// Runs the first stage on this thread and the second on another. Either holds until its end
    /// what `first` or `second` made on its thread: a place. Who waits for a tick, or for the next
    /// job, looks out for it that long before it is due, or before it falls asleep.
    pub(crate) fn run<P, Q>(
        &self,
        first: impl FnOnce() -> P,
        second: impl FnOnce() -> Q + Send + 'static,
        awake: Duration,
    ) -> Answer {
        let _turn = self.threads.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let worker = &self.threads.second;
        let lane = self.lane([thread::current(), worker.thread().clone()]);
        let (stages, shared) = (self.stages.clone(), Arc::clone(&lane));
        worker.post(awake, move || {
            let _ends = shared.stage();
            let _place = second();
            stages.second(&shared);
        });
        let answer = {
            let _ends = lane.stage();
            let _place = first();
            self.stages.first(&lane, awake)
        };
        lane.until(|| lane.has_ended(2));
        answer
    }

    /// Runs each stage on a thread of the job's own, which `first` and `second` may leave as they
    /// please, while this one sleeps.
    pub(crate) fn run_elsewhere(
        &self,
        first: impl FnOnce() + Send + 'static,
        second: impl FnOnce() + Send + 'static,
    ) -> Answer {
        let _turn = self.threads.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let [one, other] = &self.threads.own;
        let lane = self.lane([one.thread().clone(), other.thread().clone()]);
        let (answers, answer) = mpsc::channel();
        let (stages, shared, told) = (self.stages.clone(), Arc::clone(&lane), answers.clone());
        other.post(Duration::ZERO, move || {
            let _told = told; // dropped last, when nothing runs any more
            let _ends = shared.stage();
            second();
            stages.second(&shared);
        });
        let stages = self.stages.clone();
        one.post(Duration::ZERO, move || {
            let answers = answers;
            let _ends = lane.stage();
            first();
            let _ = answers.send(stages.first(&lane, Duration::ZERO));
        });
        let (found, _both_have_ended) = (answer.recv(), answer.recv());
        found.expect("no stage panics")
    }

    fn lane(&self, threads: [thread::Thread; 2]) -> Arc<Lane> {
        Arc::new(Lane::new(self.waits, threads))
    }
}
