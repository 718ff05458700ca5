//! Keeps a table of events in columns and answers questions about their tags: how often one follows
//! itself, which are the most frequent, and how they are spread over the hours.

use truth::{Random, word};

struct Events {
    tags: Vec<String>,
    hours: Vec<u8>,
    amounts: Vec<u32>,
}

fn log(count: usize) -> String {
    let mut random = Random::new(31);
    let tags: Vec<String> = (0..60).map(|at| word(at * 37)).collect();
    let mut log = String::new();
    for _ in 0..count {
        let (hour, amount) = (random.below(24), random.skewed(10_000));
        log.push_str(&format!("{hour} {} {amount}\n", tags[random.skewed(tags.len())]));
    }
    log
}

fn load(log: &str) -> Events {
    let mut events = Events { tags: Vec::new(), hours: Vec::new(), amounts: Vec::new() };
    for line in log.lines() {
        let mut fields = line.split(' ');
        let mut field = || fields.next().unwrap_or_default();
        events.hours.push(field().parse().unwrap_or(0));
        events.tags.push(field().to_string());
        events.amounts.push(field().parse().unwrap_or(0));
    }
    events
}

impl Events {
    fn repeats(&self) -> usize {
        self.tags.windows(2).filter(|pair| pair[0] == pair[1]).count()
    }

    /// Tags with their counts, the most frequent first.
    fn frequent(&self) -> Vec<(String, usize)> {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for tag in &self.tags {
            match counts.iter_mut().find(|(known, _)| known == tag) {
                Some((_, count)) => *count += 1,
                None => counts.push((tag.clone(), 1)),
            }
        }
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        counts
    }

    fn by_hour(&self, tag: &str) -> [u64; 24] {
        let mut sums = [0; 24];
        for at in 0..self.tags.len() {
            if self.tags[at] == tag {
                sums[usize::from(self.hours[at])] += u64::from(self.amounts[at]);
            }
        }
        sums
    }
}

/// The hour around which a day's sums are spread.
fn middle(sums: &[u64; 24]) -> u64 {
    let all: u64 = sums.iter().sum();
    let weighed: u64 = (0..24).map(|hour| hour * sums[hour as usize]).sum();
    weighed / all.max(1)
}

fn main() {
    let log = log(400_000);
    for day in 0..22 {
        let events = load(&log);
        let repeats = events.repeats();
        let frequent = events.frequent();
        let hours: Vec<u64> =
            frequent.iter().take(3).map(|(tag, _)| middle(&events.by_hour(tag))).collect();
        println!("day {day}: {repeats} repeats, {:?}, around {hours:?}", &frequent[..2]);
    }
}
