//! The task that gathers lets everybody who is ready to call do so first: a scheduler that runs at
//! once what was just woken finds a queue of one.

use tokio::sync::mpsc;
use tokio::task::yield_now;

use crate::backend::{Backend, Value};
use crate::coalesced::{BATCH, Call, Coalesced, ask};
use crate::join_set;

/// The values of all keys, in their order; at most `limit` calls are in flight.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64], limit: usize) -> Vec<Value> {
    let (calls, queue) = mpsc::unbounded_channel();
    tokio::spawn(gather(backend.clone(), queue));
    join_set::aggregate(&Coalesced { calls, backend: backend.clone() }, keys, limit).await
}

/// Asks for what is there, until nobody can call any more and all has been asked for.
pub(crate) async fn gather<B: Backend>(backend: B, mut queue: mpsc::UnboundedReceiver<Call>) {
    while let Some(first) = queue.recv().await {
        let mut batch = Vec::with_capacity(BATCH);
        batch.push(first);
        yield_now().await;
        if !queue.is_empty() {
            queue.recv_many(&mut batch, BATCH - 1).await;
        }
        tokio::spawn(ask(backend.clone(), batch));
    }
}
