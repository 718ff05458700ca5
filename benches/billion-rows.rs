//! Thermometers report, some fourteen bytes a row. A hundred rows show what a table costs before
//! the first row; 8,000 are one piece, so that one thread does them, 50,000 some pieces and in a
//! private cache or nearly, 300,000 in a shared one.
//! With ten thousand stations the table leaves the first cache, and most of a short text is names
//! that are new; names of a hundred bytes are what the table's keys are not made for. Lengths of
//! names, signs and digits differ from row to row: the usual rotation is beyond what a predictor
//! learns.

use billion_rows::{RUNGS, Report, edges, from_file, input, long_names, many_stations};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Vec<u8>, Report>]) -> Bench<Vec<u8>, Report> {
    Bench::new(rungs)
        .item("row")
        .substance(|report| report.stations.len())
        .threads()
        .input("413 stations", input)
        .quick([100, 8_000, 50_000])
        .standard([300_000])
        .input("10,000 stations", many_stations)
        .quick([50_000])
        .standard([300_000])
        .input("long names", long_names)
        .quick([20_000])
        .file("names and degrees, `Aachen;-1.5`, a row in each line", from_file)
        .edges(edges::edges)
        .limit(Limit::Read(Vec::len))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "413 stations", 300_000, Faster)
        .claim("optimized", "413 stations", 50_000, Faster)
        .claim("optimized", "10,000 stations", 300_000, Faster)
        .claim("optimized", "long names", 20_000, Faster)
        .claim("optimized", "413 stations", 100, DoesNotPay)
        .over("cursors")
        .claim("swar", "long names", 20_000, DoesNotPay)
        .over("tenths")
        .claim("optimized", "10,000 stations", 50_000, DoesNotPay)
        .over("cursors")
        .claim("reused_line", "413 stations", 300_000, Faster)
        .claim("bytes", "413 stations", 300_000, Faster)
        .over("reused_line")
        .claim("tenths", "413 stations", 300_000, Faster)
        .over("bytes")
        .claim("prefixes", "413 stations", 300_000, Faster)
        .over("swar")
        .claim("cursors", "413 stations", 300_000, Faster)
        .over("prefixes")
        .claim("optimized", "413 stations", 300_000, Faster)
        .over("cursors")
        .main();
}
