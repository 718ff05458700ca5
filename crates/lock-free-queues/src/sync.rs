//! What indices and stamps are made of. The model-checked tests put loom's in its place.

pub(crate) use std::sync::Arc;
pub(crate) use std::sync::atomic::{AtomicUsize, Ordering};
