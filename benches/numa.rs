//! A block is a page in each of two columns. Eight thousand rows are few pages; a million are
//! eight MiB, beyond every private cache, and eight million are 64. A hundred and thirty million,
//! a GiB, are for a full run. Each call loads into memory that is fresh.
//!
//! Of a sparse table there is a block in each 2 MiB of a column: whoever is handed as much as that
//! for each has it cleared for nothing.
//!
//! Where the system gives huge pages to all who do not ask (`always`), all rungs have them, and
//! what is claimed of asking over not asking does not hold. Rungs that need two nodes have no
//! claims: no record has them yet.
//!
//! The limit is what clearing and loading write and the scan reads, at the speed of memory. Page
//! faults are none: larger pages need fewer.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use numa::{Found, Job, RUNGS, edges, sparse, table};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Found>]) -> Bench<Job, Found> {
    Bench::new(rungs)
        .item("row")
        .substance(|found| found.rows as usize)
        .threads()
        .input("table", table)
        .fixed()
        .quick([8_192, 1_048_576])
        .standard([8_388_608])
        .full([134_217_728])
        .input("sparse", sparse)
        .fixed()
        .quick([1_048_576])
        .edges(edges::edges)
        .limit(Limit::Copy(|job| 8 * numa::ROWS * job.blocks.iter().flatten().count()))
}

fn main() {
    bench(RUNGS)
        .claim("first_touch", "table", 1_048_576, Faster)
        .claim("optimized", "table", 8_388_608, Faster)
        .claim("optimized", "table", 8_388_608, Faster)
        .over("first_touch")
        .claim("optimized", "table", 8_192, Faster)
        .over("first_touch")
        .claim("optimized", "sparse", 1_048_576, DoesNotPay)
        .main();
}
