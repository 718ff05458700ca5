//! Reads the access log of a server and writes a report: a line for each request that was slow,
//! failed or large, with the reason beside it.

use std::fs::File;
use std::io::Write;

use truth::{Random, word};

struct Request<'a> {
    path: &'a str,
    status: u16,
    bytes: u64,
    micros: u64,
}

fn log(requests: usize) -> String {
    let mut random = Random::new(11);
    let paths: Vec<String> = (0..500).map(|at| format!("/{}/{}", word(at), word(at * 7))).collect();
    let mut log = String::new();
    for _ in 0..requests {
        let status = [200, 200, 200, 304, 404, 200, 200, 500][random.skewed(8)];
        let path = &paths[random.skewed(paths.len())];
        let (bytes, micros) = (random.skewed(900_000), random.skewed(400_000));
        log.push_str(&format!("10.0.0.1 GET {path} {status} {bytes} {micros}\n"));
    }
    log
}

fn parse(line: &str) -> Option<Request<'_>> {
    let mut fields = line.split(' ').skip(2);
    Some(Request {
        path: fields.next()?,
        status: fields.next()?.parse().ok()?,
        bytes: fields.next()?.parse().ok()?,
        micros: fields.next()?.parse().ok()?,
    })
}

fn reason(request: &Request<'_>) -> Option<&'static str> {
    match request {
        request if request.status >= 500 => Some("failed"),
        request if request.micros > 385_000 => Some("slow"),
        request if request.bytes > 890_000 => Some("large"),
        _ => None,
    }
}

/// How the times are spread, in powers of two.
#[derive(Default)]
struct Histogram([u64; 32]);

impl Histogram {
    fn add(&mut self, micros: u64) {
        self.0[(64 - micros.leading_zeros()).min(31) as usize] += 1;
    }

    fn quantile(&self, share: f64) -> u64 {
        let wanted = (self.0.iter().sum::<u64>() as f64 * share) as u64;
        let mut passed = 0;
        for (power, count) in self.0.iter().enumerate() {
            passed += count;
            if passed >= wanted {
                return 1 << power;
            }
        }
        u64::MAX
    }
}

fn report(log: &str, out: &mut File) -> std::io::Result<Histogram> {
    let mut times = Histogram::default();
    for line in log.lines() {
        let Some(request) = parse(line) else { continue };
        times.add(request.micros);
        if let Some(reason) = reason(&request) {
            writeln!(out, "{reason}: {} took {} us", request.path, request.micros)?;
        }
    }
    Ok(times)
}

fn main() -> std::io::Result<()> {
    let log = log(300_000);
    let path = std::env::temp_dir().join(format!("access-report-{}.txt", std::process::id()));
    for day in 0..30 {
        let mut out = File::create(&path)?;
        let times = report(&log, &mut out)?;
        let bytes = out.metadata()?.len();
        println!("day {day}: {bytes} bytes, median below {} us", times.quantile(0.5));
    }
    std::fs::remove_file(&path)
}
