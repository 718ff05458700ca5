//! The job, the same in every process: what a request asks of an allocator. It belongs to the
//! library and, by its path, to each worker: a worker that linked the library would link the bench
//! harness, and with it another global allocator.

use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;

use crate::draws::{Draws, TEXT};

/// Which requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Parse, answer, drop; now and then something is kept.
    Requests,
    /// One thread parses, another consumes and drops.
    Handover,
    /// Mostly arithmetic.
    Arithmetic,
}

/// All of it, named as the protocol between the processes names it.
pub const KINDS: [(Kind, &str); 3] =
    [(Kind::Requests, "requests"), (Kind::Handover, "handover"), (Kind::Arithmetic, "arithmetic")];

/// A parsed message: some strings in a tree, and a body.
struct Message {
    fields: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// Requests that go from thread to thread together, as through any well-made queue.
const BATCH: usize = 32;
/// Words that the arithmetic works on.
const TABLE: usize = 1024;

impl Message {
    fn parse(draws: &mut Draws) -> Self {
        let fields = (0..3 + draws.below(6)).map(|at| {
            let mut name = draws.string();
            name.push(char::from(b'a' + at as u8));
            (name, draws.string())
        });
        let fields = fields.collect();
        // The exponent is random, so that bodies have a long tail: up to 8 KiB.
        let most = 64 << draws.below(8);
        let mut body = Vec::new();
        for _ in 0..draws.below(most).div_ceil(64) {
            body.extend_from_slice(TEXT.as_bytes());
        }
        Self { fields, body }
    }

    fn bytes(&self) -> usize {
        let fields = self.fields.iter().map(|(name, value)| name.len() + value.len());
        fields.sum::<usize>() + self.body.len()
    }

    fn checksum(&self) -> u64 {
        let fields = self.fields.iter().map(|(name, value)| (name.len() * 31 + value.len()) as u64);
        fields.sum::<u64>()
            + self.body.len() as u64 * 7
            + self.body.iter().step_by(64).map(|&byte| u64::from(byte)).sum::<u64>()
    }
}

/// Does the job and gives its checksum.
pub fn run(kind: Kind, n: usize, seed: u64) -> u64 {
    let draws = Draws(seed);
    match kind {
        Kind::Requests => requests(n, draws),
        Kind::Handover => handover(n, draws),
        Kind::Arithmetic => arithmetic(n, draws),
    }
}

/// Bytes that any program must write to have these messages, however it gets its memory.
pub fn bytes(kind: Kind, n: usize, seed: u64) -> usize {
    let mut draws = Draws(seed);
    let mut parse = || {
        let bytes = Message::parse(&mut draws).bytes();
        if kind == Kind::Requests {
            let _user_and_chance = (draws.draw(), draws.draw());
        }
        bytes
    };
    if kind == Kind::Arithmetic { TABLE * 8 } else { (0..n).map(|_| parse()).sum() }
}

/// Each request is parsed, answered and dropped; one in four replaces what is kept for its user, so
/// that blocks of all ages lie side by side.
fn requests(n: usize, mut draws: Draws) -> u64 {
    let mut sessions: Vec<Option<Message>> = Vec::new();
    sessions.resize_with(n / 4 + 1, || None);
    let mut sum = 0_u64;
    for _ in 0..n {
        let message = Message::parse(&mut draws);
        let user = draws.below(sessions.len() as u64) as usize;
        let mut answer = String::new();
        for (name, value) in &message.fields {
            answer.push_str(name);
            answer.push_str(": ");
            answer.push_str(value);
            answer.push('\n');
        }
        sum = sum.rotate_left(1) ^ (message.checksum() + answer.len() as u64);
        if draws.below(4) == 0 {
            let old = sessions[user].replace(message);
            sum = sum.wrapping_add(old.map_or(0, |old| old.checksum()));
        }
    }
    sum
}

/// One thread parses, the other adds up and drops: each block is freed where it was not made.
fn handover(n: usize, mut draws: Draws) -> u64 {
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Vec<Message>>(16);
        let consumer = scope.spawn(move || {
            let messages = receive.into_iter().flatten();
            messages.fold(0_u64, |sum, message| sum.rotate_left(1) ^ message.checksum())
        });
        let mut left = n;
        while left > 0 {
            let count = left.min(BATCH);
            let batch = (0..count).map(|_| Message::parse(&mut draws)).collect();
            send.send(batch).expect("the consumer takes all");
            left -= count;
        }
        drop(send);
        consumer.join().expect("adding up does not panic")
    })
}

/// Requests that need no memory but a table made once.
fn arithmetic(n: usize, mut draws: Draws) -> u64 {
    let mut table = vec![0_u64; TABLE];
    for _ in 0..n * 256 {
        let draw = draws.draw();
        table[draw as usize % TABLE] ^= draw;
    }
    table.into_iter().fold(0, |sum: u64, value| sum.rotate_left(1) ^ value)
}
