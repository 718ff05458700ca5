//! What a process asked of the system while valgrind ran it, by the lines that it prints of it.

use std::collections::BTreeSet;

use protocol::OVER;

/// How each of these lines begins.
pub const CALL: &str = "SYSCALL[";
/// Calls that move bytes and answer how many.
const MOVE: [&str; 8] = [
    "sys_read",
    "sys_write",
    "sys_readv",
    "sys_writev",
    "sys_pread64",
    "sys_pwrite64",
    "sys_preadv",
    "sys_pwritev",
];
/// Of a new thread, not a new process: the flag that Linux has for it.
const THREAD: u64 = 0x1_0000;

/// Sums over a part of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// System calls.
    pub calls: u64,
    /// Bytes that they read and wrote.
    pub bytes: u64,
    /// Threads that they started.
    pub threads: u64,
}

/// What was asked in each part of what a bench binary does for simulators, and behind the last one.
pub fn parts(said: &str) -> impl Iterator<Item = Asked> {
    said.split(OVER).map(parse)
}

/// Sums up what was printed. A call that waits has two lines, and the second has only its number.
fn parse(said: &str) -> Asked {
    let mut asked = Asked::default();
    let mut moving = BTreeSet::new();
    for (number, what) in said.lines().filter_map(line) {
        if !what.starts_with("...") {
            let name = what.split([' ', '(']).next().unwrap_or_default();
            asked.calls += 1;
            asked.threads += u64::from(name == "sys_clone" && is_thread(what));
            if MOVE.contains(&name) {
                moving.insert(number);
            }
        }
        if moving.contains(number) {
            asked.bytes += answer(what).unwrap_or(0);
        }
    }
    asked
}

/// The number of a call, and what follows: `SYSCALL[7,1](0) sys_read ( 3, 0x4a, 9 ) --> …`.
fn line(line: &str) -> Option<(&str, &str)> {
    let (_, call) = line.strip_prefix(CALL)?.split_once("](")?;
    call.split_once(") ")
}

fn is_thread(what: &str) -> bool {
    let flags = what.split_once("( ").and_then(|(_, arguments)| arguments.split_once(','));
    flags.and_then(|(flags, _)| hexadecimal(flags)).is_some_and(|flags| flags & THREAD != 0)
}

/// What a call gave back, unless it failed or goes on.
fn answer(what: &str) -> Option<u64> {
    let (_, answer) = what.split_once("Success(")?;
    hexadecimal(answer.split_once(')')?.0)
}

fn hexadecimal(digits: &str) -> Option<u64> {
    u64::from_str_radix(digits.trim_start_matches("0x"), 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cut from what valgrind 3.19 printed.
    const SAID: &str = "\
==7== Cachegrind, a cache and branch-prediction profiler
SYSCALL[7,1](435) unimplemented (by the kernel) syscall: 435! (ni_syscall)
 --> [pre-fail] Failure(0x26) 
SYSCALL[7,1](56) sys_clone ( 3d0f00, 0x4c4af30, 0x4c4b990 ) --> [pre-success] Success(0x6c32) 
SYSCALL[7,1](56) sys_clone ( 1200011, 0x0, 0x0, 0x4a07a10, 0x0 ) --> [pre-success] Success(0x6c33) 
SYSCALL[7,1](202) sys_futex ( 0x4c4b990, 265, 27698, 0x0, 0x0 ) --> [async] ... 
SYSCALL[7,2](186) sys_gettid ()[sync] --> Success(0x6c32) 
SYSCALL[7,2](0) sys_read ( 3, 0x1fff0003a0, 100 ) --> [async] ... 
SYSCALL[7,1](202) ... [async] --> Success(0x0) 
said by the program
SYSCALL[7,2](0) ... [async] --> Success(0x64) 
SYSCALL[7,2](1) sys_write ( 1, 0x1fff0003a0, 9 )[sync] --> Success(0x9) 
SYSCALL[7,2](1) sys_write ( 1, 0x1fff0003a0, 9 ) --> [async] ... 
SYSCALL[7,2](1) ... [async] --> Failure(0x20) 
";

    #[test]
    fn what_is_asked_is_told_apart_by_what_the_program_says() {
        let read = |bytes| format!("SYSCALL[7,1](0) sys_read ( 3 )[sync] --> Success({bytes}) \n");
        let said = format!("{}{OVER}{OVER}\n{}{}{OVER}", read("0x9"), read("0x3"), read("0x4"));
        let asked = |calls, bytes| Asked { calls, bytes, threads: 0 };
        let expected = [asked(1, 9), asked(0, 0), asked(2, 7), asked(0, 0)];
        assert_eq!(parts(&said).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn calls_are_counted_once_with_the_bytes_that_they_moved() {
        assert_eq!(parse(SAID), Asked { calls: 8, bytes: 109, threads: 1 });
        assert_eq!(parse("==7== \nnothing asked\n"), Asked::default());
    }
}
