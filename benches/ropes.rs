//! A text of a megabyte is opened, edited, and saved, all within the timed call: with 10 edits the
//! job is to copy the text, with 100,000 it is to edit. One writer mostly stays where he is, and
//! sixteen together never do. The third distribution varies the size of the text, from a note to a
//! large log file. A log that is written line by line is what a `String` is made for.
//!
//! Traces are long enough to keep the predictor busy, so few of them take turns.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use ropes::{EDITS, RUNGS, Trace, edges, log, one_writer, sixteen_writers, text_of};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Trace, Vec<u8>>]) -> Bench<Trace, Vec<u8>> {
    Bench::new(rungs)
        .item("edit")
        .substance(Vec::len)
        .input("one writer", one_writer)
        .rotating(400)
        .quick([10, 100])
        .standard([1_000])
        .full([10_000, 100_000])
        .input("sixteen writers", sixteen_writers)
        .rotating(2_000)
        .standard([1_000])
        .full([100_000])
        .input("size of the text", text_of)
        .across("of text", " KB", EDITS)
        .rotating(8_000)
        .quick([1, 10, 100])
        .full([1_000, 10_000])
        .input("log", log)
        .quick([1_000])
        .edges(edges::edges)
        .limit(Limit::Copy(Trace::final_len))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "one writer", 1_000, Faster)
        .claim("optimized", "one writer", 100_000, Faster)
        .claim("peer", "one writer", 10, DoesNotPay)
        .claim("optimized", "sixteen writers", 1_000, Faster)
        .claim("optimized", "size of the text", 100, Faster)
        .claim("rope", "size of the text", 1, DoesNotPay)
        .claim("optimized", "log", 1_000, DoesNotPay)
        .claim("gap_buffer", "one writer", 1_000, Faster)
        .claim("rope", "sixteen writers", 1_000, Faster)
        .over("gap_buffer")
        .claim("optimized", "one writer", 1_000, Faster)
        .over("rope")
        .main();
}
