//! A finished span as four numbers: names and texts are put together by whoever reads it.

use std::collections::HashMap;

use crate::request::ROUTES;
use crate::seen::{Log, Span};

/// The names of spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Name {
    /// All of a request.
    Request,
    /// Its check.
    Parse,
    /// Who asks, and for what.
    Load,
    /// What was asked for.
    Fetch,
    /// The answer.
    Render,
}

impl Name {
    /// The one that is written so.
    pub fn of(name: &str) -> Option<Self> {
        let all = [Self::Request, Self::Parse, Self::Load, Self::Fetch, Self::Render];
        all.into_iter().find(|&one| NAMES[one as usize].0 == name)
    }
}

/// In the order of [`Name`], with the name of what is written down with each.
pub(crate) const NAMES: [(&str, &str); 5] = [
    ("request", "route"),
    ("parse", "bytes"),
    ("load", "user"),
    ("fetch", "key"),
    ("render", "status"),
];

/// Records that a thread's ring has room for: it takes the collector's lock so much less often.
pub const ROOM: usize = 256;

/// A finished span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Trace, parent and name in one word: see [`place`].
    pub place: u64,
    /// What was written down with it.
    pub field: u64,
    /// When it began, in ticks of some clock.
    pub start: u64,
    /// When it ended.
    pub end: u64,
}

/// Where a span belongs: in which trace, in which other span if in any, and what it is.
#[inline]
pub fn place(trace: u64, parent: Option<u8>, name: Name) -> u64 {
    let parent = parent.map_or(0, |parent| parent + 1);
    trace << 16 | u64::from(parent) << 8 | name as u64
}

/// A place within that of another span.
#[inline]
pub fn within(place: u64, name: Name) -> u64 {
    (place >> 16 << 16) | ((place & 0xFF) + 1) << 8 | name as u64
}

impl Record {
    fn trace(&self) -> u64 {
        self.place >> 16
    }

    fn name(&self) -> u8 {
        self.place as u8
    }

    fn parent(&self) -> Option<u8> {
        (self.place >> 8 & 0xFF).checked_sub(1).map(|parent| parent as u8)
    }
}

impl Log for Vec<Record> {
    fn spans(&self) -> Vec<Span> {
        let by_name: HashMap<(u64, u8), &Record> =
            self.iter().map(|record| ((record.trace(), record.name()), record)).collect();
        let parent = |record: &Record| Some((record.trace(), record.parent()?));
        let span = |record: &Record| {
            let mut names = vec![NAMES[usize::from(record.name())].0];
            let mut timed = record.start <= record.end;
            let mut inner = record;
            while let Some(around) = parent(inner) {
                // Not there, or in a circle.
                let outer = by_name.get(&around).filter(|_| names.len() < NAMES.len());
                let Some(outer) = outer else {
                    names.push("?");
                    break;
                };
                names.push(NAMES[usize::from(outer.name())].0);
                timed &= outer.start <= inner.start && inner.end <= outer.end;
                inner = outer;
            }
            // No clock is so coarse that a whole request takes no time.
            timed &= inner.start < inner.end;
            names.reverse();
            Span { trace: record.trace(), path: names.join("/"), field: field(record), timed }
        };
        self.iter().map(span).collect()
    }
}

fn field(record: &Record) -> String {
    let label = NAMES[usize::from(record.name())].1;
    match record.name() {
        0 => format!("{label}={}", ROUTES[record.field as usize]),
        _ => format!("{label}={}", record.field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_says_all_that_was_put_into_it() {
        let parts = |place| {
            let record = Record { place, field: 0, start: 0, end: 0 };
            (record.trace(), record.parent(), record.name())
        };
        for parent in [None, Some(Name::Request as u8), Some(Name::Load as u8)] {
            for name in [Name::Request, Name::Fetch, Name::Render] {
                let place = place(1 << 40 | 7, parent, name);
                assert_eq!(parts(place), (1 << 40 | 7, parent, name as u8));
                let inner = (1 << 40 | 7, Some(name as u8), Name::Parse as u8);
                assert_eq!(parts(within(place, Name::Parse)), inner);
            }
        }
    }

    /// A rung that loses a span, puts it where it is not, or reads no clock must not seem to agree.
    #[test]
    fn records_that_make_no_tree_are_told() {
        let root = Record { place: place(1, None, Name::Request), field: 0, start: 10, end: 20 };
        let load = within(root.place, Name::Load);
        let read = |inner: Record| {
            let spans = vec![inner, root].spans();
            (spans[0].path.clone(), spans[0].timed)
        };
        let inner = Record { place: load, field: 7, start: 11, end: 20 };
        assert_eq!(read(inner), ("request/load".to_owned(), true));
        for (start, end) in [(9, 15), (11, 21), (15, 11)] {
            assert!(!read(Record { start, end, ..inner }).1, "{start} to {end}");
        }
        assert!(!vec![Record { end: root.start, ..root }].spans()[0].timed, "no clock was read");
        let lost = Record { place: within(load, Name::Fetch), ..inner };
        assert_eq!(read(lost).0, "?/fetch");
        let circle = Record { place: within(load, Name::Load), ..inner };
        assert!(read(circle).0.starts_with('?'));
    }
}
