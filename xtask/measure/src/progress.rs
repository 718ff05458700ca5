//! How far a command that takes minutes has come, of all that it will do.

use std::cell::{Cell, RefCell};
use std::time::Instant;

use console::{Term, truncate_str};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::forecast::about;

/// A bar with the time left on a terminal, plain lines elsewhere. Its steps are planned
/// milliseconds, so that it goes steadily through work of all kinds.
pub struct Progress {
    bar: ProgressBar,
    what: RefCell<String>,
    start: Instant,
    /// Planned milliseconds when it began: what was before took its own time.
    begun: u64,
    /// What was said last, where there is no bar.
    said: Cell<u64>,
}

impl Progress {
    /// Of so many planned seconds, of which some are over.
    pub fn new(planned: f64, over: f64) -> Self {
        let bar =
            ProgressBar::with_draw_target(Some(millis(planned)), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg}");
        bar.set_style(style.expect("the template is a constant"));
        bar.set_position(millis(over));
        let (start, begun, said) = (Instant::now(), millis(over), Cell::new(0));
        Self { bar, what: RefCell::default(), start, begun, said }
    }

    /// What is done now.
    pub fn at(&self, what: &str) {
        self.what.replace(what.to_owned());
        self.draw();
    }

    /// So many planned seconds are done.
    pub fn did(&self, planned: f64) {
        self.bar.inc(millis(planned));
        self.draw();
    }

    /// More or less is to be done than was planned.
    pub fn replan(&self, was: f64, is: f64) {
        let length = self.bar.length().unwrap_or(0) + millis(is);
        self.bar.set_length(length.saturating_sub(millis(was)));
    }

    /// A part is done. Said where there is no bar, unless the last such line was just before.
    pub fn say(&self, line: &str) {
        self.at(line);
        let seconds = self.start.elapsed().as_secs();
        if self.bar.is_hidden() && (self.said.get() == 0 || seconds > self.said.get() + 4) {
            self.said.set(seconds.max(1));
            record::errln!("{}", self.line());
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// The bar and what stands behind it; anew each time, for a terminal may become another width.
    fn draw(&self) {
        let width = Term::stderr().size_checked().map_or(DEFAULT, |(_, columns)| columns.into());
        self.bar.set_message(fitted(width, self.done(), &self.line()));
    }

    fn line(&self) -> String {
        let percent = (100.0 * self.done()) as u64;
        format!("{percent:>3} % · {} left · {}", about(self.left()), self.what.borrow())
    }

    /// The part of all that is done.
    fn done(&self) -> f64 {
        let all = self.bar.length().unwrap_or(0).max(1);
        (self.bar.position() as f64 / all as f64).min(1.0)
    }

    /// Seconds to go: what is planned, at the pace so far.
    fn left(&self) -> f64 {
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or(0));
        let planned = all.saturating_sub(done) as f64 / 1e3;
        left(
            planned,
            done.saturating_sub(self.begun) as f64 / 1e3,
            self.start.elapsed().as_secs_f64(),
        )
    }
}

/// Columns of a terminal that does not say how many it has.
const DEFAULT: usize = 80;

/// A line that a terminal of this width need not wrap: the bar where there is room for it, and of
/// the rest what fits. Some terminals go on to the next line once the last column is full.
fn fitted(width: usize, done: f64, line: &str) -> String {
    const BAR: usize = 24;
    const ROOM: usize = 72;
    let full = (done * BAR as f64) as usize;
    let bar = format!("{}{} ", "█".repeat(full), "░".repeat(BAR - full));
    let line = if width < ROOM { line.to_owned() } else { bar + line };
    truncate_str(&line, width.saturating_sub(1), "…").into_owned()
}

/// Seconds that `planned` ones will take, when `done` planned ones took `took`. The first moments
/// say little of the rest.
fn left(planned: f64, done: f64, took: f64) -> f64 {
    /// As many planned seconds as the pace so far must outweigh.
    const PRIOR: f64 = 10.0;
    planned * (took + PRIOR) / (done + PRIOR)
}

fn millis(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1e3) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_follows_the_pace_so_far() {
        assert_eq!(left(100.0, 0.0, 0.0), 100.0);
        assert_eq!(left(100.0, 1.0, 1.0), 100.0);
        assert!(left(100.0, 1.0, 4.0) < 130.0, "one slow second says little");
        assert!((left(100.0, 1_000.0, 2_000.0) - 200.0).abs() < 2.0);
    }

    #[test]
    fn a_line_is_shortened_until_no_terminal_wraps_it() {
        let line = " 42 % · 1.5 min left · small-vectors, zero-copy-parsing: why it takes its time";
        for width in 2..200 {
            let fitted = fitted(width, 0.42, line);
            assert!(fitted.chars().count() < width, "{width}: {fitted}");
            assert_eq!(fitted.contains('█'), width >= 72, "{width}: {fitted}");
        }
        assert_eq!(fitted(30, 0.42, line), " 42 % · 1.5 min left · small…");
        assert!(fitted(200, 1.0, "100 %").starts_with(&"█".repeat(24)));
    }

    #[test]
    fn plans_may_change_on_the_way() {
        let progress = Progress::new(100.0, 20.0);
        progress.did(30.0);
        progress.replan(50.0, 10.0);
        assert_eq!((progress.bar.position(), progress.bar.length()), (50_000, Some(60_000)));
        progress.replan(500.0, 0.0);
        assert_eq!(progress.bar.length(), Some(0), "never below nothing");
    }
}
