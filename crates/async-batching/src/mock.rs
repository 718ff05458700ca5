//! A backend on a clock that stands still: it fails and hangs as told, and counts what it is asked.

use std::future::pending;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use crate::backend::{Backend, Value};

/// What the backend does about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It answers after so many milliseconds.
    Answers(u64),
    /// It says nothing, after one.
    Fails,
    /// It never answers.
    Hangs,
}

#[derive(Clone)]
pub(crate) struct Mock(Arc<Counts>);

struct Counts {
    fate: fn(u64) -> Fate,
    now: AtomicUsize,
    most: AtomicUsize,
    requests: Mutex<Vec<Vec<u64>>>,
}

/// Keys that are in flight until it is dropped.
struct InFlight<'a>(&'a Counts, usize);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.now.fetch_sub(self.1, SeqCst);
    }
}

impl Mock {
    pub(crate) fn new(fate: fn(u64) -> Fate) -> Self {
        let (now, most, requests) = Default::default();
        Self(Arc::new(Counts { fate, now, most, requests }))
    }

    /// What it says in the end of a key that it does not hang on.
    pub(crate) fn value(&self, key: u64) -> Value {
        if (self.0.fate)(key) == Fate::Fails { None } else { NonZero::new(key + 1) }
    }

    /// Keys that are in flight.
    pub(crate) fn in_flight(&self) -> usize {
        self.0.now.load(SeqCst)
    }

    /// The most that ever were.
    pub(crate) fn most(&self) -> usize {
        self.0.most.load(SeqCst)
    }

    /// The keys of each request, in the order of the requests.
    pub(crate) fn requests(&self) -> Vec<Vec<u64>> {
        self.0.requests.lock().unwrap().clone()
    }

    async fn ask(&self, keys: Vec<u64>) -> Vec<Value> {
        let _in_flight = InFlight(&self.0, keys.len());
        let now = self.0.now.fetch_add(keys.len(), SeqCst) + keys.len();
        self.0.most.fetch_max(now, SeqCst);
        self.0.requests.lock().unwrap().push(keys.clone());
        let mut slowest = 1;
        for &key in &keys {
            match (self.0.fate)(key) {
                Fate::Answers(milliseconds) => slowest = slowest.max(milliseconds),
                Fate::Fails => {}
                Fate::Hangs => pending().await,
            }
        }
        sleep(Duration::from_millis(slowest)).await;
        keys.into_iter().map(|key| self.value(key)).collect()
    }
}

impl Backend for Mock {
    async fn get(&self, key: u64) -> Value {
        self.ask(vec![key]).await[0]
    }

    async fn get_many(&self, keys: Vec<u64>) -> Vec<Value> {
        self.ask(keys).await
    }
}

/// One thread, and a clock that moves only when everybody waits for it.
pub(crate) fn paused() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}
