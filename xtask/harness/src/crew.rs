//! Threads that live as long as the input that holds them: where starting threads is no part of a
//! job, a rung that starts them in every call is timed for little else.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::own_cores::Member;

/// So many threads that do the same thing together, of which the caller's is one. They start at the
/// first [`run`](Self::run), sleep between runs, and end when the crew is dropped.
///
/// A worker of the harness is forked once its inputs stand, and a child has only the thread that
/// forked it: so making a crew starts nothing. A clone has not started either, hence a rung that
/// works in place, on a clone for each call, would start threads in each. Inputs that take turns
/// have threads each: let few do so, as `.fixed()` or many items do.
pub struct Crew {
    members: usize,
    started: Mutex<Option<Others>>,
}

impl Crew {
    /// A crew of so many threads, none of which is started yet.
    ///
    /// # Panics
    /// If that is none: the caller's is one.
    #[must_use]
    pub const fn new(threads: usize) -> Self {
        assert!(threads > 0, "a crew has at least the thread that calls it");
        Self { members: threads, started: Mutex::new(None) }
    }

    /// How many threads there are, the caller's included.
    #[must_use]
    pub const fn threads(&self) -> usize {
        self.members
    }

    /// Calls `work` once for each member, by its number, all at the same time and number 0 on the
    /// calling thread. Returns when all are done, with the results in order.
    ///
    /// # Panics
    /// As a member did, once all are done. If the crew is at work already: it does one thing at a
    /// time. If the system has no room for another thread.
    pub fn run<R: Send>(&self, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
        let slots: Vec<_> = (0..self.members).map(|_| Mutex::new(None)).collect();
        let member = |me: usize| {
            let result = catch_unwind(AssertUnwindSafe(|| work(me)));
            *lock(&slots[me]) = Some(result);
        };
        {
            let Ok(mut started) = self.started.try_lock() else { panic!("the crew is at work") };
            let others = started.get_or_insert_with(|| Others::start(self.members));
            others.beside(&member);
        } // whoever takes a panic from here on finds the crew ready for the next thing
        let result = |slot: Mutex<Option<thread::Result<R>>>| {
            let result = slot.into_inner().unwrap_or_else(PoisonError::into_inner);
            result
                .expect("every member has been called")
                .unwrap_or_else(|panic| resume_unwind(panic))
        };
        slots.into_iter().map(result).collect()
    }
}

impl Clone for Crew {
    /// As many threads, not started.
    fn clone(&self) -> Self {
        Self::new(self.members)
    }
}

impl fmt::Debug for Crew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crew({})", self.members)
    }
}

/// What a member does, given its number. It must not panic.
type Work<'a> = &'a (dyn Fn(usize) + Sync);

/// All members but the caller.
struct Others {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    order: Mutex<Order>,
    /// Something is to be done.
    begin: Condvar,
    /// All have done it.
    done: Condvar,
}

/// What the others are told, and how far they are.
struct Order {
    /// How many things were to be done so far.
    number: u64,
    work: Option<Work<'static>>,
    /// How many have not done it yet.
    left: usize,
    over: bool,
}

impl Others {
    fn start(members: usize) -> Self {
        let order = Order { number: 0, work: None, left: 0, over: false };
        let (begin, done) = (Condvar::new(), Condvar::new());
        let shared = Arc::new(Shared { order: Mutex::new(order), begin, done });
        let thread = |me| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || shared.serve(me))
        };
        Self { threads: (1..members).map(thread).collect(), shared }
    }

    /// Has all of them do something while the caller does it as number 0.
    fn beside(&self, work: Work) {
        // SAFETY: only the lifetime is another. The others call it between this order and their
        // report, and all reports are waited for below; nothing in between panics, as `work` does
        // not and a lock that was poisoned is taken all the same. So it is borrowed meanwhile.
        let lasting = unsafe { std::mem::transmute::<Work<'_>, Work<'static>>(work) };
        {
            let mut order = lock(&self.shared.order);
            order.number += 1;
            order.work = Some(lasting);
            order.left = self.threads.len();
        }
        self.shared.begin.notify_all();
        work(0);
        let order = lock(&self.shared.order);
        let waited = self.shared.done.wait_while(order, |order| order.left > 0);
        waited.unwrap_or_else(PoisonError::into_inner).work = None;
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        lock(&self.shared.order).over = true;
        self.shared.begin.notify_all();
        for thread in self.threads.drain(..) {
            // It has no result, and does not panic.
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// Does whatever there is to do, until it is over.
    fn serve(&self, me: usize) {
        let _member = Member::new(me);
        let mut known = 0;
        let mut order = lock(&self.order);
        loop {
            let idle = |order: &mut Order| order.number == known && !order.over;
            order = self.begin.wait_while(order, idle).unwrap_or_else(PoisonError::into_inner);
            if order.over {
                return;
            }
            known = order.number;
            let work = order.work.expect("an order says what is to be done");
            drop(order);
            work(me);
            order = lock(&self.order);
            order.left -= 1;
            if order.left == 0 {
                self.done.notify_one();
            }
        }
    }
}

/// Nobody panics with these locks, and nothing that they guard is ever half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use super::*;

    #[test]
    fn results_come_in_order_and_number_0_is_the_caller() {
        let crew = Crew::new(3);
        let (here, numbers) = (thread::current().id(), [10, 20, 30]);
        let found = crew.run(|me| (numbers[me], thread::current().id() == here));
        assert_eq!(found, [(10, true), (20, false), (30, false)]);
        assert_eq!(Crew::new(1).run(|me| (me, thread::current().id() == here)), [(0, true)]);
    }

    #[test]
    fn all_members_work_at_the_same_time_and_the_same_ones_in_every_run() {
        let (crew, together) = (Crew::new(4), Barrier::new(4));
        let who = || {
            crew.run(|_| {
                together.wait();
                thread::current().id()
            })
        };
        let first = who();
        for _ in 0..100 {
            assert_eq!(who(), first);
        }
    }

    #[test]
    fn what_a_call_borrows_is_there_until_all_are_done() {
        let crew = Crew::new(3);
        for round in 0..1_000 {
            let sum = AtomicUsize::new(0);
            let part = [round; 3];
            crew.run(|me| sum.fetch_add(part[me], Relaxed));
            assert_eq!(sum.into_inner(), 3 * round);
        }
    }

    #[test]
    fn a_panic_is_handed_on_once_all_are_done_and_the_next_run_is_as_usual() {
        let crew = Crew::new(3);
        for broken in 0..3 {
            let done = AtomicUsize::new(0);
            let run = AssertUnwindSafe(|| {
                crew.run(|me| {
                    assert!(me != broken, "member {me} fell over");
                    done.fetch_add(1, Relaxed);
                })
            });
            let panic = catch_unwind(run).unwrap_err();
            let message = panic.downcast_ref::<String>().unwrap();
            assert_eq!(*message, format!("member {broken} fell over"));
            assert_eq!(done.into_inner(), 2);
            assert_eq!(crew.run(|me| me), [0, 1, 2]);
        }
    }

    #[test]
    fn a_run_within_a_run_is_refused_and_does_not_wait_for_ever() {
        let crew = Crew::new(2);
        let within = AssertUnwindSafe(|| crew.run(|_| crew.run(|me| me)));
        assert_eq!(catch_unwind(within).unwrap_err().downcast_ref(), Some(&"the crew is at work"));
        assert_eq!(crew.run(|me| me), [0, 1]);
    }

    #[test]
    fn threads_start_with_the_first_run_and_end_with_the_crew() {
        let crew = Crew::new(2);
        assert!(crew.started.lock().unwrap().is_none());
        crew.run(|_| ());
        assert!(crew.clone().started.lock().unwrap().is_none(), "a clone has not started");
        assert_eq!((crew.clone().threads(), format!("{crew:?}")), (2, "Crew(2)".to_owned()));
        let shared = Arc::downgrade(&crew.started.lock().unwrap().as_ref().unwrap().shared);
        assert_eq!(shared.strong_count(), 2);
        drop(crew);
        assert_eq!(shared.strong_count(), 0, "no thread is left to hold it");
    }

    #[test]
    fn a_crew_goes_wherever_an_input_goes() {
        fn everywhere<T: Send + Sync + Clone + fmt::Debug>() {}
        everywhere::<Crew>();
    }
}
