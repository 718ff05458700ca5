//! Rungs against naive on processes as they are, as they are called, and as they go.

use super::*;

#[test]
fn rungs_agree() {
    for make in [asked_again, asked_once, itself] {
        for (n, seed) in [(1, 0), (2, 1), (17, 2)] {
            harness::agree_on_by(RUNGS, make(n, seed), agree);
        }
    }
    harness::agree_at_by(RUNGS, edges::edges(), agree);
}
