//! Edits at both ends, of nothing and of all, and around the size of a chunk.

use crate::trace::Trace;

/// Where, how many bytes to delete, and what to insert.
pub(crate) type Wish<'a> = (usize, usize, &'a str);

/// Hand-made edits, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Trace> {
    let long = "é日🙂\r\n".repeat(2_000);
    let far = usize::MAX;
    let edges: &[(&str, &[Wish])] = &[
        ("", &[]),
        ("a", &[]),
        ("", &[(0, 0, ""), (0, 0, "a"), (0, 1, ""), (0, 0, "b")]),
        ("", &[(0, 0, &long), (0, far, ""), (0, 0, &long), (5, far, "x")]),
        (&long, &[(0, far, ""), (0, 0, &long), (12, 0, &long)]), // nothing is left in between
        (&long, &[(far, 0, "end"), (0, 0, "start"), (far, 0, "end")]),
        (&long, &[(2, 20_000, ""), (2, 0, "\u{301}"), (1, 4, &long), (9_000, 9_000, "\r")]),
        (&long, &[(4_095, 0, &long[..4_103]), (4_096, 0, "a"), (4_097, 1, ""), (4_096, 1, "")]),
    ];
    let mut edges: Vec<Trace> = edges.iter().map(|(text, edits)| made_valid(text, edits)).collect();
    // All of it deleted, and typed anew: any number of chunks without a byte, and places to reuse.
    for size in (0..12).map(|chunks| 3_000 * chunks) {
        let text = &"abcdef".repeat(size / 6);
        let wishes = [(0, far, ""), (0, 0, "typed"), (2, 0, &long), (0, far, ""), (0, 0, text)];
        edges.push(made_valid(text, &wishes));
        edges.push(made_valid(text, &[(size / 2, 0, ""), (0, far, ""), (0, 0, "typed")]));
    }
    // A chunk at a time until nothing is left, and typed anew: in none of them is the byte looked
    // up.
    let mut wishes = vec![(0, 1_024, ""); 9];
    wishes.push((0, 0, "typed"));
    edges.push(made_valid(&"abcdef".repeat(1_536), &wishes));
    // To and fro, so that whatever is kept from edit to edit is in the wrong place.
    for size in [1_usize, 100, 511, 512, 513, 1_023, 1_024, 1_025, 4_096, 8_192] {
        let text = "abcdefgh".repeat(size.div_ceil(8))[..size].to_owned();
        let wishes: Vec<Wish> = (0..40)
            .map(|at| match at % 4 {
                0 => (size, 0, "end"),
                1 => (0, at % 3, "ß"),
                2 => (size / 2, at % 7, "a middle"),
                _ => (at * 37 % size, 5, ""),
            })
            .collect();
        edges.push(made_valid(&text, &wishes));
    }
    edges
}

/// Edits at any place, of any length, cut to what the text has.
pub(crate) fn made_valid(text: &str, edits: &[Wish]) -> Trace {
    let mut now = text.to_owned();
    let mut trace = Trace::new(now.clone());
    for &(at, len, new) in edits {
        let at = now.floor_char_boundary(at);
        let end = now.floor_char_boundary(at.saturating_add(len)).max(at);
        trace.push(at, now[..at].chars().count(), &now[at..end], new);
        now.replace_range(at..end, new);
    }
    trace
}
