//! The job, shared by all rungs: lines of a feed on one side, the book on the other, and queues
//! between them.

use std::sync::atomic::{AtomicUsize, Ordering::Acquire, Ordering::Release};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{mem, thread};

use harness::Crew;

use crate::book::{Book, Came};
use crate::message::Message;
use crate::wait::Patience;

/// Messages that a queue has room for.
pub const CAPACITY: usize = 1_024;

/// Messages that come from the network together, and are sent together.
pub const BURST: usize = 64;

/// Time between two messages of a quiet market.
pub const PAUSE: Duration = Duration::from_micros(500);

/// How messages come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As fast as the queue takes them.
    Full,
    /// One at a time: the next when the one before was answered.
    Answered,
    /// One at a time, and then nothing for a while.
    Quiet,
}

/// Lines of messages for one book, and the threads for that.
#[derive(Debug, Clone)]
pub struct Feed<M> {
    /// How they come.
    pub pace: Pace,
    /// What comes through each line.
    pub lines: Vec<Vec<M>>,
    crew: Crew,
}

/// What both sides have seen at the end.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// What came.
    pub book: Book,
    /// What came back to each line: as many answers as messages, or none.
    pub answers: Vec<Book>,
}

/// Ends of queues for so many lines: a sender for each, and what receives from all of them.
pub(crate) type Ends<S, R> = (Vec<S>, Vec<R>);

impl<M: Message> Feed<M> {
    /// These lines.
    pub fn new(pace: Pace, lines: Vec<Vec<M>>) -> Self {
        let crew = Crew::new(1 + lines.len());
        Self { pace, lines, crew }
    }

    /// Hands all messages over through new queues. What sends or receives either waits itself, or
    /// says that it did nothing.
    pub(crate) fn through<S: Send, R: Send>(
        &self,
        queues: impl Fn(usize) -> Ends<S, R>,
        send: impl Fn(&mut S, &[M]) -> usize + Sync,
        receive: impl Fn(&mut R, &mut Book) -> usize + Sync,
    ) -> Seen {
        let back = || match self.pace {
            Pace::Answered => queues(1),
            Pace::Full | Pace::Quiet => (Vec::new(), Vec::new()),
        };
        let (senders, receivers) = queues(self.lines.len());
        let (answerers, answers): (Vec<_>, Vec<_>) = self.lines.iter().map(|_| back()).unzip();
        let book_ends = Mutex::new((receivers, answerers));
        let line_ends: Vec<_> =
            senders.into_iter().zip(answers).map(Some).map(Mutex::new).collect();
        let over = AtomicUsize::new(0);
        let mut books = self.crew.run(|me| match me.checked_sub(1) {
            None => {
                let (receivers, answerers) = mem::take(&mut *lock(&book_ends));
                let is_over = || over.load(Acquire) == self.lines.len();
                self.book(is_over, receivers, answerers, &send, &receive)
            }
            Some(line) => {
                let _over = Over(&over); // dropped behind the sender, after a panic too
                let (sender, answers) = lock(&line_ends[line]).take().expect("a line begins once");
                self.line(&self.lines[line], sender, answers, &send, &receive)
            }
        });
        Seen { book: books.remove(0), answers: books }
    }

    /// Takes what comes, and answers where that is wanted, until all lines are over.
    fn book<S, R>(
        &self,
        is_over: impl Fn() -> bool,
        mut receivers: Vec<R>,
        mut answerers: Vec<Vec<S>>,
        send: impl Fn(&mut S, &[M]) -> usize,
        receive: impl Fn(&mut R, &mut Book) -> usize,
    ) -> Book {
        let mut book = Book::new(self.lines.len());
        let mut answered = vec![0; self.lines.len()];
        let mut patience = Patience::default();
        loop {
            let is_last_look = is_over();
            let came: usize = receivers.iter_mut().map(|queue| receive(queue, &mut book)).sum();
            for (line, answerers) in answerers.iter_mut().enumerate() {
                let Came { messages, sum, .. } = book.lines[line];
                for answerer in answerers {
                    while answered[line] < messages {
                        let answer = M::new(0, answered[line] as u32, sum as u32);
                        send_all(answerer, &[answer], &send);
                        answered[line] += 1;
                    }
                }
            }
            match came {
                0 if is_last_look => return book,
                0 => patience.wait(),
                _ => patience.reward(),
            }
        }
    }

    /// Sends a line's messages, and gives the answers.
    fn line<S, R>(
        &self,
        messages: &[M],
        mut sender: S,
        mut answers: Vec<R>,
        send: impl Fn(&mut S, &[M]) -> usize,
        receive: impl Fn(&mut R, &mut Book) -> usize,
    ) -> Book {
        let mut book = Book::new(answers.len());
        let burst = if self.pace == Pace::Full { BURST } else { 1 };
        for (sent, burst) in messages.chunks(burst).enumerate() {
            if self.pace == Pace::Quiet {
                thread::sleep(PAUSE);
            }
            send_all(&mut sender, burst, &send);
            for answers in &mut answers {
                let mut patience = Patience::default();
                while book.lines[0].messages <= sent as u64 {
                    if receive(answers, &mut book) == 0 {
                        patience.wait();
                    }
                }
            }
        }
        book
    }
}

/// Sends these messages, however often the queue is full.
#[inline]
fn send_all<S, M>(sender: &mut S, mut messages: &[M], send: impl Fn(&mut S, &[M]) -> usize) {
    let mut patience = Patience::default();
    while !messages.is_empty() {
        match send(sender, messages) {
            0 => patience.wait(),
            sent => {
                messages = &messages[sent..];
                patience.reward();
            }
        }
    }
}

/// Counts a line that is over, when it is dropped.
struct Over<'a>(&'a AtomicUsize);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Release);
    }
}

/// Nobody panics with these locks, which only hand over ends.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
