//! Texts of which the rules for quotes, line ends, numbers and columns say something unexpected.

use crate::export::Export;

/// Key and value are columns 0 and 1 unless it says otherwise.
pub(crate) const TEXTS: [&str; 25] = [
    "",
    "\n",
    "\r\n\r\n",
    "a,1",
    "a,1\n",
    "a,1\r\nb,2\r\na,3\r\n",
    "a,1\n\n\na,2\r\r\nb,3",
    "key,value\na,-1\na,+1\na,007",
    "a\na,\na,n/a\na, 1\na,1.5\na,1,2",
    "a,9223372036854775807\na,9223372036854775807",
    "a,9223372036854775808\na,00000000000000000000001",
    "a,12345678\na,123456789\na,/\na,:",
    ",5\n,",
    "\"\"\n\"\",1",
    "\"a\",\"1\"\na,2",
    "\"a,b\",1\n\"a\nb\",2\n\"a\r\nb\",3",
    "\"say \"\"a\"\"\",1\n\"\"\"\",2",
    "a\"b,1\na\"b,2\n\"a\"\"b\",3",
    "a\"b,c\",1\nd,2",
    "\"a\"b\"c,1\nd,2",
    "\"a\" ,1\n \"a\",2",
    "a,\"1\"2\"\na,\"1\"2",
    "a,1\n\"b,2\nc,3",
    "\"a\"",
    "Zürich,1\nzebra,2",
];

/// Hand-made exports, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Export> {
    let mut edges = Vec::new();
    for text in TEXTS {
        // Moved through a block of sixty-four bytes, so that its bytes fall on both sides of an
        // edge.
        for shift in [0, 1, 29, 48, 55, 58, 60, 61] {
            let moved = format!("{},0\n{text}", "x".repeat(shift));
            edges.push(Export::new(moved.into_bytes(), b',', 0, 1));
        }
        for (key, value) in [(0, 1), (1, 0), (0, 0), (3, 1), (1, 3)] {
            edges.push(Export::new(text.into(), b',', key, value));
        }
    }
    // Fields, quotes and records across blocks and several batches; a last column that few have.
    let long = "x".repeat(20_000);
    for text in [
        format!("{long},1\n\"{long}\",2\na,{long}\nb,3"),
        format!("a\"{long}\"\"\n\"{long},\"\"\n{long}\",3"),
        "\n".repeat(20_000),
        "\"\",1\n".repeat(5_000),
        "a\",1\n".repeat(5_000),
        (0..2_000).map(|at| format!("{}{},1\n", "k".repeat(at % 40), at / 7)).collect(),
        (0..128).map(|at| format!("{}{},1\n", at / 16, "\0".repeat(at % 16))).collect(),
        "\0,4\n,5".to_owned(),
    ] {
        edges.push(Export::new(text.into_bytes(), b',', 0, 1));
    }
    // Any byte as a value and within one: what a digit is taken for must be a digit.
    let others = (0..=u8::MAX).filter(|byte| !b",\"\n\r".contains(byte));
    let values = others.flat_map(|byte| [b"a,", &[byte][..], b"\nb,1", &[byte], b"2\n"].concat());
    edges.push(Export::new(values.collect(), b',', 0, 1));
    // What stands in front of a number can be digits, if a digit separates.
    edges.push(Export::new(b"a512345657\n".to_vec(), b'5', 0, 3));
    // More keys of sixteen bytes than a new table takes.
    let keys = (0..64).map(|at| format!("{at:016},1\n"));
    edges.push(Export::new(keys.collect::<String>().into_bytes(), b',', 0, 1));
    // Keys of one byte that have all bits turned over: zeros follow the one, nothing the other.
    edges.push(Export::new([b"1\0\x9e", &[0; 15][..], b"\n2\0a"].concat(), b'\0', 1, 0));
    let wide = format!("a{}1\nb,2\n", ",".repeat(20_000));
    edges.push(Export::new(wide.into_bytes(), b',', 0, 20_000));
    edges
}
