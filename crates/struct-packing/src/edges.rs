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
    edges
}

/// Enough rows for several blocks; the slowest is the last, and alone on its route.
fn slowest_of_a_late_block() -> Log {
    let mut rows = vec![(row(), 0); 3_000];
    rows.push((Request { micros: 1, route: "/late".into(), ..row() }, 1));
    Log::new(0..1, vec!["/".into(), "/late".into()], rows).expect("edges fit")
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
        status: 611,
        method: Method::Delete,
        cached: true,
        ..row()
    }
}

/// These rows, of one route.
pub(crate) fn log(window: Window, rows: &[Request]) -> Result<Log, DoesNotFit> {
    Log::new(window, vec!["/".into()], rows.iter().map(|row| (row.clone(), 0)).collect())
}
