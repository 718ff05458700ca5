//! Lines of every kind, and tags around 24 bytes that end in characters of one to four.

/// Hand-made texts, for the tests and for the gate before the clock.
pub fn edges() -> Vec<String> {
    let lines = [
        "",
        "\n",
        ",",
        ",\n",
        "a",
        "a,",
        "a,\n",
        ",b",
        "a,b,c\n",
        "a,,\n",
        "no event\na,b\n",
        "a,b\r\nc,b\n",
        "a,b\n\n\nc,b",
        "a,\0\nb,\0\0\nc,\n",
        "a,é\nb,e\u{301}\n",
        "1,b\n2,a\n3,a\n4\n5,c,d\n6,",
    ];
    let mut edges: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    // A last character that ends at the edge, before it or behind it; with fillings that differ
    // only in zeros, in which padding could be mistaken for text. With and without a last line end.
    for last in ["", "a", "\0", "ß", "東", "\u{10ffff}", "\u{bf}", "\u{7f}"] {
        for fill in ["a", "\0"] {
            let tags = (0..30).map(|len| format!("7,{}{last}\n", fill.repeat(len)));
            let text: String = tags.clone().chain(tags).collect();
            edges.extend([text.trim_end_matches('\n').to_owned(), text]);
        }
    }
    // Tags as frequent as each other, more of them than a report shows and than a table begins
    // with, in either order.
    for tags in [1, 2, 9, 10, 11, 31, 32, 33, 64, 65, 300] {
        let line = |at| format!("1,tag {at:03}\n");
        edges.push((0..tags).map(line).collect::<String>().repeat(2));
        edges.push((0..tags).rev().map(line).collect());
        edges.push((0..tags).map(|at| format!("1,{at:040}\n")).collect::<String>().repeat(2));
    }
    edges
}
