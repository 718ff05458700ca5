//! How far a command that takes minutes has come.

use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar with the time left on a terminal, plain lines elsewhere.
pub struct Progress {
    /// What is done of what there is to do.
    pub bar: ProgressBar,
    start: Instant,
}

impl Progress {
    /// Of so many steps.
    pub fn new(steps: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} % · {eta} left · {msg}");
        bar.set_style(style.expect("the template is a constant"));
        Self { bar, start: Instant::now() }
    }

    /// What is done now.
    pub fn say(&self, line: &str) {
        if self.bar.is_hidden() {
            eprintln!("{line} · {} s", self.start.elapsed().as_secs());
        } else {
            self.bar.set_message(line.to_owned());
        }
    }
}
