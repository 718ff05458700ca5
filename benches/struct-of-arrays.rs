//! Records of one cache line: 8 and 400 lie in a first-level cache in any layout; 20,000 overflow a
//! second-level cache of 1 MiB as records and lie in it as columns; 250,000 records fill half of a
//! third-level cache of 32 MiB and 600,000 overflow it, of which the two fields still fit. No
//! branch depends on an order, and where the orders lie is the point: the input is fixed.
//!
//! Settling reads all fields of few orders, anywhere in the book. It is what records are for.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use struct_of_arrays::{Book, RUNGS, all_orders, edges, some_orders};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Book, u64>]) -> Bench<Book, u64> {
    Bench::new(rungs)
        .item("order")
        .substance(|sum| usize::from(*sum != 0))
        .input("two fields of all", all_orders)
        .fixed()
        .quick([8, 400, 20_000, 250_000])
        .standard([600_000])
        .full([4_000_000])
        .input("all fields of some", some_orders)
        .quick([100_000])
        .standard([600_000])
        .edges(edges::edges)
        .limit(Limit::Read(Book::bytes_needed))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "two fields of all", 600_000, Faster)
        .claim("columns", "two fields of all", 600_000, Faster)
        .claim("optimized", "two fields of all", 20_000, Faster)
        .claim("columns", "all fields of some", 100_000, DoesNotPay)
        .claim("optimized", "all fields of some", 100_000, DoesNotPay)
        .claim("hot_cold", "two fields of all", 600_000, Faster)
        .claim("columns", "two fields of all", 600_000, Faster)
        .over("hot_cold")
        .claim("wide_columns", "two fields of all", 20_000, Faster)
        .over("columns")
        .claim("even_odd", "two fields of all", 20_000, Faster)
        .over("wide_columns")
        .claim("optimized", "all fields of some", 600_000, Faster)
        .over("even_odd")
        .main();
}
