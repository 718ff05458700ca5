//! `opool`: a local pool for one thread, with guards that give their buffers back.

use std::cell::RefCell;
use std::io::Read;
use std::rc::Rc;

use opool::{LocalPool, PoolAllocator};

use crate::traffic::{Answers, Event, Traffic, unmask};

/// Makes what the pool hands out, and by default resets nothing.
struct Buffers {
    capacity: usize,
}

impl PoolAllocator<Vec<u8>> for Buffers {
    fn allocate(&self) -> Vec<u8> {
        vec![0; self.capacity]
    }
}

type Pool = Rc<LocalPool<Buffers, Vec<u8>>>;

thread_local! {
    static POOL: RefCell<Option<(usize, Pool)>> = const { RefCell::new(None) };
}

/// The thread's pool, if it has this capacity; else a new one in its place.
fn pool(capacity: usize) -> Pool {
    POOL.with_borrow_mut(|pool| match pool {
        Some((of, pool)) if *of == capacity => Rc::clone(pool),
        other => {
            let new = LocalPool::new(64, Buffers { capacity }).to_rc();
            *other = Some((capacity, Rc::clone(&new)));
            new
        }
    })
}

/// The answers to all messages whose client is still there.
pub fn serve(traffic: &Traffic) -> Answers {
    let pool = pool(traffic.capacity);
    let mut answers = Vec::with_capacity(traffic.messages);
    let mut waiting = Vec::with_capacity(traffic.messages);
    for &event in &traffic.events {
        match event {
            Event::Arrive { start, len, key } => {
                let mut buffer = pool.get();
                let mut socket = traffic.on_wire(start, len);
                let len = socket.read(&mut buffer).expect("a slice can be read");
                waiting.push(Some((buffer, len, key)));
            }
            Event::Answer(message) => {
                if let Some((mut buffer, len, key)) = waiting[message as usize].take() {
                    answers.push((message, unmask(&mut buffer[..len], key)));
                }
            }
            Event::HangUp(message) => waiting[message as usize] = None,
        }
    }
    answers
}
