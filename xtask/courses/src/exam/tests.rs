//! Whether an exam is one: the same bytes for a seed, one right answer to each question.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::bank::{BANK, Fault};
use super::*;
use judge::stats::{Interval, Verdict};
use judge::summary::summaries;

/// The first record that is committed: what an exam is first made of.
fn whole() -> Record {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let entries = std::fs::read_dir(root.join("docs/results")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    Record::load(&paths[0]).unwrap()
}

/// Every second case of it: what takes time here is what is summarized.
pub fn committed() -> Record {
    let mut record = whole();
    let mut at = 0;
    record.cases.retain(|_, _| {
        at += 1;
        at % 2 == 0
    });
    record
}

fn subjects() -> Vec<Subject> {
    vec![Subject {
        case: "bitsets".into(),
        title: "Bitsets".into(),
        symptom: String::new(),
        look: String::new(),
        peer: String::new(),
        ideas: BTreeMap::from([("words".to_owned(), "Sixty-four rows at once.".to_owned())]),
    }]
}

#[test]
fn a_seed_and_a_record_make_the_same_bytes_and_another_seed_others() {
    let record = committed();
    let summaries = summaries(&record);
    let made = |seed| {
        let exam = Exam::new(&record, &summaries, &subjects(), seed, 12).unwrap();
        (exam.paper(), exam.key())
    };
    assert_eq!(made(7), made(7));
    assert_ne!(made(7).0, made(8).0);
    let (paper, key) = made(7);
    assert_eq!(paper.matches("\n## ").count(), 12);
    assert_eq!(key.lines().filter(|line| line.contains(". **")).count(), 12, "{key}");
    assert!(paper.contains("- **A** ") && paper.contains(&*record.machine.processor));
}

#[test]
fn a_key_is_not_all_of_one_letter_and_no_answer_is_offered_twice() {
    let record = committed();
    let (summaries, mut right) = (summaries(&record), [0; OFFERED]);
    for seed in 0..40 {
        let exam = Exam::new(&record, &summaries, &subjects(), seed, 20).unwrap();
        for question in exam.questions {
            let different: BTreeSet<&String> = question.answers.iter().collect();
            assert_eq!(different.len(), question.answers.len(), "{question:?}");
            right[question.right] += 1;
        }
    }
    assert!(right.iter().all(|count| *count > 100), "{right:?}");
}

#[test]
fn of_two_ratios_that_are_offered_one_could_not_be_taken_for_the_other() {
    let (record, mut dice) = (committed(), Dice(3));
    let summaries = summaries(&record);
    let questions = ratio::all(&summaries, &[], &mut dice);
    assert!(questions.len() > 5, "{}", questions.len());
    let gains: Vec<Interval> = summaries
        .values()
        .filter_map(|summary| Some(summary.best_rung()?.against_naive?.ratio))
        .collect();
    for question in questions {
        assert_eq!(question.answers.len(), OFFERED);
        let value = |text: &String| text.trim_end_matches('×').parse::<f64>().unwrap();
        let mut offered: Vec<f64> = question.answers.iter().map(value).collect();
        let from_record = |answer: &String| {
            gains.iter().any(|gain| judge::words::format::middle(*gain) == *answer)
        };
        assert!(question.answers.iter().all(from_record), "{question:?}");
        offered.sort_by(f64::total_cmp);
        assert!(offered.windows(2).all(|pair| pair[1] / pair[0] > 1.5), "{offered:?}");
    }
}

#[test]
fn the_rung_that_wins_is_certainly_ahead_of_each_that_is_offered() {
    let (record, mut dice) = (committed(), Dice(3));
    let summaries = summaries(&record);
    let questions = rung::all(&summaries, &[], &mut dice);
    assert!(questions.len() > 5, "{}", questions.len());
    for question in questions {
        let case = question.title.split(':').next().unwrap();
        let summary = &summaries[case];
        let index = |answer: &String| summary.rung_index(answer.trim_matches('`')).unwrap();
        let at = |scenario: &&judge::summary::ScenarioSummary| {
            let long = judge::words::scenario::long(summary, &scenario.record.scenario);
            question.asks.contains(&format!(" at {}?", marks::text(&long)))
        };
        let scenario = summary.scenarios.iter().find(at).unwrap();
        let winner = index(&question.answers[question.right]);
        for other in question.answers.iter().map(index).filter(|other| *other != winner) {
            let found = scenario.between(other, winner).unwrap();
            assert_eq!(found.verdict, Verdict::Faster, "{question:?}");
        }
    }
}

#[test]
fn a_verdict_follows_from_what_is_printed() {
    // All cases: on a machine with neighbours, few intervals are near one and clear of it.
    let (record, mut dice) = (whole(), Dice(3));
    let questions = interval::all(&summaries(&record), &[], &mut dice);
    let mut answers = [0; 3];
    for question in &questions {
        answers[question.right] += 1;
        let numbers: Vec<f64> = question
            .asks
            .split_once(": ")
            .unwrap()
            .1
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter_map(|word| word.trim_end_matches('.').parse().ok())
            .collect();
        let [mid, low, high, _, floor, ..] = numbers[..] else { panic!("{question:?}") };
        let printed = judge::stats::verdict(Interval { low, mid, high }, floor / 100.0);
        let expected = [Verdict::Faster, Verdict::Slower, Verdict::CannotTell][question.right];
        assert_eq!(printed, expected, "{question:?}");
    }
    assert!(answers[0] > 1 && answers.iter().all(|count| *count == answers[0]), "{answers:?}");
}

#[test]
fn every_fault_has_a_benchmark_and_is_offered_with_none_that_could_be_said_as_well() {
    for fault in Fault::ALL {
        assert!(BANK.iter().any(|flawed| flawed.fault == fault), "{fault:?}");
    }
    for seed in 0..20 {
        for (question, flawed) in flaw::all(&mut Dice(seed)).iter().zip(BANK) {
            assert_eq!(question.answers[question.right], flawed.fault.says());
            assert_eq!(question.answers.len(), OFFERED);
            for also in flawed.also {
                assert!(!question.answers.iter().any(|it| it == also.says()), "{also:?}");
            }
        }
    }
}

#[test]
fn a_small_record_has_the_questions_that_it_has() {
    let record = record::fixture::record();
    let summaries = summaries(&record);
    let exam = Exam::new(&record, &summaries, &[], 1, BANK.len()).unwrap();
    assert!(!exam.paper().contains("1,000 words"), "{}", exam.paper());
    let error = Exam::new(&record, &summaries, &[], 1, 500).unwrap_err().to_string();
    assert!(error.contains("ask for fewer"), "{error}");
}
