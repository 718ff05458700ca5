//! Texts of which it is easy to say something else: no words, words of one length, letters that are
//! none, ties for the last place among the most frequent.

/// Hand-made texts, for the tests and for the gate before the clock.
pub fn edges() -> Vec<String> {
    let texts = [
        "",
        " ",
        "a",
        "a ",
        " a",
        "\0",
        "a\0b",
        "\0\0a\0",
        "ä",
        "€",
        "ß ss SS",
        "a,b;c-d'e_f",
        "\u{a0}",
        "\u{2003}x\u{2003}",
        "x\u{80}y",
        "The the THE tHe",
        "0 00 000 0",
        "\u{10ffff}\u{7f}\u{10ffff}",
        "to be, or not to be: b\u{00e9} Be 007 007 007",
    ];
    let blocks = (60..70).map(|len| "a".repeat(len));
    let lengths = (0..40).map(|len| format!("{0} {0}{1} {0}", "ab".repeat(len), "é"));
    let texts = texts.map(str::to_owned).into_iter().chain(blocks).chain(lengths);
    let moved = |text: String| {
        let shift = |shift| [" ".repeat(shift) + &text, "b".repeat(shift * 31) + &text];
        (0..3).flat_map(shift).collect::<Vec<_>>()
    };
    let mut edges: Vec<String> = texts.flat_map(moved).collect();
    // Nineteen, twenty and twenty-one words, all as frequent; in either order.
    for words in [19, 20, 21, 40] {
        let word = |at| format!("w{at:02} ");
        edges.push((0..words).map(word).collect::<String>().repeat(3));
        edges.push((0..words).rev().map(word).collect());
    }
    // More words than a first table has room for, each of another length.
    edges.push((0..2_000).map(|at| format!("{}{at} ", "k".repeat(at % 40))).collect());
    edges
}
