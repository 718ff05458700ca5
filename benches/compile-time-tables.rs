//! Files of one kilobyte to many megabytes, and 16 bytes, which are a record rather than a file:
//! there a table that is made for the occasion costs more than it saves. Time does not depend on
//! what the bytes are. Claims about `branch_free` and `const_table` are claims about the compiler:
//! one that does not recognise the naive loop breaks them.

use compile_time_tables::{RUNGS, edges, input, read};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Vec<u8>, u32>]) -> Bench<Vec<u8>, u32> {
    Bench::new(rungs)
        .item("byte")
        .substance(|sum| usize::from(*sum != 0))
        .input("files", input)
        .quick([16, 1 << 10, 1 << 16, 1 << 20])
        .standard([8 << 20])
        .full([64 << 20])
        .file("any file", read)
        .edges(edges::edges)
        .limit(Limit::Read(Vec::len))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "files", 1 << 20, Faster)
        .claim("slicing", "files", 1 << 16, Faster)
        .claim("folding", "files", 1 << 16, Faster)
        .claim("optimized", "files", 1 << 10, Faster)
        .claim("run_time_table", "files", 16, DoesNotPay)
        .claim("branch_free", "files", 1 << 16, DoesNotPay)
        .claim("const_table", "files", 1 << 16, DoesNotPay)
        .claim("run_time_table", "files", 16, Faster)
        .over("branch_free")
        .claim("slicing", "files", 65_536, Faster)
        .over("const_table")
        .claim("folding", "files", 65_536, Faster)
        .over("slicing")
        .claim("lanes", "files", 65_536, Faster)
        .over("folding")
        .claim("optimized", "files", 1_048_576, Faster)
        .over("folding")
        .claim("const_table", "files", 65_536, DoesNotPay)
        .over("run_time_table")
        .claim("branch_free", "files", 65_536, DoesNotPay)
        .claim("crc32fast", "files", 1 << 16, Faster)
        .claim("crc32fast", "files", 16, Faster)
        .over("peer")
        .main();
}
