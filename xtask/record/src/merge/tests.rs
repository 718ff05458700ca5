//! Records that are parts of one run, and some that are not.

use protocol::Machine;

use super::*;
use crate::Shards;
use crate::fixture::record as whole;
use crate::{Condition, Severity};

/// Part `number` of `of`, with one case of that number.
fn part(number: usize, of: usize) -> Source {
    let mut record = whole();
    record.commit = Some("abc".into());
    record.started = 100 - number as u64;
    record.shards = Some(Shards { numbers: [number].into(), of });
    let case = record.cases.remove("words").unwrap();
    record.cases.insert(format!("case-{number}"), case);
    Source { path: format!("{number}.json").into(), record }
}

fn refusal(change: impl FnOnce(&mut Record)) -> String {
    let mut other = part(2, 2);
    change(&mut other.record);
    let error = merge(&[part(1, 2), other]).unwrap_err().to_string();
    assert!(error.contains("1.json") && error.contains("2.json"), "{error}");
    error
}

#[test]
fn parts_make_a_whole_in_any_order() {
    let mut parts = vec![part(1, 3), part(2, 3), part(3, 3)];
    let merged = merge(&parts).unwrap();
    assert_eq!(merged.cases.keys().collect::<Vec<_>>(), ["case-1", "case-2", "case-3"]);
    assert_eq!((merged.started, &merged.shards), (97, &None));
    assert!(warnings(&merged).is_empty());
    parts.reverse();
    assert_eq!(merge(&parts).unwrap(), merged);
}

#[test]
fn missing_parts_are_named_and_can_follow() {
    let some = merge(&[part(1, 4), part(3, 4)]).unwrap();
    assert_eq!(warnings(&some), ["missing: shard 2/4, 4/4"]);
    let some = Source { path: "some.json".into(), record: some };
    let all = merge(&[some, part(4, 4), part(2, 4)]).unwrap();
    assert_eq!((all.cases.len(), &all.shards), (4, &None));
    assert_eq!(warnings(&merge(&[part(1, 4)]).unwrap()).len(), 1, "even alone");
}

#[test]
fn machines_of_one_kind_give_the_better_limits_and_all_conditions() {
    let (mut one, mut other) = (part(1, 2), part(2, 2));
    one.record.machine.flops32 = 3.0;
    other.record.machine.flops32 = 4.0;
    other.record.machine.read = vec![(1.0, 7.0)];
    let condition = |finding: &str| Condition {
        name: "load".into(),
        finding: finding.into(),
        severity: Severity::Ok,
    };
    one.record.conditions = vec![condition("none")];
    other.record.conditions = vec![condition("none"), condition("some")];
    other.record.calibration.as_mut().unwrap().started = 5;
    let merged = merge(&[one, other]).unwrap();
    assert_eq!((merged.machine.flops32, merged.machine.read[0].1), (4.0, 8.0));
    assert_eq!(merged.conditions, [condition("none"), condition("some")]);
    assert_eq!(merged.calibration.unwrap().started, 5);
}

#[test]
fn what_is_no_part_of_the_same_run_is_refused() {
    assert!(refusal(|other| other.commit = None).contains("commit: abc / unknown"));
    assert!(
        refusal(|other| other.toolchain.flags = "-O".into()).contains("flags: -C opt-level=3 / -O")
    );
    let profile = refusal(|other| other.toolchain.profile = "dev".into());
    assert!(profile.contains("profile: unknown / dev"), "{profile}");
    let full = refusal(|other| other.effort = protocol::Effort::Full);
    assert!(full.contains("effort: quick / full") && full.contains("compare"), "{full}");
    assert!(refusal(|other| other.file = None).contains("/ none"));
    let machine = refusal(|other| other.machine.processor = "Other".into());
    assert!(machine.contains("book A.json B.json") && machine.contains("--by-machine"));
    let count = refusal(|other| other.shards = Some(Shards { numbers: [2].into(), of: 3 }));
    assert!(count.contains("in 2 shards") && count.contains("one in 3"), "{count}");
}

#[test]
fn a_case_is_in_one_record_only_unless_both_say_the_same() {
    let error = refusal(|other| {
        let mut case = other.cases["case-2"].clone();
        case.seconds = 9.0;
        other.cases.insert("case-1".into(), case);
    });
    assert!(error.contains("`case-1`"), "{error}");
    let twice = merge(&[part(1, 2), part(2, 2), part(1, 2)]).unwrap();
    assert_eq!(twice, merge(&[part(1, 2), part(2, 2)]).unwrap());
}

#[test]
fn records_without_shards_are_merged_too() {
    let (mut one, mut other) = (part(1, 2), part(2, 2));
    (one.record.shards, other.record.shards) = (None, None);
    let merged = merge(&[one, other]).unwrap();
    assert_eq!((merged.cases.len(), merged.shards), (2, None));
    assert!(merge(&[]).is_err());
}

#[test]
fn doubtful_commits_are_pointed_out() {
    for commit in [None, Some("abc+".to_owned())] {
        let mut only = part(1, 1);
        only.record.commit = commit;
        assert!(warnings(&merge(&[only]).unwrap())[0].contains("same code"));
    }
}

#[test]
fn a_mixed_fleet_gives_a_record_for_each_kind_the_fullest_first() {
    let mut odd = part(1, 3);
    odd.record.machine = Machine { processor: "Odd".into(), ..Machine::default() };
    let groups = by_machine(vec![odd, part(2, 3), part(3, 3)]);
    let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
    assert_eq!(sizes, [2, 1]);
    assert_eq!(groups[1][0].record.machine.processor, "Odd");
    assert!(groups.iter().all(|group| merge(group).is_ok()));
}
