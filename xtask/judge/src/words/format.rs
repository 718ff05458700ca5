//! Figures as people read them: few digits, the unit that fits, ratios with their interval.

use crate::stats::{Interval, Verdict};
use crate::summary::Compared;

/// "1,234,567".
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).expect("digits are ASCII"))
        .collect();
    groups.join(",")
}

/// "210", "1,500": a size that is only known roughly.
pub fn about(n: f64) -> String {
    let scale = 10_f64.powi((n.log10().floor() as i32 - 1).max(0));
    count(((n / scale).round() * scale) as usize)
}

/// "12", "1.50", "48,213": events of one call; small averages keep their fraction.
pub fn events(n: f64) -> String {
    if n >= 100.0 || n.fract() == 0.0 { count(n.round() as usize) } else { digits(n) }
}

/// "1.23 ms".
pub fn time(ns: f64) -> String {
    let (value, unit) = in_unit(ns);
    format!("{} {unit}", digits(value))
}

fn in_unit(ns: f64) -> (f64, &'static str) {
    match ns {
        ns if ns >= 1e9 => (ns / 1e9, "s"),
        ns if ns >= 1e6 => (ns / 1e6, "ms"),
        ns if ns >= 1e3 => (ns / 1e3, "µs"),
        ns if ns >= 0.1 => (ns, "ns"),
        ns => (ns * 1e3, "ps"),
    }
}

/// Nanoseconds in the unit of an axis that goes up to this time, and its name.
pub fn unit(most: f64) -> (f64, &'static str) {
    let units = [(1.0, "ns"), (1e3, "µs"), (1e6, "ms")];
    units.into_iter().find(|(size, _)| most / size < 1e4).unwrap_or((1e9, "s"))
}

/// "0.001", "20", "5,000": a value on an axis, which is one digit and zeros.
pub fn plain(value: f64) -> String {
    if value < 1.0 { trim(format!("{value:.6}")) } else { count(value.round() as usize) }
}

/// "1.234 ms": to four digits, so that one may be divided by another and the quotient lies within
/// the interval of the ratio.
pub fn exact_time(ns: f64) -> String {
    let (value, unit) = in_unit(ns);
    let places = (3 - value.max(f64::MIN_POSITIVE).log10().floor() as i32).max(0) as usize;
    format!("{value:.places$} {unit}")
}

/// "1.5 MiB".
pub fn bytes(bytes: f64) -> String {
    let (value, unit) = match bytes {
        b if b >= 1024.0 * 1024.0 * 1024.0 => (b / (1024.0 * 1024.0 * 1024.0), "GiB"),
        b if b >= 1024.0 * 1024.0 => (b / (1024.0 * 1024.0), "MiB"),
        b if b >= 1024.0 => (b / 1024.0, "KiB"),
        b => (b, "B"),
    };
    format!("{} {unit}", digits(value))
}

/// The same with a sign: more may be freed than was allocated.
pub fn signed_bytes(value: f64) -> String {
    if value < 0.0 { format!("−{}", bytes(-value)) } else { bytes(value) }
}

/// "9.4×".
pub fn ratio(ratio: f64) -> String {
    format!("{}×", two_digits(ratio))
}

/// The middle of a ratio and the ends of its interval: "9.43", "9.21", "9.64". The ends are rounded
/// outwards, with a third digit where the interval is so narrow that two would not show it, and
/// with more where an end would else seem to meet a threshold, or to lie on its other side.
pub fn interval(ratio: Interval, thresholds: &[f64]) -> [String; 3] {
    let Interval { low, mid, high } = ratio;
    let [fewest, most] = [2, 3].map(|digits| places(mid, digits));
    let wide = |places: &i32| 2.0 <= (high - low) * scale(*places);
    let usual = (fewest.max(0)..most).find(wide).unwrap_or(most.max(0));
    let end = |value: f64, round: fn(f64) -> f64| {
        let rounded = |places: i32| round(value * scale(places)) / scale(places);
        let clear = |at: &f64, places: i32| rounded(places).total_cmp(at) == value.total_cmp(at);
        let told = |places: &i32| thresholds.iter().all(|at| value == *at || clear(at, *places));
        // An end far above the middle needs no more digits than that.
        let usual = usual.min(places(value, 3));
        let places = (usual..usual + 4).find(told).unwrap_or(usual + 4);
        format!("{:.*}", places as usize, rounded(places))
    };
    let (low, high) = (end(low, f64::floor), end(high, f64::ceil));
    let within = |mid: &String| {
        let value = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
        (value(&low)..=value(&high)).contains(&value(mid))
    };
    let middle = |places: i32| format!("{mid:.*}", places as usize);
    let mid = (usual..usual + 4).map(middle).find(within).unwrap_or_else(|| middle(usual + 4));
    [mid, low, high]
}

/// Decimal places that show so many digits; of small ratios two more than none.
fn places(value: f64, digits: i32) -> i32 {
    // As two digits are rounded: 9.96 is 10.
    let above = (value.max(1e-9) * (1.0 + 0.5 * 10_f64.powi(-digits))).log10().floor() as i32;
    let small = if value < 1.995 { 2 } else { 0 };
    (digits - 1 - above).max(small)
}

fn scale(places: i32) -> f64 {
    10_f64.powi(places)
}

/// "9.4× [9.2, 9.6]", beside which a verdict on one stands.
pub fn with_interval(ratio: Interval) -> String {
    let [mid, low, high] = interval(ratio, &[1.0]);
    format!("{mid}× [{low}, {high}]")
}

/// "9.4×": the middle of a ratio as it stands beside its interval.
pub fn middle(ratio: Interval) -> String {
    let [mid, ..] = interval(ratio, &[1.0]);
    format!("{mid}×")
}

/// "9.4× faster", "1.2× slower", "undecided".
pub fn verdict(compared: Compared) -> String {
    match compared.verdict {
        Verdict::Faster => format!("{} faster", middle(compared.ratio)),
        Verdict::Slower => format!("{} slower", middle(compared.ratio.inverse())),
        Verdict::CannotTell => word(compared.verdict).to_owned(),
    }
}

/// "faster", "slower", "undecided": where the ratio stands beside it.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::CannotTell => "undecided",
    }
}

/// "81 %".
pub fn share(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 0.05 {
        return "under 0.1 %".to_owned();
    }
    if percent >= 9.95 { format!("{percent:.0} %") } else { format!("{percent:.1} %") }
}

/// "1/8" where that is nearly true, else a percentage.
pub fn fraction(share: f64) -> String {
    let parts = (1.0 / share).round();
    if share < 0.75 && parts <= 64.0 && (share * parts - 1.0).abs() < 0.02 {
        format!("1/{parts}")
    } else {
        self::share(share)
    }
}

/// "81 %", "2.2×": a share that may be more than all.
pub fn multiple(share: f64) -> String {
    if share < 1.005 { self::share(share) } else { ratio(share) }
}

/// "1/8 of the memory", "2.2× the memory".
pub fn part(share: f64, whole: &str) -> String {
    if share < 1.005 {
        format!("{} of {whole}", fraction(share))
    } else {
        format!("{} {whole}", ratio(share))
    }
}

/// "rows" of "row", "queries" of "query", "1 row".
pub fn plural(item: &str, n: usize) -> String {
    match item.strip_suffix('y') {
        _ if n == 1 => item.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if item.ends_with(['s', 'x']) => format!("{item}es"),
        _ => format!("{item}s"),
    }
}

/// Three significant digits, without useless zeros.
fn digits(value: f64) -> String {
    trim(match value {
        v if v >= 99.95 => format!("{v:.0}"),
        v if v >= 9.995 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    })
}

/// Two significant digits, three above a hundred; of small ratios two places.
pub fn two_digits(value: f64) -> String {
    match value {
        v if v >= 9.95 => format!("{v:.0}"),
        v if v >= 1.995 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

fn trim(text: String) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Interval;

    #[test]
    fn figures_read_well() {
        assert_eq!([count(7), count(1_000), count(10_000_000)], ["7", "1,000", "10,000,000"]);
        assert_eq!([about(4.4), about(213.0), about(1_540.0)], ["4", "210", "1,500"]);
        assert_eq!(
            [time(0.0382), time(1.234), time(38_661.0), time(2e9)],
            ["38.2 ps", "1.23 ns", "38.7 µs", "2 s"]
        );
        assert_eq!([bytes(64.0), bytes(1536.0), bytes(8_388_608.0)], ["64 B", "1.5 KiB", "8 MiB"]);
        assert_eq!(
            [ratio(35.7), ratio(9.43), ratio(1.234), ratio(0.256)],
            ["36×", "9.4×", "1.23×", "0.26×"]
        );
        assert_eq!([share(0.814), share(0.0123), share(1e-5)], ["81 %", "1.2 %", "under 0.1 %"]);
        assert_eq!(
            [fraction(0.125), fraction(0.5), fraction(0.4), fraction(1.0)],
            ["1/8", "1/2", "40 %", "100 %"]
        );
        assert_eq!(
            ["row", "query", "key", "address"].map(|item| plural(item, 2)),
            ["rows", "queries", "keys", "addresses"]
        );
    }

    #[test]
    fn an_axis_has_one_unit() {
        assert_eq!([unit(5e3).1, unit(1e4).1, unit(2e9).1, unit(2e10).1], ["ns", "µs", "ms", "s"]);
        assert_eq!(
            [plain(0.01), plain(0.5), plain(20.0), plain(5e3)],
            ["0.01", "0.5", "20", "5,000"]
        );
    }

    #[test]
    fn times_that_may_be_divided_have_four_digits() {
        assert_eq!(
            [38_661.4, 1.234_56, 0.000_543_21, 999.96, 100.0, 2e9].map(exact_time),
            ["38.66 µs", "1.235 ns", "0.5432 ps", "1000.0 ns", "100.0 ns", "2.000 s"]
        );
    }

    #[test]
    fn intervals_are_rounded_outwards_and_show_how_narrow_they_are() {
        let of = |low, mid, high| interval(Interval { low, mid, high }, &[]).join(" ");
        assert_eq!(of(9.21, 9.43, 9.64), "9.4 9.2 9.7");
        assert_eq!(of(3.951, 3.96, 3.97), "3.96 3.95 3.97");
        assert_eq!(of(35.71, 36.2, 36.9), "36.2 35.7 36.9");
        assert_eq!(of(33.0, 36.2, 39.1), "36 33 40");
        assert_eq!(of(118.2, 120.4, 121.9), "120 118 122");
        assert_eq!(of(0.021, 0.034, 0.046), "0.034 0.021 0.046");
        assert_eq!(of(1.013, 1.024, 1.041), "1.02 1.01 1.05");
        assert_eq!(of(0.22, 1.65, 44.42), "1.65 0.22 44.5");
    }

    #[test]
    fn a_bound_that_meets_a_threshold_has_as_many_digits_as_tell_it_apart() {
        let of = |low, mid, high, at| interval(Interval { low, mid, high }, &[at]).join(" ");
        assert_eq!(of(12.04, 13.1, 14.6, 12.0), "13 12.04 15");
        assert_eq!(of(11.2, 11.6, 11.97, 12.0), "11.6 11.2 11.97");
        // Rounded outwards it would lie on the other side.
        assert_eq!(of(12.6, 14.0, 16.0, 12.5), "14 12.6 16");
        assert_eq!(of(1.004, 1.02, 1.03, 1.0), "1.02 1.004 1.03");
        assert_eq!(of(12.0, 13.1, 14.6, 12.0), "13 12 15");
        // The middle lies within what is printed.
        assert_eq!(of(1.004, 1.0043, 1.03, 1.0), "1.004 1.004 1.03");
    }

    #[test]
    fn more_than_the_whole_is_told_as_a_multiple() {
        let of = |share| part(share, "the memory");
        assert_eq!(
            [of(0.125), of(0.4), of(1.0), of(2.2)],
            ["1/8 of the memory", "40 % of the memory", "100 % of the memory", "2.2× the memory"]
        );
    }

    #[test]
    fn slower_is_said_as_slower() {
        let compared = |mid: f64, verdict| Compared {
            ratio: Interval { low: mid / 1.1, mid, high: mid * 1.1 },
            verdict,
        };
        assert_eq!(verdict(compared(9.43, Verdict::Faster)), "9.4× faster");
        assert_eq!(verdict(compared(0.5, Verdict::Slower)), "2.0× slower");
        assert_eq!(verdict(compared(1.3, Verdict::CannotTell)), "undecided");
    }
}
