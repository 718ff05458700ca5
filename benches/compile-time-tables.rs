//! Files of one kilobyte to many megabytes, and 16 bytes, which are a record rather than a file:
//! there a table that is made for the occasion costs more than it saves. Time does not depend on
//! what the bytes are. Claims about `branch_free` and `const_table` are claims about the compiler:
//! one that does not recognise the naive loop breaks them.

use compile_time_tables::{RUNGS, input, read};
use harness::{AtLeast, Bench, DoesNotPay, Limit};

fn main() {
    Bench::new(RUNGS)
        .item("byte")
        .substance(|sum| usize::from(*sum != 0))
        .input("files", input)
        .quick([16, 1 << 10, 1 << 16, 1 << 20])
        .standard([8 << 20])
        .full([64 << 20])
        .file("any file", read)
        .limit(Limit::Read(Vec::len))
        .claim("optimized", "files", 1 << 20, AtLeast(90.0))
        .claim("slicing", "files", 1 << 16, AtLeast(4.5))
        .claim("folding", "files", 1 << 16, AtLeast(24.0))
        .claim("optimized", "files", 1 << 10, AtLeast(55.0))
        .claim("run_time_table", "files", 16, DoesNotPay)
        .claim("branch_free", "files", 1 << 16, DoesNotPay)
        .claim("const_table", "files", 1 << 16, DoesNotPay)
        .main();
}
