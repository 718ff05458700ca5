//! Statements read from their words, and held against the record that tests share.

use protocol::Effort;
use record::{CaseRecord, Found, Record, fixture};

use super::*;

fn read(text: &str) -> Statement {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn each_form_is_read() {
    let hot = read("hot optimized has vpcmpeqb on avx2");
    assert_eq!((hot.rungs(), hot.on), (vec!["optimized"], Some("avx2")));
    let level = read("one_bit level with words in one in thirty at 1_000_000");
    let place = Place { input: Some("one in thirty".into()), n: 1_000_000 };
    assert_eq!((level.rungs(), level.at.as_ref()), (vec!["one_bit", "words"], Some(&place)));
    let part = read("largest part of naive's bill is fetching memory in order in all at 8 on avx2");
    assert_eq!(part.at, Some(Place { input: Some("all".into()), n: 8 }));
    assert_eq!(part.on, Some("avx2"));
    // A rung may be called as a quantity is.
    assert_eq!(read("lines ahead of bytes at 5").rungs(), ["lines", "bytes"]);
    let number = read("allocations of naive = 1.5 per row").says;
    let left = Of { quantity: Quantity::Allocations, rung: "naive".into() };
    let right = Right::Number(1.5, Some("row".into()));
    assert_eq!(number, Says::Counted { left, than: Than::Same, right });
}

#[test]
fn what_is_counted_and_priced_is_told_by_what_it_is_held_against() {
    let quantities = |text: &str| match read(text).says {
        Says::Counted { left, right: Right::Times(_, right), .. } => {
            [left.quantity, right.quantity]
        }
        other => panic!("{other:?}"),
    };
    let guesses = "wrong guesses of a < 0.5 × wrong guesses of b";
    assert_eq!(quantities(guesses), [Quantity::Guesses; 2]);
    let part = Quantity::Part(bill::Item::Guesses);
    assert_eq!(quantities("wrong guesses of a > 0.5 × time of a"), [part, Quantity::Time]);
    let memory = Quantity::Part(bill::Item::Memory);
    assert_eq!(quantities("waiting for memory of a > wrong guesses of a"), [memory, part]);
}

#[test]
fn what_is_no_statement_is_answered_with_what_was_expected() {
    for (text, expected) in [
        ("", "no statement begins with ``"),
        ("cycles of naive < 3", "those are instructions, branches, wrong guesses"),
        ("hot naive with adc", "`has` or `lacks` was expected instead of `with`"),
        ("hot naive has", "an instruction is missing at the end"),
        ("naive ahead than b", "`of` was expected instead of `than`"),
        ("naive differs by process", "`the` was expected instead of `process`"),
        ("largest part of naive bill is allocations", "`RUNG's bill` was expected"),
        ("largest part of naive's bill is guessing", "begins with no part of a bill"),
        ("time of naive < 3", "hold it against another time"),
        ("time of a = time of b", "`a level with b`"),
        ("bytes of a < branches of b", "of two kinds"),
        ("peak of a < time of a", "of two kinds"),
        ("processor time of naive < 3", "hold it against another time"),
        ("allocations naive < 3", "`of` was expected instead of `naive`"),
        ("allocations of naive <= 3", "`<` or `=` or `>` was expected instead of `<=`"),
        ("allocations of Naive < 3", "`Naive` is no name of a rung"),
        ("lines of a < lines of b ever", "was expected instead of `ever`"),
        ("a ahead of b in all", "was expected instead of `in all`"),
        ("a ahead of b at half", "`half` is no size"),
        ("a ahead of b on avx", "may be said on x86_64, aarch64"),
    ] {
        let error = text.parse::<Statement>().expect_err(text);
        assert!(error.contains(expected), "{text}: {error}");
    }
}

/// The shared record, on a machine of which something is known.
fn record() -> Record {
    let mut record = fixture::record();
    record.machine.system = "linux x86_64".into();
    record.machine.features = vec!["avx2".into()];
    record
}

fn outcome(text: &str, change: impl FnOnce(&mut CaseRecord)) -> Outcome {
    let Record { machine, mut cases, .. } = record();
    let case = cases.get_mut("words").unwrap();
    change(case);
    read(text).judge(&CaseSummary::new(case, &machine).unwrap(), &machine)
}

#[test]
fn a_record_bears_out_or_contradicts_and_says_what_is_so() {
    for (text, said) in [
        ("hot naive has ret", "`ret` stands in words::naive::count"),
        ("hot optimized lacks vp", "no `vp` stands in words::naive::count"),
        ("optimized ahead of naive", "optimized against naive: 4.00× [3.99, 4.01], faster"),
        ("naive behind optimized at 1000", "naive against optimized: 0.250×"),
        ("time of optimized < 0.3 × time of naive", "4.00× [3.99, 4.01]"),
        ("allocations of naive > 0.001 per word", "allocations of naive: 3.0e-3 per word"),
        ("data of optimized < 0.2 × data of naive", "100 B; data of naive: 800 B"),
        ("wrong guesses of naive = wrong guesses of optimized", "naive: 0.5; wrong guesses of"),
        ("code bytes of naive < 100 in short, mixed at 1_000", "code bytes of naive: 96 B"),
        ("limit of optimized > 0.4", "limit of optimized: 50 %"),
    ] {
        let held = outcome(text, |_| ());
        assert!(matches!(&held, Outcome::Holds(is) if is.contains(said)), "{text}: {held:?}");
    }
    for text in [
        "hot naive lacks ret",
        "hot naive has vpadd",
        "optimized level with naive",
        "naive ahead of optimized",
        "time of optimized < 0.2 × time of naive",
        "allocations of naive = 0",
        "threads of naive > 0",
        "limit of naive > 0.5",
    ] {
        let held = outcome(text, |_| ());
        assert!(matches!(held, Outcome::Fails(_)), "{text}: {held:?}");
    }
}

#[test]
fn a_time_that_depends_on_the_process_is_told_from_one_that_does_not() {
    let text = "optimized differs by the process";
    assert_eq!((read(text).rungs(), read(text).source()), (vec!["optimized"], Source::Scenario));
    let with = |times: &[f64]| {
        outcome(text, |case| {
            let scenario = &mut case.scenarios[0];
            scenario.times = times.iter().map(|time| vec![100.0, 0.0, *time]).collect();
            (scenario.cpu, scenario.faults) = (Vec::new(), Vec::new());
        })
    };
    let two = with(&[25.0, 50.0, 25.0, 50.0, 25.0, 25.0]);
    let says = "`optimized` takes 25 ns in 4 processes and 50 ns in 2 processes";
    assert_eq!(two, Outcome::Holds(says.into()));
    assert!(matches!(with(&[25.0, 26.0, 25.0, 50.0, 25.0, 25.0]), Outcome::Fails(_)));
    let spread = with(&[25.0, 27.0, 29.0, 31.0, 33.0, 35.0]);
    assert!(matches!(&spread, Outcome::Cannot(why) if why.contains("within 1.3")), "{spread:?}");
    let few = with(&[25.0, 50.0, 25.0, 50.0]);
    assert!(matches!(&few, Outcome::Cannot(why) if why.contains("too few")), "{few:?}");
}

#[test]
fn a_limit_that_is_exceeded_proves_nothing() {
    let faster = |case: &mut CaseRecord| {
        let times = case.scenarios.iter_mut().flat_map(|scenario| &mut scenario.times).flatten();
        times.for_each(|ns| *ns /= 3.0);
    };
    for text in ["limit of optimized > 0.4", "limit of optimized < 0.85"] {
        let held = outcome(text, faster);
        assert!(matches!(&held, Outcome::Cannot(why) if why.contains("exceeds")), "{held:?}");
    }
}

#[test]
fn the_processors_time_is_held_against_that_of_others_and_against_what_passed() {
    let busy = |case: &mut CaseRecord| {
        for scenario in &mut case.scenarios {
            let twice = |times: &Vec<f64>| times.iter().map(|ns| 2.0 * ns).collect();
            scenario.cpu = scenario.times.iter().map(twice).collect();
        }
    };
    let held = outcome("processor time of optimized < 0.3 × processor time of naive", busy);
    assert!(matches!(held, Outcome::Holds(_)), "{held:?}");
    let held = outcome("processor time of naive > 1.9 × time of naive", busy);
    assert!(matches!(held, Outcome::Holds(_)), "{held:?}");
    let held = outcome("processor time of naive < 1.9 × time of naive", busy);
    assert!(matches!(held, Outcome::Fails(_)), "{held:?}");
    let idle = |case: &mut CaseRecord| case.scenarios.iter_mut().for_each(|it| it.cpu.clear());
    cannot("processor time of naive > time of naive", "is not in this record", idle);
}

fn cannot(text: &str, expected: &str, change: impl FnOnce(&mut CaseRecord)) {
    let held = outcome(text, change);
    assert!(matches!(&held, Outcome::Cannot(why) if why.contains(expected)), "{text}: {held:?}");
}

#[test]
fn what_was_not_measured_proves_nothing() {
    cannot("wide ahead of naive", "`wide` did not run here: no avx2", |_| ());
    cannot("wider ahead of naive", "this record has no rung `wider`", |_| ());
    cannot("hot naive has vpadd", "no `vpadd` stands in the part", |case| {
        let evidence = case.evidence.as_mut().unwrap();
        let Found::Here(counted) = &mut evidence.assembly else { panic!("it has listings") };
        counted.rungs[0].as_mut().unwrap().text.push_str("\n      …\n");
    });
    cannot("hot naive has fmla on aarch64", "another architecture than aarch64", |_| ());
    cannot("optimized ahead of naive on avx512f", "lacks avx512f", |_| ());
    cannot("optimized ahead of naive at 5", "it has short, mixed at 1000", |_| ());
    cannot("allocations of naive > 1 per row", "not counted by the row", |_| ());
    cannot("allocations of optimized > 1", "allocations of `optimized` were not counted", |_| ());
    cannot("optimized ahead of naive", "neighbours were too busy", |case| {
        fixture::busy(&mut case.scenarios[0], 2, 1.5);
    });
    let held = outcome("optimized ahead of naive", |case| case.scenarios[0].quiet = 0.0);
    assert!(matches!(held, Outcome::Holds(_)), "no neighbour takes three quarters: {held:?}");
    cannot("branches of naive > 1", "no valgrind", |case| {
        let evidence = case.evidence.as_mut().unwrap();
        evidence.simulated = Found::Unavailable("no valgrind".into());
    });
    cannot("largest part of naive's bill is allocations", "too little is known", |_| ());
    // Another scenario of the case than the one that was looked at, or measured.
    let more = |case: &mut CaseRecord| {
        let scenario = Scenario { input: "short, mixed".into(), n: 9, effort: Effort::Full };
        case.description.as_mut().unwrap().scenarios.push(scenario);
    };
    cannot("branches of naive > 1 at 9", "looked at in short, mixed at 1000 alone", more);
    cannot("optimized ahead of naive at 9", "was not measured in this run", more);
    let absent = "not on this system, because its pages stay";
    cannot("optimized ahead of naive in cold at 64", absent, |_| ());
    // What stands for the case elsewhere: nothing is said of the scenario that does so here.
    cannot("optimized ahead of naive", absent, |case| {
        let claim = &mut case.description.as_mut().unwrap().claims[0];
        (claim.input, claim.n) = ("cold".into(), 64);
    });
}

#[test]
fn what_lies_between_two_bounds_is_not_told() {
    cannot("time of optimized < 0.25 × time of naive", "this cannot be told", |_| ());
    let level = outcome("optimized level with naive", |case| {
        case.scenarios[0].pairs[1].logs.iter_mut().flatten().for_each(|log| *log = 800);
        case.scenarios[0].times.iter_mut().for_each(|times| times[2] = 92.0);
    });
    assert!(matches!(&level, Outcome::Holds(said) if said.contains("faster")), "{level:?}");
    // A wide interval around one tells nothing; a narrow one, that neither is ahead.
    let apart = |case: &mut CaseRecord, far: i32| {
        case.scenarios[0].times.iter_mut().for_each(|times| times[2] = 100.0);
        let logs = &mut case.scenarios[0].pairs[1].logs;
        let each = logs.iter_mut().zip([-far, 0, far]);
        each.for_each(|(logs, log)| logs.iter_mut().for_each(|it| *it = log));
    };
    cannot("optimized ahead of naive", "this cannot be told", |case| apart(case, 3_000));
    for order in ["ahead of", "behind"] {
        let near = outcome(&format!("optimized {order} naive"), |case| apart(case, 10));
        assert!(matches!(&near, Outcome::Fails(_)), "{near:?}");
    }
}
