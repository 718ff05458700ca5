//! A ring of fixed size and three counters that only grow. What lies between two of them is one
//! slice or two, so that batches are copied and summed as slices are.

use crate::line::{Event, Line, Packet, Report};

/// Plays all events.
pub fn play(line: &Line) -> Report {
    let mut sender = Sender::new(line.most);
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
    /// As many as a power of two: packet `i` is at `i` modulo their number.
    ring: Box<[Packet]>,
    arrived: usize,
    sent: usize,
    written: usize,
}

impl Sender {
    fn new(most: usize) -> Self {
        let ring = vec![Packet::default(); most.next_power_of_two()].into_boxed_slice();
        Self { ring, arrived: 0, sent: 0, written: 0 }
    }

    fn write(&mut self, packets: &[Packet]) {
        assert!(self.written - self.arrived + packets.len() <= self.ring.len(), "the ring is full");
        let at = self.written & (self.ring.len() - 1);
        let (to_end, from_start) = packets.split_at(packets.len().min(self.ring.len() - at));
        self.ring[at..at + to_end.len()].copy_from_slice(to_end);
        self.ring[..from_start.len()].copy_from_slice(from_start);
        self.written += packets.len();
    }

    fn send(&mut self, count: usize, report: &mut Report) {
        let end = self.written.min(self.sent + count);
        for slice in self.between(self.sent, end) {
            for packet in slice {
                report.send(packet);
            }
        }
        self.sent = end;
    }

    fn arrive(&mut self, count: usize, now: usize, report: &mut Report) {
        let end = self.sent.min(self.arrived + count);
        for slice in self.between(self.arrived, end) {
            for packet in slice {
                report.arrive(packet, now);
            }
        }
        self.arrived = end;
    }

    fn time_out(&mut self) {
        self.sent = self.arrived;
    }

    /// Packets `start` to `end`: up to the end of the ring, and those that are at its start again.
    fn between(&self, start: usize, end: usize) -> [&[Packet]; 2] {
        let (at, count) = (start & (self.ring.len() - 1), end - start);
        match self.ring[at..].get(..count) {
            Some(all) => [all, &[]],
            None => [&self.ring[at..], &self.ring[..count - (self.ring.len() - at)]],
        }
    }
}
