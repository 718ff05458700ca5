//! Every rung against naive, on recordings whole, faulty, late and empty.

use super::*;
use proptest::prelude::*;

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, input);
    harness::agree(RUNGS, unplugged);
}

#[test]
fn rungs_agree_on_edges() {
    let good = |raw: &[i16]| Readings { raw: raw.to_vec(), status: vec![0; raw.len()] };
    let bad = |count| Readings { raw: vec![18_000; count], status: vec![7; count] };
    let block = |hour, readings, late| Block { hour, readings, late };
    let none = Readings::default;
    for (blocks, hours) in [
        (vec![], 0),
        (vec![block(0, none(), none())], 0),
        (vec![block(3, bad(40), bad(1))], 0),
        (vec![block(3, none(), good(&[18_000]))], 1),
        (vec![block(3, good(&[i16::MIN, i16::MAX]), none())], 0), // spikes only
        (vec![block(1, good(&[18_000; 33]), none()), block(1, bad(3), good(&[0, 18_000]))], 1),
        (vec![block(1, good(&[18_000]), none()), block(2, bad(3), none())], 1),
        (vec![block(0, good(&[15_000; 32]), bad(2)), block(u32::MAX, good(&[9_000]), none())], 2),
    ] {
        let recording = Recording { probe: PROBE, blocks };
        assert_eq!(naive::means(&recording).len(), hours);
        harness::agree_on(RUNGS, recording);
    }
}

#[test]
fn sums_are_exact_at_the_ends_of_what_is_plausible() {
    let raw: Vec<i16> = (i16::MIN..=i16::MAX).collect();
    let at = |value| raw.iter().copied().find(|&raw| PROBE.centidegrees(raw) == value);
    for raw in [*PLAUSIBLE.start(), *PLAUSIBLE.end()].map(|value| at(value).unwrap()) {
        let readings = Readings { raw: vec![raw; 1_000], status: vec![0; 1_000] };
        let block = Block { hour: 0, readings, late: Readings::default() };
        let recording = Recording { probe: PROBE, blocks: vec![block] };
        let sum = i64::from(PROBE.centidegrees(raw)) * 1_000;
        assert_eq!(naive::means(&recording), [Mean { hour: 0, count: 1_000, sum }]);
        harness::agree_on(RUNGS, recording);
    }
}

fn any_readings() -> impl Strategy<Value = Readings> {
    let status = prop_oneof![4 => Just(0), 1 => any::<u8>()];
    let raw = prop_oneof![3 => 10_000_i16..30_000, 1 => any::<i16>()];
    proptest::collection::vec((raw, status), 0..150).prop_map(|rows| {
        let (raw, status) = rows.into_iter().unzip();
        Readings { raw, status }
    })
}

proptest! {
    #[test]
    fn rungs_agree_on_any_readings(
        parts in proptest::collection::vec((any_readings(), any_readings(), 0_u32..3), 0..12)
    ) {
        let mut hour = 0;
        let mut block = |(readings, late, later)| {
            hour += later;
            Block { hour, readings, late }
        };
        let blocks = parts.into_iter().map(&mut block).collect();
        harness::agree_on(RUNGS, Recording { probe: PROBE, blocks });
    }
}
