//! Where a rung is wrong: every edge and every awkward size, each input twice, and on after the
//! first that differs, so that whoever wrote the rung sees what the wrong ones have in common.

use std::panic;
use std::process::exit;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol::{BEGUN, PANICKED, REFUSED, Refusal, Scenario, Tried, Wrong};

use crate::agree::Disagreement;
use crate::edges::{awkward, scenario};
use crate::job::{Inputs, Job};
use crate::output::print;

/// Seeds tried at each size.
const SEEDS: usize = 3;
/// Letters of an input that is shown at most.
const SHORT: usize = 200;
/// Where rungs take longer than this for an input so small, one of them never ends.
const LONGEST: Duration = Duration::from_secs(5);

/// Tries everything, in a process that does nothing else.
pub(crate) fn alone(job: &dyn Job, seed: u64) -> Vec<Tried> {
    keep_places();
    of(job, seed)
}

/// Tries everything. A panic is a difference as any other; a call that does not end ends the
/// process, which says where it was.
fn of(job: &dyn Job, seed: u64) -> Vec<Tried> {
    let (begins, begun) = mpsc::channel();
    std::thread::spawn(move || watch(&begun));
    let mut tried = Vec::new();
    let mut all = |inputs: &mut dyn Inputs, scenario: &Scenario, seed: u64| {
        for (input, seed) in (0..inputs.count()).zip(seed..) {
            let place = format!("{scenario}, seed {seed}");
            eprintln!("{BEGUN}{place}");
            // Nobody hears it only where the process is at its end.
            let _ = begins.send(place);
            let wrong = twice(inputs, input);
            tried.push(Tried { scenario: scenario.clone(), seed, wrong });
        }
    };
    // Small ones first: who dies of one dies of the smallest.
    for (at, distribution) in job.frame().present() {
        for n in awkward(distribution) {
            all(&mut *job.make(at, n, seed, SEEDS), &scenario(distribution.name, n), seed);
        }
    }
    if let Some(mut edges) = job.edges() {
        let scenario = scenario("edges", edges.count());
        all(&mut *edges, &scenario, 0);
    }
    tried
}

/// File and line of the last panic, once somebody keeps them.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// From here on a panic is told with its place, which whoever catches it does not see, and is not
/// traced, however much the user wants that: there may be one for each input.
fn keep_places() {
    panic::set_hook(Box::new(|panic| {
        eprintln!("thread 'survey' {panic}");
        *place() = panic.location().map(ToString::to_string);
    }));
}

fn place() -> MutexGuard<'static, Option<String>> {
    PLACE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is remembered from one call may change the next on the same input.
fn twice(inputs: &mut dyn Inputs, input: usize) -> Option<Wrong> {
    [false, true].into_iter().find_map(|again| {
        *place() = None;
        let Disagreement { rung, mut difference } = inputs.check(input).err()?;
        if difference.starts_with(PANICKED)
            && let Some(place) = place().take()
        {
            difference = format!("{difference}, at {place}");
        }
        let input = inputs.shown(input).filter(|shown| shown.chars().count() <= SHORT);
        Some(Wrong { rung: rung.to_owned(), difference, again, input })
    })
}

/// Ends the process if what was begun last does not end.
fn watch(begun: &Receiver<String>) {
    let mut last = String::new();
    loop {
        match begun.recv_timeout(LONGEST) {
            Ok(place) => last = place,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                print(Refusal::Endless { at: Some(last), seconds: LONGEST.as_secs() });
                exit(REFUSED);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use super::*;
    use crate::{Bench, Rung};

    static CALLS: AtomicUsize = AtomicUsize::new(0);

    const WRONG: &[Rung<Vec<u32>, u32>] = &[
        Rung::new("naive", |values| values.iter().sum()),
        Rung::new("drops_tail", |values| values.chunks_exact(4).flatten().sum()),
    ];

    const REMEMBERS: &[Rung<Vec<u32>, u32>] = &[
        Rung::new("naive", |values| values.iter().sum()),
        Rung::new("remembers", |values| {
            let later = CALLS.fetch_add(1, Relaxed) % 2 == 1;
            values.iter().sum::<u32>() + u32::from(later)
        }),
    ];

    fn survey(rungs: &'static [Rung<Vec<u32>, u32>]) -> Vec<Tried> {
        let edges = || vec![vec![1; 4], vec![1; 5]];
        let ones = |n, _| vec![1; n];
        let bench = Bench::new(rungs).input("ones", ones).quick([100]).edges(edges);
        of(&bench.showing_inputs().job(), 7)
    }

    #[test]
    fn every_wrong_input_is_told_and_not_only_the_first() {
        let tried = survey(WRONG);
        let (edges, sizes): (Vec<_>, Vec<_>) =
            tried.iter().partition(|t| t.scenario.input == "edges");
        let wrong: Vec<bool> = edges.iter().map(|edge| edge.wrong.is_some()).collect();
        assert_eq!(wrong, [false, true]);
        assert!(sizes.iter().all(|t| t.wrong.is_some() == (t.scenario.n % 4 != 0)));
        assert!(sizes.iter().any(|t| (t.scenario.n, t.seed) == (15, 9)), "three seeds from seven");
    }

    #[test]
    fn a_wrong_input_is_shown_if_it_can_be_read() {
        let tried = survey(WRONG).into_iter().filter_map(|one| Some((one.scenario.n, one.wrong?)));
        for (n, wrong) in tried.filter(|(n, _)| [1, 97].contains(n)) {
            assert_eq!(wrong.input.as_deref(), (n == 1).then_some("[1]"), "{n}");
        }
    }

    #[test]
    fn what_is_wrong_the_second_time_is_said_to_be() {
        let again = survey(REMEMBERS).into_iter().map(|t| t.wrong.unwrap().again);
        assert!(again.into_iter().all(|again| again));
    }
}
