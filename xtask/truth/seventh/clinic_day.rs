//! A clinic, day after day: patients come, are seen by a nurse and then by a doctor, and urgent
//! ones go first. Prints how long they waited, with one doctor more and with one less.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use truth::Random;

const DAYS: usize = 4_000;
const MINUTES: u32 = 600;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Comes,
    SeenByNurse(u32),
    SeenByDoctor,
}

#[derive(Default)]
struct Waited {
    patients: u64,
    seconds: u64,
    longest: u32,
}

impl Waited {
    fn add(&mut self, seconds: u32) {
        self.patients += 1;
        self.seconds += u64::from(seconds);
        self.longest = self.longest.max(seconds);
    }
}

struct Clinic {
    events: BinaryHeap<Reverse<(u32, Event)>>,
    at_desk: VecDeque<u32>,
    /// How urgent, and since when.
    for_doctor: BinaryHeap<(u8, Reverse<u32>)>,
    nurses: u32,
    doctors: u32,
    waited: [Waited; 4],
}

impl Clinic {
    fn new(nurses: u32, doctors: u32) -> Clinic {
        Clinic {
            events: BinaryHeap::new(),
            at_desk: VecDeque::new(),
            for_doctor: BinaryHeap::new(),
            nurses,
            doctors,
            waited: Default::default(),
        }
    }

    fn day(&mut self, random: &mut Random) {
        let mut at = 0;
        while at < MINUTES * 60 {
            self.events.push(Reverse((at, Event::Comes)));
            at += 20 + random.skewed(240) as u32;
        }
        while let Some(Reverse((now, event))) = self.events.pop() {
            match event {
                Event::Comes => self.at_desk.push_back(now),
                Event::SeenByNurse(came) => {
                    self.nurses += 1;
                    let urgent = random.skewed(4) as u8;
                    self.for_doctor.push((urgent, Reverse(came)));
                }
                Event::SeenByDoctor => self.doctors += 1,
            }
            self.call(now, random);
        }
    }

    /// Calls whoever can be seen.
    fn call(&mut self, now: u32, random: &mut Random) {
        while self.nurses > 0
            && let Some(came) = self.at_desk.pop_front()
        {
            self.nurses -= 1;
            let until = now + 60 + random.below(180) as u32;
            self.events.push(Reverse((until, Event::SeenByNurse(came))));
        }
        while self.doctors > 0
            && let Some((urgent, Reverse(came))) = self.for_doctor.pop()
        {
            self.doctors -= 1;
            self.waited[usize::from(urgent)].add(now - came);
            let until = now + 180 + random.skewed(1_500) as u32;
            self.events.push(Reverse((until, Event::SeenByDoctor)));
        }
    }
}

fn main() {
    for doctors in [6, 7, 8, 9] {
        let mut random = Random::new(1_948);
        let mut clinic = Clinic::new(3, doctors);
        for _ in 0..DAYS {
            clinic.day(&mut random);
        }
        println!("{doctors} doctors");
        for (urgent, waited) in clinic.waited.iter().enumerate() {
            let Waited { patients, seconds, longest } = waited;
            let mean = seconds / patients.max(&1) / 60;
            println!("  urgent {urgent}: {patients}, {mean} minutes, {} at most", longest / 60);
        }
    }
}
