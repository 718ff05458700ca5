//! How sure a rate is that was counted: the exact binomial interval (Clopper and Pearson, 1934).

/// The 95 % interval of a chance that struck `hits` times in `trials`. It is never too narrow,
/// however few the trials: all that allow a chance with at least one part in forty belong to it.
pub fn interval(hits: u64, trials: u64) -> (f64, f64) {
    const TAIL: f64 = 0.025;
    // Of the rarer of the two, fewer ways are to be summed.
    if hits <= trials && hits > trials / 2 {
        let (low, high) = interval(trials - hits, trials);
        return (1.0 - high, 1.0 - low);
    }
    let low = match hits {
        0 => 0.0,
        // The more probable a hit, the less probable are so few.
        _ => falls_to(1.0 - TAIL, |chance| at_most(hits - 1, trials, chance)),
    };
    let high = match hits {
        all if all >= trials => 1.0,
        _ => falls_to(TAIL, |chance| at_most(hits, trials, chance)),
    };
    (low, high)
}

/// The probability of at most so many hits. Summed as logarithms: a thousand trials would underflow
/// otherwise.
fn at_most(hits: u64, trials: u64, chance: f64) -> f64 {
    let (hit, miss) = (chance.ln(), (-chance).ln_1p());
    let mut ways = 0.0;
    let mut sum = 0.0;
    for k in 0..=hits.min(trials) {
        sum += f64::exp(ways + k as f64 * hit + (trials - k) as f64 * miss);
        ways += ((trials - k) as f64 / (k + 1) as f64).ln();
    }
    sum
}

/// Where a function that falls from 1 to 0 between 0 and 1 passes a value.
fn falls_to(value: f64, of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if of(middle) > value {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the closed forms at the ends, and from R's `binom.test` between them.
    #[test]
    fn intervals_are_the_tabulated_ones() {
        let near = |(low, high): (f64, f64), expected: (f64, f64)| {
            let close = |a: f64, b: f64| (a - b).abs() < 5e-6;
            assert!(close(low, expected.0) && close(high, expected.1), "({low}, {high})");
        };
        near(interval(0, 300), (0.0, 1.0 - 0.025_f64.powf(1.0 / 300.0)));
        near(interval(300, 300), (0.025_f64.powf(1.0 / 300.0), 1.0));
        near(interval(5, 10), (0.187_086, 0.812_914));
        near(interval(1, 10), (0.002_529, 0.445_016));
        near(interval(0, 0), (0.0, 1.0));
        near(interval(95, 100), (0.887_165, 0.983_568));
        near(interval(5, 100), (0.016_432, 0.112_835));
    }

    #[test]
    fn thousands_of_trials_do_not_underflow() {
        let (low, high) = interval(4_750, 5_000);
        assert!((0.94..0.95).contains(&low) && (0.95..0.96).contains(&high), "({low}, {high})");
    }

    #[test]
    fn the_interval_covers_as_often_as_it_says() {
        for (chance, trials) in [(0.01, 480), (0.05, 240), (0.5, 20)] {
            let missed: f64 = (0..=trials)
                .filter(|&hits| {
                    let (low, high) = interval(hits, trials);
                    !(low..=high).contains(&chance)
                })
                .map(|hits| {
                    let below = if hits == 0 { 0.0 } else { at_most(hits - 1, trials, chance) };
                    at_most(hits, trials, chance) - below
                })
                .sum();
            assert!(missed <= 0.05, "{chance} of {trials} is missed with {missed}");
        }
    }
}
