//! All cores: threads take the next piece of the text, each has a table of its own, and the tables
//! are put together at the end.

use std::num::NonZero;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::cursors::{self, line_from};
use crate::report::Report;
use crate::table::Table;

/// Bytes of a piece: some thousands of rows, so that taking one costs nothing beside them.
const PIECE: usize = 1 << 17;

/// Asked once: the answer is read from files.
static CORES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number.
pub fn report(text: &[u8]) -> Report {
    report_on(text, *CORES)
}

/// The same on so many threads, of which the caller's is one.
pub(crate) fn report_on(text: &[u8], threads: usize) -> Report {
    let next = AtomicUsize::new(0);
    let take = || {
        // Relaxed: nothing but the number is handed over.
        let start = PIECE * next.fetch_add(1, Ordering::Relaxed);
        (start < text.len()).then(|| line_from(text, start)..line_from(text, start + PIECE))
    };
    let work = || {
        let mut table = Table::default();
        while let Some(piece) = take() {
            cursors::add(&mut table, &text[piece]);
        }
        table
    };
    on_threads(threads.min(text.len().div_ceil(PIECE)), work).report()
}

/// Has so many threads fill a table each, of which the caller's is one, and puts them together.
pub(crate) fn on_threads(threads: usize, work: impl Fn() -> Table + Sync) -> Table {
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(&work)).collect();
        let mut table = work();
        for other in others {
            table.merge(&other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        table
    })
}
