//! Filters and rewrites JSON lines: `rules FILE < lines > lines`.

use std::io;
use std::process::ExitCode;

use vm::{Machine, Program};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(unread) => {
            eprintln!("{unread} lines are no JSON and were left out");
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Runs the rules on all of standard input; how many lines are no JSON.
fn run() -> Result<usize, Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: rules FILE < lines")?;
    let program = compiler::compile(&std::fs::read_to_string(path)?)?;
    filter(&program, &mut io::stdin().lock(), &mut io::stdout().lock())
}

fn filter(
    program: &Program,
    input: &mut dyn io::BufRead,
    output: &mut dyn io::Write,
) -> Result<usize, Box<dyn std::error::Error>> {
    const BLOCK: usize = 64 << 10;
    let mut machine = Machine::default();
    let (mut line, mut out) = (Vec::new(), Vec::with_capacity(2 * BLOCK));
    let mut unread = 0;
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            match json::parse(&line) {
                Ok(mut value) => {
                    if machine.run(program, &mut value) {
                        json::write(&value, &mut out);
                        out.push(b'\n');
                    }
                }
                Err(_) => unread += 1,
            }
        }
        line.clear();
        if out.len() >= BLOCK {
            output.write_all(&out)?;
            out.clear();
        }
    }
    output.write_all(&out)?;
    output.flush()?;
    Ok(unread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filtered_and_those_that_are_none_counted() {
        let program = compiler::compile("keep where a > 1\nset b = a + 1").unwrap();
        let mut out = Vec::new();
        let lines = "{\"a\":1}\n\n{\"a\":2}\n{broken\n{\"a\":3}";
        let unread = filter(&program, &mut lines.as_bytes(), &mut out).unwrap();
        assert_eq!(unread, 1);
        assert_eq!(String::from_utf8(out).unwrap(), "{\"a\":2,\"b\":3}\n{\"a\":3,\"b\":4}\n");
    }
}
