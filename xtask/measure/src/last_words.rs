//! Why a process failed, by what it wrote to standard error: of a panic its message and its line.

/// Bytes beyond which a reason is shortened: it stands in a line of the terminal and in a record.
const LONGEST: usize = 300;

/// Of a crash what is said of it; else the last line that says something.
pub fn of(stderr: &str) -> String {
    let said = crash(stderr).or_else(|| {
        let last = stderr.lines().rev().map(str::trim).find(|line| !line.is_empty());
        last.map(str::to_owned)
    });
    shortened(said.unwrap_or_else(|| "without a word".to_owned()))
}

/// What Rust says of a process that it ends, before it traces: of a panic, of too little memory, or
/// of a stack that is too small.
pub fn crash(stderr: &str) -> Option<String> {
    let said = |line: &&str| {
        line.starts_with("memory allocation of ") || line.ends_with(" has overflowed its stack")
    };
    panic(stderr).or_else(|| stderr.lines().find(said).map(str::to_owned))
}

/// "the message, at src/lib.rs:7:5", of the first panic: those that follow are often its result.
fn panic(stderr: &str) -> Option<String> {
    let mut lines = stderr.lines();
    let place = lines.find_map(|line| {
        let (thread, place) = line.split_once(" panicked at ")?;
        thread.starts_with("thread ").then(|| place.trim_end_matches(':'))
    })?;
    // What follows the message is about backtraces, and not always there.
    let about = |line: &&str| {
        line.starts_with("note: ") || line.starts_with("stack backtrace:") || line.is_empty()
    };
    let message: Vec<&str> = lines.take_while(|line| !about(line)).map(str::trim).collect();
    Some(shortened(message.join(" ")) + ", at " + place)
}

fn shortened(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a process leaves it that is told to trace.
    const TRACED: &str = "\
before it\n\nthread 'main' (4711) panicked at benches/words.rs:12:9:\nassertion failed: `left`\n  \
left: 1\n right: 2\nstack backtrace:\n   0: __rustc::rust_begin_unwind\n             at \
/rustc/abc/library/std/src/panicking.rs:698:5\nnote: Some details are omitted, run with \
`RUST_BACKTRACE=full` for a verbose backtrace.\n";

    #[test]
    fn a_panic_is_told_by_its_message_and_its_line() {
        let told = "assertion failed: `left` left: 1 right: 2, at benches/words.rs:12:9";
        assert_eq!(of(TRACED), told);
        let short = "thread 'main' panicked at src/a.rs:1:2:\nwhy\nnote: run with \
                     `RUST_BACKTRACE=1` environment variable to display a backtrace\n";
        assert_eq!(of(short), "why, at src/a.rs:1:2");
        assert_eq!(of(&[short, TRACED].concat()), "why, at src/a.rs:1:2", "the first one");
    }

    #[test]
    fn who_does_not_panic_is_told_by_the_last_line_that_says_something() {
        assert_eq!(of("one\ntwo \n\n"), "two");
        assert_eq!(of(" \n"), "without a word");
        assert_eq!(of("nobody panicked at all"), "nobody panicked at all");
        let memory = "memory allocation of 16 bytes failed\nstack backtrace:\n   7: words::main\n";
        assert_eq!(of(memory), "memory allocation of 16 bytes failed");
        let deep = "\nthread 'main' (7) has overflowed its stack\nfatal runtime error: x\n";
        assert_eq!(crash(deep).unwrap(), "thread 'main' (7) has overflowed its stack");
        let long = of(&"ü".repeat(1_000));
        assert!(long.len() < LONGEST + 5 && long.ends_with("ü…"), "{long}");
    }
}
