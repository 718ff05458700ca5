//! The course of the heap during one call.

use protocol::Heap;

use crate::job::Inputs;
use crate::{allocations, allocator, trace};

/// Traces one call, after enough calls for pools and arenas to settle.
pub(crate) fn of(inputs: &mut dyn Inputs, rung: usize) -> Heap {
    allocations::of(inputs, rung);
    let mut heap = Heap::default();
    inputs.one(rung, 0, &mut |call| {
        trace::prepare();
        let counts = allocator::counted(|| {
            trace::switch(true);
            call.run();
            heap.returned = trace::live();
            call.drop_result();
            trace::switch(false);
        });
        let trace = trace::take();
        heap.allocations = counts.allocations;
        heap.reallocations = counts.reallocations;
        heap.bytes = counts.bytes;
        heap.peak = trace.points.iter().map(|point| point.high).max().unwrap_or(0).max(0);
        heap.end = trace.live;
        heap.events_per_point = trace.stride;
        heap.points = trace.points;
    });
    heap
}
