//! One owner keeps the buffers that come back and hands out the last one first. They stay at full
//! length: only a new one is ever zeroed.

use std::io::Read;

use crate::traffic::{Answers, Event, Traffic, unmask};

/// A message that waits to be answered.
struct Waiting {
    buffer: Vec<u8>,
    len: usize,
    key: u32,
}

/// The answers to all messages whose client is still there.
pub fn serve(traffic: &Traffic) -> Answers {
    let mut answers = Vec::new();
    let mut waiting = Vec::new();
    let mut free: Vec<Vec<u8>> = Vec::new();
    for &event in &traffic.events {
        match event {
            Event::Arrive { start, len, key } => {
                let mut buffer = free.pop().unwrap_or_else(|| vec![0; traffic.capacity]);
                let mut socket = traffic.on_wire(start, len);
                let len = socket.read(&mut buffer).expect("a slice can be read");
                waiting.push(Some(Waiting { buffer, len, key }));
            }
            Event::Answer(message) => {
                if let Some(Waiting { mut buffer, len, key }) = waiting[message as usize].take() {
                    answers.push((message, unmask(&mut buffer[..len], key)));
                    free.push(buffer);
                }
            }
            Event::HangUp(message) => {
                if let Some(Waiting { buffer, .. }) = waiting[message as usize].take() {
                    free.push(buffer);
                }
            }
        }
    }
    answers
}
