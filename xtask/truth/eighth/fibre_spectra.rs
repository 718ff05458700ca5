//! A night at a telescope whose fibres bring the light of a thousand stars to one instrument.
//!
//! The instrument is read out moment by moment, all fibres in a row; what is looked at afterwards
//! are the stars' light curves. Beside it there is the night's log, in which observers write
//! remarks where they belong.

use truth::{Random, word};

const FIBRES: usize = 1_024;
const MOMENTS: usize = 1_024;
const FIELDS: usize = 190;
const ENTRIES: usize = 60_000;
const REMARKS: usize = 28_000;

/// Counts of a field: the stars pulse, and clouds pass over all of them.
fn expose(random: &mut Random, counts: &mut [f32]) {
    let stars: Vec<(f32, f32)> = (0..FIBRES)
        .map(|_| (400.0 + random.skewed(9_000) as f32, 0.002 + 0.05 * random.unit() as f32))
        .collect();
    let mut phases = vec![0.0_f32; FIBRES];
    let mut cloud = 0.8_f32;
    for row in counts.chunks_exact_mut(FIBRES) {
        cloud = (cloud + (random.unit() as f32 - 0.5) * 0.04).clamp(0.3, 1.0);
        for ((count, phase), &(bright, pace)) in row.iter_mut().zip(&mut phases).zip(&stars) {
            *phase += pace;
            if *phase > 1.0 {
                *phase -= 2.0;
            }
            // A parabola is as good as a sine here.
            *count = bright * cloud * (1.0 + 0.2 * (1.0 - *phase * *phase * 2.0));
        }
    }
}

/// The light curve of a star, with each moment divided by what the clouds have left of it.
fn curve(counts: &[f32], fibre: usize, clouds: &[f32]) -> Vec<f32> {
    clouds
        .iter()
        .enumerate()
        .map(|(moment, cloud)| counts[moment * FIBRES + fibre] / cloud)
        .collect()
}

/// What the clouds leave at each moment, by the light of all stars.
fn clouds(counts: &[f32]) -> Vec<f32> {
    let light = |row: &[f32]| {
        let (lanes, _) = row.as_chunks::<16>();
        let mut sums = [0.0_f32; 16];
        for lane in lanes {
            for (sum, count) in sums.iter_mut().zip(lane) {
                *sum += count;
            }
        }
        sums.iter().sum::<f32>()
    };
    let light: Vec<f32> = counts.chunks_exact(FIBRES).map(light).collect();
    let most = light.iter().copied().fold(1.0, f32::max);
    light.iter().map(|light| light / most).collect()
}

/// The distance in moments after which a curve is most like itself, of a few that are tried.
fn period(curve: &[f32]) -> usize {
    let unlike = |lag: usize| {
        let mut sums = [0.0_f32; 8];
        let (now, _) = curve[..256].as_chunks::<8>();
        let (later, _) = curve[lag..][..256].as_chunks::<8>();
        for (now, later) in now.iter().zip(later) {
            for (sum, (a, b)) in sums.iter_mut().zip(now.iter().zip(later)) {
                *sum += (a - b).abs();
            }
        }
        sums.iter().sum::<f32>()
    };
    let lags = (40..400).step_by(40);
    lags.min_by(|&a, &b| unlike(a).total_cmp(&unlike(b))).expect("lags")
}

/// The log as it was begun: an entry for each exposure.
fn log(random: &mut Random) -> String {
    let mut log = String::new();
    for entry in 0..ENTRIES {
        log += &format!("{:02}:{:02}:{:02} ", entry / 3_600 % 24, entry / 60 % 60, entry % 60);
        for _ in 0..7 {
            log += &word(random.skewed(4_000));
            log.push(' ');
        }
        log += "\n";
    }
    log
}

/// Observers go through the night again and write where they think of something.
fn annotate(log: &mut String, random: &mut Random) {
    let mut cursor = log.len() / 2;
    for number in 0..REMARKS {
        cursor = match random.below(6) {
            0 => random.below(log.len()),
            _ => (cursor + random.below(800)).saturating_sub(400).min(log.len() - 1),
        };
        let line = log[cursor..].find('\n').map_or(log.len(), |end| cursor + end);
        let remark = match random.below(4) {
            0 => format!(" [{}]", word(number % 700)),
            1 => " (seeing poor)".to_owned(),
            _ => format!(" (fibre {})", random.below(FIBRES)),
        };
        log.insert_str(line, &remark);
        cursor = line;
    }
}

/// What the log says: lines, remarks in the line with the most, and a sum over all of it.
fn summary(log: &str) -> (usize, usize, u64) {
    let most = log.lines().map(|line| line.matches(['[', '(']).count()).max().unwrap_or(0);
    let sum = log.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    (log.lines().count(), most, sum)
}

fn main() {
    let mut random = Random::new(816);
    let mut counts = vec![0.0; FIBRES * MOMENTS];
    let mut periods = vec![0_u32; 400];
    let mut faintest = f32::MAX;
    for _ in 0..FIELDS {
        expose(&mut random, &mut counts);
        let clouds = clouds(&counts);
        for fibre in 0..FIBRES {
            let curve = curve(&counts, fibre, &clouds);
            periods[period(&curve)] += 1;
            faintest = curve.iter().copied().fold(faintest, |a, b| if b < a { b } else { a });
        }
    }
    let found: Vec<_> = periods.iter().enumerate().filter(|(_, count)| **count > 0).collect();
    println!("periods: {found:?}, faintest {faintest:.3}");

    let mut log = log(&mut random);
    annotate(&mut log, &mut random);
    let (lines, most, sum) = summary(&log);
    println!("{} bytes in {lines} lines, {most} remarks in one, {sum:016x}", log.len());
}
