//! All statistics, on plain numbers: medians, bootstrap intervals, verdicts. Nothing here knows
//! where they come from.

/// Effects below this are never called a difference, however steady they are: code layout alone
/// makes as much.
pub const LEAST_FLOOR: f64 = 0.01;
/// A rung pays if it is at least this many times as fast; less is not worth code.
pub const PAYS: f64 = 1.05;
/// Below this share of quiet blocks a measurement is not believed, but for what it says of large
/// differences.
pub const LEAST_QUIET: f64 = 0.3;
/// By how many times a neighbour may slow one of two rungs down and not the other, although both
/// take turns: an assumption, that whoever has the other hardware thread of a core, or reads memory
/// all the time, leaves half of it. `cargo xtask calibrate` counts verdicts that are false for it.
pub const NEIGHBOUR: f64 = 2.0;
/// Processes below which two runs are not held against each other, as when Ctrl-C ended one: how
/// much processes differ among themselves is then not known, and the interval is too narrow.
pub const LEAST_PROCESSES: usize = 3;
/// A walk of the sentinel through memory slower than usual by more than this marks its block as
/// contended. It is more than for its computation ([`protocol::QUIET_SLACK`]), since the speed of
/// memory varies more without anybody's doing.
pub const STREAM_SLACK: f64 = 1.3;
/// Resamples in a bootstrap: the ends of a 95 % interval then rest on 25 of them each.
const RESAMPLES: usize = 1_000;
/// Pieces into which the blocks of one process are cut.
const CHUNKS: usize = 5;
/// How much wider an interval of 99 % is than one of 95 %.
const WIDER: f64 = 2.576 / 1.960;
/// Where every bootstrap's generator starts.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// A 95 % interval with its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The 2.5th percentile.
    pub low: f64,
    /// The estimate.
    pub mid: f64,
    /// The 97.5th percentile.
    pub high: f64,
}

impl Interval {
    /// Applies a monotonically growing function to all three.
    pub fn map(self, grow: impl Fn(f64) -> f64) -> Self {
        Self { low: grow(self.low), mid: grow(self.mid), high: grow(self.high) }
    }

    /// As wide as it takes to hold another estimate of the same thing: by so much two ways to look
    /// at it disagree.
    pub fn holding(self, other: f64) -> Self {
        Self { low: self.low.min(other), high: self.high.max(other), ..self }
    }

    /// The interval of 99 % in place of that of 95 %, of something whose differences count, as a
    /// logarithm: what decides wherever something is called certain.
    pub fn surely(self) -> Self {
        let Self { low, mid, high } = self;
        Self { low: mid - WIDER * (mid - low), mid, high: mid + WIDER * (high - mid) }
    }

    /// The same of a ratio the other way round.
    pub fn inverse(self) -> Self {
        Self { low: 1.0 / self.high, mid: 1.0 / self.mid, high: 1.0 / self.low }
    }
}

/// What an interval says of a rung against a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Faster than the base, beyond chance and noise.
    Faster,
    /// Slower than the base, beyond chance and noise.
    Slower,
    /// The interval or the noise floor allows both.
    CannotTell,
}

/// The middle value, or the mean of the two middle ones; NaN of nothing.
pub fn median(values: &mut [f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which a share of the values lies, interpolated linearly; NaN of nothing.
pub fn quantile(values: &mut [f64], share: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let at = share * last as f64;
    let (_, &mut low, above) = values.select_nth_unstable_by(at as usize, f64::total_cmp);
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    low + (next - low) * at.fract()
}

/// The slowest that a sentinel may run in a quiet block: somewhat slower than the fastest fifth.
pub fn slowest_quiet(sentinels: &mut [f64], slack: f64) -> f64 {
    quantile(sentinels, 0.2) * slack
}

/// Cuts one process's values into consecutive chunks and keeps their medians: what a record stores.
pub fn chunk_medians(values: &[f64]) -> Vec<f64> {
    let size = values.len().div_ceil(CHUNKS).max(1);
    values.chunks(size).map(|chunk| median(&mut chunk.to_vec())).collect()
}

/// Which processes have enough quiet blocks to be heard: at least half as many as the middle one.
/// One with a handful left among others with dozens would count as much as they, and mostly carry
/// what disturbed it.
pub fn heard(quiet_blocks: &[usize]) -> Vec<bool> {
    let usual = median(&mut quiet_blocks.iter().map(|&count| count as f64).collect::<Vec<_>>());
    quiet_blocks.iter().map(|&count| count > 0 && count as f64 >= usual / 2.0).collect()
}

/// The median of medians over processes, each with its chunks, and a hierarchical bootstrap
/// interval: processes are drawn with replacement, then chunks within each. `None` without values.
pub fn interval(processes: &[Vec<f64>]) -> Option<Interval> {
    let (mid, estimates) = bootstrap(processes, &mut Dice(SEED))?;
    Some(spread(mid, estimates, measured(processes)))
}

/// The same for two runs that know nothing of each other: the first's middle less the second's.
/// Both are drawn anew for every estimate, so that the interval holds the noise of both. `None` if
/// either has no values.
pub fn difference(processes: &[Vec<f64>], less: &[Vec<f64>]) -> Option<Interval> {
    // One generator after the other's end: were both to start alike, equal samples would be drawn
    // alike, and their noise would cancel.
    let mut dice = Dice(SEED);
    let (mid, estimates) = bootstrap(processes, &mut dice)?;
    let (less_mid, less_estimates) = bootstrap(less, &mut dice)?;
    let estimates = estimates.iter().zip(less_estimates).map(|(one, other)| one - other).collect();
    Some(spread(mid - less_mid, estimates, measured(processes).min(measured(less))))
}

/// What one thing is of another that was measured in the same processes and chunks: the quotient of
/// the two medians. Both are drawn together, so that what both have of a process cancels. `None`
/// without values, or where the whole is not certainly more than nothing.
pub fn share(part: &[Vec<f64>], whole: &[Vec<f64>]) -> Option<Interval> {
    let both = part.iter().zip(whole).filter(|(part, _)| !part.is_empty());
    let pairs = both.map(|(part, whole)| part.iter().copied().zip(whole.iter().copied()));
    let processes: Vec<Vec<(f64, f64)>> = pairs.map(Iterator::collect).collect();
    if processes.is_empty() || interval(whole)?.surely().low <= 0.0 {
        return None;
    }
    let middle = |drawn: &[Vec<(f64, f64)>]| {
        let of = |value: fn(&(f64, f64)) -> f64| {
            let centers = drawn
                .iter()
                .map(|chunks| median(&mut chunks.iter().map(value).collect::<Vec<f64>>()));
            median(&mut centers.collect::<Vec<f64>>())
        };
        of(|pair| pair.0) / of(|pair| pair.1)
    };
    let mut dice = Dice(SEED);
    let mut draw = || {
        let process = |_| {
            let process = &processes[dice.below(processes.len())];
            (0..process.len()).map(|_| process[dice.below(process.len())]).collect()
        };
        middle(&(0..processes.len()).map(process).collect::<Vec<_>>())
    };
    let estimates = (0..RESAMPLES).map(|_| draw()).collect();
    Some(spread(middle(&processes), estimates, processes.len()))
}

/// The quotient of two ratios to the same base, where only those are known. Their noise is taken to
/// be independent; what both have of the base's makes the interval rather too wide.
pub fn quotient(ratio: Interval, by: Interval) -> Interval {
    let (one, other) = (ratio.map(f64::ln), by.map(f64::ln));
    let mid = one.mid - other.mid;
    let below = (one.mid - one.low).hypot(other.high - other.mid);
    let above = (one.high - one.mid).hypot(other.mid - other.low);
    Interval { low: mid - below, mid, high: mid + above }.map(f64::exp)
}

fn measured(processes: &[Vec<f64>]) -> usize {
    processes.iter().filter(|chunks| !chunks.is_empty()).count()
}

/// The median of medians, and what it would be in runs drawn from this one.
fn bootstrap(processes: &[Vec<f64>], dice: &mut Dice) -> Option<(f64, Vec<f64>)> {
    let measured = processes.iter().filter(|chunks| !chunks.is_empty());
    let processes: Vec<Process> = measured.map(|chunks| Process::new(chunks)).collect();
    if processes.is_empty() {
        return None;
    }
    let mut centers: Vec<f64> =
        processes.iter().map(|process| median(&mut process.chunks.clone())).collect();
    let mid = median(&mut centers);
    let mut drawn = Vec::new();
    let estimates = (0..RESAMPLES)
        .map(|_| {
            for center in &mut centers {
                let process = &processes[dice.below(processes.len())];
                *center = process.drawn_median(dice, &mut drawn);
            }
            median(&mut centers)
        })
        .collect();
    Some((mid, estimates))
}

/// A process's chunks in ascending order. The median of as many chunks drawn with replacement is
/// one of them if their number is odd, and how likely each is to be it is known beforehand (Maritz
/// and Jarrett, 1978): one draw then does for all.
struct Process {
    chunks: Vec<f64>,
    /// The chance that the median is this chunk or one before it; empty for an even number.
    up_to: Vec<f64>,
}

impl Process {
    fn new(chunks: &[f64]) -> Self {
        let mut chunks = chunks.to_vec();
        chunks.sort_by(f64::total_cmp);
        let n = chunks.len();
        // More than half of the draws must come from the first `at` chunks.
        let up_to = (1..=n).map(|at| more_than_half(n, at as f64 / n as f64));
        let up_to = if n % 2 == 1 { up_to.collect() } else { Vec::new() };
        Self { chunks, up_to }
    }

    fn drawn_median(&self, dice: &mut Dice, drawn: &mut Vec<f64>) -> f64 {
        if self.up_to.is_empty() {
            drawn.clear();
            drawn
                .extend((0..self.chunks.len()).map(|_| self.chunks[dice.below(self.chunks.len())]));
            return median(drawn);
        }
        let share = dice.share();
        let below = self.up_to.iter().take_while(|up_to| **up_to <= share).count();
        self.chunks[below.min(self.chunks.len() - 1)]
    }
}

/// The chance that more than half of `n` trials succeed, where each does with this one.
fn more_than_half(n: usize, chance: f64) -> f64 {
    let mut ways = 1.0; // n over successes
    let mut sum = 0.0;
    for successes in 0..=n {
        if 2 * successes > n {
            sum +=
                ways * chance.powi(successes as i32) * (1.0 - chance).powi((n - successes) as i32);
        }
        ways *= (n - successes) as f64 / (successes + 1) as f64;
    }
    sum
}

/// The middle 95 % of the estimates, wider where there were few processes to draw from: the few
/// seen differ less among each other than those to come. An estimate from skewed values may lie
/// outside of it, and then widens it.
fn spread(mid: f64, mut estimates: Vec<f64>, processes: usize) -> Interval {
    let wider = student(processes.saturating_sub(1).max(1)) / student(usize::MAX);
    let low = (mid - quantile(&mut estimates, 0.025)).max(0.0);
    let high = (quantile(&mut estimates, 0.975) - mid).max(0.0);
    Interval { low: mid - wider * low, mid, high: mid + wider * high }
}

/// The 97.5 % quantile of Student's distribution; beyond the table within a hundredth.
fn student(freedom: usize) -> f64 {
    const TABLE: [f64; 10] =
        [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
    TABLE.get(freedom - 1).copied().unwrap_or(1.960 + 2.6 / freedom as f64)
}

/// The noise floor of naive against naive, as a share: half the width of its interval of log
/// ratios, or how far its middle is from nothing. Not the sum of both, which would count the same
/// noise twice: the middle is off because the interval is wide.
pub fn floor(control: Interval) -> f64 {
    let half = (control.high - control.low) / 2.0;
    half.max(control.mid.abs()).exp_m1().max(LEAST_FLOOR)
}

/// The noise floor of a difference between two runs: their noise is independent, so the squares of
/// the two floors add up, as logarithms. Never less than either of the two.
pub fn floor_of_both(old: f64, new: f64) -> f64 {
    old.ln_1p().hypot(new.ln_1p()).exp_m1()
}

/// Judges a ratio (base time over rung time): beyond chance *and* beyond the noise floor, or
/// "cannot tell". The floor knows what disturbs naive against itself, but not what a process does to
/// one rung alone, such as an unlucky address. Against that only the interval helps; one of 95 %
/// would be wrong five times as often as a verdict may be, so the 99 % one decides.
pub fn verdict(ratio: Interval, floor: f64) -> Verdict {
    let surely = ratio.map(f64::ln).surely();
    if surely.low > 0.0 && ratio.mid > 1.0 + floor {
        Verdict::Faster
    } else if surely.high < 0.0 && ratio.mid < 1.0 / (1.0 + floor) {
        Verdict::Slower
    } else {
        Verdict::CannotTell
    }
}

/// The same where too few blocks were quiet: what stays if a neighbour took its part of all that
/// the slower one needed, and left the other alone.
pub fn verdict_among_neighbours(ratio: Interval, floor: f64) -> Verdict {
    let less = |by: f64| verdict(ratio.map(|end| end * by), floor);
    match (less(1.0 / NEIGHBOUR), less(NEIGHBOUR)) {
        (Verdict::Faster, _) => Verdict::Faster,
        (_, Verdict::Slower) => Verdict::Slower,
        _ => Verdict::CannotTell,
    }
}

/// Whether more samples would hardly change the verdict: it is the same for an interval a third
/// narrower, as more processes might make it, and for one a third wider; and if there is none,
/// there seems to be no difference either.
pub fn settled(ratio: Interval, floor: f64) -> bool {
    let mid = ratio.mid.ln();
    let verdict = |by: f64| verdict(ratio.map(|end| (mid + (end.ln() - mid) * by).exp()), floor);
    let (narrower, wider) = (verdict(1.0 - 1.0 / 3.0), verdict(1.0 + 1.0 / 3.0));
    let differs = mid.abs() > LEAST_FLOOR.ln_1p();
    narrower == wider && (wider != Verdict::CannotTell || !differs)
}

/// A small generator (SplitMix64: Steele, Lea, Flood, 2014), so that the same samples always give
/// the same interval.
pub struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A share of one, below one.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Normally distributed, with deviation 1 (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let length = (-2.0 * self.share().max(1e-300).ln()).sqrt();
        length * (std::f64::consts::TAU * self.share()).cos()
    }

    /// A number below the bound.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }

    /// Puts values into another order.
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for at in (1..values.len()).rev() {
            values.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Synthetic log ratios: a true effect, noise within and between processes, and bursts that hit
    /// some values.
    fn samples(effect: f64, processes: usize, blocks: usize, seed: u64) -> Vec<Vec<f64>> {
        let mut dice = Dice(seed);
        let mut uniform = move || dice.bits() as f64 / u64::MAX as f64;
        (0..processes)
            .map(|_| {
                let own = 0.004 * (uniform() - 0.5);
                let block = |_| {
                    let burst = if uniform() < 0.1 { uniform() } else { 0.0 };
                    effect + own + 0.02 * (uniform() - 0.5) + burst
                };
                chunk_medians(&(0..blocks).map(block).collect::<Vec<f64>>())
            })
            .collect()
    }

    #[test]
    fn one_draw_gives_the_median_of_many() {
        let chunks = [3.0, 1.0, 4.0, 1.5, 9.0];
        let (process, mut dice) = (Process::new(&chunks), Dice(1));
        let times = 40_000;
        let mut counts = [[0_i32; 2]; 5];
        let place = |value: f64| process.chunks.iter().position(|chunk| *chunk == value).unwrap();
        for _ in 0..times {
            counts[place(process.drawn_median(&mut dice, &mut Vec::new()))][0] += 1;
            let mut drawn = [0; 5].map(|_| chunks[dice.below(5)]);
            counts[place(median(&mut drawn))][1] += 1;
        }
        // Four standard deviations of the difference of two such counts.
        assert!(counts.iter().all(|[one, many]| (one - many).abs() < 600), "{counts:?}");
        assert!((more_than_half(5, 0.5) - 0.5).abs() < 1e-12);
        let even = Process::new(&[1.0, 2.0]);
        let drawn = [0; 99].map(|_| even.drawn_median(&mut dice, &mut Vec::new()));
        assert!([1.0, 1.5, 2.0].iter().all(|value| drawn.contains(value)), "{drawn:?}");
    }

    #[test]
    fn medians_and_quantiles() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(quantile(&mut [0.0, 10.0], 0.2), 2.0);
        assert_eq!(quantile(&mut [5.0], 0.975), 5.0);
        assert!(median(&mut []).is_nan());
    }

    #[test]
    fn chunks_cover_all_blocks_in_order() {
        let values: Vec<f64> = (0..12).map(f64::from).collect();
        assert_eq!(chunk_medians(&values), [1.0, 4.0, 7.0, 10.0]);
        assert_eq!(chunk_medians(&[7.0, 8.0]), [7.0, 8.0]);
        assert!(chunk_medians(&[]).is_empty());
    }

    #[test]
    fn processes_with_few_quiet_blocks_are_not_heard() {
        assert_eq!(heard(&[40, 9, 20, 0, 60]), [true, false, true, false, true]);
        assert_eq!(heard(&[2, 1, 0, 2]), [true, true, false, true]);
        assert_eq!(heard(&[0, 0]), [false, false]);
        assert!(heard(&[]).is_empty());
    }

    #[test]
    fn few_processes_make_wide_intervals() {
        let width = |processes: usize| {
            let both = [vec![-1.0], vec![1.0]].into_iter().cycle();
            let interval = interval(&both.take(processes).collect::<Vec<_>>()).unwrap();
            interval.high - interval.low
        };
        assert!((width(2) / 2.0 - 12.706 / 1.96).abs() < 1e-9);
        assert!((width(4) / 2.0 - 3.182 / 1.96).abs() < 1e-9);
        assert!((student(12) - 2.179).abs() < 0.01 && (student(30) - 2.042).abs() < 0.01);
    }

    #[test]
    fn nothing_measured_gives_no_interval() {
        assert_eq!(interval(&[]), None);
        assert_eq!(interval(&[vec![], vec![]]), None);
    }

    #[test]
    fn a_known_effect_is_found_through_bursts() {
        for seed in 0..20 {
            let ratio = interval(&samples(2.0_f64.ln(), 10, 60, seed)).unwrap().map(f64::exp);
            assert!(ratio.low < 2.0 * 1.01 && ratio.high > 2.0 * 0.99, "{ratio:?}");
            assert!(ratio.high / ratio.low < 1.02, "{ratio:?}");
            assert_eq!(verdict(ratio, LEAST_FLOOR), Verdict::Faster);
        }
    }

    #[test]
    fn no_effect_gives_no_verdict_and_a_small_one_is_found() {
        let count = |effect: f64| {
            let judge = |seed| {
                let ratio = interval(&samples(effect, 10, 60, seed)).unwrap().map(f64::exp);
                let control = interval(&samples(0.0, 10, 60, seed + 5_000)).unwrap();
                verdict(ratio, floor(control))
            };
            (0..200).filter(|&seed| judge(seed) != Verdict::CannotTell).count()
        };
        assert!(count(0.0) <= 2, "false alarms: {} of 200", count(0.0));
        assert!(count(-0.03) >= 190, "found: {} of 200", count(-0.03));
    }

    #[test]
    fn a_share_is_known_better_than_its_two_parts() {
        // What hits naive hits both ratios alike.
        let mut dice = Dice(7);
        let mut part = Vec::new();
        let mut whole = Vec::new();
        for _ in 0..12 {
            let own = 0.2 * dice.normal();
            let mut chunks = |true_log: f64| -> Vec<f64> {
                (0..5).map(|_| (true_log + 0.001 * dice.normal()) * (1.0 + own / 2.0)).collect()
            };
            part.push(chunks(4.0_f64.ln()));
            whole.push(chunks(16.0_f64.ln()));
        }
        let share = share(&part, &whole).unwrap();
        assert!(share.low < 0.5 && 0.5 < share.high, "{share:?}");
        assert!(share.high - share.low < 0.01, "{share:?}");
        let alone = interval(&part).unwrap();
        assert!(alone.high - alone.low > 0.05, "{alone:?}");
    }

    #[test]
    fn a_share_of_what_may_be_nothing_is_none() {
        let noise = samples(0.0, 10, 60, 1);
        assert_eq!(share(&samples(0.5, 10, 60, 2), &noise), None);
        assert_eq!(share(&[], &[]), None);
        assert!(share(&noise, &samples(0.5, 10, 60, 2)).unwrap().high < 0.1);
    }

    #[test]
    fn a_certain_interval_is_wider_on_both_sides() {
        let surely = Interval { low: 0.8, mid: 1.0, high: 1.4 }.surely();
        assert!((surely.low - 0.737).abs() < 1e-3 && (surely.high - 1.526).abs() < 1e-3);
    }

    #[test]
    fn verdicts_need_both_chance_and_floor() {
        let ratio = |low, mid, high| Interval { low, mid, high };
        assert_eq!(verdict(ratio(1.002, 1.005, 1.008), 0.01), Verdict::CannotTell);
        assert_eq!(verdict(ratio(0.9, 1.2, 1.5), 0.01), Verdict::CannotTell);
        assert_eq!(verdict(ratio(1.1, 1.2, 1.3), 0.01), Verdict::Faster);
        assert_eq!(verdict(ratio(0.6, 0.7, 0.8), 0.01), Verdict::Slower);
        assert_eq!(verdict(ratio(1.1, 1.2, 1.3), 0.25), Verdict::CannotTell);
    }

    #[test]
    fn a_verdict_is_settled_if_it_is_far_from_another() {
        let settled = |low, mid, high| settled(Interval { low, mid, high }, 0.01);
        assert!(settled(1.1, 1.2, 1.3) && settled(0.6, 0.7, 0.8));
        assert!(!settled(1.03, 1.2, 1.4), "a wider interval would not tell");
        assert!(settled(0.99, 1.005, 1.02), "nothing differs");
        assert!(!settled(0.7, 1.2, 1.7), "something may well differ");
    }

    #[test]
    fn the_floor_grows_with_the_control() {
        assert_eq!(floor(Interval { low: -0.001, mid: 0.0, high: 0.002 }), LEAST_FLOOR);
        let noisy = floor(Interval { low: -0.05, mid: 0.0, high: 0.02 });
        assert!((noisy - 0.035_f64.exp_m1()).abs() < 1e-12);
        let off = floor(Interval { low: 0.03, mid: 0.04, high: 0.05 });
        assert!((off - 0.04_f64.exp_m1()).abs() < 1e-12);
    }
    #[test]
    fn a_difference_of_two_runs_covers_the_true_one() {
        let covered = |effect: f64, less: f64| {
            let covers = |seed: u64| {
                let one = samples(effect, 8, 60, seed);
                let change = difference(&one, &samples(less, 8, 60, seed + 9_000)).unwrap();
                assert!(change.low <= change.mid && change.mid <= change.high, "{change:?}");
                change.low <= effect - less && effect - less <= change.high
            };
            (0..200).filter(|&seed| covers(seed)).count()
        };
        for (effect, less) in [(0.0, 0.0), (1.5, 1.2), (-0.4, 0.3)] {
            assert!(covered(effect, less) >= 180, "covered: {} of 200", covered(effect, less));
        }
    }

    #[test]
    fn a_difference_is_less_sure_than_either_run() {
        let width = |interval: Interval| interval.high - interval.low;
        for seed in 0..20 {
            let (old, new) = (samples(1.0, 8, 60, seed), samples(1.1, 8, 60, seed + 9_000));
            let change = difference(&new, &old).unwrap();
            let each = [interval(&old).unwrap(), interval(&new).unwrap()];
            assert!(width(change) > width(each[0]).max(width(each[1])), "{change:?} {each:?}");
            assert!(width(change) < width(each[0]) + width(each[1]), "{change:?} {each:?}");
        }
    }

    #[test]
    fn a_run_does_not_differ_from_itself_yet_keeps_its_noise() {
        let run = samples(0.7, 8, 60, 3);
        let change = difference(&run, &run).unwrap();
        assert!(change.mid == 0.0 && change.low < 0.0 && change.high > 0.0, "{change:?}");
        assert_eq!(difference(&run, &[]), None);
        assert_eq!(difference(&[vec![]], &run), None);
    }

    #[test]
    fn a_quotient_of_ratios_is_as_uncertain_as_both() {
        let of = |low: f64, mid: f64, high: f64| Interval { low, mid, high }.map(f64::exp);
        let found = quotient(of(0.97, 1.0, 1.04), of(0.46, 0.5, 0.53)).map(f64::ln);
        for (found, expected) in [(found.low, 0.5 - 0.03_f64.hypot(0.03)), (found.mid, 0.5)] {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
        assert!((found.high - 0.5 - 0.04_f64.hypot(0.04)).abs() < 1e-9);
    }

    #[test]
    fn an_interval_grows_to_hold_what_lies_outside_and_only_then() {
        let interval = Interval { low: 2.0, mid: 3.0, high: 4.0 };
        assert_eq!(interval.holding(3.5), interval);
        assert_eq!(interval.holding(5.0), Interval { high: 5.0, ..interval });
        assert_eq!(interval.holding(1.0), Interval { low: 1.0, ..interval });
        assert_eq!(interval.inverse(), Interval { low: 0.25, mid: 1.0 / 3.0, high: 0.5 });
    }

    #[test]
    fn floors_of_two_runs_add_as_squares() {
        let both = floor_of_both(0.03, 0.04);
        assert!(both > 0.04 && both < 0.07 && (both - 0.05).abs() < 0.001, "{both}");
        assert!(floor_of_both(LEAST_FLOOR, LEAST_FLOOR) > LEAST_FLOOR);
        assert_eq!(floor_of_both(f64::INFINITY, 0.01), f64::INFINITY);
    }

    /// The worked example is computed as the book computes.
    #[test]
    fn the_worked_example_is_right() {
        let page = include_str!("../../../docs/src/record.md").replace("\r\n", "\n");
        let (_, rest) = page.split_once("```json\n").unwrap();
        let pair: record::Pair = serde_json::from_str(rest.split_once("```").unwrap().0).unwrap();
        let log = interval(&pair.log_ratios()).unwrap().mid;
        let answer = format!("e^{log:.4} = {:.2}", log.exp());
        assert!(page.contains(&answer), "the example's answer is {answer}");
    }

    #[test]
    fn a_seed_makes_one_order_and_loses_nothing() {
        let order = |seed| {
            let mut values: Vec<usize> = (0..20).collect();
            Dice(seed).shuffle(&mut values);
            values
        };
        assert_eq!(order(7), order(7));
        assert_ne!(order(7), order(8));
        let mut sorted = order(7);
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..20));
        // As the generator's authors give it: the key of an exam must fit what was printed with it.
        assert_eq!(Dice(1_234_567).bits(), 6_457_827_717_110_365_317);
    }

    #[test]
    fn among_neighbours_only_what_they_cannot_have_done_is_told() {
        let of = |mid: f64| {
            let ratio = Interval { low: mid / 1.05, mid, high: mid * 1.05 };
            verdict_among_neighbours(ratio, 0.02)
        };
        assert_eq!([2.3, 40.0].map(of), [Verdict::Faster; 2]);
        assert_eq!([0.43, 0.02].map(of), [Verdict::Slower; 2]);
        // An interval of 99 % that touches the factor, and what is within it.
        assert_eq!([2.1, 1.5, 1.0, 0.7, 0.48].map(of), [Verdict::CannotTell; 5]);
    }
}
