//! Simulates trams on a network, and tells what happens to whoever keeps the journal.

use std::collections::VecDeque;

use truth::Random;

const TRAMS: usize = 400;
const STOPS: usize = 900;
const MINUTES: usize = 12_000;

struct Tram {
    at: usize,
    late: i32,
    on_board: u32,
}

#[derive(Default)]
struct Journal {
    lines: VecDeque<String>,
    written: usize,
}

impl Journal {
    /// The newest lines are kept, in case somebody asks.
    fn debug(&mut self, line: String) {
        self.written += line.len();
        if self.lines.len() == 500 {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }
}

fn drive(tram: &mut Tram, waiting: &mut [u32], random: &mut Random) {
    tram.at = (tram.at + 1) % STOPS;
    let leaves = tram.on_board / (2 + random.below(5) as u32);
    let enters = waiting[tram.at].min(120 - tram.on_board.min(120));
    tram.on_board = tram.on_board - leaves + enters;
    waiting[tram.at] -= enters;
    tram.late += random.below(3) as i32 - 1;
}

fn main() {
    let mut random = Random::new(54);
    let mut trams: Vec<Tram> =
        (0..TRAMS).map(|_| Tram { at: random.below(STOPS), late: 0, on_board: 0 }).collect();
    let mut waiting = vec![0_u32; STOPS];
    let mut journal = Journal::default();
    let mut late = 0_i64;
    for minute in 0..MINUTES {
        for waits in &mut waiting {
            *waits += u32::from(random.below(10) < 3);
        }
        for (number, tram) in trams.iter_mut().enumerate() {
            drive(tram, &mut waiting, &mut random);
            journal.debug(format!(
                "minute={minute} tram={number} stop={} late={} on_board={}",
                tram.at, tram.late, tram.on_board
            ));
            late += i64::from(tram.late.max(0));
        }
    }
    println!("{late} {} {}", journal.written, journal.lines.len());
}
