//! The check value, every short length at every alignment, every path, every way to cut a text.

use super::*;
use proptest::prelude::*;

type Update = fn(u32, &[u8]) -> u32;

/// Every function that may be chosen, by rung or at run time, as far as this machine has it.
fn paths() -> Vec<(&'static str, Update)> {
    let mut paths: Vec<(&str, Update)> = vec![
        ("naive", naive::update),
        ("branch_free", branch_free::update),
        ("run_time_table", run_time_table::update),
        ("const_table", const_table::update),
        ("slicing", slicing::update),
        ("folding", folding::update),
        ("lanes", lanes::update),
        ("optimized", optimized::update),
        ("peer", peer::update),
        ("crc32fast", crc32fast::update),
    ];
    #[cfg(target_arch = "x86_64")]
    {
        if folding::available().is_ok() {
            // SAFETY: the processor has what `available` asks for.
            paths.push(("products", |crc, bytes| unsafe { folding::products::update(crc, bytes) }));
        }
        if optimized::wide::available() {
            // SAFETY: the processor has what `available` asks for.
            paths.push(("wide", |crc, bytes| unsafe { optimized::wide::update(crc, bytes) }));
        }
    }
    #[cfg(target_arch = "aarch64")]
    if std::arch::is_aarch64_feature_detected!("crc") {
        // SAFETY: the processor has the instructions.
        paths.push(("arm", |crc, bytes| unsafe { arm::update(crc, bytes) }));
    }
    paths
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, input);
    harness::agree_at(RUNGS, edges::edges());
}

/// The catalogue's check value for CRC-32/ISO-HDLC, and the residue: a text followed by its own
/// checksum always has the same one.
#[test]
fn check_value_and_residue() {
    for (path, update) in paths() {
        assert_eq!(update(0, b"123456789"), 0xcbf4_3926, "{path}");
        assert_eq!(update(0, b""), 0, "{path}");
        assert_eq!(update(0, &[0; 4]), 0x2144_df1c, "{path}");
        for n in harness::SIZES {
            let mut text = input(n, 1);
            text.extend(update(0, &text).to_le_bytes());
            assert_eq!(update(0, &text), 0x2144_df1c, "{path} at {n}");
        }
    }
}

#[test]
fn every_length_at_every_alignment() {
    let text = input(16 + 1100, 3);
    for (path, update) in paths() {
        for len in 0..300 {
            for from in 0..16 {
                let bytes = &text[from..from + len];
                assert_eq!(update(0, bytes), naive::update(0, bytes), "{path}, {from} + {len}");
            }
        }
        for len in 300..1100 {
            let bytes = &text[..len];
            assert_eq!(update(7, bytes), naive::update(7, bytes), "{path}, {len}");
        }
    }
}

/// The fold constants are those that Intel's paper prints.
#[test]
fn constants_are_the_published_ones() {
    assert_eq!(folding::later_by(64), [0x1_5444_2bd4, 0x1_c6e4_1596]);
    assert_eq!(folding::later_by(16), [0x1_7519_97d0, 0x0_ccaa_009e]);
    assert_eq!(folding::power(64), 0x1_63cd_6124);
}

/// Masked loads reach before their tail and must not read there: an allocation that begins with the
/// text has nothing before it.
#[test]
fn a_text_at_the_start_of_its_memory() {
    for len in 0..130 {
        let text = vec![0xa5; len].into_boxed_slice();
        for (path, update) in paths() {
            assert_eq!(update(0, &text), naive::update(0, &text), "{path} at {len}");
        }
    }
}

#[test]
fn single_bits_are_noticed() {
    let text = input(777, 5);
    for (path, update) in paths() {
        let right = update(0, &text);
        for bit in (0..777 * 8).step_by(13) {
            let mut wrong = text.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(update(0, &wrong), right, "{path}, bit {bit}");
        }
    }
}

proptest! {
    #[test]
    fn rungs_agree_on_any_bytes(bytes: Vec<u8>) {
        harness::agree_on(RUNGS, bytes);
    }

    #[test]
    fn a_text_may_come_in_any_pieces(
        n in 0_usize..3000,
        crc: u32,
        cuts in proptest::collection::vec(0.0..1.0, 0..6),
    ) {
        let text = input(n, u64::from(crc));
        let place = |at: f64| (at * n as f64) as usize;
        let mut cuts: Vec<usize> = cuts.into_iter().map(place).collect();
        cuts.extend([0, n]);
        cuts.sort_unstable();
        let whole = naive::update(crc, &text);
        for (path, update) in paths() {
            let pieces = cuts.windows(2).fold(crc, |crc, cut| update(crc, &text[cut[0]..cut[1]]));
            prop_assert_eq!(pieces, whole, "{}", path);
        }
    }
}

#[test]
fn hostile_files_are_understood_or_refused() {
    harness::hold_reader(RUNGS, read);
}
