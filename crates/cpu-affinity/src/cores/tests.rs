//! Pins hold, come off whatever happens, and go nowhere else than is allowed.

use std::panic;

use super::*;

/// Threads of their own, so that a pin that stays on is nobody else's.
fn alone<T: Send>(look: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(look).join().expect("it does not panic"))
}

#[test]
fn a_pin_holds_and_comes_off() {
    let Ok(core) = first() else { return };
    alone(|| {
        let before = allowed().unwrap();
        let last = *before.last().unwrap();
        for core in [core, last] {
            let pinned = Pinned::to(core).unwrap();
            assert_eq!(allowed().unwrap(), [core]);
            drop(pinned);
            assert_eq!(allowed().unwrap(), before);
        }
    });
}

#[test]
fn a_pin_comes_off_after_a_panic() {
    let Ok(core) = first() else { return };
    alone(|| {
        let before = allowed().unwrap();
        let panicked = panic::catch_unwind(|| {
            let _pinned = Pinned::to(core).unwrap();
            panic::resume_unwind(Box::new("pinned"));
        });
        assert!(panicked.is_err());
        assert_eq!(allowed().unwrap(), before);
    });
}

#[test]
fn a_core_that_is_not_allowed_is_refused_and_nothing_changes() {
    let Ok(before) = allowed() else { return };
    // The first is one more than a mask of Linux has bits for.
    for beyond in [1_024, 1_025, usize::MAX] {
        let error = Pinned::to(Core(beyond)).unwrap_err();
        assert!(error.contains("not among those that this thread may use"), "{error}");
    }
    assert_eq!(allowed().unwrap(), before);
}

/// Whoever is pinned to where it is need not move.
#[test]
fn the_core_of_this_thread_comes_first_where_it_may_stay() {
    let two_of = |here| super::two_of(vec![Core(2), Core(5), Core(7)], Core(here)).unwrap();
    assert_eq!(two_of(2), [Core(2), Core(5)]);
    assert_eq!(two_of(7), [Core(7), Core(2)]);
    assert_eq!(two_of(4), [Core(2), Core(5)], "one that it may not use");
}

/// The rest of the machine is not to be used by who was given one core.
#[test]
fn whoever_may_use_one_core_has_not_two() {
    let Ok(core) = first() else { return };
    alone(|| {
        let _pinned = Pinned::to(core).unwrap();
        assert_eq!(needs_pins(), Ok(()));
        let error = needs_two().unwrap_err();
        assert_eq!(error, "two cores are needed, and 1 may be used here");
    });
}

/// The trap of the chapter: a thread is born with the mask of the one that starts it.
#[test]
fn a_thread_inherits_its_mask() {
    let Ok(core) = first() else { return };
    alone(|| {
        let _pinned = Pinned::to(core).unwrap();
        assert_eq!(alone(|| allowed().unwrap()), [core]);
    });
}

#[cfg(not(target_os = "linux"))]
#[test]
fn other_systems_say_why_not() {
    assert!(needs_pins().unwrap_err().contains("pin"));
    assert!(needs_two().unwrap_err().contains("pin"));
}
