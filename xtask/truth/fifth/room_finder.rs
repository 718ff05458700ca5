//! Finds rooms for meetings: when everybody who has to come is free, which room is, and how much
//! leeway a proposal leaves.

use truth::Random;

const PEOPLE: usize = 1_200;
const ROOMS: usize = 400;
/// Quarters of an hour in thirteen weeks of five days of ten hours.
const SLOTS: usize = 13 * 5 * 40;
const MEETINGS: usize = 44_000;

/// Which slots are free.
type Calendar = Vec<bool>;

struct Meeting {
    people: Vec<usize>,
    slots: usize,
    /// Slots in which it has to be.
    between: (usize, usize),
}

fn calendar(random: &mut Random, busy: usize) -> Calendar {
    let mut calendar = vec![true; SLOTS];
    for _ in 0..busy {
        let from = random.below(SLOTS - 8);
        calendar[from..from + 1 + random.below(6)].fill(false);
    }
    calendar
}

/// Slots in which all are free.
fn common(calendars: &[Calendar], people: &[usize]) -> Calendar {
    let mut common = vec![true; SLOTS];
    for &person in people {
        for (free, other) in common.iter_mut().zip(&calendars[person]) {
            *free = *free && *other;
        }
    }
    common
}

/// The first place where so many slots in a row are free.
fn first_gap(free: &[bool], slots: usize) -> Option<usize> {
    let mut length = 0;
    for (at, &free) in free.iter().enumerate() {
        length = if free { length + 1 } else { 0 };
        if length == slots {
            return Some(at + 1 - slots);
        }
    }
    None
}

/// Slots at which everybody and this room could meet instead.
fn leeway(common: &[bool], room: &[bool]) -> usize {
    common.iter().zip(room).filter(|(people, room)| **people && **room).count()
}

fn meeting(random: &mut Random) -> Meeting {
    let people = (0..2 + random.below(5)).map(|_| random.below(PEOPLE)).collect();
    let from = random.below(SLOTS / 2);
    Meeting { people, slots: 2 + random.below(4), between: (from, from + SLOTS / 2) }
}

/// Minutes' walk for all, when people sit along a corridor and rooms are at its doors.
fn walk(meeting: &Meeting, room: usize) -> u64 {
    let apart = |&person: &usize| (person / 20).abs_diff(room) as u64;
    meeting.people.iter().map(apart).sum()
}

fn main() {
    let mut random = Random::new(514);
    let mut calendars: Vec<Calendar> = (0..PEOPLE).map(|_| calendar(&mut random, 140)).collect();
    let mut rooms: Vec<Calendar> = (0..ROOMS).map(|_| calendar(&mut random, 60)).collect();
    let (mut found, mut left, mut walked) = (0, 0, 0);
    for number in 0..MEETINGS {
        let meeting = meeting(&mut random);
        let common = common(&calendars, &meeting.people);
        let (from, to) = meeting.between;
        let Some(at) = first_gap(&common[from..to], meeting.slots) else { continue };
        let slots = from + at..from + at + meeting.slots;
        let free = (0..ROOMS).filter(|&room| rooms[room][slots.clone()].iter().all(|free| *free));
        let Some(room) = free.min_by_key(|&room| walk(&meeting, room)) else { continue };
        found += 1;
        left += leeway(&common, &rooms[room]);
        walked += walk(&meeting, room);
        // Every fourth is only a question.
        if number % 4 != 0 {
            rooms[room][slots.clone()].fill(false);
            for &person in &meeting.people {
                calendars[person][slots.clone()].fill(false);
            }
        }
        if number % 40 == 0 {
            calendars[number % PEOPLE] = calendar(&mut random, 140);
            rooms[number % ROOMS] = calendar(&mut random, 60);
        }
    }
    println!("{found} of {MEETINGS} meetings have a room, {left} slots are left to move them");
    println!("{walked} minutes of walking");
}
