//! The slab, and the two tables that a call itself makes, of handles and of answers, at their full
//! size from the beginning.

use crate::slab::SLAB;
use crate::traffic::{Answers, Event, Traffic, unmask};

/// The answers to all messages whose client is still there.
pub fn serve(traffic: &Traffic) -> Answers {
    SLAB.with_borrow_mut(|slab| {
        slab.with_capacity(traffic.capacity);
        let mut answers = Vec::with_capacity(traffic.messages);
        let mut handles = Vec::with_capacity(traffic.messages);
        for &event in &traffic.events {
            match event {
                Event::Arrive { start, len, key } => {
                    handles.push(slab.fill(traffic.on_wire(start, len), key));
                }
                Event::Answer(message) => {
                    if let Some((bytes, key)) = slab.give_back(handles[message as usize]) {
                        answers.push((message, unmask(bytes, key)));
                    }
                }
                Event::HangUp(message) => drop(slab.give_back(handles[message as usize])),
            }
        }
        slab.give_back_all(&handles);
        answers
    })
}
