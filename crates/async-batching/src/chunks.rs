//! Whoever has all keys in hand needs no queue to gather them: a request for each chunk.

use futures_util::stream::{self, StreamExt};

use crate::backend::{Backend, Value};
use crate::coalesced::BATCH;

/// The values of all keys, in their order; at most `limit` keys are in flight.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64], limit: usize) -> Vec<Value> {
    let batch = BATCH.min(limit);
    let calls = keys.chunks(batch).map(<[u64]>::to_vec).map(|keys| backend.get_many(keys));
    let mut answers = stream::iter(calls).buffered(limit / batch);
    let mut values = Vec::with_capacity(keys.len());
    while let Some(answer) = answers.next().await {
        values.extend(answer);
    }
    values
}
