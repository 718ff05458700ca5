//! A thread that is started once and then works whenever it is asked to.

use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Release},
};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle, Thread};
use std::time::{Duration, Instant};
use std::{fmt, hint};

/// Work, and for how long the thread looks for more before it sleeps.
struct Task {
    work: Box<dyn FnOnce() + Send>,
    awake: Duration,
}

/// Where work is left for the thread.
#[derive(Default)]
struct Desk {
    task: Mutex<Option<Task>>,
    posted: AtomicBool,
    closed: AtomicBool,
}

/// A thread that is not started before the first time it is asked for. It ends with its worker.
#[derive(Default)]
pub(crate) struct Worker {
    running: OnceLock<(Arc<Desk>, JoinHandle<()>)>,
}

impl Worker {
    /// The thread. It is started with the mask of whoever asks first, and so must not be asked for
    /// by one that is pinned.
    pub(crate) fn thread(&self) -> &Thread {
        self.running().1.thread()
    }

    /// Has the thread do some work, and then look for more for some time.
    pub(crate) fn post(&self, awake: Duration, work: impl FnOnce() + Send + 'static) {
        let (desk, thread) = self.running();
        *desk.task.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Task { work: Box::new(work), awake });
        desk.posted.store(true, Release);
        thread.thread().unpark();
    }

    fn running(&self) -> &(Arc<Desk>, JoinHandle<()>) {
        self.running.get_or_init(|| {
            let desk = Arc::new(Desk::default());
            let own = Arc::clone(&desk);
            (desk, thread::spawn(move || own.serve()))
        })
    }
}

impl Desk {
    fn serve(&self) {
        let mut awake = Duration::ZERO;
        loop {
            let since = Instant::now();
            while !self.posted.swap(false, Acquire) {
                if self.closed.load(Acquire) {
                    return;
                }
                if since.elapsed() < awake {
                    hint::spin_loop();
                } else {
                    thread::park();
                }
            }
            let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(task) = task {
                awake = task.awake;
                // Whoever waits for the work has been told by what was dropped on the way out.
                let _ = panic::catch_unwind(AssertUnwindSafe(task.work));
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some((desk, thread)) = self.running.take() {
            desk.closed.store(true, Release);
            thread.thread().unpark();
            let _ = thread.join(); // its work has no panic left in it
        }
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let started = self.running.get().is_some();
        f.debug_struct("Worker").field("started", &started).finish()
    }
}
