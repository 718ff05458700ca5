//! What the three files may say, made up.

use proptest::prelude::*;

use crate::process::Usage;
use crate::units::Units;
use crate::{digits, text};

const UNITS: Units = Units { ticks: 100, page: 4096 };

type Parser = fn(Units, u64, &[u8], &[u8], &[u8]) -> Option<Usage>;

const PARSERS: [Parser; 2] = [text::usage, digits::usage];

/// A line as the kernel writes it: 52 fields, of which the wanted ones are these.
fn stat(name: &[u8], user: u64, system: u64, started: u64) -> Vec<u8> {
    let before = "S 1 2 3 0 -1 4194560 11 12 13 14";
    let between = "15 16 20 0 1 0";
    let after = "3000000 777 18446744073709551615".to_owned() + &" 0".repeat(27);
    let fields = format!("{before} {user} {system} {between} {started} {after}\n");
    [b"42 (", name, b") ", fields.as_bytes()].concat()
}

fn io(read: u64, written: u64) -> Vec<u8> {
    format!(
        "rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: {read}\nwrite_bytes: {written}\n\
         cancelled_write_bytes: 7\n"
    )
    .into_bytes()
}

fn parsed(started: u64, statm: &[u8], io: &[u8], stat: &[u8]) -> Option<Usage> {
    let [text, digits] = PARSERS.map(|usage| usage(UNITS, started, statm, io, stat));
    assert_eq!(text, digits);
    digits
}

#[test]
fn what_is_wanted_is_found_behind_any_name() {
    let expected = Usage { cpu: 30_030, resident: 777 * 4096, read: 8192, written: 4096 };
    let statm = b"900 777 500 30 0 200 0\n";
    let long = "x) 1 2 3 (".repeat(20);
    for name in ["sh", "", ") S 1 (", ")))", " ", "a b c 1 2 3", "\\n", &*long] {
        let stat = stat(name.as_bytes(), 1_002, 2_001, 5_000);
        assert_eq!(parsed(5_000, statm, &io(8192, 4096), &stat), Some(expected), "{name:?}");
    }
    let stat = stat(b"\xff)\xc3", 1_002, 2_001, 5_000);
    assert_eq!(parsed(5_000, statm, &io(8192, 4096), &stat), Some(expected));
}

#[test]
fn another_start_is_another_process() {
    for started in [0, 4_999, 5_001, u64::MAX] {
        assert_eq!(parsed(started, b"9 7 5\n", b"", &stat(b"sh", 1, 2, 5_000)), None);
    }
}

#[test]
fn what_the_system_does_not_tell_of_storage_is_nothing() {
    for io in ["", "rchar: 1\nwchar: 2\n", "rchar: 1\nread_bytes: \nwrite_bytes: x\n"] {
        let usage = parsed(7, b"9 7 5\n", io.as_bytes(), &stat(b"sh", 0, 3, 7));
        let expected = Usage { cpu: 30, resident: 7 * 4096, read: 0, written: 0 };
        assert_eq!(usage, Some(expected), "{io:?}");
    }
}

#[test]
fn numbers_end_where_their_type_does() {
    let most = u64::MAX;
    let huge = format!("1 {most} 1\n");
    let usage = parsed(most, huge.as_bytes(), &io(most, most), &stat(b"sh", most, 1, most));
    let (cpu, resident) = (most / 100, most);
    assert_eq!(usage, Some(Usage { cpu, resident, read: most, written: most }));
    assert_eq!(parsed(7, b"1 18446744073709551616 1\n", b"", &stat(b"sh", 1, 1, 7)), None);
}

/// A file that ends too early is one of a process that ends: no half of a sample is a sample.
#[test]
fn what_is_cut_off_is_no_sample() {
    let (statm, stat) = (b"900 777 500", stat(b"a) b", 5, 6, 7));
    let wanted = stat.windows(3).position(|part| part == b" 7 ").unwrap();
    for end in 0..=wanted {
        assert_eq!(parsed(7, statm, b"", &stat[..end]), None, "{end}");
    }
    for end in 0..=4 {
        assert_eq!(parsed(7, &statm[..end], b"", &stat), None, "{end}");
    }
}

#[test]
fn a_line_without_fields_is_none() {
    for stat in ["", ")", "1 (sh)", "1 (sh) S", "1 (sh) S a b c d e f g h i j k l m n o p q r s"] {
        assert_eq!(parsed(0, b"1 2 3", b"", stat.as_bytes()), None, "{stat:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_process_is_parsed(
        name in proptest::collection::vec(any::<u8>(), 0..32),
        (user, system, started) in (0_u64..1 << 50, 0_u64..1 << 50, any::<u64>()),
        (pages, read, written) in (0_u64..1 << 50, any::<u64>(), any::<u64>()),
    ) {
        let statm = format!("7 {pages} 5 4 3 2 1\n");
        let stat = stat(&name, user, system, started);
        let usage = parsed(started, statm.as_bytes(), &io(read, written), &stat);
        let (cpu, resident) = ((user + system) * 10, pages * 4096);
        prop_assert_eq!(usage, Some(Usage { cpu, resident, read, written }));
    }

    #[test]
    fn no_bytes_bring_a_parser_down(
        statm: Vec<u8>,
        io: Vec<u8>,
        stat in "[0-9]{0,3} \\([a-z)( ]{0,9}\\)?[ 0-9S-]{0,90}",
        noise: Vec<u8>,
    ) {
        for usage in PARSERS {
            usage(UNITS, 0, &statm, &io, stat.as_bytes());
            usage(UNITS, 0, &statm, &io, &noise);
        }
    }
}
