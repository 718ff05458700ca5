//! What the tool has the book's program draw into a file of its own: the answer to `profile`.

use protocol::Heap;
use serde::{Deserialize, Serialize};

use crate::stacks::Cut;

/// A picture that stands alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drawing {
    /// Where the time of a rung goes.
    Flame {
        /// The rung's samples.
        cut: Cut,
        /// Which rung, at what size.
        title: String,
        /// How the samples were taken.
        how: String,
    },
    /// What is alive during one call.
    Heap {
        /// The course of the heap.
        heap: Heap,
        /// Which rung, at what size.
        title: String,
    },
}
