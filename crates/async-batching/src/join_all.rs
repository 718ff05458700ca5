//! One task that waits for all calls together: they are its own futures, and no tasks.

use futures_util::future::join_all;

use crate::backend::Backend;

/// The values of all keys, in their order.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64]) -> Vec<Option<u64>> {
    join_all(keys.iter().map(|&key| backend.get(key))).await
}
