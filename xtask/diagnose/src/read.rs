//! Files of samplers: which kind one is, and a reader for each. A reader says what it took the file
//! for, and refuses what it cannot use with the line and the way out.

mod callgrind;
mod calls;
mod dhat;
mod folded;
mod gecko;
mod heaptrack;
pub mod perf;
mod pprof;

use std::io::Read as _;

use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

use crate::Profile;

/// Bytes of a file beyond which nobody waits for an answer, once it is unpacked.
const MOST: u64 = 1 << 30;
/// Letters of a line that a refusal repeats.
const SHOWN: usize = 60;
/// What else could be given where a file is none of them.
const KNOWN: &str = "folded stacks, `perf script` output, pprof, a Firefox or samply profile, \
                     `strace -c` or `perf trace -s` output, DHAT JSON, `heaptrack_print` output \
                     and callgrind's file can be read";

/// Reads a file of any known kind.
///
/// # Errors
/// If it is of none, or cannot be used, with the way out.
pub fn profile(bytes: &[u8]) -> Result<Profile> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return unpacked(bytes);
    }
    let mut plain = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(MOST).read_to_end(&mut plain);
    let read = read.context("the file begins as gzip does and cannot be unpacked to its end")?;
    if read as u64 == MOST {
        bail!("the file has a gigabyte or more once unpacked; record for a shorter time");
    }
    let mut profile = unpacked(&plain)?;
    profile.how += ", gzipped";
    Ok(profile)
}

fn unpacked(bytes: &[u8]) -> Result<Profile> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        bail!("the file is empty; {KNOWN}");
    }
    if bytes.starts_with(b"PERFILE2") {
        bail!("this is perf's own data; `perf script --inline -i FILE > stacks.txt` makes text");
    }
    let profile = match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text_of(text.trim_start_matches('\u{feff}')),
        _ => pprof::read(bytes).with_context(|| format!("no text, and no pprof; {KNOWN}")),
    }?;
    if profile.total() == 0 {
        bail!("{}: nothing was counted in it; did the program run long enough?", profile.how);
    }
    Ok(profile)
}

fn text_of(text: &str) -> Result<Profile> {
    if text.trim_start().starts_with('{') {
        return json(text);
    }
    if callgrind::is(text) {
        return callgrind::read(text);
    }
    if heaptrack::is(text) {
        return heaptrack::read(text);
    }
    if calls::is(text) {
        return calls::read(text);
    }
    if perf::is(text) {
        return perf::read(text);
    }
    // A short pprof can be made of letters alone.
    folded::read(text).or_else(|why| pprof::read(text.as_bytes()).map_err(|_| why))
}

fn json(text: &str) -> Result<Profile> {
    let value: Value = serde_json::from_str(text).context("it begins as JSON and is none")?;
    if value.get("dhatFileVersion").is_some() {
        dhat::read(&value)
    } else if value.get("threads").is_some() {
        gecko::read(&value)
    } else {
        bail!("JSON of no kind that is known (neither `threads` nor `dhatFileVersion`); {KNOWN}")
    }
}

/// The beginning of a line, for a refusal.
fn shown(line: &str) -> String {
    line.chars().take(SHOWN).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    use super::*;

    fn refused(bytes: &[u8]) -> String {
        format!("{:#}", profile(bytes).unwrap_err())
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_the_way_out() {
        assert!(refused(b" \n").contains("empty") && refused(b"").contains("folded stacks"));
        assert!(refused(b"PERFILE2\x01").contains("perf script --inline"));
        assert!(refused(b"{}").contains("neither `threads`"));
        assert!(refused(b"{\"a\":").contains("none"));
        assert!(refused(b"\x1f\x8b\x00").contains("gzip"));
        assert!(refused(b"main;a 1\nmain;b\n").contains("line 2"));
        assert_eq!(profile(b"[unknown];a 1\n").unwrap().total(), 1);
        assert!(refused(b"main;a 0\n").contains("nothing was counted"));
    }

    #[test]
    fn what_is_packed_is_the_same_and_says_so() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(b"main;a 3\n").unwrap();
        let read = profile(&packed.finish().unwrap()).unwrap();
        assert_eq!((read.total(), read.how.as_str()), (3, "folded stacks, gzipped"));
    }

    /// Beginnings of every kind, so that arbitrary ends get past the door.
    const BEGINNINGS: [&[u8]; 9] = [
        b"",
        b"main;a 1\n",
        b"a 1: cpu-clock: \n\t  5 b (/c)\n",
        b"% time     seconds  usecs/call     calls    errors syscall\n",
        b"{\"dhatFileVersion\":2,\"pps\":[{\"tb\":1,\"tbk\":2,\"fs\":[1]}],\"ftbl\":[",
        b"{\"meta\":{},\"threads\":[{\"stackTable\":",
        b"MOST CALLS TO ALLOCATION FUNCTIONS\n1 calls to allocation functions",
        b"# callgrind format\nevents: Ir\nfn=(1) a\n1 2\n",
        b"\x0a\x04\x08\x01\x10\x02\x12\x06",
    ];

    proptest! {
        #[test]
        fn arbitrary_bytes_are_read_or_refused(
            at in 0..BEGINNINGS.len(),
            end in prop::collection::vec(any::<u8>(), 0..200),
            cut in 0_usize..40,
        ) {
            let mut bytes = BEGINNINGS[at].to_vec();
            bytes.extend_from_slice(&end);
            let _ = profile(&bytes);
            let _ = profile(&BEGINNINGS[at][..cut.min(BEGINNINGS[at].len())]);
        }

        #[test]
        fn so_is_text_of_the_right_letters(at in 0..BEGINNINGS.len(), end in "[0-9a-f;:() \n\t\"{}\\[\\],.=*%-]{0,200}") {
            let mut bytes = BEGINNINGS[at].to_vec();
            bytes.extend_from_slice(end.as_bytes());
            let _ = profile(&bytes);
        }
    }
}
