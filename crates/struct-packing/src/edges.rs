//! The smallest and the largest rows that fit, and windows with an edge on either.

use crate::Log;
use crate::fit::DoesNotFit;
use crate::naive::{Method, Request};
use crate::report::Window;

/// Hand-made logs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Log> {
    let most = [row(), largest(), row(), Request { status: 499, ..row() }, largest()];
    let failed = Request { status: 500, micros: 1, user: Some(1), ..row() };
    let anonymous = Request { user: None, ..largest() };
    // The sums of a full block must not run into each other: the largest values, more than once.
    let full = |user, rows| vec![Request { user, status: 599, ..largest() }; rows];
    let blocks = [63, 64, 65, 2_100].into_iter().flat_map(|n| [full(None, n), full(Some(1), n)]);
    let few = [&[] as &[_], &most[..1], &most[1..2], &most, &[failed], &[anonymous]];
    let mut edges = Vec::new();
    for rows in few.into_iter().map(<[Request]>::to_vec).chain(blocks) {
        for window in [0..0, 0..1, 0..1 << 27, (1 << 27) - 1..1 << 27, 1..u64::MAX] {
            edges.push(log(window, &rows).expect("edges fit"));
        }
    }
    edges.push(slowest_of_a_late_block());
    edges.extend(slowest_at_borders());
    edges.push(nobody_in_the_first_block());
    edges
}

/// Enough rows for several blocks; the slowest is the last, and alone on its route.
fn slowest_of_a_late_block() -> Log {
    let mut rows = vec![(row(), 0); 3_000];
    rows.push((Request { micros: 1, route: "/late".into(), ..row() }, 1));
    Log::new(0..1, vec!["/".into(), "/late".into()], rows).expect("edges fit")
}

/// Two slow rows in different lanes or blocks, the second as slow as the first or slower; rows
/// outside the window are slower still. Routes say whose row it is.
fn slowest_at_borders() -> impl Iterator<Item = Log> {
    let pairs = [(0, 1), (7, 3), (15, 16), (1_023, 1_024), (5, 2_048), (2_049, 2_047)];
    pairs.into_iter().flat_map(|(a, b)| [(a, b, 9), (a, b, 10)]).map(|(a, b, slow)| {
        let mut rows = vec![(Request { at: 5, ..row() }, 0); 2_050];
        for (outside, at) in [(2, 4), (1_022, 6), (1_025, 4), (2_046, 6)] {
            rows[outside].0 = Request { at, ..largest() };
        }
        rows[a] = (Request { at: 5, micros: 9, route: "/a".into(), ..row() }, 1);
        rows[b] = (Request { at: 5, micros: slow, route: "/b".into(), ..row() }, 2);
        Log::new(5..6, ["/", "/a", "/b"].map(Into::into).to_vec(), rows).expect("edges fit")
    })
}

/// A block of rows outside the window, and behind it one within that took no time.
fn nobody_in_the_first_block() -> Log {
    let mut rows = vec![largest(); 1_024];
    rows.push(row());
    log(0..1, &rows).expect("edges fit")
}

/// The smallest row that fits.
pub(crate) fn row() -> Request {
    Request {
        at: 0,
        micros: 0,
        bytes: 0,
        user: None,
        backend: None,
        route: "/".into(),
        status: 100,
        method: Method::Get,
        cached: false,
    }
}

/// The largest row that fits.
pub(crate) fn largest() -> Request {
    Request {
        at: (1 << 27) - 1,
        micros: (1 << 25) - 1,
        bytes: (1 << 27) - 1,
        user: Some((1 << 21) - 1),
        backend: Some(63),
        status: 1011,
        method: Method::Delete,
        cached: true,
        ..row()
    }
}

/// These rows, of one route.
pub(crate) fn log(window: Window, rows: &[Request]) -> Result<Log, DoesNotFit> {
    Log::new(window, vec!["/".into()], rows.iter().map(|row| (row.clone(), 0)).collect())
}
