//! The same two queues as the textbook draws them, each a linked list: whole pieces change hands
//! without being touched, and each packet has an allocation of its own.

use std::collections::LinkedList;
use std::mem;

use crate::line::{Event, Line, Packet, Report};

/// Plays all events.
pub fn play(line: &Line) -> Report {
    let mut sender = Sender { waiting: LinkedList::new(), sent: LinkedList::new() };
    let mut report = Report::default();
    let mut written = 0;
    for (now, &event) in line.events.iter().enumerate() {
        match event {
            Event::Write(count) => {
                let first = written;
                written += count as usize;
                sender.write(&line.packets[first..written]);
            }
            Event::Send(count) => sender.send(count as usize, &mut report),
            Event::Arrive(count) => sender.arrive(count as usize, now, &mut report),
            Event::TimeOut => sender.time_out(),
        }
    }
    report
}

struct Sender {
    waiting: LinkedList<Packet>,
    sent: LinkedList<Packet>,
}

impl Sender {
    fn write(&mut self, packets: &[Packet]) {
        self.waiting.extend(packets);
    }

    fn send(&mut self, count: usize, report: &mut Report) {
        let later = self.waiting.split_off(count.min(self.waiting.len()));
        let mut now = mem::replace(&mut self.waiting, later);
        for packet in &now {
            report.send(packet);
        }
        self.sent.append(&mut now);
    }

    fn arrive(&mut self, count: usize, now: usize, report: &mut Report) {
        for _ in 0..count.min(self.sent.len()) {
            if let Some(packet) = self.sent.pop_front() {
                report.arrive(&packet, now);
            }
        }
    }

    fn time_out(&mut self) {
        self.sent.append(&mut self.waiting);
        mem::swap(&mut self.sent, &mut self.waiting);
    }
}
