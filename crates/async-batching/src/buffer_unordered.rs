//! At most so many calls at once: the next one begins when any of them has ended.

use futures_util::stream::{self, StreamExt};

use crate::backend::{Backend, Value};

/// The values of all keys, in their order; at most `limit` calls are in flight.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64], limit: usize) -> Vec<Value> {
    let calls = keys.iter().copied().enumerate();
    let calls = calls.map(|(at, key)| async move { (at, backend.get(key).await) });
    let mut answers = stream::iter(calls).buffer_unordered(limit);
    let mut values = vec![None; keys.len()];
    while let Some((at, value)) = answers.next().await {
        values[at] = value;
    }
    values
}
