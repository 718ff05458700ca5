//! That slabs lose nothing, which no answer shows.

use super::*;
use crate::optimized;

/// A slab that leaks answers as one that does not; it only grows from call to call.
#[test]
fn buffers_that_were_never_answered_come_back() {
    let events = vec![Event::Arrive { start: 0, len: 3, key: 0 }; 5];
    let traffic = Traffic { capacity: 16, messages: 5, events, wire: vec![1; 3] };
    for serve in [serve, serve, optimized::serve, optimized::serve, serve] {
        assert!(serve(&traffic).is_empty());
        let (free, places) = SLAB.with_borrow(|slab| (slab.free.len(), slab.places.len()));
        assert_eq!((free, places), (5, 5));
    }
}
