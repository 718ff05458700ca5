//! The text of `perf script`. A sample is a line at the margin, then a line for each frame from the
//! innermost out, then an empty one.
//!
//! It is not left to inferno's `collapse::perf`: perf 6 writes the function that others are inlined
//! into twice, first as the innermost, and that would get their time.

use anyhow::{Result, bail};
use protocol::Stack;

use crate::names::readable;
use crate::{Place, Profile};

/// One line of a stack.
struct Frame {
    address: String,
    name: String,
    inlined: bool,
    place: Option<Place>,
}

/// Whether some line at the margin is followed by one that is a frame.
pub(super) fn is(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().take(1_000).collect();
    lines.windows(2).any(|two| {
        let header = !two[0].starts_with(char::is_whitespace) && two[0].contains(": ");
        let header = header || two[0].trim_end().ends_with(':');
        header && two[1].starts_with(char::is_whitespace) && frame(two[1]).is_some()
    })
}

/// Reads the text of `perf script`.
///
/// # Errors
/// If no sample in it has a stack.
pub fn read(text: &str) -> Result<Profile> {
    let (mut stacks, mut places) = (Vec::<Stack>::new(), Vec::new());
    let (mut lost, mut frames) = (0_u64, Vec::new());
    let mut add = |frames: Vec<Frame>| {
        if let Some((stack, place)) = stack(frames) {
            stacks.push(stack);
            places.push(place);
        }
    };
    for line in text.lines() {
        if let Some((_, count)) = line.split_once("PERF_RECORD_LOST lost ") {
            lost = lost.saturating_add(count.trim().parse().unwrap_or(0));
        } else if line.trim().is_empty() {
            add(std::mem::take(&mut frames));
        } else if line.starts_with(char::is_whitespace) {
            frames.extend(frame(line));
        }
    }
    add(frames);
    if !stacks.is_empty() && stacks.iter().all(|stack| stack.frames.len() < 2) {
        bail!(
            "`perf script` output without stacks: record with `perf record --call-graph dwarf`, \
             or with `--call-graph fp` where all was built with frame pointers"
        );
    }
    if places.iter().all(Option::is_none) {
        places.clear();
    }
    Ok(Profile { lost, places, ..Profile::samples("`perf script` output", stacks) })
}

/// "  4005d0 name of it (/path/of/binary)"; "(inlined)" instead of the path, and behind the name
/// "+0x1f" where perf was asked how far into the function it is.
fn frame(line: &str) -> Option<Frame> {
    let (address, rest) = line.trim().split_once(' ')?;
    if address.is_empty() || !address.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let (symbol, place) = rest.rsplit_once(" (").unwrap_or((rest, ""));
    let place = place.trim_end_matches(')');
    let name = match symbol.trim() {
        "[unknown]" => {
            let file = place.trim_matches(['[', ']']).rsplit('/').next().unwrap_or("unknown");
            format!("[{file}]")
        }
        name => readable(name),
    };
    let (file, inlined) = (place, place == "inlined");
    let place = (!inlined).then(|| placed(symbol, file)).flatten();
    Some(Frame { address: address.to_owned(), name, inlined, place })
}

/// Where "symbol+0x1f" is in a file.
fn placed(symbol: &str, file: &str) -> Option<Place> {
    let (symbol, distance) = symbol.trim().rsplit_once("+0x")?;
    let distance = u64::from_str_radix(distance, 16).ok()?;
    Some(Place { file: file.to_owned(), symbol: symbol.to_owned(), distance })
}

fn stack(frames: Vec<Frame>) -> Option<(Stack, Option<Place>)> {
    let innermost = frames.iter().find(|frame| !frame.inlined).or(frames.first())?;
    let (function, place) = (innermost.name.clone(), innermost.place.clone());
    let doubled = |at: usize| {
        let next = frames.get(at + 1);
        !frames[at].inlined
            && next.is_some_and(|next| next.inlined && next.address == frames[at].address)
    };
    let single = (0..frames.len()).rev().filter(|at| !doubled(*at));
    let frames = single.map(|at| frames[at].name.clone()).collect();
    Some((Stack { frames, function, samples: 1 }, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_are_read_from_the_outermost_in() {
        let text = "\
case-1  20:  cpu-clock:
\t  1a2 _ZN4core3ptr4read17h0123456789abcdefE (/t/case-1)
\t  99 [unknown] (/usr/lib/libc.so.6)
\t  20 main (/t/case-1)

case-1  20 PERF_RECORD_LOST lost 7
case-1  20:  cpu-clock:
\tffff [unknown] ([kernel.kallsyms])
";
        assert!(is(text));
        let Profile { stacks, lost, .. } = read(text).unwrap();
        assert_eq!(lost, 7);
        assert_eq!(stacks[0].frames, ["main", "[libc.so.6]", "core::ptr::read"]);
        assert_eq!(stacks[0].function, "core::ptr::read");
        assert_eq!(stacks[1].frames, ["[kernel.kallsyms]"]);
    }

    #[test]
    fn a_function_with_inlined_ones_comes_once() {
        let doubled = "x 1: cpu-clock:\n 5 outer.llvm.12 (/t)\n 5 push (inlined)\n \
                       5 outer (inlined)\n 2 main (/t)\n\n";
        let proper = "x 1: cpu-clock:\n 5 push (inlined)\n 5 outer (/t)\n 2 main (/t)\n\n";
        for text in [doubled, proper] {
            let stacks = read(text).unwrap().stacks;
            assert_eq!(stacks[0].frames, ["main", "outer", "push"]);
            assert_eq!(stacks[0].function, "outer");
        }
    }

    #[test]
    fn what_perf_prints_where_it_is_asked_for_nothing_else_is_read_too() {
        let text =
            "app 77/78 [001] 12.5:  1 cycles:u:\n\t 5 app::go+0x1f (/t)\n\t 6 main+0x2 (/t)\n";
        assert!(is(text) && !is("main;a 1\n main;b 2\n"));
        let Profile { stacks, places, .. } = read(text).unwrap();
        assert_eq!(stacks[0].frames, ["main", "app::go"]);
        let place = places[0].as_ref().unwrap();
        assert_eq!((place.symbol.as_str(), place.distance), ("app::go", 0x1f));
        assert_eq!(place.file, "/t");
    }

    #[test]
    fn samples_without_stacks_are_refused_with_what_to_do() {
        let error = read("app 1: cycles:\n\t 5 app::go (/t)\n").unwrap_err().to_string();
        assert!(error.contains("--call-graph dwarf"), "{error}");
    }
}
