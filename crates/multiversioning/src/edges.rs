//! Texts that are wrong in one place, or nearly so: before, at and behind the edges of blocks.

/// What is wrong, and what only looks like it.
const PIECES: [&[u8]; 18] = [
    b"\x80",
    b"\xc0\x80",
    b"\xc1\xbf",
    b"\xc2",
    b"\xc2\x80\x80",
    b"\xe0\x9f\xbf",
    b"\xe1\x80",
    b"\xed\xa0\x80",
    b"\xf0\x8f\xbf\xbf",
    b"\xf0\x90\x80",
    b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xff",
    b"\xf8\x88\x80\x80\x80",
    "é".as_bytes(),
    "中".as_bytes(),
    "\u{d7ff}".as_bytes(),
    "🦀".as_bytes(),
];

/// Hand-made texts, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Vec<u8>> {
    let places = (0..5).chain(28..36).chain(58..70).chain(120..133).chain(250..260);
    let mut edges = vec![('\0'..=char::MAX).collect::<String>().into_bytes()];
    for at in places {
        for piece in PIECES {
            for after in [0, 1, 3, 64, 200] {
                for filler in ["a", "é"] {
                    let mut text = filler.repeat(at / filler.len()).into_bytes();
                    text.resize(at, b'a');
                    text.extend_from_slice(piece);
                    text.resize(text.len() + after, b'a');
                    edges.push(text);
                }
            }
        }
    }
    // What is decided for a whole block: it is no ASCII behind a character that is cut off, nor if
    // it has nothing but zeros beside a wrong byte, nor if what is not ASCII stands in the block
    // where it stands in the bytes before; and two wrong blocks do not make a good text.
    for at in (120..129).chain(248..257) {
        let with = |filler, odd, places: &[usize]| {
            let mut text = vec![filler; at + 600];
            places.iter().for_each(|place| text[*place] = odd);
            text
        };
        edges.push(with(b'a', 0xc2, &[at]));
        edges.push(with(0, 0x80, &[at]));
        edges.push(with(b'a', 0xff, &[at, at + 590]));
        edges.push(["a".repeat(at), "éaé".to_owned(), "a".repeat(600)].concat().into_bytes());
    }
    edges
}
