//! Rungs against each other, and what they share against answers worked out by hand.

use super::*;
use proptest::prelude::*;
use token::{LIMIT, Op, Token};

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, rules);
    harness::agree(RUNGS, one_list);
}

#[test]
fn rungs_agree_at_the_edges() {
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn operators_bind_as_in_rust() {
    for (text, same) in [
        ("1 + 2 * 3 - 4 / 5", "((1 + (2 * 3)) - (4 / 5))"),
        ("9 - 4 - 3", "2"),
        ("7 | 6 & 3 < 4 + 5 % 2", "7 | (6 & (3 < (4 + (5 % 2))))"),
        ("1 > 2 | 8 / 3 * 2", "4"),
        ("-2 - -3", "1"),
    ] {
        let value = |text: &str| naive::fold(&format!("a = {text};")).unwrap().value;
        assert_eq!(value(text), value(same), "{text}");
    }
    assert_eq!(naive::fold("a = f(b, -(1 + 2));").unwrap().nodes, 7);
}

#[test]
fn depth_is_bounded_and_length_is_not() {
    for (open, close) in [("(", ")"), ("-", ""), ("f(", ")"), ("1+", ""), ("", "+1"), ("", "*f")] {
        for (levels, fits) in [(LIMIT as usize, true), (LIMIT as usize + 1, false)] {
            let text = format!("b=1;a={}1{};", open.repeat(levels), close.repeat(levels));
            assert_eq!(naive::fold(&text).is_ok(), fits, "{text}");
            harness::agree_on(RUNGS, text);
        }
    }
    harness::agree_on(RUNGS, "a=1+f(2,-3);\n".repeat(10_000));
}

#[test]
fn a_word_ends_where_its_bytes_say() {
    for at in 0..8 {
        for byte in 0..=255 {
            let mut eight = *b"aZ_09zA5";
            eight[at] = byte;
            let end = eight.iter().position(|&byte| !token::is_word(byte)).unwrap_or(8);
            assert_eq!(lexer::word_bytes(eight), end, "{eight:?}");
        }
    }
}

/// All rungs parse what one lexer gives and fold by the same functions, so a slip in those is
/// the same in all of them. From here on: answers worked out by hand.
#[test]
fn operators_do_what_their_signs_say() {
    for (op, a, b, value) in [
        (Op::Or, 6, 3, 7),
        (Op::And, 6, 3, 2),
        (Op::Less, 2, 3, 1),
        (Op::Less, 3, 3, 0),
        (Op::Less, 3, 2, 0),
        (Op::Greater, 3, 2, 1),
        (Op::Greater, 3, 3, 0),
        (Op::Greater, 2, 3, 0),
        (Op::Add, i64::MAX, 1, i64::MIN),
        (Op::Sub, 2, 5, -3),
        (Op::Mul, -3, 5, -15),
        (Op::Div, -7, 2, -3),
        (Op::Div, 7, 0, 0),
        (Op::Rem, -7, 2, -1),
        (Op::Rem, 7, 0, 0),
    ] {
        assert_eq!(meaning::binary(op, a, b), value, "{a} {op:?} {b}");
    }
}

#[test]
fn names_and_arguments_have_their_values() {
    assert_eq!(meaning::named("ab"), 0x61_6202);
    // A long name's length reaches the last letter, and a longer one's the first.
    assert_eq!(meaning::named(&"a".repeat(0x101)), 0x61_6001);
    assert_eq!(meaning::named(&"a".repeat(0x1_0001)), 0x60_6101);
    assert_eq!(meaning::argument(3, 0x61), 0x9E37_79B9); // 3 * 32 is 0x60
    assert_eq!(meaning::argument(1 << 63, 0), 16 * 0x9E37_79B9); // what goes out comes in again
    let assigned = |name, number| {
        let name = meaning::named(name);
        Ok(Summary { nodes: 2, value: meaning::argument(meaning::argument(0, name), number) })
    };
    for (text, name, number) in [
        ("a=1203;", "a", 1_203),
        ("\t\r\na\t= \n 99999999999999999999 ;\n", "a", 7_766_279_631_452_241_919), // wraps
        ("abcdefg=1;", "abcdefg", 1),
        ("abcdefgh=1;", "abcdefgh", 1),
        ("_bcdefghi9=1;", "_bcdefghi9", 1), // a ninth byte and a tenth
    ] {
        assert_eq!(naive::fold(text), assigned(name, number), "{text:?}");
    }
    // A second statement sees the first.
    let Ok(Summary { value, .. }) = assigned("a", 1) else { unreachable!() };
    let second = meaning::argument(meaning::argument(value, meaning::named("b")), 2);
    assert_eq!(naive::fold("a=1;b=2;"), Ok(Summary { nodes: 4, value: second }));
}

#[test]
fn an_error_says_where_a_text_stops_being_a_program() {
    use Error::{TooLong, Unexpected};
    let deep = "(".repeat(LIMIT as usize + 1);
    for (text, error) in [
        ("=1;", Unexpected(0)),
        ("a=1", Unexpected(3)),
        ("a=1 ", Unexpected(4)),
        ("a= 1 +;", Unexpected(6)),
        ("a=1;  1", Unexpected(6)),
        ("a=b c;", Unexpected(4)),
        ("a=f(1 2);", Unexpected(6)),
        ("a=1.5;", Unexpected(3)),
        ("a=é;", Unexpected(2)),
        (&format!("a={deep}"), TooLong(2 + LIMIT as usize)),
        (&format!("a=(1+2)*3; a=-{deep}"), TooLong(13 + LIMIT as usize)), // `;` starts anew
    ] {
        assert_eq!(naive::fold(text), Err(error), "{text}");
    }
    assert!(naive::fold(&"a=1+f(2,-3);\n".repeat(1_000)).is_ok(), "the limit is a statement's");
}

#[test]
fn each_byte_begins_its_token() {
    let signs = [
        (b'(', Token::Open),
        (b')', Token::Close),
        (b',', Token::Comma),
        (b'=', Token::Assign),
        (b';', Token::Semicolon),
        (b'|', Token::Operator(Op::Or)),
        (b'&', Token::Operator(Op::And)),
        (b'<', Token::Operator(Op::Less)),
        (b'>', Token::Operator(Op::Greater)),
        (b'+', Token::Operator(Op::Add)),
        (b'-', Token::Operator(Op::Sub)),
        (b'*', Token::Operator(Op::Mul)),
        (b'/', Token::Operator(Op::Div)),
        (b'%', Token::Operator(Op::Rem)),
    ];
    for byte in 0..=u8::MAX {
        let sign = signs.iter().find(|(sign, _)| *sign == byte);
        let expected = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Token::Name,
            b'0'..=b'9' => Token::Number,
            _ => sign.map_or(Token::Unknown, |(_, token)| *token),
        };
        assert_eq!(token::BEGINS[usize::from(byte)], expected, "{:?}", char::from(byte));
    }
}

proptest! {
    #[test]
    fn rungs_agree_on_anything_like_a_program(text in "([a-c_]{1,9}|[0-9]{1,3}|[-+*/%<>&|(),=;]| ){0,60}") {
        harness::agree_on(RUNGS, text);
    }

    #[test]
    fn rungs_agree_on_any_text(text: String) {
        harness::agree_on(RUNGS, text);
    }

    #[test]
    fn rungs_agree_on_damaged_programs(seed: u64, at in 0_usize..2_000, byte in "[ -~]") {
        let mut text = rules(100, seed);
        let at = at.min(text.len() - 1);
        text.replace_range(at..=at, &byte);
        harness::agree_on(RUNGS, text);
    }
}
