//! A fresh buffer for each message, as the documentation of `Read` shows it.

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
    for &event in &traffic.events {
        match event {
            Event::Arrive { start, len, key } => {
                let mut buffer = vec![0; traffic.capacity];
                let mut socket = traffic.on_wire(start, len);
                let len = socket.read(&mut buffer).expect("a slice can be read");
                waiting.push(Some(Waiting { buffer, len, key }));
            }
            Event::Answer(message) => {
                if let Some(Waiting { mut buffer, len, key }) = waiting[message as usize].take() {
                    answers.push((message, unmask(&mut buffer[..len], key)));
                }
            }
            Event::HangUp(message) => waiting[message as usize] = None,
        }
    }
    answers
}
