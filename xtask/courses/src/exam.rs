//! An exam and its key, made of a record by a seed: the same seed and record make the same bytes.
//! Four kinds of questions take turns, so that a class with a record of its own machine has an exam
//! of its own. Of the answers to a question one is right; the others are from the same record.

mod bank;
mod flaw;
mod interval;
mod limits;
mod ratio;
mod rung;

use std::fmt::Write as _;

use anyhow::{Result, bail};
use judge::card::Subject;
use judge::summary::Summaries;
use judge::words::marks;
use record::Record;

use judge::stats::Dice;

/// Answers that are offered, where there are as many.
const OFFERED: usize = 4;
/// What precedes the answers.
const LETTERS: [char; OFFERED] = ['A', 'B', 'C', 'D'];

/// A question with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about, in a few words.
    title: String,
    /// What is asked, in Markdown.
    asks: String,
    /// The answers, in Markdown.
    answers: Vec<String>,
    /// Index of the right one.
    right: usize,
    /// Why that is so, in Markdown.
    because: String,
    /// Whether the answers may be put into another order.
    any_order: bool,
}

/// Questions of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    heading: String,
    /// What the machine can do at best.
    limits: String,
    questions: Vec<Question>,
}

impl Exam {
    /// So many questions of a record, which says so much, chosen by a seed.
    ///
    /// # Errors
    /// If the record does not have as many.
    pub fn new(
        record: &Record,
        summaries: &Summaries,
        subjects: &[Subject],
        seed: u64,
        questions: usize,
    ) -> Result<Self> {
        let mut dice = Dice(seed);
        let mut kinds = [
            ratio::all(summaries, subjects, &mut dice),
            rung::all(summaries, subjects, &mut dice),
            interval::all(summaries, subjects, &mut dice),
            flaw::all(&mut dice),
        ];
        kinds.iter_mut().for_each(|kind| dice.shuffle(kind));
        let there: usize = kinds.iter().map(Vec::len).sum();
        if there < questions {
            bail!("this record has questions for {there}, not for {questions}: ask for fewer");
        }
        let mut chosen = Vec::new();
        for kind in (0..kinds.len()).cycle() {
            if chosen.len() == questions {
                break;
            }
            chosen.extend(kinds[kind].pop().map(|question| question.shuffled(&mut dice)));
        }
        let limits = limits::table(&record.machine);
        Ok(Self { heading: heading(record, seed), limits, questions: chosen })
    }

    /// What is handed out.
    pub fn paper(&self) -> String {
        let mut text = format!("# Exam\n\n{}\n", self.heading);
        text += "\nOne answer to each question is right. What a ratio is of is said beside it: time \
                 of the first over time of the second, so that above 1 is faster.\n\n";
        text += &self.limits;
        text.push('\n');
        for (at, question) in self.questions.iter().enumerate() {
            let Question { title, asks, .. } = question;
            let _ = write!(text, "\n## {}. {title}\n\n{asks}\n\n{}", at + 1, question.list());
        }
        text
    }

    /// What the teacher keeps.
    pub fn key(&self) -> String {
        let mut text = format!("# Key\n\n{}\n\n", self.heading);
        for (at, Question { right, answers, because, .. }) in self.questions.iter().enumerate() {
            let (letter, answer) = (LETTERS[*right], &answers[*right]);
            let _ = writeln!(text, "{}. **{letter}**: {answer}. {because}", at + 1);
        }
        text
    }
}

/// What the questions are of.
fn heading(record: &Record, seed: u64) -> String {
    let commit = record.commit.as_deref().unwrap_or("unknown");
    let made = [&record.machine.processor, &record.machine.system, &record.toolchain.rustc];
    let made: Vec<String> = made.iter().map(|part| marks::text(part)).collect();
    let date = &record.date()[..10];
    let commit = marks::text(commit);
    format!("Seed {seed}. Figures were measured on {}, {date}, commit {commit}.", made.join(", "))
}

impl Question {
    /// With its answers in another order, if any is as good.
    fn shuffled(mut self, dice: &mut Dice) -> Self {
        if self.any_order {
            let right = self.answers[self.right].clone();
            dice.shuffle(&mut self.answers);
            let at = self.answers.iter().position(|answer| *answer == right);
            self.right = at.unwrap_or(self.right);
        }
        self
    }

    fn list(&self) -> String {
        let answers = LETTERS.iter().zip(&self.answers);
        answers.map(|(letter, answer)| format!("- **{letter}** {answer}\n")).collect()
    }
}

/// The title of a case, where the book knows it.
fn title<'a>(subjects: &'a [Subject], case: &'a str) -> &'a str {
    let subject = subjects.iter().find(|subject| subject.case == case);
    subject.map_or(case, |subject| &subject.title)
}

/// What a rung does, if its file says so.
fn idea<'a>(subjects: &'a [Subject], case: &str, rung: &str) -> Option<&'a str> {
    let subject = subjects.iter().find(|subject| subject.case == case)?;
    subject.ideas.get(rung).map(String::as_str).filter(|idea| !idea.is_empty())
}

#[cfg(test)]
pub mod tests;
