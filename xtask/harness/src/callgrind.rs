//! Words to callgrind from within: what it is to count. It sees them where the processor sees
//! instructions that do nothing: a sequence that no compiler writes, by which Valgrind's programs
//! know that somebody asks (Valgrind's manual, "The Client Request mechanism"; the sequences and
//! numbers are those of its `valgrind.h` and `callgrind.h`).

use std::hint::black_box;
use std::mem::MaybeUninit;

/// What can be asked of callgrind.
#[derive(Debug, Clone, Copy)]
enum Request {
    /// Write down what was counted, and count anew.
    Dump = 0,
    /// Count from here on.
    Start = 4,
    /// Count no more.
    Stop = 5,
}

/// The first of callgrind's requests: its two letters in front.
const FIRST: usize = (b'C' as usize) << 24 | (b'T' as usize) << 16;

/// Has callgrind count from here on. Its caches hold nothing then, where those of a processor hold
/// what was done before: a byte of each line of the heap is read, from what is `early` on it.
pub(crate) fn start(early: &[u8]) {
    const LINE: usize = 64;
    ask(Request::Start);
    for address in (early.as_ptr().expose_provenance()..heap_end()).step_by(LINE) {
        // SAFETY: all of the heap is mapped up to its end, and what comes from elsewhere lies
        // behind that. What is read may be nobody's by now, and is no value of anything.
        let byte = unsafe {
            std::ptr::with_exposed_provenance::<MaybeUninit<u8>>(address).read_volatile()
        };
        black_box(byte); // valgrind leaves out what nobody uses
    }
}

/// Where the heap ends that grows at its end; nowhere, where there is none or nobody listens.
#[cfg(target_os = "linux")]
fn heap_end() -> usize {
    // SAFETY: a step of nothing changes nothing.
    unsafe { libc::sbrk(0) }.expose_provenance()
}

#[cfg(not(target_os = "linux"))]
fn heap_end() -> usize {
    0
}

/// Has callgrind write down what it has counted since the last time.
pub(crate) fn write_down() {
    ask(Request::Dump);
}

/// Has callgrind count no more.
pub(crate) fn stop() {
    ask(Request::Stop);
}

fn ask(request: Request) {
    // Whether somebody heard it is seen by whoever reads the counts.
    sequence(&[FIRST + request as usize, 0, 0, 0, 0, 0], 0);
}

/// Valgrind's answer to these words; without it the one that is given.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn sequence(words: &[usize; 6], answer: usize) -> usize {
    let mut answer = answer;
    // SAFETY: the rotations add up to two whole turns and leave the register as it was, and the
    // exchange is with itself. Valgrind reads the six words, and writes its answer.
    unsafe {
        std::arch::asm!(
            "rol rdi, 3",
            "rol rdi, 13",
            "rol rdi, 61",
            "rol rdi, 51",
            "xchg rbx, rbx",
            in("rax") words,
            inout("rdx") answer,
        );
    }
    answer
}

/// Valgrind's answer to these words; without it the one that is given.
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
fn sequence(words: &[usize; 6], answer: usize) -> usize {
    let mut answer = answer;
    // SAFETY: the rotations add up to two whole turns and leave the register as it was, and what is
    // or'ed is the same twice. Valgrind reads the six words, and writes its answer.
    unsafe {
        std::arch::asm!(
            "ror x12, x12, #3",
            "ror x12, x12, #13",
            "ror x12, x12, #51",
            "ror x12, x12, #61",
            "orr x10, x10, x10",
            in("x4") words,
            inout("x3") answer,
        );
    }
    answer
}

/// Nobody listens here.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn sequence(_words: &[usize; 6], answer: usize) -> usize {
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_happens_where_nobody_listens() {
        for answer in [0, 7, usize::MAX] {
            assert_eq!(sequence(&[FIRST + Request::Start as usize, 0, 0, 0, 0, 0], answer), answer);
        }
    }
}
