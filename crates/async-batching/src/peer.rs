//! `tower`: a service with a limit in front, which takes the next request when it is ready for it.

use std::convert::Infallible;

use futures_util::stream::{self, StreamExt};
use tower::{ServiceBuilder, ServiceExt};

use crate::backend::{Backend, Value};

/// The values of all keys, in their order; at most `limit` calls are in flight.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64], limit: usize) -> Vec<Value> {
    let service = ServiceBuilder::new().concurrency_limit(limit).service_fn(
        |(at, key): (usize, u64)| async move { Ok::<_, Infallible>((at, backend.get(key).await)) },
    );
    let calls = stream::iter(keys.iter().copied().enumerate());
    let mut answers = service.call_all(calls).unordered();
    let mut values = vec![None; keys.len()];
    while let Some(Ok((at, value))) = answers.next().await {
        values[at] = value;
    }
    values
}
