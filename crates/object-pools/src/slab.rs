//! A generational slab: all buffers in one block, and what travels is a handle of eight bytes. A
//! handle whose buffer was given back is recognised, so that a late answer finds nothing.

use std::cell::RefCell;
use std::io::Read;

use crate::traffic::{Answers, Event, Traffic, unmask};

/// Names a buffer while it is taken: the place, and the generation that the place had then.
#[derive(Clone, Copy)]
pub(crate) struct Handle {
    place: u32,
    generation: u32,
}

/// What is known of the message in a place.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Odd while taken.
    generation: u32,
    len: u32,
    key: u32,
}

#[derive(Default)]
pub(crate) struct Slab {
    capacity: usize,
    bytes: Vec<u8>,
    places: Vec<Place>,
    free: Vec<u32>,
}

thread_local! {
    pub(crate) static SLAB: RefCell<Slab> = RefCell::default();
}

impl Slab {
    /// Buffers of this capacity; the ones there are stay, if they have it.
    pub(crate) fn with_capacity(&mut self, capacity: usize) {
        if self.capacity != capacity {
            *self = Self { capacity, ..Self::default() };
        }
    }

    /// Fills a free buffer from the socket.
    pub(crate) fn fill(&mut self, mut socket: impl Read, key: u32) -> Handle {
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(Place::default());
            self.bytes.resize(self.places.len() * self.capacity, 0);
            self.places.len() as u32 - 1
        });
        let start = place as usize * self.capacity;
        let buffer = &mut self.bytes[start..start + self.capacity];
        let len = socket.read(buffer).expect("a slice can be read") as u32;
        let taken = &mut self.places[place as usize];
        *taken = Place { generation: taken.generation.wrapping_add(1), len, key };
        Handle { place, generation: taken.generation }
    }

    /// Gives the buffer back and lets it be read a last time. `None` if it was given back before,
    /// whoever has it now.
    pub(crate) fn give_back(&mut self, handle: Handle) -> Option<(&mut [u8], u32)> {
        let place = &mut self.places[handle.place as usize];
        if place.generation != handle.generation {
            return None;
        }
        place.generation = place.generation.wrapping_add(1);
        self.free.push(handle.place);
        let start = handle.place as usize * self.capacity;
        Some((&mut self.bytes[start..start + place.len as usize], place.key))
    }

    /// What was never answered must not stay taken beyond the call.
    pub(crate) fn give_back_all(&mut self, handles: &[Handle]) {
        if self.free.len() < self.places.len() {
            for &handle in handles {
                self.give_back(handle);
            }
        }
    }
}

/// The answers to all messages whose client is still there.
pub fn serve(traffic: &Traffic) -> Answers {
    SLAB.with_borrow_mut(|slab| {
        slab.with_capacity(traffic.capacity);
        let mut answers = Vec::new();
        let mut handles = Vec::new();
        for &event in &traffic.events {
            match event {
                Event::Arrive { start, len, key } => {
                    handles.push(slab.fill(traffic.on_wire(start, len), key));
                }
                Event::Answer(message) => {
                    if let Some((bytes, key)) = slab.give_back(handles[message as usize]) {
                        answers.push((message, unmask(bytes, key)));
                    }
                }
                Event::HangUp(message) => drop(slab.give_back(handles[message as usize])),
            }
        }
        slab.give_back_all(&handles);
        answers
    })
}

#[cfg(test)]
mod tests;
