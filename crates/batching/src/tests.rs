//! Rungs against naive on files that take all, a part, or nothing, and how often each calls.

use super::*;
use crate::faulty::Faulty;
use proptest::prelude::*;
use std::io::{self, BufWriter, ErrorKind, Write};
use tracing_appender::non_blocking::NonBlockingBuilder;

type OnFaulty = fn(&[String], Faulty) -> io::Result<()>;

const ALL: [(&str, OnFaulty); 5] = [
    ("naive", |lines, file| naive::write(lines, file)),
    ("buffered", |lines, file| buffered::write(lines, file)),
    ("vectored", |lines, file| vectored::write(lines, file)),
    ("optimized", |lines, file| optimized::write(lines, file)),
    ("peer", |lines, file| peer::Appender::start().write(lines, file)),
];

fn taken(file: &Faulty) -> Vec<u8> {
    file.log.lock().unwrap().taken.clone()
}

fn calls(file: &Faulty) -> usize {
    file.log.lock().unwrap().calls
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, |n, seed| input(n, seed).into());
    harness::agree_on(RUNGS, bodies(7, 1).into());
    harness::agree_on(RUNGS, input(20_000, 1).into());
    for kib in [1, 4, 64, 1_024] {
        harness::agree_on(RUNGS, Job { batch: kib << 10, ..input(2_000, 1).into() });
    }
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn rungs_agree_on_lengths_around_a_batch() {
    const BATCH: usize = 64 * 1024;
    for first in [0, 1, 4095, 4096, 8191, 8192, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH + 1] {
        for second in [0, 1, BATCH - 1, BATCH, 3 * BATCH] {
            let lines = [first, second, 0, 5].map(|len| "x".repeat(len)).to_vec();
            harness::agree_on(RUNGS, lines.into());
        }
    }
}

#[test]
fn a_file_holds_what_was_written_and_no_more() {
    let long = Written::with(naive::write, &input(1_000, 1));
    drop(long);
    let lines = ["a\n".to_owned(), "ö\n".to_owned()];
    let rungs: [written::Write; 5] =
        [naive::write, buffered::write, vectored::write, optimized::write, peer::write];
    for write in rungs {
        assert_eq!(Written::with(write, &lines).content().unwrap(), "a\nö\n".as_bytes());
    }
}

/// If all were equal, no wrong rung would ever be found.
#[test]
fn files_that_differ_are_not_equal_and_show_what_is_in_them() {
    let file = |lines: &[&str]| {
        Written::with(naive::write, &lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>())
    };
    let (one, other) = (file(&["a\n", "b\n"]), file(&["a\nb\n"]));
    assert!(one == other && one != file(&["a\n", "c\n"]) && one != file(&["a\n"]));
    assert_eq!(format!("{one:?}"), r#""a\nb\n""#);
}

#[test]
fn partial_and_interrupted_writes_lose_nothing() {
    let lines: Vec<String> = input(300, 1).into_iter().chain(bodies(2, 1)).collect();
    let whole = lines.concat().into_bytes();
    for per_call in [7, 100, 4096, 5000, 1 << 20] {
        for interrupted in [0, 2, 3] {
            let file = Faulty { per_call, interrupted, ..Faulty::none() };
            for (name, write) in ALL {
                let file = Faulty { log: Default::default(), ..file.clone() };
                write(&lines, file.clone()).unwrap();
                assert!(taken(&file) == whole, "{name}, {per_call} bytes a call");
            }
        }
    }
}

#[test]
fn a_full_disk_is_reported_wherever_it_fills_up() {
    let lines = input(200, 1);
    let whole = lines.concat().into_bytes();
    for room in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
        for (name, write) in ALL {
            let file = Faulty::full_after(room);
            let error = write(&lines, file.clone()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::StorageFull, "{name}, room for {room}");
            assert!(whole.starts_with(&taken(&file)), "{name}, room for {room}");
        }
    }
}

#[test]
fn an_error_at_the_end_is_reported() {
    for (name, write) in ALL {
        let file = Faulty { flush_fails: true, ..Faulty::none() };
        assert!(write(&input(3, 1), file).is_err(), "{name}");
    }
}

/// The trap: the same disk, as full as before, and nobody hears of it.
#[test]
fn a_dropped_buffer_swallows_the_error() {
    let file = Faulty::full_after(10);
    let mut buffer = BufWriter::new(file.clone());
    assert!(buffer.write_all(b"a line that does not fit\n").is_ok());
    drop(buffer);
    assert_eq!(taken(&file), b"a line tha");
}

/// Why the peer's writer says what went wrong.
#[test]
fn the_writing_thread_keeps_its_errors() {
    let file = Faulty::full_after(10);
    let (mut queue, thread) = NonBlockingBuilder::default().lossy(false).finish(file.clone());
    for line in input(3, 1) {
        queue.write_all(line.as_bytes()).unwrap();
    }
    drop(thread);
    assert_eq!(taken(&file).len(), 10);
}

#[test]
fn batches_are_fewer_calls() {
    let lines = input(10_000, 1);
    let bytes = bytes(&lines);
    let count = ALL.map(|(_, write)| {
        let file = Faulty::none();
        write(&lines, file.clone()).unwrap();
        calls(&file)
    });
    assert_eq!(count[0], 10_000);
    assert!(count[1] >= bytes / 8192);
    assert_eq!(count[2], 10);
    assert!((bytes / (64 * 1024)..=bytes / (60 * 1024)).contains(&count[3]), "{}", count[3]);
}

/// A batch that went out too early would hold the same bytes: only calls tell.
#[test]
fn a_batch_goes_out_when_it_is_full_and_no_sooner() {
    const BATCH: usize = 64 * 1024;
    let table = [([BATCH - 1, 1, 0], 1), ([BATCH - 1, 2, 0], 2), ([5, BATCH, 5], 3)];
    for (lengths, expected) in table {
        let file = Faulty::none();
        optimized::write(&lengths.map(|length| "x".repeat(length)), file.clone()).unwrap();
        assert_eq!(calls(&file), expected, "lines of {lengths:?} bytes");
    }
}

#[test]
fn batches_are_as_large_as_asked_for() {
    for kib in [4, 256] {
        let job = in_batches(kib, 1);
        assert_eq!((job.batch, job.lines.len()), (kib * 1024, LINES));
        let file = Faulty::none();
        optimized::write_in(job.batch, &job.lines, file.clone()).unwrap();
        let least = bytes(&job.lines).div_ceil(job.batch);
        assert!((least..least * 3).contains(&calls(&file)), "{}", calls(&file));
    }
}

/// Why `writeln!` on a file is worse than naive: it calls for every piece.
#[test]
fn formatting_into_a_file_is_a_call_for_every_piece() {
    let mut file = Faulty::none();
    let (at, module, state) = (7, String::from("main"), String::from("ready"));
    writeln!(file, "{at} {module}: {state}").unwrap();
    assert_eq!(calls(&file), 6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rungs_agree_on_any_lines(lines: Vec<String>) {
        harness::agree_on(RUNGS, lines.into());
    }

    #[test]
    fn any_partial_writes_lose_nothing(
        lines: Vec<String>,
        per_call in 1_usize..50,
        interrupted in prop_oneof![Just(0_usize), 2_usize..5],
    ) {
        for (_, write) in ALL {
            let file = Faulty { per_call, interrupted, ..Faulty::none() };
            write(&lines, file.clone()).unwrap();
            prop_assert_eq!(taken(&file), lines.concat().into_bytes());
        }
    }
}
