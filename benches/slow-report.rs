//! Orders of a year, of which four in a row have one customer on average; then as many customers as
//! orders, where nothing that is paid for a customer is paid less often. The hash function, which
//! a profile shows by its name, is a rung of its own: that it hardly pays is what the lab is about.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use slow_report::{Order, RUNGS, edges, one_each, year};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Vec<Order>, Vec<String>>]) -> Bench<Vec<Order>, Vec<String>> {
    Bench::new(rungs)
        .item("order")
        .substance(Vec::len)
        .input("a year of orders", year)
        .quick([100, 20_000])
        .standard([100_000])
        .input("a customer an order", one_each)
        .quick([10_000])
        .edges(edges::edges)
        .limit(Limit::Read(|orders| bytes(orders)))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "a year of orders", 20_000, Faster)
        .claim("decoy", "a year of orders", 20_000, DoesNotPay)
        .claim("optimized", "a year of orders", 20_000, Faster)
        .over("decoy")
        .main();
}

/// Bytes of what is read of each order.
fn bytes(orders: &[Order]) -> usize {
    orders.iter().map(|order| order.customer.len() + size_of::<u32>()).sum()
}
