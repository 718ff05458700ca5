//! A pool that belongs to the thread and outlives the call. A guard gives its buffer back when it
//! is dropped: on every way out, and once.

use std::cell::RefCell;
use std::io::Read;

use crate::traffic::{Answers, Event, Traffic, unmask};

/// Buffers kept at most: a burst must not be remembered forever.
const KEPT: usize = 64;

thread_local! {
    static FREE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// A buffer on loan from the thread's pool.
struct Loan(Vec<u8>);

impl Loan {
    fn new(capacity: usize) -> Self {
        let last = FREE.with_borrow_mut(Vec::pop);
        // One pool serves one size; of another, it starts anew.
        let fits = last.filter(|buffer| buffer.len() == capacity);
        Self(fits.unwrap_or_else(|| vec![0; capacity]))
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        // Where the thread ends, its pool may be gone before the last loan.
        let _ = FREE.try_with(|free| {
            let mut free = free.borrow_mut();
            if free.len() < KEPT {
                free.push(std::mem::take(&mut self.0));
            }
        });
    }
}

/// A message that waits to be answered.
struct Waiting {
    buffer: Loan,
    len: usize,
    key: u32,
}

/// The answers to all messages whose client is still there.
pub fn serve(traffic: &Traffic) -> Answers {
    let mut answers = Vec::new();
    let mut waiting = Vec::new();
    for &event in &traffic.events {
        match event {
            Event::Arrive { start, len, key } => {
                let mut buffer = Loan::new(traffic.capacity);
                let mut socket = traffic.on_wire(start, len);
                let len = socket.read(&mut buffer.0).expect("a slice can be read");
                waiting.push(Some(Waiting { buffer, len, key }));
            }
            Event::Answer(message) => {
                if let Some(Waiting { mut buffer, len, key }) = waiting[message as usize].take() {
                    answers.push((message, unmask(&mut buffer.0[..len], key)));
                }
            }
            Event::HangUp(message) => waiting[message as usize] = None,
        }
    }
    answers
}
