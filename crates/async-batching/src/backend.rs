//! What a rung sees of the backend.

/// Somebody who knows the values of keys, and takes its time to say them. A clone asks the same.
pub trait Backend: Clone + Send + Sync + 'static {
    /// The value of a key; nothing if the backend does not know it, or does not answer.
    fn get(&self, key: u64) -> impl Future<Output = Option<u64>> + Send;

    /// The values of several keys in their order: one request, whatever their number.
    fn get_many(&self, keys: Vec<u64>) -> impl Future<Output = Vec<Option<u64>>> + Send;
}
