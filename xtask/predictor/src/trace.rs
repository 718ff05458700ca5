//! Every jump of a process, one after the other, by valgrind's lackey: it prints each block of
//! instructions that is entered, and valgrind, where it translates a block for the first time, how
//! it ends.

use std::collections::HashSet;
use std::io::BufRead;

use crate::tables::Predictor;

/// valgrind's options: blocks end at each jump, and what was translated is shown once, as the last
/// steps before machine code have it.
pub const OPTIONS: [&str; 6] = [
    "--tool=lackey",
    "--basic-counts=no",
    "--trace-superblocks=yes",
    "--vex-guest-chase=no",
    "--trace-flags=00001000",
    "--trace-notbelow=0",
];
/// In the name of what a bench binary enters once all calls are made.
const OVER: &str = "calls_are_over";
/// Jumps from one note of what was guessed wrongly so far to the next.
const STEP: usize = 1 << 10;

/// A process's jumps, as guessed.
#[derive(Default)]
pub struct Guessed {
    /// Wrong guesses up to each [`STEP`]th jump.
    wrong: Vec<u64>,
}

impl Guessed {
    /// Reads what a process under valgrind says of its blocks, and guesses until its calls are
    /// over.
    pub fn read(said: impl BufRead) -> Self {
        let (mut predictor, mut guessed) = (Predictor::new(), Self::default());
        // Blocks whose end no processor knows for sure: others end in a jump that is always the
        // same, or go back to where they were called from.
        let mut open = HashSet::new();
        let (mut shown, mut over) = (0, false);
        let (mut before, mut jumps, mut wrong) = (0, 0, 0);
        for line in said.split(b'\n').map_while(Result::ok) {
            let Ok(line) = str::from_utf8(&line) else { continue };
            if over {
                continue; // who does not listen any more would end it
            }
            if let Some(entered) = line.strip_prefix("SB ").and_then(hexadecimal) {
                if open.contains(&before) {
                    wrong += u64::from(!predictor.guesses(before, entered));
                    jumps += 1;
                    if jumps % STEP == 0 {
                        guessed.wrong.push(wrong);
                    }
                }
                before = entered;
            } else if let Some(header) = line.strip_prefix("==== SB ") {
                // What is shown is entered at once.
                over = header.contains(OVER);
                shown = address(header).unwrap_or_default();
            } else if is_open(line) {
                open.insert(shown);
            }
        }
        guessed
    }

    /// Share of wrong guesses among about so many jumps before the last, which come after as many
    /// others; `None` where there are none.
    pub fn wrong(&self, last: usize) -> Option<f64> {
        let steps = (last / STEP).max(1).min(self.wrong.len() / 2);
        let start = self.wrong.len().checked_sub(steps + 1).filter(|_| steps > 0)?;
        let (start, end) = (self.wrong[start], self.wrong.last()?);
        Some((end - start) as f64 / (steps * STEP) as f64)
    }
}

/// The address in "7 (evchecks 9) [tid 1] 0x401b770 name …".
fn address(header: &str) -> Option<u64> {
    hexadecimal(header.split_once("] 0x")?.1.split(' ').next()?)
}

/// Whether a line of a block is a condition on which it is left, or an end that was computed:
/// "if (t9) { PUT(184) = 0x401B878:I64; exit-Boring }", "PUT(184) = t5; exit-Call".
fn is_open(line: &str) -> bool {
    let Some((left, how)) = line.split_once("; exit-") else { return false };
    let conditional = left.trim_start().starts_with("if (");
    let computed = !left.contains(") = 0x");
    match how.trim_end_matches([' ', '}']) {
        "Boring" => conditional || computed,
        "Call" => computed,
        _ => false,
    }
}

fn hexadecimal(digits: &str) -> Option<u64> {
    u64::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cut from what valgrind 3.19 printed: a block that ends with a condition, one that calls, and
    /// one that goes back.
    const SHOWN: &str = "\
==7== Lackey, an example Valgrind tool
==== SB 0 (evchecks 0) [tid 1] 0x4001000 f /lib/ld.so+0x1000
IRSB {
   if (64to1(t16)) { PUT(184) = 0x4001080:I64; exit-Boring }
   if (t67) { PUT(184) = 0x4001000:I64; exit-SigSEGV }
   PUT(184) = 0x4001010:I64; exit-Boring
}
==== SB 1 (evchecks 1) [tid 1] 0x4001010 f+16 /lib/ld.so+0x1010
   PUT(184) = 0x4002000:I64; exit-Call
==== SB 2 (evchecks 2) [tid 1] 0x4001080 f+128 /lib/ld.so+0x1080
   PUT(184) = LDle:I64(t5); exit-Return
";

    fn read(way: impl Iterator<Item = &'static str>) -> Guessed {
        let entered: String = way.map(|block| format!("SB {block}\n")).collect();
        Guessed::read(format!("{SHOWN}{entered}").as_bytes())
    }

    #[test]
    fn only_what_a_block_leaves_open_is_guessed() {
        let jumps = 16 * STEP;
        let turns = |step| ["04001000", ["04001010", "04001080"][step % 2]];
        let guessed = read((0..jumps).flat_map(turns));
        assert_eq!(guessed.wrong.len(), 16, "the block behind it is always left in the same way");
        assert_eq!(guessed.wrong(4 * STEP), Some(0.0), "in turns");
        assert!(guessed.wrong[0] > 0, "once it had to be learned");
        assert_eq!(read(std::iter::empty()).wrong(STEP), None);
    }

    #[test]
    fn nothing_is_guessed_once_the_calls_are_over() {
        let entered = "SB 04001000\nSB 04001010\n".repeat(4 * STEP);
        let over = "==== SB 9 (evchecks 7) [tid 1] 0x109000 bench::calls_are_over /bench+0x1000\n";
        let said = [SHOWN, entered.as_str(), over, entered.as_str()].concat();
        assert_eq!(Guessed::read(said.as_bytes()).wrong.len(), 4);
    }

    #[test]
    fn ends_of_blocks_are_told_apart() {
        for (line, open) in [
            ("   if (t9) { PUT(184) = 0x401B878:I64; exit-Boring } ", true),
            ("   if (t9) { PUT(184) = 0x401B878:I64; exit-SigSEGV } ", false),
            ("   PUT(184) = t5; exit-Call", true),
            ("   PUT(184) = t5; exit-Boring", true),
            ("   PUT(184) = t5; exit-Return", false),
            ("   PUT(184) = 0x401B770:I64; exit-Call", false),
            ("   PUT(184) = 0x401B770:I64", false),
        ] {
            assert_eq!(is_open(line), open, "{line}");
        }
    }
}
