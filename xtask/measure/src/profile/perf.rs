//! perf from outside: whether it may be used, a recording, and its stacks.
//!
//! Its text is not left to inferno's `collapse::perf`: perf 6 writes the function that others are
//! inlined into twice, first as the innermost, and a graph would give it their time.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use protocol::{Question, Sampler, Scenario, Stack};
use rustc_demangle::demangle;

use super::Samples;
use crate::binary::Binary;
use crate::child;

/// Not a divisor of anything: work that repeats at a round rate would meet each tick at the same
/// place.
const HERTZ: u32 = 997;
/// By the tables for unwinding: the C library's `malloc` has no frame pointers. 16 KiB of stack
/// with each sample hold a recursion.
const CALL_GRAPH: &str = "--call-graph=dwarf,16384";

/// Why perf cannot be used here, if it cannot.
pub fn refusal() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("perf is a tool of Linux".to_owned());
    }
    let probe = tempfile::tempdir().ok()?;
    let output = record(&probe.path().join("probe"), "10").arg("true").output();
    match output {
        Err(_) => Some(
            "perf is not installed (Debian: `apt install linux-perf`, Fedora: `dnf install perf`)"
                .to_owned(),
        ),
        Ok(output) if output.status.success() => None,
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let line = said.lines().map(str::trim).find(|line| !line.is_empty());
            Some(format!(
                "perf is refused ({}); `sysctl kernel.perf_event_paranoid=2` or lower allows it",
                line.unwrap_or("without a word").trim_end_matches(':')
            ))
        }
    }
}

/// Records `millis` milliseconds of calls of a rung.
///
/// # Errors
/// If perf fails, or the rung does.
pub fn sample(binary: &Binary, rung: &str, scenario: &Scenario, millis: u64) -> Result<Samples> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for perf's data")?;
    let data = folder.path().join("perf.data");
    let mut command = record(&data, &HERTZ.to_string());
    let question = Question::Profile {
        rung: rung.to_owned(),
        scenario: scenario.clone(),
        millis,
        sampler: Sampler::Outside,
    };
    let asking = binary.asking(&question);
    command.arg(asking.get_program()).args(asking.get_args());
    let output = command.stdin(Stdio::null()).output().context("cannot run perf")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("perf ended with {}: {}", output.status, said.trim());
    }
    let (stacks, lost) = read(&data)?;
    Ok(Samples { sampler: "perf (cpu-clock, DWARF)".to_owned(), hertz: HERTZ, lost, stacks })
}

fn record(data: &Path, hertz: &str) -> Command {
    let mut command = child::command("perf");
    command.args(["record", "--quiet", "--event=cpu-clock", "--freq", hertz, CALL_GRAPH]);
    command.arg("--output").arg(data).arg("--");
    command
}

fn read(data: &Path) -> Result<(Vec<Stack>, u64)> {
    let mut script = child::command("perf")
        .args([
            "script",
            "--no-demangle",
            "--show-lost-events",
            "--fields=comm,tid,event,ip,sym,dso",
        ])
        .arg("--input")
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run perf")?;
    let text = BufReader::new(script.stdout.take().context("perf has an output")?);
    let read = parse(text);
    let status = script.wait().context("perf went away")?;
    if !status.success() {
        bail!("`perf script` ended with {status}");
    }
    read
}

/// One line of a stack.
struct Frame {
    address: String,
    name: String,
    inlined: bool,
}

/// Stacks, and how many samples were lost. A sample is a line at the margin, then a line for each
/// frame from the innermost out, then an empty one.
fn parse(text: impl BufRead) -> Result<(Vec<Stack>, u64)> {
    let (mut stacks, mut lost, mut frames) = (Vec::new(), 0, Vec::new());
    for line in text.lines() {
        let line = line.context("perf's text cannot be read")?;
        if let Some((_, count)) = line.split_once("PERF_RECORD_LOST lost ") {
            lost += count.trim().parse().unwrap_or(0);
        } else if line.trim().is_empty() {
            stacks.extend(stack(std::mem::take(&mut frames)));
        } else if line.starts_with(char::is_whitespace) {
            frames.extend(frame(&line));
        }
    }
    stacks.extend(stack(frames));
    Ok((stacks, lost))
}

/// "  4005d0 name of it (/path/of/binary)"; "(inlined)" instead of the path.
fn frame(line: &str) -> Option<Frame> {
    let (address, rest) = line.trim().split_once(' ')?;
    let (name, place) = rest.rsplit_once(" (").unwrap_or((rest, ""));
    let place = place.trim_end_matches(')');
    let name = match name.trim() {
        "[unknown]" => {
            let file = place.trim_matches(['[', ']']).rsplit('/').next().unwrap_or("unknown");
            format!("[{file}]")
        }
        // A suffix of the compiler's own would hide the name.
        name => format!("{:#}", demangle(name.split(".llvm.").next().unwrap_or(name))),
    };
    Some(Frame { address: address.to_owned(), name, inlined: place == "inlined" })
}

fn stack(frames: Vec<Frame>) -> Option<Stack> {
    let function = frames.iter().find(|frame| !frame.inlined).or(frames.first())?.name.clone();
    let doubled = |at: usize| {
        let next = frames.get(at + 1);
        !frames[at].inlined
            && next.is_some_and(|next| next.inlined && next.address == frames[at].address)
    };
    let single = (0..frames.len()).rev().filter(|at| !doubled(*at));
    let frames = single.map(|at| frames[at].name.clone()).collect();
    Some(Stack { frames, function, samples: 1 })
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
        let (stacks, lost) = parse(text.as_bytes()).unwrap();
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
            let (stacks, _) = parse(text.as_bytes()).unwrap();
            assert_eq!(stacks[0].frames, ["main", "outer", "push"]);
            assert_eq!(stacks[0].function, "outer");
        }
    }
}
