//! That all rungs say the same, and that what they say is what happened.

use super::*;

#[test]
fn rungs_agree() {
    for make in [one_thread, two_threads, one_in_64, many_rows] {
        harness::agree(RUNGS, make);
    }
    harness::agree_at(RUNGS, edges::edges());
}
