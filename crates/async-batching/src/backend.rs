//! What a rung sees of the backend.

use std::num::NonZero;

/// What the backend says of a key; nothing if it does not know it, or does not answer.
pub type Value = Option<NonZero<u64>>;

/// Somebody who knows the values of keys, and takes its time to say them. A clone asks the same.
pub trait Backend: Clone + Send + Sync + 'static {
    /// The value of a key.
    fn get(&self, key: u64) -> impl Future<Output = Value> + Send;

    /// The values of several keys in their order: one request, whatever their number.
    fn get_many(&self, keys: Vec<u64>) -> impl Future<Output = Vec<Value>> + Send;
}
