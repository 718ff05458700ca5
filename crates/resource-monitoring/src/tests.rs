//! Rungs against naive on processes as they are, as they are called, as they work on and as they
//! go; and the parsers on what no system here would say.

use std::thread;
use std::time::{Duration, Instant};

use super::*;

#[cfg(target_os = "linux")]
mod going;
#[cfg(target_os = "linux")]
mod parsers;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod watching;

#[test]
fn what_is_missing_is_said_by_its_name() {
    let nowhere = Path::new("no such folder");
    let lacks = "processes are files of Linux, and there is no /proc/self/stat";
    assert_eq!(proc_at(nowhere), Err(lacks.to_owned()));
    assert_eq!(needs_proc().is_ok(), cfg!(target_os = "linux"));
}

#[test]
fn a_process_that_runs_is_held_to_what_it_can_have_done_meanwhile() {
    let (usage, now) = (Usage { cpu: 90, resident: 1, read: 0, written: 0 }, Instant::now());
    let sample = |usage, after| {
        let running = Some([now + Duration::from_millis(after); 2]);
        Sample { usage: vec![None, Some(usage)], running }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from) as u64;
    let most = Usage { cpu: 90 + 20 + 7 * cores, ..usage };
    let more = Usage { cpu: most.cpu + 1, ..most };
    for (other, fits) in [
        (usage, true),
        (most, true),
        (more, false),
        (Usage { resident: 0, ..usage }, false),
        (Usage { resident: 1 + (64 << 20), ..usage }, true),
        (Usage { resident: 2 + (64 << 20), ..usage }, false),
        (Usage { read: 1 + (4 << 20), ..usage }, false),
        (Usage { written: 1 + (4 << 20), ..usage }, false),
    ] {
        assert_eq!(agree(&sample(usage, 0), &sample(other, 7)).is_ok(), fits, "{other:?}");
        assert_eq!(agree(&sample(usage, 7), &sample(other, 0)).is_ok(), fits, "{other:?}");
    }
    let stopped = |usage| Sample { usage: vec![Some(usage)], running: None };
    assert!(agree(&stopped(usage), &stopped(usage)).is_ok());
    assert!(agree(&stopped(usage), &stopped(most)).is_err());
    let beside = Sample { usage: vec![Some(usage); 2], running: Some([now; 2]) };
    assert!(agree(&sample(usage, 0), &beside).is_err(), "who has gone has gone");
    let gone = Sample { usage: vec![None, None], running: Some([now; 2]) };
    assert!(agree(&gone, &gone).is_err(), "who looks is there");
}
