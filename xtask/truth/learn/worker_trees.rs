//! Requests are parsed in one thread and answered in another; each travels as a small tree of
//! headers, and some answers are kept for later.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use truth::{Random, word};

struct Request {
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn wire(requests: usize) -> String {
    let mut random = Random::new(71);
    let mut text = String::new();
    for _ in 0..requests {
        text.push_str(&format!("GET /{}\n", word(random.skewed(3_000))));
        for header in 0..3 + random.below(8) {
            text.push_str(&format!("x-{}: {}\n", word(header), word(random.below(90_000))));
        }
        text.push_str(&format!("length: {}\n\n", random.skewed(3_000)));
    }
    text
}

fn parse(block: &str) -> Request {
    let mut lines = block.lines();
    let path = lines.next().unwrap_or_default().trim_start_matches("GET ").to_string();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "length");
    let length = length.and_then(|(_, length)| length.parse().ok()).unwrap_or(0);
    Request { path, headers, body: Vec::with_capacity(length) }
}

fn read(text: &str, rounds: usize, requests: &SyncSender<Vec<Request>>) {
    for _ in 0..rounds {
        let mut batch = Vec::new();
        for block in text.split("\n\n") {
            batch.push(parse(block));
            if batch.len() == 64 {
                requests.send(std::mem::take(&mut batch)).unwrap();
            }
        }
    }
}

/// Adds the answer's headers and body; gives its checksum.
fn answer(mut request: Request) -> (u64, Request) {
    let served = request.path.len().to_string();
    request.headers.push(("served".to_string(), served));
    request.headers.retain(|(name, _)| !name.ends_with("ko"));
    let mut sum = 5u64;
    for (name, value) in &request.headers {
        for byte in name.bytes().chain(value.bytes()) {
            sum = sum.wrapping_mul(31).wrapping_add(u64::from(byte));
        }
        request.body.extend_from_slice(value.as_bytes());
    }
    (sum, request)
}

fn serve(requests: &Receiver<Vec<Request>>) -> (u64, usize) {
    let mut kept: Vec<Option<Request>> = (0..2_000).map(|_| None).collect();
    let (mut sums, mut served) = (0u64, 0);
    for batch in requests {
        for request in batch {
            let (sum, answered) = answer(request);
            sums ^= sum;
            served += 1;
            if sum % 4 == 0 {
                let at = (sum >> 8) as usize % kept.len();
                kept[at] = Some(answered);
            }
        }
    }
    (sums, served)
}

fn main() {
    let text = wire(20_000);
    let (sender, receiver) = sync_channel(16);
    let server = thread::spawn(move || serve(&receiver));
    read(&text, 25, &sender);
    drop(sender);
    let (sums, served) = server.join().unwrap();
    println!("{served} served, {sums:x}");
}
