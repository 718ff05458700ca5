//! The text of `heaptrack_print`, of which the calls to allocation functions are read.

use anyhow::{Result, bail};

use super::shown;
use crate::names::readable;
use crate::profile::stack;
use crate::{Kind, Profile};

const HEAD: &str = "MOST CALLS TO ALLOCATION FUNCTIONS";
/// What follows the number of all calls from one place …
const PLACE: &str = " calls to allocation functions with ";
/// … and of those that came by one way.
const WAY: &str = " calls with ";

pub(super) fn is(text: &str) -> bool {
    text.lines().take(200).any(|line| line.trim() == HEAD)
}

pub(super) fn read(text: &str) -> Result<Profile> {
    let section = text.lines().enumerate().skip_while(|(_, line)| line.trim() != HEAD).skip(1);
    // The innermost frames of a place, and then of each way to it.
    let (mut place, mut way): (Vec<String>, Option<(u64, Vec<String>)>) = Default::default();
    let mut stacks = Vec::new();
    for (at, line) in section {
        let text = line.trim();
        let indented = line.starts_with(' ');
        let is_number = text.starts_with(|first: char| first.is_ascii_digit());
        if is_number && !indented {
            stacks.extend(finished(&place, way.take()));
            match (text.split_once(PLACE), text.split_once(WAY)) {
                (Some(_), _) => place.clear(),
                (None, Some((count, _))) => match count.parse() {
                    Ok(count) => way = Some((count, Vec::new())),
                    Err(_) => bail!("line {} has no count: «{}»", at + 1, shown(line)),
                },
                _ => {}
            }
        } else if text.is_empty() || text.starts_with("at ") || text.starts_with("in ") {
        } else if text.starts_with("and ") {
            stacks.extend(finished(&place, way.take()));
        } else if indented {
            way.iter_mut().for_each(|(_, frames)| frames.push(readable(text)));
        } else if text.starts_with(|first: char| first.is_ascii_uppercase()) && text.contains(' ') {
            break; // the next section
        } else if place.is_empty() {
            // What stands below was inlined at one of its callers, and others share the place.
            place.push(readable(text));
        }
    }
    stacks.extend(finished(&place, way));
    if stacks.is_empty() {
        bail!("heaptrack's text without stacks; `heaptrack_print FILE` prints them unasked");
    }
    let how = "`heaptrack_print` output, its calls to allocation functions";
    Ok(Profile { kind: Kind::Allocations, ..Profile::samples(how, stacks) })
}

fn finished(place: &[String], way: Option<(u64, Vec<String>)>) -> Option<protocol::Stack> {
    let (count, outer) = way?;
    let frames: Vec<String> = outer.into_iter().rev().chain(place.iter().rev().cloned()).collect();
    (!frames.is_empty()).then(|| stack(frames, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_the_ways_to_them_are_stacks() {
        let text = "\
reading file \"ht.zst\"
MOST CALLS TO ALLOCATION FUNCTIONS
12 calls to allocation functions with 18.48K peak consumption from
_RNvNtCslNYArtu3iFV_5alloc5alloc5alloc
app::inlined_there_once
  at library/alloc/src/alloc.rs:95
  in /t/a
10 calls with 17.14K peak consumption from:
    app::count::h69d9f6c4f5095cee
      at a.rs:2
    app::main
and 2 from 1 other places

PEAK MEMORY CONSUMERS
99 calls with 1K peak consumption from:
    app::other
";
        assert!(is(text));
        let read = read(text).unwrap();
        assert_eq!(read.stacks.len(), 1);
        assert_eq!(read.stacks[0].frames, ["app::main", "app::count", "alloc::alloc::alloc"]);
        assert_eq!((read.total(), read.kind), (10, Kind::Allocations));
    }
}
