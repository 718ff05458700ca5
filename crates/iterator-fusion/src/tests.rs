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

/// In no block of ten minutes does the count or the sum of a lane come near what it can hold.
#[test]
fn a_column_of_days_overflows_no_lane() {
    let warmest = (i16::MIN..=i16::MAX).find(|&raw| PROBE.centidegrees(raw) == *PLAUSIBLE.end());
    for count in [(1 << 16) - 1, 1 << 16, (1 << 16) + 1, 1 << 18] {
        let readings = Readings { raw: vec![warmest.unwrap(); count], status: vec![0; count] };
        let block = Block { hour: 2, readings, late: Readings::default() };
        harness::agree_on(RUNGS, Recording { probe: PROBE, blocks: vec![block] });
    }
}

/// All rungs ask the probe, so none would disagree on another curve.
#[test]
fn degrees_are_those_of_the_curve_worked_out_by_hand() {
    // At 18,000: 26,000 and an eighth of 18,000² / 2¹⁶ is a gain of 26,617, over 18,000 / 2¹⁶.
    for (raw, centidegrees) in [(0, -5_800), (18_000, 1_510), (-18_000, -13_111), (8, -5_797)] {
        assert_eq!(PROBE.centidegrees(raw), centidegrees, "{raw}");
    }
    assert_eq!(PLAUSIBLE, -4_000..=6_000);
}

#[test]
fn a_reading_is_three_bytes_whether_late_or_not() {
    let readings = |count| Readings { raw: vec![0; count], status: vec![0; count] };
    let block = |count, late| Block { hour: 0, readings: readings(count), late: readings(late) };
    let recording = Recording { probe: PROBE, blocks: vec![block(5, 2), block(9, 0)] };
    assert_eq!(recording.bytes(), 16 * 3);
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
