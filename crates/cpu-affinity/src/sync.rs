//! What rings are made of. The model-checked tests put loom's in its place.

pub(crate) use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
