//! What is asked of a road network.

use std::sync::Arc;

use crate::roads::Roads;

/// A question: how long is the drive?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Trip {
    /// The town where it starts.
    pub from: u16,
    /// The town where it ends.
    pub to: u16,
}

/// Questions about one road network. Each call begins with an empty memory, so that the first of
/// every kind is paid.
#[derive(Debug)]
pub struct Batch {
    /// The network, which other batches share.
    pub roads: Arc<Roads>,
    /// The questions, in the order in which they came. Their towns are in the network.
    pub trips: Vec<Trip>,
}
