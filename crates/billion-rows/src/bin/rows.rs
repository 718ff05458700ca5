//! The case as a program: makes rows, and reports what their stations measured.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::thread;

use billion_rows::{
    bytes, cursors, naive, optimized, peer, prefixes, reads, reused_line, stations, swar, tenths,
};
use memmap2::Mmap;

const USAGE: &str = "\
usage: rows generate --rows N [--stations usual|many|long] [--seed N] PATH
       rows run --rung NAME [--by map|reads] PATH

`generate` writes the same bytes wherever it runs. `run` takes what it wrote, or the challenge's own
file, and prints least, mean and most of each station. Rungs: naive, reused_line, bytes, tenths,
swar, prefixes, cursors, optimized, peer. The first two and the peer read; the others map the file,
and `cursors` and `optimized` do what `--by` says.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.split_first() {
        Some((&"generate", rest)) => options(rest).and_then(|options| generate(&options)),
        Some((&"run", rest)) => options(rest).and_then(|options| run(&options)),
        _ => Err("what is to be done?".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprint!("{wrong}\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

/// What stands behind the command.
#[derive(Default)]
struct Options<'a> {
    rows: Option<u64>,
    seed: Option<u64>,
    stations: Option<&'a str>,
    rung: Option<&'a str>,
    by: Option<&'a str>,
    path: Option<&'a str>,
}

fn options<'a>(args: &[&'a str]) -> Result<Options<'a>, String> {
    let mut options = Options::default();
    let mut args = args.iter();
    while let Some(&arg) = args.next() {
        let mut value = || args.next().copied().ok_or_else(|| format!("{arg} wants a value"));
        let number = |text: &str| text.parse().map_err(|_| format!("{text} is no number"));
        match arg {
            "--rows" => options.rows = Some(number(value()?)?),
            "--seed" => options.seed = Some(number(value()?)?),
            "--stations" => options.stations = Some(value()?),
            "--rung" => options.rung = Some(value()?),
            "--by" => options.by = Some(value()?),
            _ if arg.starts_with('-') => return Err(format!("{arg} is no option")),
            _ => options.path = Some(arg),
        }
    }
    Ok(options)
}

fn generate(options: &Options) -> Result<(), String> {
    let stations = match options.stations.unwrap_or("usual") {
        "usual" => &stations::USUAL,
        "many" => &stations::MANY,
        "long" => &stations::LONG,
        other => return Err(format!("there are no stations `{other}`")),
    };
    let path = options.path.ok_or("where to?")?;
    let rows = options.rows.ok_or("how many rows?")?;
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get());
    let write = || {
        let mut file = BufWriter::new(File::create(path)?);
        stations::write(stations, rows, options.seed.unwrap_or(1), threads, &mut file)?;
        file.flush()
    };
    write().map_err(|error: std::io::Error| format!("cannot write {path}: {error}"))
}

fn run(options: &Options) -> Result<(), String> {
    let path = options.path.ok_or("which file?")?;
    let cannot = |error: std::io::Error| format!("cannot read {path}: {error}");
    let file = File::open(path).map_err(cannot)?;
    let report = match (options.rung.ok_or("which rung?")?, options.by) {
        ("naive", None) => naive::report(BufReader::new(file)),
        ("reused_line", None) => reused_line::report(BufReader::new(file)),
        ("peer", None) => peer::report(file),
        ("bytes", None) => bytes::report(&map(&file).map_err(cannot)?),
        ("tenths", None) => tenths::report(&map(&file).map_err(cannot)?),
        ("swar", None) => swar::report(&map(&file).map_err(cannot)?),
        ("prefixes", None) => prefixes::report(&map(&file).map_err(cannot)?),
        ("cursors", None | Some("map")) => cursors::report(&map(&file).map_err(cannot)?),
        ("optimized", None | Some("map")) => optimized::report(&map(&file).map_err(cannot)?),
        ("cursors", Some("reads")) => reads::report(file, 1).map_err(cannot)?,
        ("optimized", Some("reads")) => {
            let threads = thread::available_parallelism().map_or(1, |threads| threads.get());
            reads::report(file, threads).map_err(cannot)?
        }
        (rung, by) => return Err(format!("no rung `{rung}` goes by `{}`", by.unwrap_or("itself"))),
    };
    let written = writeln!(std::io::stdout(), "{report}");
    written.map_err(|error| format!("cannot write the report: {error}"))
}

/// The file as memory.
fn map(file: &File) -> std::io::Result<Mmap> {
    // SAFETY: the file must not be cut short or written to meanwhile. Nobody but who calls this
    // program knows; it is made for files that stay as they are.
    unsafe { Mmap::map(file) }
}
