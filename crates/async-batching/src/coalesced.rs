//! A task between callers and backend takes whatever keys have come meanwhile and asks for them in
//! one request. Callers do not know of it, and nobody waits for a batch to fill.

use tokio::sync::{mpsc, oneshot};

use crate::backend::Backend;
use crate::join_set;

/// Keys in a request, at most.
pub const BATCH: usize = 64;

/// The values of all keys, in their order; at most `limit` calls are in flight.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64], limit: usize) -> Vec<Option<u64>> {
    join_set::aggregate(&Coalesced::new(backend), keys, limit).await
}

/// A backend that is asked for many keys by those who ask for one each.
#[derive(Clone)]
pub struct Coalesced<B> {
    calls: mpsc::UnboundedSender<(u64, oneshot::Sender<Option<u64>>)>,
    backend: B,
}

impl<B: Backend> Coalesced<B> {
    /// The task ends when the last clone is gone and all that was asked for has been answered.
    pub fn new(backend: &B) -> Self {
        let (calls, mut queue) = mpsc::unbounded_channel();
        let asks = backend.clone();
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while queue.recv_many(&mut batch, BATCH).await > 0 {
                tokio::spawn(ask(asks.clone(), batch.drain(..).unzip()));
            }
        });
        Self { calls, backend: backend.clone() }
    }
}

/// One request, and its answers to those who wait for them.
async fn ask<B: Backend>(backend: B, (keys, calls): (Vec<u64>, Vec<oneshot::Sender<Option<u64>>>)) {
    for (value, call) in backend.get_many(keys).await.into_iter().zip(calls) {
        // It fails where nobody waits any more, which is no matter of the others.
        let _ = call.send(value);
    }
}

impl<B: Backend> Backend for Coalesced<B> {
    async fn get(&self, key: u64) -> Option<u64> {
        let (call, value) = oneshot::channel();
        self.calls.send((key, call)).ok()?;
        value.await.ok()?
    }

    async fn get_many(&self, keys: Vec<u64>) -> Vec<Option<u64>> {
        self.backend.get_many(keys).await
    }
}
