//! `tracing-appender`: lines go into a bounded queue (`crossbeam-channel`), and a thread of its own
//! writes what it finds there. The buffer behind it is what its documentation leaves to the writer:
//! the thread flushes when the queue is empty. As in a service, queue and thread are there once. A
//! call waits until its lines are flushed, which the crate has no words for: its writer says so.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::mem;
use std::process;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};

/// A process's queue and thread: a child has none of its parent's threads.
type Kept<F> = Mutex<Option<(u32, Appender<F>)>>;

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports; also if the queue is closed.
pub fn write(lines: &[String], file: Arc<File>) -> io::Result<()> {
    static KEPT: Kept<Arc<File>> = Mutex::new(None);
    write_by(&KEPT, lines, file)
}

fn write_by<F>(kept: &Kept<F>, lines: &[String], file: F) -> io::Result<()>
where
    F: Write + Send + 'static,
{
    let (this, mut kept) = (process::id(), lock(kept));
    let mut appender = match kept.take() {
        Some((process, appender)) if process == this => appender,
        parents => {
            mem::forget(parents); // who ended them would wait for a thread that is not here
            Appender::start()
        }
    };
    appender.write(lines, file)?;
    *kept = Some((this, appender));
    Ok(())
}

/// A queue and the thread behind it.
pub struct Appender<F> {
    queue: NonBlocking,
    state: Arc<State<F>>,
    _thread: WorkerGuard,
}

impl<F: Write + Send + 'static> Appender<F> {
    /// One that waits for lines.
    pub fn start() -> Self {
        let state = Arc::new(State { call: Mutex::new(Call::of(None)), done: Condvar::new() });
        let writer = BufWriter::with_capacity(1 << 16, Writer(Arc::clone(&state)));
        let (queue, thread) = NonBlockingBuilder::default().lossy(false).finish(writer);
        Self { queue, state, _thread: thread }
    }

    /// Writes all lines, each of which brings its newline, and waits until they are flushed.
    ///
    /// # Errors
    /// The first that the file reports; also if the queue is closed. After one, lines may still be
    /// in the buffer: it is to be dropped.
    pub fn write(&mut self, lines: &[String], file: F) -> io::Result<()> {
        *lock(&self.state.call) = Call::of(Some(file));
        for line in lines {
            self.queue.write_all(line.as_bytes())?;
        }
        let bytes = crate::lines::bytes(lines);
        let mut call = lock(&self.state.call);
        call.sent = Some(bytes);
        let goes_on = |call: &mut Call<F>| call.error.is_none() && call.flushed < bytes;
        let done = self.state.done.wait_while(call, goes_on);
        let mut call = done.unwrap_or_else(PoisonError::into_inner);
        mem::replace(&mut *call, Call::of(None)).error.map_or(Ok(()), Err)
    }
}

/// What both threads know of a call.
struct State<F> {
    call: Mutex<Call<F>>,
    /// All of it is flushed, or something went wrong.
    done: Condvar,
}

struct Call<F> {
    /// Where lines go, until something goes wrong.
    file: Option<F>,
    /// Bytes that are in the file.
    written: usize,
    /// Bytes that were, when it was flushed last.
    flushed: usize,
    /// Bytes of all lines, once they are in the queue.
    sent: Option<usize>,
    error: Option<io::Error>,
}

impl<F> Call<F> {
    fn of(file: Option<F>) -> Self {
        Self { file, written: 0, flushed: 0, sent: None, error: None }
    }
}

/// Writes to the file of the call, and keeps the error that the crate's thread would drop.
struct Writer<F>(Arc<State<F>>);

impl<F: Write> Writer<F> {
    fn with_file(&self, write: impl FnOnce(&mut F) -> io::Result<()>) -> MutexGuard<'_, Call<F>> {
        let mut call = lock(&self.0.call);
        if let Some(Err(error)) = call.file.as_mut().map(write) {
            (call.file, call.error) = (None, Some(error));
            self.0.done.notify_one();
        }
        call
    }
}

impl<F: Write> Write for Writer<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with_file(|file| file.write_all(bytes)).written += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut call = self.with_file(F::flush);
        call.flushed = call.written;
        if call.sent == Some(call.flushed) {
            self.0.done.notify_one();
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::faulty::Faulty;

    const WHOLE: &str = "a line\n";

    /// What a file took, if it had room for so many bytes, and by whom.
    fn by(kept: &Kept<Faulty>, room: usize) -> (Vec<u8>, Option<Arc<State<Faulty>>>) {
        let file = Faulty::full_after(room);
        let written = write_by(kept, &[WHOLE.to_owned()], file.clone());
        assert_eq!(written.is_ok(), room >= WHOLE.len());
        let state = lock(kept).as_ref().map(|(_, appender)| Arc::clone(&appender.state));
        let taken = lock(&file.log).taken.clone();
        (taken, state)
    }

    #[test]
    fn a_thread_is_kept_until_something_goes_wrong_or_a_child_has_it() {
        let (kept, whole) = (Mutex::new(None), WHOLE.as_bytes());
        let (taken, first) = by(&kept, 100);
        assert_eq!(taken, whole);
        for _ in 0..100 {
            let (taken, again) = by(&kept, 100);
            assert_eq!(taken, whole);
            assert!(Arc::ptr_eq(first.as_ref().unwrap(), &again.unwrap()));
        }
        let (taken, none) = by(&kept, 3);
        assert_eq!(taken, &whole[..3]);
        assert!(none.is_none(), "what is in its buffer would be in the next file");
        let first = first.unwrap();
        while Arc::strong_count(&first) > 1 {
            thread::yield_now(); // until its thread has ended
        }
        let (taken, second) = by(&kept, 100);
        assert_eq!(taken, whole);
        lock(&kept).as_mut().unwrap().0 ^= 1;
        let (taken, third) = by(&kept, 100);
        assert_eq!(taken, whole);
        let second = second.unwrap();
        assert!(!Arc::ptr_eq(&second, &third.unwrap()));
        assert_eq!(Arc::strong_count(&second), 3, "it is its parent's to end");
    }
}
