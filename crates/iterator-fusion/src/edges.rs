//! Recordings without readings, with nothing but faults or spikes, and hours that go on or end.

use crate::recording::{Block, PLAUSIBLE, PROBE, Readings, Recording};

/// Hand-made recordings, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Recording> {
    let good = |raw: &[i16]| Readings { raw: raw.to_vec(), status: vec![0; raw.len()] };
    let bad = |count| Readings { raw: vec![18_000; count], status: vec![7; count] };
    let block = |hour, readings, late| Block { hour, readings, late };
    let none = Readings::default;
    let mut edges = vec![
        vec![],
        vec![block(0, none(), none())],
        vec![block(3, bad(40), bad(1))],
        vec![block(3, none(), good(&[18_000]))],
        vec![block(3, good(&[i16::MIN, i16::MAX]), none())], // spikes only
        vec![block(1, good(&[18_000; 33]), none()), block(1, bad(3), good(&[0, 18_000]))],
        vec![block(1, good(&[18_000]), none()), block(2, bad(3), none())],
        vec![block(0, good(&[15_000; 32]), bad(2)), block(u32::MAX, good(&[9_000]), none())],
    ];
    // On both sides of what is plausible, at every length around a vector.
    let all: Vec<i16> = (i16::MIN..=i16::MAX).collect();
    let raw_of = |value| all.iter().copied().find(|&raw| PROBE.centidegrees(raw) == value);
    let ends = [*PLAUSIBLE.start(), *PLAUSIBLE.end()];
    let around: Vec<i16> =
        ends.iter().flat_map(|end| [end - 1, *end, end + 1]).filter_map(raw_of).collect();
    for len in (1..40).chain([1_000]) {
        let raw: Vec<i16> = around.iter().copied().cycle().take(len).collect();
        edges.push(vec![block(5, good(&raw), good(&raw[..len / 2]))]);
        // Fault codes of one bit each: none may pass for good.
        let status = (0..len).map(|at| if at % 3 == 0 { 0 } else { 1 << (at % 8) }).collect();
        edges.push(vec![block(5, Readings { raw: vec![17_000; len], status }, none())]);
    }
    edges.push(vec![block(7, good(&all), none())]);
    edges.into_iter().map(|blocks| Recording { probe: PROBE, blocks }).collect()
}
