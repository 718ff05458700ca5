//! A task between callers and backend takes whatever keys are there and asks for them in one
//! request. Callers do not know of it, and nobody waits for a batch to fill.

use std::mem;

use tokio::sync::{mpsc, oneshot};

use crate::backend::{Backend, Value};
use crate::join_set;

/// Keys in a request, at most.
pub const BATCH: usize = 64;

/// A key, and who waits for its value.
pub(crate) type Call = (u64, oneshot::Sender<Value>);

/// The values of all keys, in their order; at most `limit` calls are in flight.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64], limit: usize) -> Vec<Value> {
    let (calls, queue) = mpsc::unbounded_channel();
    tokio::spawn(gather(backend.clone(), queue));
    join_set::aggregate(&Coalesced { calls, backend: backend.clone() }, keys, limit).await
}

/// Asks for what is there, until nobody can call any more and all has been asked for.
pub(crate) async fn gather<B: Backend>(backend: B, mut queue: mpsc::UnboundedReceiver<Call>) {
    let mut batch = Vec::new();
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        tokio::spawn(ask(backend.clone(), mem::take(&mut batch)));
    }
}

/// One request; each of its values goes to who waits for it.
pub(crate) async fn ask<B: Backend>(backend: B, batch: Vec<Call>) {
    let keys = batch.iter().map(|(key, _)| *key).collect();
    for ((_, call), value) in batch.into_iter().zip(backend.get_many(keys).await) {
        // It fails where nobody waits any more, which is no matter of the others.
        let _ = call.send(value);
    }
}

/// A backend that is asked for many keys on behalf of those who call for one each.
#[derive(Clone)]
pub(crate) struct Coalesced<B> {
    pub(crate) calls: mpsc::UnboundedSender<Call>,
    pub(crate) backend: B,
}

impl<B: Backend> Backend for Coalesced<B> {
    async fn get(&self, key: u64) -> Value {
        let (call, value) = oneshot::channel();
        self.calls.send((key, call)).ok()?;
        value.await.ok()?
    }

    async fn get_many(&self, keys: Vec<u64>) -> Vec<Value> {
        self.backend.get_many(keys).await
    }
}
