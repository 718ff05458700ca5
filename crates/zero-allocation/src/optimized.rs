//! One idea more than `words`: the checksum is modulo 256, so it is summed in bytes, whole
//! vectors of them, over zeros behind the end.

use crate::line::Line;
use crate::market::Feed;
use crate::message;
use crate::session::Session;
use crate::words::Words;

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    message::respond::<Words>(feed, sum)
}

/// The sum of all bytes, modulo 256.
#[inline]
fn sum(out: &mut Line) -> u8 {
    let mut sums = [0_u8; 32];
    for vector in out.vectors() {
        for (sum, byte) in sums.iter_mut().zip(vector) {
            *sum = sum.wrapping_add(*byte);
        }
    }
    sums.into_iter().fold(0, u8::wrapping_add)
}
