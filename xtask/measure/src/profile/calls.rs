//! Runs a build of a reader's program once more, with breakpoints where its hottest functions
//! begin, and counts with how many different arguments they are called. No stack shows that. What a
//! function is given is known from debug information; two arguments are the same if all that they
//! lead to is, within bounds. Whether a function only answers is not known, so it is held to be one
//! that does more wherever something says so: it may write behind an argument, answers nothing,
//! always the same, or the same question in two ways.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod debug;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod moment;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod remote;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod shape;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod trace;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod value;

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;
use cases::repeats::Repeats;

/// What was seen of a function's calls, or why nothing is said of them.
pub type Seen = std::result::Result<Repeats, String>;

/// Runs a program for some seconds and looks at the calls of the functions by these names.
///
/// # Errors
/// If it cannot be run so, or its debug information does not say what functions are given.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub fn watch(
    program: &Path,
    arguments: &[OsString],
    names: &[String],
) -> Result<Vec<(String, Seen)>> {
    trace::watch(program, arguments, names)
}

/// Elsewhere nobody can look.
///
/// # Errors
/// Always.
#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
pub fn watch(_: &Path, _: &[OsString], _: &[String]) -> Result<Vec<(String, Seen)>> {
    anyhow::bail!("calls can be looked at on Linux with x86-64 only")
}

#[cfg(all(test, target_os = "linux", target_arch = "x86_64"))]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::process::Command;

    /// A program with functions that are asked the same, and such as only seem to be.
    const PROGRAM: &str = r#"
use std::cell::Cell;
use std::hint::black_box;

pub struct Rates { steps: Vec<f64>, name: String }
pub enum Way { Road { length: u32 }, Sea(f64), Air }

impl Rates {
    #[inline(never)]
    pub fn price(&self, way: &Way, class: u8) -> Option<f64> {
        let step = *self.steps.get(usize::from(class))?;
        Some(step * match way { Way::Road { length } => f64::from(*length), Way::Sea(far) => *far,
            Way::Air => self.name.len() as f64 })
    }
}
#[inline(never)]
pub fn letters(text: &str, wanted: char) -> usize { text.chars().filter(|c| *c == wanted).count() }
#[inline(never)]
pub fn above(heights: &[u32], at: usize) -> u32 { heights[at].wrapping_mul(3) }
#[inline(never)]
pub fn next(state: &mut u64) -> u64 { *state = state.wrapping_mul(25).wrapping_add(7); *state }
#[inline(never)]
pub fn draw(state: &Cell<u64>) -> u64 { state.set(state.get() + 1); state.get() }
#[inline(never)]
pub fn note(number: u64) { black_box(number); }
#[inline(never)]
pub fn clock(offset: u64) -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    now.as_nanos() + offset as u128
}
#[inline(never)]
pub fn ways(x: u32, y: u32) -> u64 {
    if x == 0 || y == 0 { 1 } else { ways(x - 1, y) + ways(x, y - 1) }
}
#[inline(never)]
pub fn swapped(pair: (f64, f64)) -> (f64, f64) { (pair.1, pair.0) }

fn main() {
    let rates = Rates { steps: vec![1.5, 2.5, 4.0], name: "ab".repeat(20) };
    let (mut state, cell, mut heights) = (1, Cell::new(1), vec![1; 100]);
    for turn in 0..600_u32 {
        let way = match turn % 4 {
            0 => Way::Road { length: 7 },
            1 => Way::Road { length: 8 },
            2 => Way::Sea(2.5),
            _ => Way::Air,
        };
        black_box(rates.price(&way, (turn % 5) as u8));
        black_box(letters(&"a text that is long".repeat(1 + turn as usize % 3), 't'));
        heights[(turn % 100) as usize] += turn;
        black_box(above(&heights, 3));
        black_box((next(&mut state), draw(&cell), clock(1), swapped((f64::from(turn % 6), 0.5))));
        note(7);
    }
    // Who is followed step by step hides calls of other threads, so this one has its own time.
    let asks = |at: usize| letters("some other text", ['e', 't'][at % 2]);
    let other = std::thread::spawn(move || (0..300).map(asks).sum::<usize>());
    other.join().unwrap();
    black_box(ways(7, 7));
    assert!(std::process::Command::new("true").status().unwrap().success());
    std::fs::write(std::env::args().nth(1).unwrap(), "done").unwrap();
}
"#;

    fn build(folder: &Path, name: &str, flags: &[&str]) -> PathBuf {
        let (source, program) = (folder.join("tiny.rs"), folder.join(name));
        std::fs::write(&source, PROGRAM).unwrap();
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition=2024", "-g", "--crate-name=tiny"]).args(flags);
        let built = rustc.arg("-o").arg(&program).arg(&source).status().unwrap();
        assert!(built.success());
        program
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| format!("tiny::{name}")).collect()
    }

    #[test]
    fn different_arguments_are_counted_and_what_does_more_than_answer_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let all =
            ["letters", "above", "next", "draw", "note", "clock", "ways", "swapped", "absent"];
        let all: Vec<&str> = all.into_iter().chain(["Rates::price"]).collect();
        let done = folder.path().join("done");
        let program = build(folder.path(), "debug", &["-Copt-level=0"]);
        let seen = match watch(&program, &[(&done).into()], &names(&all)) {
            Ok(seen) => seen,
            Err(why) if format!("{why:#}").contains("ptrace") => {
                eprintln!("not tested, because {why:#}");
                return;
            }
            Err(why) => panic!("{why:#}"),
        };
        assert_eq!(std::fs::read(&done).unwrap(), b"done", "it runs to its end");
        std::fs::remove_file(&done).unwrap();
        let of = |wanted: &str| {
            let is_it = |(name, _): &&(String, Seen)| *name == format!("tiny::{wanted}");
            seen.iter().find(is_it).map(|(_, seen)| seen.clone())
        };
        let counted = |wanted: &str| of(wanted).unwrap().map(|of| (of.calls, of.different));
        assert_eq!(counted("Rates::price"), Ok((600, 20)));
        assert_eq!(counted("letters"), Ok((900, 5)));
        assert_eq!(counted("swapped"), Ok((600, 6)));
        // The first call is followed for a while, which hides those inside it.
        let ways = counted("ways").unwrap();
        assert!((32..=63).contains(&ways.1) && ways.0 > 500, "{ways:?}");
        // What is behind the same pointer has changed.
        assert_eq!(counted("above"), Ok((600, 600)));
        for refused in ["next", "draw", "note", "clock"] {
            assert!(counted(refused).is_err(), "{refused}");
        }
        assert_eq!(of("absent"), None);
    }

    #[test]
    fn what_cannot_be_looked_at_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let program = build(folder.path(), "bare", &["-Cdebuginfo=0"]);
        let refused =
            |program: &Path| format!("{:#}", watch(program, &[], &names(&["note"])).unwrap_err());
        assert!(refused(&program).contains("debug build"), "{}", refused(&program));
        let script = folder.path().join("script");
        std::fs::write(&script, "#!/bin/sh\nexit 0\n").unwrap();
        assert!(refused(&script).contains("format is not known"), "{}", refused(&script));
        assert!(
            refused(&folder.path().join("none")).contains("cannot be read")
                || refused(&folder.path().join("none")).contains("cannot read")
        );
    }

    /// Whatever the file says of itself, it is an error or an answer.
    #[test]
    fn debug_information_that_is_broken_is_no_panic() {
        let folder = tempfile::tempdir().unwrap();
        let program = build(folder.path(), "whole", &["-Copt-level=0"]);
        let whole = std::fs::read(&program).unwrap();
        let (start, end) = {
            use object::{Object as _, ObjectSection as _};
            let file = object::File::parse(&*whole).unwrap();
            let range = |name| file.section_by_name(name).unwrap().file_range().unwrap();
            let (start, _) = range(".debug_abbrev");
            let (info, size) = range(".debug_info");
            (start.min(info) as usize, (info + size) as usize)
        };
        let broken = folder.path().join("broken");
        let wanted = names(&["note", "letters", "Rates::price", "above"]);
        let mut random = 7_u64;
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..20 {
                random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e);
                let at = start + (random >> 33) as usize % (end - start);
                bytes[at] = (random >> 20) as u8;
            }
            std::fs::write(&broken, &bytes).unwrap();
            drop(debug::functions(&broken, &wanted));
        }
        for length in [0, 4, 64, 1_000, whole.len() / 2] {
            std::fs::write(&broken, &whole[..length]).unwrap();
            drop(debug::functions(&broken, &wanted));
        }
    }
}
