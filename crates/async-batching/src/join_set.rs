//! As many calls at once as before, each a task again: what is to be done with an answer is done on
//! whichever core is free.

use tokio::task::JoinSet;

use crate::backend::{Backend, Value};

/// The values of all keys, in their order; at most `limit` calls are in flight.
pub async fn aggregate<B: Backend>(backend: &B, keys: &[u64], limit: usize) -> Vec<Value> {
    let mut values = vec![None; keys.len()];
    let mut calls = JoinSet::new();
    for (at, &key) in keys.iter().enumerate() {
        if calls.len() == limit {
            settle(calls.join_next().await, &mut values);
        }
        let backend = backend.clone();
        calls.spawn(async move { (at, backend.get(key).await) });
    }
    while settle(calls.join_next().await, &mut values) {}
    values
}

/// Puts a call's value in its place; says no if there was none.
fn settle(
    call: Option<Result<(usize, Value), tokio::task::JoinError>>,
    values: &mut [Value],
) -> bool {
    let Some(call) = call else { return false };
    let (at, value) = call.expect("no call panics");
    values[at] = value;
    true
}
