//! Every rung against naive, on recordings whole, faulty, late and empty.

use super::*;
use proptest::prelude::*;

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, input);
    harness::agree(RUNGS, unplugged);
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn hours_without_a_plausible_reading_are_not_drawn() {
    let hours = [0, 0, 0, 1, 0, 1, 1, 2];
    for (recording, hours) in edges::edges().iter().zip(hours) {
        assert_eq!(naive::means(recording).len(), hours);
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
