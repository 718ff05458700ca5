//! A table of customers is put on a page. Eight cells are one row, a thousand a page that people
//! read, thirty thousand an export that leaves the second cache, three million one that leaves the
//! third. Where the cells are source code, each has something to escape and there is nothing to
//! lend. The page's buffer is kept from call to call for every rung, so that what differs is what
//! happens between cell and page.

use std::rc::Rc;

use borrowing::{RUNGS, Table, edges, input, markup, read};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Table, Rc<Vec<u8>>>]) -> Bench<Table, Rc<Vec<u8>>> {
    Bench::new(rungs)
        .item("cell")
        .substance(|page| page.len())
        .input("customers", input)
        .quick([8, 1_000, 30_000])
        .standard([300_000])
        .full([3_000_000])
        .input("source code", markup)
        .quick([1_000])
        .file("any UTF-8 text, a cell in each line", read)
        .beyond("customers", 3_000_000)
        .edges(edges::edges)
        .limit(Limit::Copy(Table::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("cow", "customers", 30_000, Faster)
        .claim("optimized", "customers", 1_000, Faster)
        .claim("optimized", "customers", 300_000, Faster)
        .claim("blocks", "source code", 1_000, DoesNotPay)
        .over("cow")
        .claim("blocks", "customers", 8, Faster)
        .over("cow")
        .claim("vectors", "customers", 1_000, Faster)
        .over("blocks")
        .claim("optimized", "customers", 1_000, Faster)
        .over("blocks")
        .claim("optimized", "customers", 1_000, Faster)
        .over("vectors")
        .main();
}
