//! A task for each call, all at once: the runtime does the rest.

use crate::backend::{Backend, Value};

/// The values of all keys, in their order.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64]) -> Vec<Value> {
    let calls: Vec<_> = keys
        .iter()
        .map(|&key| {
            let backend = backend.clone();
            tokio::spawn(async move { backend.get(key).await })
        })
        .collect();
    let mut values = Vec::with_capacity(keys.len());
    for call in calls {
        values.push(call.await.expect("no call panics"));
    }
    values
}
