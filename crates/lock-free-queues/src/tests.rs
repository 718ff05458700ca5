//! Rungs against naive.

use super::*;

#[test]
fn rungs_agree() {
    for make in [numbers, ticks, two_lines] {
        harness::agree(RUNGS, make);
    }
    harness::agree_at(RUNGS, edges::edges());
}
