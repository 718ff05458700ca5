//! Names that look like what stands behind them, processes that have gone, are about to, or were
//! never there, and nobody at all.

use crate::job::Job;

/// Hand-made jobs, for the tests and for the gate before the clock.
#[cfg(target_os = "linux")]
pub fn edges() -> Vec<Job> {
    let job = || named().expect("the system has room for processes");
    let mut edges = vec![Job::default(), job(), Job { once: true, ..job() }];
    edges.push(Job { itself: true, ..job() });
    // Who had the numbers before; two seconds, since some only know of seconds.
    let mut earlier = job();
    earlier.watched.iter_mut().step_by(2).for_each(|watched| watched.started -= 200);
    edges.push(earlier);
    for reaped in [true, false] {
        let mut gone = job();
        let children = gone.children.as_mut().expect("there are some");
        for at in [0, 3] {
            children.end(at, reaped).expect("a child can be ended");
        }
        edges.push(gone);
    }
    edges
}

/// Nobody is watched here.
#[cfg(not(target_os = "linux"))]
pub fn edges() -> Vec<Job> {
    Vec::new()
}

/// Processes with names that a reader of lines and fields trips over.
#[cfg(target_os = "linux")]
fn named() -> std::io::Result<Job> {
    use crate::children::{Children, Plan};

    let names: [&[u8]; 10] = [
        b"plain",
        b"with spaces in",
        b"a) S 1 (b",
        b")",
        b"((((",
        b") R 1 2 3 4 5 6",
        b"two\nlines",
        b"\xff\xfe)\xc3",
        "ö) Z (ß".as_bytes(),
        b"",
    ];
    let plan = |(at, name): (usize, &&[u8])| Plan {
        name: name.to_vec(),
        rounds: if at == 1 { 20_000 } else { 0 },
        writes: 5_000 * at,
        keeps: 10_000 * at,
    };
    let plans: Vec<_> = names.iter().enumerate().map(plan).collect();
    let children = Children::new(&plans)?;
    Ok(Job { watched: children.watched()?, children: Some(children), ..Job::default() })
}
