//! Still a fresh buffer for each message, but without the zeros that reading overwrites.

use std::io::Read;

use crate::traffic::{Answers, Event, Traffic, unmask};

/// A message that waits to be answered.
struct Waiting {
    buffer: Vec<u8>,
    key: u32,
}

/// The answers to all messages whose client is still there.
pub fn serve(traffic: &Traffic) -> Answers {
    let mut answers = Vec::new();
    let mut waiting = Vec::new();
    for &event in &traffic.events {
        match event {
            Event::Arrive { start, len, key } => {
                let mut buffer = Vec::with_capacity(traffic.capacity);
                let socket = traffic.on_wire(start, len);
                let mut limited = socket.take(traffic.capacity as u64);
                limited.read_to_end(&mut buffer).expect("a slice can be read");
                waiting.push(Some(Waiting { buffer, key }));
            }
            Event::Answer(message) => {
                if let Some(Waiting { mut buffer, key }) = waiting[message as usize].take() {
                    answers.push((message, unmask(&mut buffer, key)));
                }
            }
            Event::HangUp(message) => waiting[message as usize] = None,
        }
    }
    answers
}
