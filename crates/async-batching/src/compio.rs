//! `compio`: a thread, a connection and a share of the keys on each core, as before, on a runtime
//! that tells the kernel through a ring what is to be done and waits for what was done.

use crate::backend::Value;
use crate::chunks;
use crate::rings::Line;

/// The values of all keys, in their order; at most `limit` keys are in flight.
pub(crate) fn aggregate(line: &Line, keys: &[u64], limit: usize) -> Vec<Value> {
    line.block_on(async |client| chunks::aggregate(client, keys, limit).await)
}
