//! A signal against its echo. 2,000 samples of both fit into a first-level cache, where the
//! loop itself decides; 30,000 fill a quarter of a second-level one; 1,000,000 come from the last
//! cache and 10,000,000 from memory, which no loop makes faster. Four are over before a vector is
//! full. Sixteen-bit integers show what the compiler does by itself where additions have no order.
//! No branch depends on a sample, and a signal just received is warm: the inputs are fixed.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use loops::score::Score;
use loops::{Job, RUNGS, Signals, agree, counts, edges, input};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Score>]) -> Bench<Job, Score> {
    Bench::within(rungs, agree)
        .item("sample")
        .substance(|score| usize::from(score.value != 0.0))
        .input("floats", input)
        .fixed()
        .quick([4, 100, 2_000, 30_000, 1_000_000])
        .standard([10_000_000])
        .full([50_000_000])
        .input("16-bit integers", counts)
        .fixed()
        .quick([2_000])
        .beyond("floats", 10_000_000)
        .beyond("floats", 50_000_000)
        .edges(edges::edges)
        .limit(Limit::Read(bytes))
}

fn main() {
    bench(RUNGS)
        .claim("resliced", "floats", 2_000, DoesNotPay)
        .claim("accumulators", "floats", 2_000, Faster)
        .claim("avx2", "floats", 2_000, Faster)
        .over("accumulators")
        .claim("optimized", "floats", 2_000, Faster)
        .claim("optimized", "floats", 30_000, Faster)
        .claim("optimized", "floats", 4, DoesNotPay)
        .claim("resliced", "16-bit integers", 2_000, DoesNotPay)
        .claim("chunks", "floats", 30_000, Faster)
        .over("resliced")
        .claim("accumulators", "floats", 2_000, Faster)
        .over("chunks")
        .claim("avx512", "16-bit integers", 2_000, Faster)
        .over("accumulators")
        .claim("resliced", "floats", 30_000, DoesNotPay)
        .main();
}

/// Bytes of both signals.
fn bytes(job: &Job) -> usize {
    match &job.signals {
        Signals::Floats(a, b) => size_of_val(&a[..]) + size_of_val(&b[..]),
        Signals::Counts(a, b) => size_of_val(&a[..]) + size_of_val(&b[..]),
    }
}
