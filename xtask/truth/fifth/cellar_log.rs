//! The loggers of a wine cellar: their readings are written to a file as they come, and read back
//! to see which barrels need a look.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use truth::Random;

const BARRELS: usize = 640;
const HOURS: usize = 2_600;

#[derive(Clone, Copy, Default)]
struct Barrel {
    readings: u32,
    warm: u32,
    sum: i64,
    highest: i32,
    last: i32,
}

/// Writes a number of tenths, without the machinery that text of any kind would need.
fn push_tenths(line: &mut Vec<u8>, tenths: i32) {
    if tenths < 0 {
        line.push(b'-');
    }
    push_number(line, tenths.unsigned_abs() / 10);
    line.extend([b'.', b'0' + (tenths.unsigned_abs() % 10) as u8]);
}

fn push_number(line: &mut Vec<u8>, mut number: u32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    line.extend_from_slice(&digits[at..]);
}

fn write(path: &Path, random: &mut Random) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 16, File::create(path)?);
    let mut celsius: Vec<i32> = (0..BARRELS).map(|_| 110 + random.below(30) as i32).collect();
    let mut line = Vec::with_capacity(32);
    for hour in 0..HOURS {
        let outside = if hour % 24 > 8 && hour % 24 < 20 { 1 } else { -1 };
        for (barrel, celsius) in (0..).zip(&mut celsius) {
            let drift = random.below(7) as i32 - 3 + outside;
            *celsius = (*celsius + drift).clamp(60, 210);
            line.clear();
            push_number(&mut line, hour as u32);
            line.push(b' ');
            push_number(&mut line, barrel);
            line.push(b' ');
            push_tenths(&mut line, *celsius);
            line.push(b'\n');
            file.write_all(&line)?;
        }
    }
    file.flush()
}

fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0_i32, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0'))
    })
}

/// The barrel and the tenths of a line.
fn reading(line: &[u8]) -> Option<(usize, i32)> {
    let line = line.strip_suffix(b"\n")?;
    let mut fields = line.split(|&byte| byte == b' ').skip(1);
    let barrel = number(fields.next()?)?;
    let (whole, tenths) = fields.next()?.split_last_chunk::<2>()?;
    let tenth = i32::from(tenths[1].checked_sub(b'0')?);
    Some((barrel as usize, number(whole)? * 10 + tenth))
}

fn read(path: &Path) -> io::Result<(Vec<Barrel>, usize)> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut barrels = vec![Barrel::default(); BARRELS];
    let mut broken = 0;
    let mut line = Vec::with_capacity(64);
    while file.read_until(b'\n', &mut line)? > 0 {
        match reading(&line) {
            Some((number, tenths)) if number < BARRELS => {
                let barrel = &mut barrels[number];
                barrel.readings += 1;
                barrel.warm += u32::from(tenths > 160);
                barrel.sum += i64::from(tenths);
                barrel.highest = barrel.highest.max(tenths);
                barrel.last = tenths;
            }
            _ => broken += 1,
        }
        line.clear();
    }
    Ok((barrels, broken))
}

fn main() -> io::Result<()> {
    let mut random = Random::new(521);
    let path = std::env::temp_dir().join(format!("cellar-{}.txt", std::process::id()));
    for month in 0..9 {
        write(&path, &mut random)?;
        let (barrels, broken) = read(&path)?;
        let of_all: u32 = barrels.iter().map(|barrel| barrel.readings).sum();
        let worst = barrels.iter().enumerate().max_by_key(|(_, barrel)| barrel.warm);
        println!("month {month}: {of_all} readings, {broken} broken");
        if let Some((number, barrel)) = worst {
            let mean = barrel.sum as f64 / f64::from(barrel.readings) / 10.0;
            println!("  barrel {number} was warm {} times, {mean:.1} C in the mean", barrel.warm);
            println!("  at most {}, now {} tenths", barrel.highest, barrel.last);
        }
    }
    fs::remove_file(path)
}
