//! `ringbuf`: a ring of fixed size that is filled and emptied in slices, here the one for a single
//! thread; the position up to which packets were sent is ours.

use ringbuf::traits::Observer;
use ringbuf::{LocalRb, storage::Heap};

use crate::line::{Event, Line, Packet, Report};

/// Plays all events.
pub fn play(line: &Line) -> Report {
    let mut sender = Sender { packets: LocalRb::new(line.most.max(1)), sent: 0 };
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
    packets: LocalRb<Heap<Packet>>,
    /// As many, from the front, were sent; the others wait.
    sent: usize,
}

impl Sender {
    fn write(&mut self, packets: &[Packet]) {
        assert_eq!(self.packets.push_slice(packets), packets.len(), "the ring is full");
    }

    fn send(&mut self, count: usize, report: &mut Report) {
        let end = self.packets.occupied_len().min(self.sent + count);
        for slice in self.between(self.sent, end) {
            for packet in slice {
                report.send(packet);
            }
        }
        self.sent = end;
    }

    fn arrive(&mut self, count: usize, now: usize, report: &mut Report) {
        let count = count.min(self.sent);
        for slice in self.between(0, count) {
            for packet in slice {
                report.arrive(packet, now);
            }
        }
        self.packets.skip(count);
        self.sent -= count;
    }

    fn time_out(&mut self) {
        self.sent = 0;
    }

    /// Packets `start` to `end`: those up to the end of the ring, and those at its start.
    fn between(&mut self, start: usize, end: usize) -> [&[Packet]; 2] {
        let (a, b) = self.packets.as_slices();
        let in_b = |at: usize| at.saturating_sub(a.len());
        [&a[start.min(a.len())..end.min(a.len())], &b[in_b(start)..in_b(end)]]
    }
}
