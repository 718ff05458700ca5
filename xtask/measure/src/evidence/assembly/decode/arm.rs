//! AArch64.

use yaxpeax_arch::{Decoder, U8Reader};
use yaxpeax_arm::armv8::a64::InstDecoder;

use super::{Flow, Line};

/// All instructions of a function; each has four bytes.
pub fn decode(address: u64, code: &[u8]) -> Vec<Line> {
    let decoder = InstDecoder::default();
    let line = |(address, bytes): (u64, &[u8])| {
        let mut reader = U8Reader::new(bytes);
        let text = decoder.decode(&mut reader).map_or_else(
            |_| {
                let word =
                    bytes.iter().rev().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
                format!(".inst 0x{word:08x}")
            },
            |instruction| instruction.to_string(),
        );
        let flow = flow(address, &text);
        let packed = packed(&text);
        Line { address, text: without_target(text, flow), flow, packed }
    };
    (address..).step_by(4).zip(code.chunks_exact(4)).map(line).collect()
}

fn flow(address: u64, text: &str) -> Flow {
    let mnemonic = text.split(' ').next().unwrap_or_default();
    match (mnemonic, distance(text)) {
        ("bl", Some(distance)) => Flow::Call(address.wrapping_add_signed(distance)),
        ("blr", _) => Flow::CallUnknown,
        ("b" | "cbz" | "cbnz" | "tbz" | "tbnz", Some(distance)) => {
            Flow::Jump(address.wrapping_add_signed(distance))
        }
        (conditional, Some(distance)) if conditional.starts_with("b.") => {
            Flow::Jump(address.wrapping_add_signed(distance))
        }
        _ => Flow::On,
    }
}

/// `$+0x40`, the last operand of what goes elsewhere.
fn distance(text: &str) -> Option<i64> {
    let (sign, digits) = text.rsplit_once('$')?.1.split_at_checked(1)?;
    let distance = i64::from_str_radix(digits.strip_prefix("0x")?, 16).ok()?;
    Some(if sign == "-" { -distance } else { distance })
}

/// `cbz x0, $+0x8` without its target, which is named later.
fn without_target(mut text: String, flow: Flow) -> String {
    if let (Flow::Call(_) | Flow::Jump(_), Some(at)) = (flow, text.rfind('$')) {
        text.truncate(at);
        text.truncate(text.trim_end().len());
    }
    text
}

/// Width of the vectors on which an instruction computes lane by lane; moves compute nothing.
fn packed(text: &str) -> Option<u32> {
    let (mnemonic, operands) = text.split_once(' ')?;
    let moves = ["ld", "st", "mov", "mvni", "ins", "umov", "smov", "fmov", "aes", "sha"];
    if moves.iter().any(|prefix| mnemonic.starts_with(prefix)) {
        return None;
    }
    operands.split(['.', ',', ' ', '{', '}', '[']).filter_map(arrangement).max()
}

/// `4s` is four lanes of 32 bits.
fn arrangement(text: &str) -> Option<u32> {
    let (lanes, bits) = match text.as_bytes() {
        [.., b'b'] => (text.strip_suffix('b')?, 8),
        [.., b'h'] => (text.strip_suffix('h')?, 16),
        [.., b's'] => (text.strip_suffix('s')?, 32),
        [.., b'd'] => (text.strip_suffix('d')?, 64),
        _ => return None,
    };
    let lanes: u32 = lanes.parse().ok()?;
    [64, 128].contains(&(lanes * bits)).then_some(lanes * bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(word: u32) -> Line {
        decode(0x1000, &word.to_le_bytes()).remove(0)
    }

    #[test]
    fn known_words_are_decoded() {
        for (word, text, flow, packed) in [
            (0x4e22_cc20, "fmla v0.4s, v1.4s, v2.4s", Flow::On, Some(128)),
            (0x4ea2_8420, "add v0.4s, v1.4s, v2.4s", Flow::On, Some(128)),
            (0x0e22_d420, "fadd v0.2s, v1.2s, v2.2s", Flow::On, Some(64)),
            (0x1e22_2820, "fadd s0, s1, s2", Flow::On, None),
            (0x3dc0_0001, "ldr q1, [x0]", Flow::On, None),
            (0xad40_0400, "ldp q0, q1, [x0]", Flow::On, None),
            (0x9400_0010, "bl", Flow::Call(0x1040), None),
            (0xd63f_0100, "blr x8", Flow::CallUnknown, None),
            (0x54ff_ff81, "b.ne", Flow::Jump(0x0ff0), None),
            (0xb400_0040, "cbz x0,", Flow::Jump(0x1008), None),
            (0xd65f_03c0, "ret", Flow::On, None),
        ] {
            let line = line(word);
            assert_eq!((line.text.as_str(), line.flow, line.packed), (text, flow, packed));
        }
    }

    #[test]
    fn unknown_words_and_stray_bytes_do_no_harm() {
        assert_eq!(line(0x04e1_0000).text, ".inst 0x04e10000");
        assert!(decode(0, &[1, 2, 3]).is_empty());
    }

    #[test]
    fn moves_of_vectors_compute_nothing() {
        for text in ["mov v0.16b, v1.16b", "movi v0.2d, 0", "ld1 {v0.16b}, [x0]", "mov v0.s[1], w1"]
        {
            assert_eq!(packed(text), None, "{text}");
        }
        assert_eq!(packed("addp d0, v0.2d"), Some(128));
    }
}
