//! A learner's log: a line of JSON for each thing that happened, of which none is ever changed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::level::Level;

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// When, in UTC: "2026-05-04T10:20:30Z".
    pub time: String,
    /// Of which lab.
    pub lab: String,
    /// The commit of the book, with a plus sign where its tree has changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The digest of `attempt.rs` at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// What the learner is called in class, if he says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The learner's folder was made.
    Started,
    /// He said what he expects.
    Guessed(Guess),
    /// The attempt gave what naive gives.
    Agreed,
    /// It gave something else.
    Disagreed {
        /// Where: "the best hundred/17, seed 3".
        at: String,
        /// The first difference there.
        difference: String,
        /// What all places have in common: "right wherever n is a multiple of 4".
        pattern: String,
    },
    /// It was measured.
    Checked(Checked),
    /// A hint was shown: 1, 2 or 3.
    Hinted {
        /// Which.
        hint: u8,
    },
    /// It was looked at why it takes its time.
    Why,
    /// The solution was shown.
    Revealed,
    /// The attempt was put back to the start.
    Reset,
}

/// What a learner expects before he has measured anything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// How many times as fast as naive the reference is, at least …
    pub low: f64,
    /// … and at most: four of five such ranges should hold.
    pub high: f64,
    /// What bounds naive: one of [`LIMITS`](crate::form::LIMITS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The size below which the technique no longer pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stops_at: Option<usize>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// How many times as fast as naive the attempt is; ends of a 99 % interval.
    pub ratio: [f64; 2],
    /// The same of the reference: what a guess is held against.
    pub reference: [f64; 2],
    /// The logarithm of the one over that of the other; absent where that means nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<[f64; 2]>,
    /// The level that is certain.
    pub level: Level,
    /// The highest that is possible, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<Level>,
    /// Whether the reference is faster than naive on this machine, so that there is a way to go.
    pub gradable: bool,
    /// Why no level counts, if somebody changed what measures or had the book do the work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tampered: Vec<String>,
    /// The share of the reference's lines that the attempt has, too.
    #[serde(default)]
    pub copied: f64,
    /// Whether there was a guess before.
    pub guessed: bool,
    /// What measuring took.
    pub seconds: f64,
}

/// All that a log says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// What could be read, oldest first.
    pub lines: Vec<Line>,
    /// Numbers of the lines that could not, from 1.
    pub unreadable: Vec<usize>,
}

impl Progress {
    /// Reads a log; an empty one where there is no file.
    ///
    /// # Errors
    /// If there is a file that cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Reads a log's text. A line that was cut short, or is another version's, spoils no other.
    pub fn parse(text: &str) -> Self {
        let mut progress = Self::default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(line) => progress.lines.push(line),
                Err(_) => progress.unreadable.push(at + 1),
            }
        }
        progress
    }

    /// Which lines could not be read, if any.
    pub fn says_unreadable(&self) -> Option<String> {
        let lines: Vec<String> = self.unreadable.iter().map(usize::to_string).collect();
        match &lines[..] {
            [] => None,
            [line] => Some(format!("line {line} is no line of a log; the others count")),
            _ => {
                Some(format!("lines {} are no lines of a log; the others count", lines.join(", ")))
            }
        }
    }

    /// Adds a line to a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn append(path: &Path, line: &Line) -> Result<()> {
        let text = serde_json::to_string(line).context("plain data is always JSON")?;
        let write = || -> io::Result<()> {
            let mut file = File::options().create(true).append(true).open(path)?;
            file.write_all(format!("{text}\n").as_bytes())
        };
        write().map_err(|error| record::whole::cannot_write(path, error))
    }

    /// What happened in one lab, oldest first.
    pub fn of(&self, lab: &str) -> impl DoubleEndedIterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.lab == lab)
    }

    /// The lab of which something happened last.
    pub fn latest(&self) -> Option<&str> {
        self.lines.last().map(|line| line.lab.as_str())
    }

    /// The last guess in a lab before any check: later ones are no guesses.
    pub fn guess(&self, lab: &str) -> Option<&Guess> {
        let before = self.of(lab).take_while(|line| !matches!(line.event, Event::Checked(_)));
        let guesses = before.filter_map(|line| match &line.event {
            Event::Guessed(guess) => Some(guess),
            _ => None,
        });
        guesses.last()
    }

    /// Every check of a lab, oldest first.
    pub fn checks(&self, lab: &str) -> impl DoubleEndedIterator<Item = &Checked> {
        self.of(lab).filter_map(|line| match &line.event {
            Event::Checked(checked) => Some(checked),
            _ => None,
        })
    }

    /// The best level of a lab that counts; `None` before any does.
    pub fn best(&self, lab: &str) -> Option<Level> {
        self.checks(lab).filter(|checked| checked.counts()).map(|checked| checked.level).max()
    }

    /// The same of one attempt, by its digest.
    pub fn best_of(&self, lab: &str, attempt: &str) -> Option<Level> {
        let own = self.of(lab).filter(|line| line.attempt.as_deref() == Some(attempt));
        let levels = own.filter_map(|line| match &line.event {
            Event::Checked(checked) if checked.counts() => Some(checked.level),
            _ => None,
        });
        levels.max()
    }

    /// How many hints of a lab were shown.
    pub fn hints(&self, lab: &str) -> u8 {
        let shown = self.of(lab).filter_map(|line| match line.event {
            Event::Hinted { hint } => Some(hint),
            _ => None,
        });
        shown.max().unwrap_or(0)
    }
}

impl Checked {
    /// Whether its level counts.
    pub fn counts(&self) -> bool {
        self.gradable && self.tampered.is_empty()
    }

    /// The middle of the reference's ratio.
    pub fn truth(&self) -> f64 {
        (self.reference[0] * self.reference[1]).sqrt()
    }
}

/// Now, as a line has it.
pub fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A line of a log.
    pub fn line(lab: &str, event: Event) -> Line {
        let time = "2026-05-04T10:20:30Z".to_owned();
        Line { time, lab: lab.to_owned(), commit: None, attempt: None, alias: None, event }
    }

    /// A check with a level.
    pub fn checked(level: Level) -> Checked {
        Checked {
            ratio: [2.0, 2.2],
            reference: [3.8, 4.2],
            share: Some([0.5, 0.56]),
            level,
            perhaps: None,
            gradable: true,
            tampered: Vec::new(),
            copied: 0.0,
            guessed: true,
            seconds: 9.0,
        }
    }

    fn guess(low: f64) -> Event {
        Event::Guessed(Guess { low, high: 9.0, limit: None, stops_at: Some(100) })
    }

    #[test]
    fn lines_survive_the_file_and_a_cut_one_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.jsonl");
        assert_eq!(Progress::read(&path).unwrap(), Progress::default());
        let lines = [Event::Started, guess(2.0), Event::Checked(checked(Level::Silver))]
            .map(|event| line("a", event));
        for line in &lines {
            Progress::append(&path, line).unwrap();
        }
        assert_eq!(Progress::read(&path).unwrap().lines, lines);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(r#""event":"checked","ratio":[2.0,2.2]"#), "{text}");
        let cut = Progress::parse(&format!("{{\"time\":\n{text}"));
        assert_eq!((cut.lines.len(), &cut.unreadable[..]), (3, &[1][..]));
        assert!(cut.says_unreadable().unwrap().starts_with("line 1 is no line"));
        let worse = Progress::parse("{\n\nno\n").says_unreadable().unwrap();
        assert!(worse.starts_with("lines 1, 3 are no lines"), "{worse}");
    }

    #[test]
    fn a_guess_after_a_check_is_none() {
        let of = |events: Vec<Event>| {
            let lines = events.into_iter().map(|event| line("a", event)).collect();
            Progress { lines, unreadable: Vec::new() }.guess("a").map(|guess| guess.low)
        };
        let check = || Event::Checked(checked(Level::None));
        assert_eq!(of(vec![guess(2.0), guess(3.0), check(), guess(4.0)]), Some(3.0));
        assert_eq!(of(vec![check(), guess(4.0)]), None);
    }

    #[test]
    fn the_best_level_stays_and_only_what_counts_does() {
        let wrong = Checked { tampered: vec!["why".into()], ..checked(Level::Beyond) };
        let events = [checked(Level::Silver), checked(Level::Bronze), wrong];
        let mut lines = events.map(|checked| line("a", Event::Checked(checked))).to_vec();
        lines[1].attempt = Some("7f".to_owned());
        let progress = Progress { lines, unreadable: Vec::new() };
        assert_eq!(progress.best("a"), Some(Level::Silver));
        assert_eq!(progress.best_of("a", "7f"), Some(Level::Bronze));
        assert_eq!(progress.best_of("a", "80"), None);
        assert_eq!((progress.best("b"), progress.latest()), (None, Some("a")));
        assert!((progress.checks("a").next().unwrap().truth() - 4.0).abs() < 0.01);
    }
}
