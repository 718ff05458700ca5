//! The same queue, but its ranges are handed the bodies of the loops: a deque then goes through its
//! two slices, one after the other, instead of asking at each packet where it is.

use std::collections::VecDeque;

use crate::line::{Event, Line, Packet, Report};

/// Plays all events.
pub fn play(line: &Line) -> Report {
    let mut sender = Sender { packets: VecDeque::new(), sent: 0 };
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
    packets: VecDeque<Packet>,
    /// As many, from the front, were sent; the others wait.
    sent: usize,
}

impl Sender {
    fn write(&mut self, packets: &[Packet]) {
        self.packets.extend(packets);
    }

    fn send(&mut self, count: usize, report: &mut Report) {
        let end = self.packets.len().min(self.sent + count);
        self.packets.range(self.sent..end).for_each(|packet| report.send(packet));
        self.sent = end;
    }

    fn arrive(&mut self, count: usize, now: usize, report: &mut Report) {
        let count = count.min(self.sent);
        self.packets.range(..count).for_each(|packet| report.arrive(packet, now));
        self.packets.drain(..count);
        self.sent -= count;
    }

    fn time_out(&mut self) {
        self.sent = 0;
    }
}
