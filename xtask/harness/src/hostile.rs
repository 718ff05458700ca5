//! Files that no reader was written for: each is understood, and says how, or is refused with a
//! sentence. For tests of cases that read files.

use std::fmt::Debug;

use crate::agree::{Agreement, agree_on_by, exact};
use crate::bad_line::BadLine;
use crate::file::prepare;
use crate::from_file::FromFile;
use crate::rung::Rung;

/// Characters that a sentence may have: somebody reads it in a terminal.
const LONGEST: usize = 600;

/// Panics unless a reader understands or refuses each of some dozen hostile files, and all rungs
/// agree on what it understands.
///
/// # Panics
/// With the file and what is wrong.
pub fn hold_reader<I, O: PartialEq + Debug>(
    rungs: &[Rung<I, O>],
    read: fn(&[u8]) -> Result<FromFile<I>, BadLine>,
) {
    hold_reader_by(rungs, read, exact);
}

/// Like [`hold_reader`], for results that are right within a tolerance.
///
/// # Panics
/// With the file and what is wrong.
pub fn hold_reader_by<I, O>(
    rungs: &[Rung<I, O>],
    read: fn(&[u8]) -> Result<FromFile<I>, BadLine>,
    agree: Agreement<O>,
) {
    for mut bytes in files() {
        let beginning = bytes[..bytes.len().min(60)].escape_ascii().to_string();
        let file = prepare(&mut bytes).and_then(|()| read(&bytes)).and_then(FromFile::enough);
        let sentence = match file {
            Ok((input, understood)) => {
                assert!(understood.used <= understood.there, "{beginning}: {understood}");
                agree_on_by(rungs, input, agree);
                understood.to_string()
            }
            Err(wrong) => wrong.message,
        };
        let plain = !sentence.is_empty() && !sentence.contains(char::is_control);
        assert!(plain && sentence.len() < LONGEST, "{beginning}: {sentence:?}");
    }
}

fn files() -> Vec<Vec<u8>> {
    const SMALL: [&[u8]; 40] = [
        b"",
        b"\n",
        b"\r\r\n\r",
        b"1",
        b"x",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf1,2\n3,4\n",
        b"\xff\xfe1\0\n\0",
        b"1\x00\n\x002\x00\n\x00",
        b"\x1f\x8b\x08\0",
        b"%PDF-1.7\n1 2\n",
        b"PAR1\x15\x04",
        b"\x93NUMPY\x01\0v\0{'descr': '<f8'}",
        b"\x7fELF\0\x01\n1\n",
        b"%%MatrixMarket matrix coordinate real general\n% a\n3 3 2\n1 2 0.5\n2 3 1\n",
        b"%%MatrixMarket matrix array real general\n1 1\n3\n",
        b"{\"a\": [1, 2]}\n",
        b"[1, 2, 3]\n",
        b"<svg><path d=\"M 1,2 3,4\"/></svg>\n",
        b"digraph g {\na -> b;\n}\n",
        b"Land-Ocean: Global Means\nYear,Jan,Feb\n1880,-.2,***\n1881,-.1,.1\n1882,0,.2\n",
        b"k1,0.1234,2.5\nk1,0.1234,2.5\nk2,0.5,1.5\n",
        b"id;amount\n1;1,5\n2;2,5\n",
        b"1\r2\r3\r4\r",
        b"1\r\n2\n3\r4",
        b"a,b\n",
        b"a b c d e f g\nh i\n",
        b"5\n5\n5\n5\n",
        b"0\n0\n0\n0\n",
        b"1,2\n1,2,3\n1\n",
        b",\n,\n,\n",
        b"NA,NA\nNA,NA\n",
        b"9223372036854775808,99999999999999999999999999\n-1,1e400\n",
        b"-1 -2\n-3 -4\n",
        b"\"a,b\",1\n\"c\nd\",2\n",
        b"\"open,1\n2,3\n",
        b"a,1\nb,2\n\xff,3\n",
        b"# nothing\n% nothing\n",
        b"a a\nb b\n",
        b"20 255\n20 255\n",
    ];
    let numbered = |n: usize| (0..n).map(|at| at.to_string()).collect::<Vec<_>>();
    let row = |n: usize| numbered(n).join(",") + "\n";
    let keys = numbered(20_000).iter().fold(String::new(), |text, at| text + "k" + at + ",1\n");
    let large = [
        row(2_000).repeat(120),
        row(200_000).repeat(2),
        keys,
        "1 ".repeat(500_000),
        "1\n".repeat(100_000),
        "\n".repeat(500_000) + "1,2\n",
        "(".repeat(500_000),
        "\"".repeat(500_001),
        ",\"".repeat(300_000),
        "a,1\n\"b,2\n".repeat(20_000),
    ];
    SMALL.iter().map(|file| file.to_vec()).chain(large.map(String::into_bytes)).collect()
}
