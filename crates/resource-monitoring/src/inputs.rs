//! Whom agents watch: processes that all do something else.

use super::job::Job;

/// `n` processes, asked again and again.
pub fn asked_again(n: usize, seed: u64) -> Job {
    children(n, seed)
}

/// `n` processes, asked once by an agent that is made for it.
pub fn asked_once(n: usize, seed: u64) -> Job {
    Job { once: true, ..children(n, seed) }
}

/// The process that asks, after `n - 1` others.
pub fn itself(n: usize, seed: u64) -> Job {
    Job { itself: true, ..children(n.saturating_sub(1), seed) }
}

#[cfg(target_os = "linux")]
fn children(n: usize, seed: u64) -> Job {
    use super::children::{Children, Plan};
    use harness::data::{rand::RngExt, rng, words};

    /// What is written at once: a page of most systems.
    const PAGE: usize = 4096;
    let mut rng = rng(seed);
    let mut plan = |_| {
        let words = [0, 1].map(|_| &*words()[rng.random_range(0..words().len())]);
        let mut name = words.join(" ").into_bytes();
        name.truncate(15);
        // Processes mostly wait.
        let rounds =
            if rng.random_range(0..16) == 0 { rng.random_range(10_000..50_000) } else { 0 };
        let writes = PAGE * rng.random_range(0..16);
        Plan { name, rounds, writes, keeps: rng.random_range(0..100_000) }
    };
    let plans: Vec<_> = (0..n).map(&mut plan).collect();
    let of = |plans: &[Plan]| Children::new(plans).and_then(|them| Ok((them.watched()?, them)));
    let (watched, children) = of(&plans).expect("the system has room for processes");
    Job { watched, children: Some(children), ..Job::default() }
}

#[cfg(not(target_os = "linux"))]
fn children(_: usize, _: u64) -> Job {
    Job::default()
}
