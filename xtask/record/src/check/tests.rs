//! Every list, number and text of a whole record, made wrong: each is refused where it is, in a
//! sentence, or cannot do any harm.

use serde_json::{Value, json};

use super::*;
use crate::Record;
use crate::fixture::record;

/// The record with something in each list that it leaves empty.
fn full() -> Value {
    let mut record = record();
    let machine = &mut record.machine;
    machine.read = vec![(1e3, 9.0), (1e6, 8.0)];
    machine.copy = machine.read.clone();
    machine.latency = machine.read.clone();
    machine.latency_huge_pages = Some(machine.read.clone());
    machine.features = vec!["avx2".into(), "sse4.1".into()];
    machine.caches = vec![1_000, 2_000];
    machine.effective_caches = vec![1_000];
    machine.system = "linux x86_64".into();
    record.commit = Some("72f1dcf436+".into());
    let mut value = serde_json::to_value(&record).unwrap();
    value["machine"]["peaks"] = json!([{"vectors": "scalar", "flops32": 1.0, "flops64": 1.0}]);
    value["machine"]["costs"] = json!([{"name": "fault", "ns": 1.0, "how": "touched"}]);
    value["conditions"] = json!([{"name": "load", "finding": "0.1", "severity": "ok"}]);
    value
}

/// What a record is refused with.
fn refusal(value: &Value) -> Option<String> {
    let error = format!("{:#}", Record::read(&value.to_string()).err()?);
    assert!(error.chars().count() < 300 && !error.contains(char::is_control), "{error}");
    Some(error)
}

/// Where something is, as pointers into the value.
fn places(value: &Value, wanted: fn(&Value) -> bool) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Array(all) => all.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect(),
        Value::Object(all) => all.iter().map(|(key, it)| (key.clone(), it)).collect(),
        _ => Vec::new(),
    };
    let deeper = below.into_iter().flat_map(|(step, value)| {
        places(value, wanted).into_iter().map(move |place| format!("/{step}{place}"))
    });
    wanted(value).then(String::new).into_iter().chain(deeper).collect()
}

/// What became of a record in which something was changed at a place.
fn changed(place: &str, change: impl Fn(&mut Value)) -> Option<String> {
    let mut value = full();
    change(value.pointer_mut(place).unwrap());
    refusal(&value)
}

#[test]
fn a_whole_record_is_read() {
    assert_eq!(refusal(&full()), None);
}

#[test]
fn no_list_by_rung_is_shorter_or_longer_than_the_rungs() {
    let lists = places(&full(), |value| value.as_array().is_some_and(|all| all.len() == 3));
    let mut by_rung = 0;
    // Processes and pairs are three here as well, and may be fewer.
    for place in lists.iter().filter(|it| !it.contains("pairs") && !it.contains("claims")) {
        let processes = ["/times", "/cpu", "/faults"].iter().any(|end| place.ends_with(end));
        let shorter = changed(place, |list| drop(list.as_array_mut().unwrap().pop()));
        assert!(processes || shorter.is_some(), "{place} is read though one is missing");
        by_rung += usize::from(shorter.is_some());
        let one_more = |list: &mut Value| {
            let first = list[0].clone();
            list.as_array_mut().unwrap().push(first);
        };
        assert!(changed(place, one_more).is_some() || place.ends_with("/times"), "{place}");
    }
    assert!(by_rung >= 16, "{by_rung}");
    let times = changed("/cases/words/scenarios/0/times/1", |list| *list = json!([1.0, 2.0]));
    let says = "cases.words.scenarios[0].times[1]: 3 rungs, 2 entries; measure again";
    assert!(times.as_ref().unwrap().starts_with(says), "{times:?}");
}

#[test]
fn no_number_is_beyond_what_can_be_measured_or_counted() {
    for place in places(&full(), Value::is_number) {
        for number in [json!(-1e300), json!(-1), json!(1e300), json!(u64::MAX)] {
            // A log ratio may be below zero, and nothing else.
            let may = place.contains("/logs/") && number == json!(-1);
            assert!(
                changed(&place, |it| *it = number.clone()).is_some() != may,
                "{place}: {number}"
            );
        }
        if full().pointer(&place).unwrap().is_f64() {
            let refused = changed(&place, |it| *it = json!(1e-300));
            let share = ["share", "slowdown", "quiet"].iter().any(|it| place.ends_with(it));
            assert!(refused.is_some() || share, "{place}");
        }
    }
}

#[test]
fn no_text_is_endless_or_drives_a_terminal() {
    for place in places(&full(), Value::is_string) {
        for text in ["\u{1b}[2J".to_owned(), "\u{202e}".to_owned(), "x".repeat(100_000)] {
            assert!(changed(&place, |it| *it = json!(text)).is_some(), "{place}: {text:.9?}");
        }
    }
}

#[test]
fn names_are_names() {
    let script = |it: &mut Value| *it = json!("<script>alert(1)</script>");
    for place in [
        "/commit",
        "/toolchain/target",
        "/machine/features/0",
        "/machine/costs/0/name",
        "/cases/words/description/item",
        "/cases/words/description/rungs/2/name",
        "/cases/words/description/claims/0/rung",
        "/cases/words/scenarios/0/scenario/input",
        "/cases/words/evidence/cost/0/crates/0",
    ] {
        let refused = changed(place, script).unwrap();
        assert!(refused.contains("is no name") || refused.contains("no target"), "{refused}");
        assert!(changed(place, |it| *it = json!("")).is_some() || place.ends_with("target"));
    }
    let mut renamed = full();
    for name in ["../../etc/passwd", "<b>", "", "a b", "..", &"x".repeat(101), "a\nb"] {
        let cases = renamed["cases"].as_object_mut().unwrap();
        let case = std::mem::take(cases).into_iter().next().unwrap().1;
        cases.insert(name.to_owned(), case);
        assert!(refusal(&renamed).is_some(), "{name}");
    }
}

#[test]
fn nothing_stands_twice_where_one_is_looked_for() {
    for list in ["description/rungs", "scenarios", "scenarios/0/pairs"] {
        let twice = changed(&format!("/cases/words/{list}"), |list| {
            let last = list.as_array().unwrap().last().unwrap().clone();
            list.as_array_mut().unwrap().push(last);
        });
        assert!(twice.as_ref().unwrap().contains("twice"), "{twice:?}");
    }
}

#[test]
fn curves_percentiles_and_intervals_go_up() {
    for curve in ["read", "copy", "latency", "latency_huge_pages"] {
        let turned =
            changed(&format!("/machine/{curve}"), |it| it.as_array_mut().unwrap().reverse());
        assert!(turned.unwrap().contains(&format!("machine.{curve}: the sizes do not go up")));
    }
    let scenario = "/cases/words/scenarios/0";
    assert!(changed(&format!("{scenario}/tails/0/p50"), |it| *it = json!(9.0)).is_some());
    assert!(changed(&format!("{scenario}/solo/2/low"), |it| *it = json!(99.0)).is_some());
}

#[test]
fn no_case_is_larger_than_a_run_makes_one() {
    let many = |list: &mut Value| {
        let first = list[0].clone();
        *list = vec![first; 2_000].into();
    };
    let lists = places(&full(), |value| value.as_array().is_some_and(|all| !all.is_empty()));
    // Numbers of parts are a set.
    for list in lists.into_iter().filter(|list| list != "/shards/numbers") {
        assert!(changed(&list, many).is_some(), "{list}");
    }
    let mut record = record();
    let case = record.cases["words"].clone();
    let scenario = &mut record.cases.get_mut("words").unwrap().scenarios[0];
    scenario.times = vec![vec![1.0; 3]; 256];
    scenario.cpu.clear();
    scenario.faults.clear();
    let large = record.cases["words"].clone();
    for at in 0..700 {
        record.cases.insert(format!("case-{at}"), large.clone());
    }
    let error = record.check().unwrap_err().to_string();
    assert!(error.contains("samples, where"), "{error}");
    record.cases = (0..700).map(|at| (format!("case-{at}"), case.clone())).collect();
    record.check().unwrap();
}
