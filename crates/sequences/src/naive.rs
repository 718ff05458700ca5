//! Two queues, one of what waits and one of what was sent; a packet that changes queues is moved.

use std::collections::VecDeque;

use crate::line::{Event, Line, Packet, Report};

/// Plays all events.
pub fn play(line: &Line) -> Report {
    let mut sender = Sender { waiting: VecDeque::new(), sent: VecDeque::new() };
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
    waiting: VecDeque<Packet>,
    sent: VecDeque<Packet>,
}

impl Sender {
    fn write(&mut self, packets: &[Packet]) {
        self.waiting.extend(packets);
    }

    fn send(&mut self, count: usize, report: &mut Report) {
        for packet in self.waiting.drain(..count.min(self.waiting.len())) {
            report.send(&packet);
            self.sent.push_back(packet);
        }
    }

    fn arrive(&mut self, count: usize, now: usize, report: &mut Report) {
        for _ in 0..count.min(self.sent.len()) {
            if let Some(packet) = self.sent.pop_front() {
                report.arrive(&packet, now);
            }
        }
    }

    /// Not `append`: that would move all that waits, and there is more of it.
    fn time_out(&mut self) {
        for packet in self.sent.drain(..).rev() {
            self.waiting.push_front(packet);
        }
    }
}
