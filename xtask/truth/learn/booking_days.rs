//! Rooms and when they are free: bookings in the order of their days, so that what comes next is at
//! hand.

use std::collections::BTreeMap;

use truth::Random;

const ASKED: usize = 1_500_000;

/// From the first day of each booking to the day after its last.
#[derive(Default)]
struct Room {
    taken: BTreeMap<u32, u32>,
}

impl Room {
    fn is_free(&self, from: u32, to: u32) -> bool {
        let before = self.taken.range(..to).next_back();
        before.is_none_or(|(_, &end)| end <= from)
    }

    fn book(&mut self, from: u32, to: u32) -> bool {
        let free = self.is_free(from, to);
        if free {
            self.taken.insert(from, to);
        }
        free
    }

    /// The first gap of so many days.
    fn gap(&self, from: u32, days: u32) -> u32 {
        let mut day = from;
        for (&start, &end) in self.taken.range(from..).take(20) {
            if start >= day + days {
                break;
            }
            day = day.max(end);
        }
        day
    }
}

fn main() {
    let mut random = Random::new(71);
    let mut rooms: Vec<Room> = (0..300).map(|_| Room::default()).collect();
    let (mut booked, mut later) = (0, 0_u64);
    for _ in 0..ASKED {
        let room = &mut rooms[random.below(300)];
        let from = random.below(20_000) as u32;
        let days = 1 + random.below(9) as u32;
        if room.book(from, from + days) {
            booked += 1;
        } else {
            later += u64::from(room.gap(from, days));
        }
    }
    println!("{booked} {later}");
}
