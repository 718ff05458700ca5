//! A runtime of one thread on each core, with a connection and a share of the keys of its own:
//! nothing is handed from core to core, and nothing stolen.

use crate::backend::Value;
use crate::chunks;
use crate::site::Line;

/// The values of all keys, in their order; at most `limit` keys are in flight.
pub(crate) fn aggregate(line: &Line, keys: &[u64], limit: usize) -> Vec<Value> {
    line.runtime().block_on(chunks::aggregate(&line.client, keys, limit))
}
