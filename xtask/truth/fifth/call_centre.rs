//! A day's calls of several call centres, replayed with more or fewer agents: how long callers
//! wait, who hangs up, and what they called about.

use std::collections::HashMap;

use truth::Random;

const CALLS: usize = 240_000;
const TOPICS: usize = 700;
const SECONDS: u32 = 86_400;

#[derive(Clone, Copy)]
struct Call {
    number: u32,
    at: u32,
    /// How long the caller waits before giving up.
    patience: u32,
    talk: u32,
}

/// Callers in the order in which they came, and those who asked to be called back.
#[derive(Default)]
struct Line {
    waiting: Vec<Call>,
    later: Vec<Call>,
}

#[derive(Default)]
struct Day {
    answered: usize,
    lost: usize,
    waited: u64,
    longest: usize,
}

impl Line {
    /// Who is next. Callers who have hung up meanwhile are passed over.
    fn next(&mut self, now: u32, day: &mut Day) -> Option<Call> {
        while !self.waiting.is_empty() {
            let call = self.waiting.remove(0);
            if call.at + call.patience >= now {
                return Some(call);
            }
            if call.number % 5 == 0 {
                self.later.push(call);
            } else {
                day.lost += 1;
            }
        }
        self.later.pop()
    }
}

fn replay(calls: &[Call], agents: u32) -> Day {
    let mut day = Day::default();
    let mut line = Line::default();
    let mut free = agents;
    // Seconds in which an agent's call ends, with how many do.
    let mut ends = vec![0_u32; SECONDS as usize + 4_000];
    let mut calls = calls.iter().peekable();
    for now in 0..SECONDS {
        free += ends[now as usize];
        while let Some(call) = calls.next_if(|call| call.at <= now) {
            line.waiting.push(*call);
        }
        day.longest = day.longest.max(line.waiting.len());
        while free > 0 {
            let Some(call) = line.next(now, &mut day) else { break };
            free -= 1;
            ends[(now + call.talk) as usize] += 1;
            day.answered += 1;
            day.waited += u64::from(now - call.at);
        }
    }
    day
}

fn calls(random: &mut Random) -> Vec<Call> {
    let mut at = 0.0;
    let call = |number| {
        let rush = if at > 30_000.0 && at < 50_000.0 { 1.7 } else { 0.8 };
        at += random.unit() * 0.66 / rush;
        Call {
            number,
            at: (at as u32).min(SECONDS - 1),
            patience: 300 + random.below(3_000) as u32,
            talk: 60 + random.skewed(900) as u32,
        }
    };
    (0..CALLS as u32).map(call).collect()
}

/// Topics as the agents noted them, two or three for a call, with commas between them.
fn notes(random: &mut Random) -> String {
    let mut notes = String::with_capacity(CALLS * 24);
    for _ in 0..CALLS {
        for at in 0..2 + random.below(2) {
            if at > 0 {
                notes.push(',');
            }
            notes.push_str(&truth::word(random.skewed(TOPICS)));
        }
        notes.push('\n');
    }
    notes
}

fn topics(notes: &str) -> Vec<Vec<String>> {
    notes.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// The topic that calls had most often, and the pair that they had together.
fn frequent(topics: &[Vec<String>]) -> (&str, usize, (&str, &str), usize) {
    let mut single: HashMap<&str, usize> = HashMap::new();
    let mut pairs: HashMap<(&str, &str), usize> = HashMap::new();
    for call in topics {
        for (at, topic) in call.iter().enumerate() {
            *single.entry(topic).or_default() += 1;
            for other in &call[at + 1..] {
                *pairs.entry((topic.min(other), topic.max(other))).or_default() += 1;
            }
        }
    }
    let (topic, calls) = single.into_iter().max_by_key(|&(topic, count)| (count, topic)).unwrap();
    let (pair, together) = pairs.into_iter().max_by_key(|&(pair, count)| (count, pair)).unwrap();
    (topic, calls, pair, together)
}

fn main() {
    let mut random = Random::new(519);
    let calls = calls(&mut random);
    for agents in [690, 750, 810] {
        let day = replay(&calls, agents);
        let wait = day.waited as f64 / day.answered as f64;
        println!("{agents} agents: {} answered, {} lost, {wait:.0} s", day.answered, day.lost);
        println!("  at most {} callers were waiting", day.longest);
    }
    let notes = notes(&mut random);
    let topics = topics(&notes);
    let (topic, count, (a, b), together) = frequent(&topics);
    println!("{topic} in {count} calls, {a} with {b} in {together}");
}
