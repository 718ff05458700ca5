//! Rungs differ in nothing but where their stages run, which no answer shows.

use std::sync::mpsc;
use std::thread;

use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity};

use super::*;
use crate::worker::Worker;

/// The masks of both stages while a rung runs: as soon as both are single cores, or as they
/// were last. The thread of the second stage is the same in each call.
fn masks(run: fn(&Job) -> Answer) -> [CpuSet; 2] {
    let job = ticks(10, 1);
    let (send, ids) = mpsc::channel();
    let told = send.clone();
    Job::run(&job, || (), move || told.send(gettid()), Duration::ZERO);
    let mask = |thread: Pid| sched_getaffinity(Some(thread)).unwrap();
    let second = ids.recv().unwrap();
    thread::scope(|scope| {
        let running = scope.spawn(|| {
            send.send(gettid()).unwrap();
            run(&job);
        });
        let first = ids.recv().unwrap();
        let mut last = [mask(second); 2];
        while !running.is_finished() {
            let Ok(mask_of_first) = sched_getaffinity(Some(first)) else { break };
            last = [mask_of_first, mask(second)];
            if last.iter().all(|mask| mask.count() == 1) {
                break;
            }
            thread::yield_now();
        }
        last
    })
}

/// Whether stages are seen in such places; who looks on may get no core himself for a while.
fn are_seen(run: fn(&Job) -> Answer, such: impl Fn(CpuSet, CpuSet) -> bool) -> bool {
    (0..50).any(|_| {
        let [first, second] = masks(run);
        such(first, second)
    })
}

#[test]
fn stages_run_where_a_rung_says() {
    let Ok([..]) = cores::two() else { return };
    let all = sched_getaffinity(None).unwrap();
    let single = |mask: CpuSet| mask.count() == 1;
    assert!(are_seen(same_core::run, |one, other| single(one) && one == other));
    for run in [pinned::run, optimized::run] {
        assert!(are_seen(run, |one, other| single(one) && single(other) && one != other));
    }
    assert!(masks(naive::run) == [all; 2]);
}

/// What keeps a core warm is a thread that does not sleep, which no answer shows either.
#[test]
fn a_worker_stays_awake_for_as_long_as_it_was_told() {
    let worker = Worker::default();
    let (send, told) = mpsc::channel();
    worker.post(Duration::from_secs(3_600), move || send.send(gettid()).unwrap());
    let id = told.recv().unwrap().as_raw_nonzero();
    assert!(told.recv().is_err(), "its work is done");
    for _ in 0..1_000 {
        let Ok(stat) = std::fs::read_to_string(format!("/proc/self/task/{id}/stat")) else {
            return;
        };
        let (_, state) = stat.rsplit_once(") ").unwrap();
        assert!(!state.starts_with('S'), "it sleeps: {stat}");
        thread::yield_now();
    }
}
