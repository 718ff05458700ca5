//! What the processor counts in the calls of each rung. Counters belong to the process and to every
//! thread that it starts after they were opened: so they are opened before anything else happens.

use std::time::Duration;

use protocol::{Counting, EventCount, Refusal, RungCounts};

use crate::job::{Asked, Frame, Inputs, gate};
use crate::slices::calls_for;

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
mod linux;
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
use linux::Counters;

/// How long each rung is counted, or one call where that takes longer.
const COUNTED: Duration = Duration::from_millis(50);

/// Counts every available rung on the inputs that `make` gives, which are checked first.
pub(crate) fn answer<'a>(
    frame: &Frame,
    asked: &Asked,
    make: impl FnOnce() -> Result<Box<dyn Inputs + 'a>, Refusal>,
) -> Result<Counting, Refusal> {
    let mut counters = match Counters::open() {
        Ok(counters) => counters,
        Err(why) => return Ok(Counting::Unavailable(why)),
    };
    let mut inputs = make()?;
    gate(frame, &mut *inputs, asked)?;
    let mut rungs = Vec::new();
    for (at, rung) in frame.rungs().iter().enumerate() {
        rungs.push(match rung.unavailable {
            Some(_) => None,
            None => match count(&mut counters, &mut *inputs, at) {
                Ok(counts) => Some(counts),
                Err(why) => return Ok(Counting::Unavailable(why)),
            },
        });
    }
    inputs.held_cold()?;
    Ok(Counting::Counted(rungs))
}

fn count(
    counters: &mut Counters,
    inputs: &mut dyn Inputs,
    rung: usize,
) -> Result<RungCounts, String> {
    let (calls, _) = calls_for(inputs, rung, COUNTED);
    let before = counters.read()?;
    let mut counted = Ok(());
    inputs.counted(rung, calls, &mut |part| {
        if counted.is_ok() {
            counted = counters.during(part);
        }
    });
    counted?;
    Ok(RungCounts { calls, events: difference(&before, &counters.read()?) })
}

/// Readings only ever grow: what lies between two of them.
fn difference(before: &[EventCount], after: &[EventCount]) -> Vec<EventCount> {
    let pairs = before.iter().zip(after);
    pairs
        .map(|(before, after)| EventCount {
            event: after.event,
            count: after.count.saturating_sub(before.count),
            enabled: after.enabled.saturating_sub(before.enabled),
            running: after.running.saturating_sub(before.running),
        })
        .collect()
}

/// Where no counters can be had.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
struct Counters;

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
impl Counters {
    fn open() -> Result<Self, String> {
        Err(format!(
            "{} has no interface to the processor's counters that needs no driver or special \
             rights; Linux on x86-64 and AArch64 has",
            std::env::consts::OS
        ))
    }

    fn read(&mut self) -> Result<Vec<EventCount>, String> {
        Ok(Vec::new())
    }

    fn during(&mut self, call: impl FnOnce()) -> Result<(), String> {
        call();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Event;

    #[test]
    fn what_was_counted_before_does_not_count() {
        let reading =
            |event, count, enabled, running| EventCount { event, count, enabled, running };
        let before = [reading(Event::Cycles, 100, 10, 5), reading(Event::Branches, 7, 10, 0)];
        let after = [reading(Event::Cycles, 160, 30, 15), reading(Event::Branches, 7, 30, 0)];
        assert_eq!(
            difference(&before, &after),
            [reading(Event::Cycles, 60, 20, 10), reading(Event::Branches, 0, 20, 0)]
        );
    }
}
