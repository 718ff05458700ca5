//! How many pages the system hands over in a call. Each rung is looked at in a process of its own
//! where children can be forked, for what an allocator keeps depends on what it was asked before.

use std::time::{Duration, Instant};

use protocol::Refusal;

use crate::apart::{self, forks};
use crate::job::{Frame, Inputs};
use crate::spent::pages;

/// Time after which no further round begins. Rounds become twice as long, so that the last one has
/// about half of it, and begins when pools, arenas and the allocator have what they keep.
const TIME: Duration = Duration::from_millis(5);
/// Rounds before the one that counts, however long a call takes.
const BEFORE: u32 = 2;

/// Of each rung; `None` where it is unavailable or the system does not tell.
///
/// # Errors
/// If there is no room for another process, or one ends early.
pub(crate) fn all(frame: &Frame, inputs: &mut dyn Inputs) -> Result<Vec<Option<f64>>, Refusal> {
    let forks = forks();
    let rungs = frame.rungs().iter().enumerate();
    rungs
        .map(|(at, rung)| match rung.unavailable {
            Some(_) => Ok(None),
            None if forks => alone(inputs, at),
            None => Ok(of(inputs, at)),
        })
        .collect()
}

/// In a child that has done nothing before.
fn alone(inputs: &mut dyn Inputs, rung: usize) -> Result<Option<f64>, Refusal> {
    const WHAT: &str = "the process that counts page faults";
    let work = |_, answer| Ok(serde_json::to_writer(answer, &of(inputs, rung))?);
    apart::fork(work).map_err(|error| apart::ended(WHAT, error))?.value(WHAT)
}

/// A call's, averaged over the last round. Clones for in-place work do not count.
fn of(inputs: &mut dyn Inputs, rung: usize) -> Option<f64> {
    let start = Instant::now();
    let mut round = 0;
    loop {
        let calls = 1_u64 << round;
        let mut faults = Some(0);
        inputs.counted(rung, calls, &mut |work| {
            let before = pages();
            work();
            let own = pages().zip(before).map(|(after, before)| after - before);
            faults = faults.zip(own).map(|(sum, own)| sum + own);
        });
        if faults.is_none() || round >= BEFORE && start.elapsed() > TIME {
            return faults.map(|faults| faults as f64 / calls as f64);
        }
        round += 1;
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::alloc::{GlobalAlloc, Layout, System};

    use super::*;
    use crate::Rung;
    use crate::stopwatch::rotation;

    /// Asks the system for so many bytes, writes to each page, and gives them back: above the
    /// largest size that the allocator ever keeps.
    fn fresh(bytes: usize) -> u8 {
        let layout = Layout::from_size_align(bytes, 1).unwrap();
        // SAFETY: the layout has a size, and the block is written within it and freed once.
        unsafe {
            let block = System.alloc(layout);
            for at in (0..bytes).step_by(4096) {
                block.add(at).write_volatile(1);
            }
            let read = block.read_volatile();
            System.dealloc(block, layout);
            read
        }
    }

    #[test]
    fn fresh_pages_count_in_every_call_and_kept_ones_do_not() {
        let counts = |rung, bytes| of(&mut rotation(vec![bytes], &[rung]), 0).unwrap();
        let all = counts(Rung::new("all", |bytes: &usize| fresh(*bytes)), 40 << 20);
        // Other tests run beside this one, and pages may be huge.
        assert!(all >= 20.0, "{all}");
        let none = counts(Rung::new("none", |_: &usize| 1), 1);
        assert!(none < 0.1, "{none}");
    }
}
