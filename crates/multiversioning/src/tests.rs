//! Every path by itself: whatever a machine would choose, each of its kernels is held against the
//! standard library.

use super::*;
use proptest::prelude::*;

type Count = fn(&[u8]) -> Option<usize>;

/// Every function that may be chosen, by rung or at run time, as far as this machine has it.
fn kernels() -> Vec<(&'static str, Count)> {
    let mut kernels: Vec<(&str, Count)> =
        vec![("branch_free", branch_free::count), ("lookup", lookup::count)];
    kernels.push(("ps_simdutf8", ps_simdutf8::count));
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            kernels.push(("recompiled", |bytes| unsafe { recompiled::avx2(bytes) }));
        }
        if lookup::avx2::available() {
            // SAFETY: the processor has what `available` asks for.
            kernels.push(("avx2", |bytes| unsafe { lookup::avx2::count(bytes) }));
        }
        if optimized::avx512::available() {
            // SAFETY: the processor has what `available` asks for.
            kernels.push(("avx512", |bytes| unsafe { optimized::avx512::count(bytes) }));
        }
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: the processor has NEON.
    kernels.push(("neon", |bytes| unsafe { neon::count(bytes) }));
    kernels
}

/// A rung asks naive what is wrong with a text, and would so hide a kernel that refuses a good one:
/// hence the kernels alone.
fn hold(bytes: &[u8]) {
    let characters = naive::characters(bytes).ok();
    for (kernel, count) in kernels() {
        assert_eq!(count(bytes), characters, "{kernel}, {} bytes, {bytes:x?}", bytes.len());
    }
}

/// The bytes at which some rule begins or ends to hold.
const EDGES: [u8; 24] = [
    0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
    0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
];

#[test]
fn rungs_agree() {
    for input in [mixed, ascii, chinese] {
        harness::agree(RUNGS, input);
        for n in (0..300).chain([1_000, 5_000]) {
            hold(&input(n, n as u64));
        }
    }
}

#[test]
fn texts_are_as_long_and_as_mixed_as_they_say() {
    for n in [0, 1, 2, 3, 16, 1_000, 100_000] {
        let [a, c, m] = [ascii, chinese, mixed].map(|make| make(n, 1));
        assert_eq!([a.len(), c.len(), m.len()], [n; 3]);
        assert!(a.is_ascii());
        assert!(naive::characters(&c).is_ok() && naive::characters(&m).is_ok());
    }
    let text = String::from_utf8(mixed(1 << 20, 1)).unwrap();
    for len in 1..=4 {
        let share = text.chars().filter(|c| c.len_utf8() == len).count() * 100_000 / text.len();
        assert!(share > 5, "{share} characters of {len} bytes in 100,000 bytes");
    }
}

#[test]
fn every_character_is_one() {
    let all: String = ('\0'..=char::MAX).collect();
    assert_eq!(optimized::characters(all.as_bytes()), Ok(0x11_0000 - 0x800));
    for from in 0..5 {
        hold(&all.as_bytes()[from..]);
    }
}

#[test]
fn every_rule_is_checked() {
    let fourth = [0x7f, 0x80, 0xbf, 0xc2];
    for a in EDGES {
        for b in EDGES {
            for c in EDGES {
                for d in fourth {
                    hold(&[a, b, c, d]);
                }
            }
        }
    }
}

#[test]
fn what_is_wrong_is_found_wherever_it_is() {
    edges::edges().iter().for_each(|text| hold(text));
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn a_bad_text_says_where() {
    let bad = [(&b"\xff"[..], 0), (b"abc\xc3", 3), (b"\xe4\xb8\xad\xed\xa0\x80", 3)];
    for (text, good) in bad {
        assert_eq!(optimized::characters(text).unwrap_err().valid_up_to(), good, "{text:x?}");
        harness::agree_on(RUNGS, text.to_vec());
    }
    assert_eq!(read(b"\xff\0").unwrap().input, [0xff, 0]);
}

proptest! {
    #[test]
    fn rungs_agree_on_any_bytes(bytes: Vec<u8>) {
        hold(&bytes);
        harness::agree_on(RUNGS, bytes);
    }

    /// Good texts, a few bytes of which are changed: near the edges of blocks, mostly.
    #[test]
    fn rungs_agree_on_damaged_texts(
        text in "(\\PC|[a-zß中🦀]){0,40}",
        before in 0_usize..130,
        damage in proptest::collection::vec((0_usize..8, -4_isize..4, any::<u8>()), 0..3),
    ) {
        let mut bytes = vec![b' '; before];
        bytes.extend_from_slice(text.repeat(3).as_bytes());
        hold(&bytes);
        for (edge, off, byte) in damage {
            let at = (edge * 64).wrapping_add_signed(off);
            if let Some(hit) = bytes.get_mut(at) {
                *hit = byte;
            }
        }
        hold(&bytes);
        harness::agree_on(RUNGS, bytes);
    }
}

#[test]
fn hostile_files_are_understood_or_refused() {
    harness::hold_reader(RUNGS, read);
}
