//! Folded stacks, as inferno and Brendan Gregg's scripts write them: frames from the outermost in,
//! joined by semicolons, then a count. What the tool itself saved may have a frame inside the
//! innermost that is no function: what is known of the machine code there, as
//! [`Code::frame`](cases::code::Code::frame) says it, or, in a line of its own without samples, of
//! the function's calls, as [`Repeats::frame`](cases::repeats::Repeats::frame) does.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use cases::code::Code;
use cases::repeats::Repeats;

use super::shown;
use crate::Profile;
use crate::names::readable;
use crate::profile::stack;

pub(super) fn read(text: &str) -> Result<Profile> {
    let (mut stacks, mut code, mut repeats) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((mut frames, count)) = counted(line) else {
            bail!(
                "line {} is no folded stack, «a;b;c 12», and the file nothing else that is known: \
                 «{}»; `inferno-collapse-perf` makes such lines of `perf script`, and so does \
                 `cargo xtask diagnose --save FILE`",
                at + 1,
                shown(line)
            );
        };
        if let [function, calls] = &frames[..]
            && let Some(known) = Repeats::of_frame(calls)
        {
            repeats.insert(function.clone(), known);
            continue;
        }
        let known = frames.last().and_then(|frame| Code::of_frame(frame));
        if known.is_some() {
            frames.pop();
        }
        code.push(known);
        stacks.push(stack(frames, count));
    }
    if code.iter().all(Option::is_none) {
        code.clear();
    }
    Ok(Profile { code, repeats, ..Profile::samples("folded stacks", stacks) })
}

fn counted(line: &str) -> Option<(Vec<String>, u64)> {
    let (frames, count) = line.rsplit_once(char::is_whitespace)?;
    // Differences of two profiles have two counts, some tools fractions.
    let count = count.parse::<f64>().ok().filter(|count| count.is_finite() && *count >= 0.0)?;
    let frames: Vec<String> = frames.split(';').map(readable).collect();
    (!frames.iter().all(String::is_empty)).then_some((frames, count.round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_stack_from_the_outermost_in() {
        let text = "# of yesterday\n\nmain;app::go;<a as b>::c_[i] 12\nmain 1\n";
        let read = read(text).unwrap();
        assert_eq!(read.stacks[0].frames, ["main", "app::go", "<a as b>::c"]);
        assert_eq!((read.stacks[0].samples, read.total()), (12, 13));
    }

    #[test]
    fn what_is_known_of_the_code_is_no_function() {
        let known = read("main;app::go;[code loads=2 chains=1] 12\nmain 1\n").unwrap();
        assert_eq!(known.stacks[0].frames, ["main", "app::go"]);
        assert_eq!(known.code[0].as_ref().unwrap().frame(), "[code loads=2 chains=1]");
        assert_eq!(known.code[1], None);
        assert!(read("main;app::go 12\n").unwrap().code.is_empty());
    }

    #[test]
    fn what_is_known_of_calls_is_no_stack() {
        let known =
            read("main;app::go 12\napp::go;[calls seen=900 different=3 instructions=70] 0\n")
                .unwrap();
        assert_eq!((known.stacks.len(), known.total()), (1, 12));
        assert_eq!(known.repeats["app::go"].different, 3);
        assert!(read("app::go;[calls seen=many] 0\n").unwrap().repeats.is_empty());
    }

    #[test]
    fn a_line_without_a_count_is_named() {
        let error = read("main;a 1\nWarning: lost\u{1b}[0m\n").unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("inferno-collapse-perf"), "{error}");
        assert!(!error.contains('\u{1b}'), "{error}");
    }
}
