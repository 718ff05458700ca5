//! The one loop in which rungs are timed: criterion, paired runs and calibration all go through it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use protocol::Refusal;

use crate::agree::{self, Agreement, Disagreement};
use crate::job::{Inputs, OneCall};
use crate::profile::rung_call;
use crate::rung::{Call, Rung};
use crate::scenario::Limit;
use crate::spent::Spent;
use crate::substance::{self, Substance};
use crate::vectors;

/// Clones made ahead of one timed batch of in-place calls. Few, or they push each other out of the
/// caches.
const BATCH: u64 = 16;

/// Puts what a call needs where a cold one finds it; an error says why it could not.
pub(crate) type Cold<I> = fn(&I) -> Result<(), String>;

/// An input as somebody reads it.
pub(crate) type Show<I> = fn(&I) -> String;

/// Inputs that take turns, and whose turn it is. Branch predictors learn a fixed input by heart,
/// which flatters branchy code by a factor that no user will ever see.
pub(crate) struct Rotation<'a, I, O> {
    inputs: Vec<I>,
    next: usize,
    rungs: &'a [Rung<I, O>],
    agree: Agreement<O>,
    limit: Option<&'a Limit<I>>,
    substance: Option<Substance<O>>,
    show: Option<Show<I>>,
    cold: Option<Cold<I>>,
    /// Why an input could not be made cold, once one could not.
    failure: Option<String>,
}

impl<'a, I, O> Rotation<'a, I, O> {
    /// Of at least one input.
    pub(crate) fn new(
        inputs: Vec<I>,
        rungs: &'a [Rung<I, O>],
        agree: Agreement<O>,
        limit: Option<&'a Limit<I>>,
    ) -> Self {
        assert!(!inputs.is_empty(), "a rotation needs at least one input");
        let (substance, show, cold, failure) = (None, None, None, None);
        Self { inputs, next: 0, rungs, agree, limit, substance, show, cold, failure }
    }

    /// Of which answers must not all be empty.
    pub(crate) fn of_substance(mut self, substance: Option<Substance<O>>) -> Self {
        self.substance = substance;
        self
    }

    /// Of which each can be shown.
    pub(crate) fn shown_by(mut self, show: Option<Show<I>>) -> Self {
        self.show = show;
        self
    }

    /// Of which every timed call is made cold before.
    pub(crate) fn made_cold(mut self, cold: Option<Cold<I>>) -> Self {
        self.cold = cold;
        self
    }

    /// Makes the call on an input cold that comes next. After a failure nothing is believed, so
    /// nothing more is done for it.
    fn cool(&mut self, input: usize) {
        if let (Some(cold), None) = (self.cold, &self.failure) {
            self.failure = cold(&self.inputs[input]).err();
        }
    }

    fn turn(&mut self) -> &mut I {
        let now = self.next;
        self.next = if now + 1 == self.inputs.len() { 0 } else { now + 1 };
        &mut self.inputs[now]
    }

    /// Time for calls as they come.
    #[inline(never)]
    fn timed(&mut self, rung: usize, calls: u64) -> Duration {
        vectors::clear_upper();
        match self.rungs[rung].call {
            Call::Reads(run) => {
                let run = black_box(run);
                let start = Instant::now();
                for _ in 0..calls {
                    black_box(run(black_box(&*self.turn())));
                }
                start.elapsed()
            }
            Call::Reuses { run, .. } => {
                let run = black_box(run);
                let start = Instant::now();
                for _ in 0..calls {
                    black_box(run(black_box(self.turn())));
                }
                start.elapsed()
            }
            Call::Consumes { fresh, run } => {
                let run = black_box(run);
                let mut total = Duration::ZERO;
                self.batches(calls, fresh, |clones| {
                    let start = Instant::now();
                    for clone in clones {
                        black_box(run(black_box(clone)));
                    }
                    total += start.elapsed();
                });
                total
            }
        }
    }

    /// Calls as they come, in parts that are handed to whoever counts.
    fn parts(&mut self, rung: usize, calls: u64, count: &mut dyn FnMut(&mut dyn FnMut())) {
        match self.rungs[rung].call {
            Call::Reads(_) | Call::Reuses { .. } => count(&mut || {
                self.timed(rung, calls);
            }),
            // Clones are made while nothing is counted, as they are made while nothing is timed.
            Call::Consumes { fresh, run } => self.batches(calls, fresh, |clones| {
                count(&mut || {
                    for clone in &mut *clones {
                        black_box(run(black_box(clone)));
                    }
                });
            }),
        }
    }

    /// Hands batches of clones to `work` until there were `calls` of them.
    fn batches(&mut self, calls: u64, fresh: fn(&I) -> I, mut work: impl FnMut(&mut [I])) {
        let mut left = calls;
        while left > 0 {
            let batch = left.min(BATCH);
            let mut clones: Vec<I> = (0..batch).map(|_| fresh(self.turn())).collect();
            work(&mut clones);
            left -= batch;
        }
    }
}

impl<I, O> Inputs for Rotation<'_, I, O> {
    fn count(&self) -> usize {
        self.inputs.len()
    }

    fn check(&mut self, input: usize) -> Result<(), Disagreement> {
        agree::check(self.rungs, &mut self.inputs[input], self.agree)
    }

    fn shown(&self, input: usize) -> Option<String> {
        self.show.map(|show| show(&self.inputs[input]))
    }

    fn substance(&mut self) -> Option<bool> {
        self.substance.map(|of| substance::any(&self.rungs[0], &mut self.inputs, of))
    }

    fn recheck(&mut self, rung: usize) -> Result<(), String> {
        let (rungs, agree) = (self.rungs, self.agree);
        agree::recheck(&rungs[0], &rungs[rung], self.turn(), agree)
    }

    fn time(&mut self, rung: usize, calls: u64) -> Duration {
        match self.cold {
            None => self.timed(rung, calls),
            Some(_) => self.spend(rung, calls).wall,
        }
    }

    fn spend(&mut self, rung: usize, calls: u64) -> Spent {
        let mut all = Spent::default();
        if self.cold.is_none() {
            all = Spent::of(|| self.timed(rung, calls));
        } else {
            for _ in 0..calls {
                self.cool(self.next);
                all += Spent::of(|| self.timed(rung, 1));
            }
        }
        if let Call::Consumes { .. } = self.rungs[rung].call {
            all.faults = 0; // those of the clones are among them
        }
        all
    }

    fn is_cold(&self) -> bool {
        self.cold.is_some()
    }

    fn warm(&mut self) {
        self.cold = None;
    }

    fn held_cold(&self) -> Result<(), Refusal> {
        self.failure.clone().map_or(Ok(()), |why| Err(Refusal::NotCold(why)))
    }

    fn counted(&mut self, rung: usize, calls: u64, count: &mut dyn FnMut(&mut dyn FnMut())) {
        if self.cold.is_none() {
            return self.parts(rung, calls, count);
        }
        for _ in 0..calls {
            self.cool(self.next);
            self.parts(rung, 1, count);
        }
    }

    fn profiled(&mut self, rung: usize, calls: u64) {
        for _ in 0..calls {
            self.cool(self.next);
            match self.rungs[rung].call {
                Call::Reads(run) => rung_call(run, &*self.turn()),
                Call::Reuses { run, .. } => rung_call(run, self.turn()),
                Call::Consumes { fresh, run } => rung_call(run, &mut fresh(self.turn())),
            }
        }
    }

    fn one(&mut self, rung: usize, input: usize, look: &mut dyn FnMut(&mut dyn OneCall)) {
        self.cool(input);
        self.rungs[rung].prepared(&mut self.inputs[input], |call| {
            look(&mut Called { call, result: None });
        });
    }

    fn work(&self) -> (f64, f64) {
        self.limit.map_or((0.0, 0.0), |limit| limit.work(&self.inputs[0]))
    }

    fn data_bytes(&self, rung: usize) -> Option<u64> {
        self.rungs[rung].data.map(|bytes| bytes(&self.inputs[0]) as u64)
    }
}

/// A call, and its result until that is dropped.
struct Called<'a, O> {
    call: &'a mut dyn FnMut() -> O,
    result: Option<O>,
}

impl<O> OneCall for Called<'_, O> {
    fn run(&mut self) {
        self.result = Some(black_box((self.call)()));
    }

    fn drop_result(&mut self) {
        self.result = None;
    }
}

/// Inputs for tests, of rungs that need no limit.
#[cfg(test)]
pub(crate) fn rotation<'a, I, O>(inputs: Vec<I>, rungs: &'a [Rung<I, O>]) -> Rotation<'a, I, O> {
    Rotation::new(inputs, rungs, |_, _| Ok(()), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_rung_is_called_and_counted_as_often_as_it_is_timed() {
        use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
        static CALLS: AtomicUsize = AtomicUsize::new(0);
        fn note(list: &[u32]) -> usize {
            CALLS.fetch_add(1, Relaxed);
            list.len()
        }
        let rungs: [Rung<Vec<u32>, usize>; 3] = [
            Rung::new("reads", |list| note(list)),
            Rung::in_place("consumes", |list| {
                list.clear();
                note(list)
            }),
            Rung::reusing(
                "reuses",
                |_| (),
                |list| {
                    list.push(1);
                    note(list)
                },
            ),
        ];
        let mut inputs = rotation(vec![vec![7; 10]; 3], &rungs);
        for rung in 0..3 {
            CALLS.store(0, Relaxed);
            inputs.time(rung, 40);
            assert_eq!(CALLS.swap(0, Relaxed), 40);
            inputs.counted(rung, 40, &mut |part| part());
            assert_eq!(CALLS.swap(0, Relaxed), 40);
            inputs.profiled(rung, 40);
            assert_eq!(CALLS.load(Relaxed), 40);
        }
        let lengths: usize = inputs.inputs.iter().map(Vec::len).sum();
        assert_eq!(lengths, 3 * 10 + 3 * 40, "only the rung that keeps scratch space changed any");
    }

    #[test]
    fn what_makes_a_call_cold_is_neither_timed_nor_counted() {
        const LONG: Duration = Duration::from_millis(2);
        fn spin(_: &u64) -> Result<(), String> {
            let start = Instant::now();
            while start.elapsed() < LONG {
                std::hint::spin_loop();
            }
            Ok(())
        }
        let rungs = [Rung::new("naive", |n: &u64| *n), Rung::in_place("other", |n: &mut u64| *n)];
        let mut inputs = rotation(vec![7; 3], &rungs).made_cold(Some(spin));
        for rung in 0..2 {
            // The fastest of some: other tests run beside this one.
            let spent: Vec<Spent> = (0..5).map(|_| inputs.spend(rung, 4)).collect();
            assert!(spent.iter().any(|spent| spent.wall < LONG && spent.cpu < LONG), "{spent:?}");
        }
        let mut counted = Duration::ZERO;
        inputs.counted(0, 4, &mut |part| {
            let start = Instant::now();
            part();
            counted += start.elapsed();
        });
        assert!(counted < 4 * LONG, "{counted:?}");
        assert_eq!(inputs.held_cold(), Ok(()));
        inputs = inputs.made_cold(Some(|_| Err("it stays".to_owned())));
        inputs.time(0, 1);
        assert_eq!(inputs.held_cold(), Err(Refusal::NotCold("it stays".to_owned())));
    }

    #[test]
    fn a_call_can_be_looked_at_before_its_result_is_dropped() {
        let rungs = [Rung::new("naive", |text: &String| text.clone())];
        let mut inputs = rotation(vec!["a".to_owned()], &rungs);
        let mut steps = 0;
        inputs.one(0, 0, &mut |call| {
            call.run();
            steps += 1;
            call.drop_result();
        });
        assert_eq!(steps, 1);
    }
}
