//! Every layout against naive, what does not fit, and how big each row is.

use super::*;
use crate::edges::{log, row};
use crate::report::Totals;
use proptest::prelude::*;

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, one_day);
    harness::agree(RUNGS, five_minutes);
}

#[test]
fn rungs_agree_at_the_edges() {
    harness::agree_at(RUNGS, edges::edges());
}

/// All rungs hand in their sums by the same function, so none would disagree on an empty report.
#[test]
fn a_report_is_what_was_worked_out_by_hand() {
    let failed = Request { at: 1, micros: 7, bytes: 100, status: 500, ..row() };
    let slow = Request { at: 2, micros: 9, bytes: 20, user: Some(3), cached: true, ..row() };
    let slowest = Request { route: "/slow".into(), ..slow.clone() };
    let before = Request { at: 0, micros: 50, ..row() };
    let after = Request { at: 3, micros: 60, ..row() };
    let rows = [(before, 0), (failed, 0), (slowest, 1), (slow, 0), (after, 0)].to_vec();
    let log = Log::new(1..3, vec!["/".into(), "/slow".into()], rows).unwrap();
    let totals = Totals {
        requests: 3,
        failures: 1,
        anonymous: 1,
        hits: 2,
        bytes: 140,
        micros: 25,
        slowest: Some((9, 2)),
    };
    let report = Report { totals, slowest_route: Some("/slow".into()) };
    assert_eq!(naive::report(&log.wide, &log.window), report);
    harness::agree_on(RUNGS, log);
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let refused = [
        ("at", Request { at: 1 << 27, ..row() }),
        ("micros", Request { micros: 1 << 25, ..row() }),
        ("bytes", Request { bytes: 1 << 27, ..row() }),
        ("user", Request { user: Some(1 << 21), ..row() }),
        ("backend", Request { backend: Some(64), ..row() }),
        ("backend", Request { backend: Some(0), ..row() }),
        ("status", Request { status: 1012, ..row() }),
    ];
    for (field, row) in refused {
        assert_eq!(words::Request::new(&row, 0).unwrap_err().field, field);
        assert_eq!(peer::request(&row, 0).unwrap_err().field, field);
        assert_eq!(log(0..1, &[row]).unwrap_err().field, field);
    }
    let nobody = Request { user: Some(0), ..row() };
    assert_eq!(niches::Request::new(&nobody).unwrap_err().field, "user");
    assert_eq!(log(0..1, &[nobody]).unwrap_err().field, "user");
    assert_eq!(words::Request::new(&row(), 256).unwrap_err().field, "route");
    assert_eq!(peer::request(&row(), 256).unwrap_err().field, "route");
    let wide = Request { bytes: 1 << 32, ..row() };
    let error = narrow::Request::new(&wide).unwrap_err();
    assert_eq!(error.to_string(), "bytes of 4294967296 does not fit into a packed row");
}

/// Rows, and numbers of their routes, of which each differs from the first in one field: in one bit
/// of it, or in that there is none.
fn differing() -> Vec<(Request, u16)> {
    let first = Request {
        at: 5,
        micros: 6,
        bytes: 7,
        user: Some(9),
        backend: Some(10),
        status: 204,
        method: Method::Get,
        ..row()
    };
    let mut rows = vec![first.clone(), Request { cached: !first.cached, ..first.clone() }];
    rows.extend([
        Request { user: None, ..first.clone() },
        Request { backend: None, ..first.clone() },
    ]);
    let methods = [Method::Post, Method::Put, Method::Delete];
    rows.extend(methods.map(|method| Request { method, ..first.clone() }));
    rows.extend((0..27).map(|bit| Request { at: 5 ^ 1 << bit, ..first.clone() }));
    rows.extend((0..25).map(|bit| Request { micros: 6 ^ 1 << bit, ..first.clone() }));
    rows.extend((0..27).map(|bit| Request { bytes: 7 ^ 1 << bit, ..first.clone() }));
    rows.extend((0..21).map(|bit| Request { user: Some(9 ^ 1 << bit), ..first.clone() }));
    rows.extend((0..6).map(|bit| Request { backend: Some(10 ^ 1 << bit), ..first.clone() }));
    rows.extend((0..10).map(|bit| Request { status: 204 ^ 1 << bit, ..first.clone() }));
    let of_route_3 = rows.into_iter().map(|row| (row, 3));
    of_route_3.chain((0..8).map(|bit| (first.clone(), 3 ^ 1 << bit))).collect()
}

/// Two rows that differ are different in every layout: no report asks for all fields, so that a
/// layout which drops one would give the same.
#[test]
fn no_layout_drops_a_bit() {
    let rows = differing();
    for (at, (row, route)) in rows.iter().enumerate() {
        for (other, other_route) in &rows[..at] {
            if row != other {
                assert_ne!(narrow::Request::new(row), narrow::Request::new(other));
                assert_ne!(niches::Request::new(row), niches::Request::new(other));
            }
            let of = |row, route| {
                let indexed = indices::Request::new(row, route).unwrap();
                let packed = words::Request::new(row, route).unwrap();
                (indexed, packed, peer::request(row, route).unwrap())
            };
            let (a, b) = (of(row, *route), of(other, *other_route));
            assert!(a.0 != b.0 && a.1 != b.1 && a.2 != b.2, "{row:?} and {other:?}");
        }
    }
}

/// The peer is beaten by how bits are read, and not by which there are.
#[test]
fn the_peer_packs_the_same_bits() {
    for (row, route) in differing().into_iter().chain([(row(), 0), (edges::largest(), 255)]) {
        let (when, what) = peer::request(&row, route).unwrap();
        let ours = words::Request::new(&row, route).unwrap();
        assert_eq!((when.into_bits(), what.into_bits()), (ours.when, ours.what), "{row:?}");
    }
}

/// Fields in the order of declaration, as C lays them out.
#[repr(C)]
struct InOrder {
    _cached: bool,
    _at: u64,
    _method: Method,
    _micros: u64,
}

/// The same declaration, left to the compiler.
struct AnyOrder {
    _cached: bool,
    _at: u64,
    _method: Method,
    _micros: u64,
}

#[test]
#[cfg(target_pointer_width = "64")]
fn rows_are_as_big_as_the_chapter_says() {
    assert_eq!(size_of::<Request>(), 72);
    assert_eq!(size_of::<narrow::Request>(), 48);
    assert_eq!(size_of::<niches::Request>(), 40);
    assert_eq!(size_of::<indices::Request>(), 24);
    assert_eq!(size_of::<words::Request>(), 16);
    assert_eq!(size_of::<peer::Request>(), 16);
    assert_eq!((size_of::<InOrder>(), size_of::<AnyOrder>()), (32, 24));
    assert_eq!((size_of::<Option<u64>>(), size_of::<Option<std::num::NonZeroU64>>()), (16, 8));
}

prop_compose! {
    fn any_row()(
        at in 0_u64..1 << 27,
        micros in 0_u64..1 << 25,
        bytes in 0_u64..1 << 27,
        user in proptest::option::of(1_u64..1 << 21),
        backend in proptest::option::of(1_u32..64),
        status in 0_u16..1012,
        cached: bool,
    ) -> Request {
        Request { at, micros, bytes, user, backend, status, cached, ..row() }
    }
}

proptest! {
    #[test]
    fn rungs_agree_on_any_rows(
        rows in proptest::collection::vec(any_row(), 0..50),
        from in 0_u64..1 << 27,
        until in 0_u64..1 << 27,
    ) {
        harness::agree_on(RUNGS, log(from..until, &rows).expect("rows fit"));
    }
}
