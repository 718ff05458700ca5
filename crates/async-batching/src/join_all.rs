//! One task that waits for all calls together: they are its own futures, and no tasks.

use futures_util::future::join_all;

use crate::backend::{Backend, Value};

/// The values of all keys, in their order.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64]) -> Vec<Value> {
    join_all(keys.iter().map(|&key| backend.get(key))).await
}
