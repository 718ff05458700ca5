//! Figures as people read them: few digits, the unit that fits, ratios with their interval.

use crate::stats::Verdict;
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

/// "1M", "65.5k", "16": for labels.
pub fn short_count(n: f64) -> String {
    let (value, unit) = match n {
        n if n >= 1e9 => (n / 1e9, "G"),
        n if n >= 1e6 => (n / 1e6, "M"),
        n if n >= 1e3 => (n / 1e3, "k"),
        n => (n, ""),
    };
    format!("{}{unit}", digits(value))
}

/// "210", "1.5k": a size that is only known roughly.
pub fn about(n: f64) -> String {
    let scale = 10_f64.powi((n.log10().floor() as i32 - 1).max(0));
    short_count((n / scale).round() * scale)
}

/// "12", "1.50", "48,213": events of one call; small averages keep their fraction.
pub fn events(n: f64) -> String {
    if n >= 100.0 || n.fract() == 0.0 { count(n.round() as usize) } else { digits(n) }
}

/// "1.23 ms".
pub fn time(ns: f64) -> String {
    let (value, unit) = match ns {
        ns if ns >= 1e9 => (ns / 1e9, "s"),
        ns if ns >= 1e6 => (ns / 1e6, "ms"),
        ns if ns >= 1e3 => (ns / 1e3, "µs"),
        ns if ns >= 0.1 => (ns, "ns"),
        ns => (ns * 1e3, "ps"),
    };
    format!("{} {unit}", digits(value))
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

/// "9.4× faster", "1.2× slower", "no difference that can be told".
pub fn verdict(compared: Compared) -> String {
    match compared.verdict {
        Verdict::Faster => format!("{} faster", ratio(compared.ratio.mid)),
        Verdict::Slower => format!("{} slower", ratio(1.0 / compared.ratio.mid)),
        Verdict::CannotTell => "no difference that can be told".to_owned(),
    }
}

/// The same for a table or a plot: "9.4× faster", "cannot tell".
pub fn short_verdict(compared: Compared) -> String {
    match compared.verdict {
        Verdict::CannotTell => "cannot tell".to_owned(),
        _ => verdict(compared),
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
        assert_eq!(
            [short_count(16.0), short_count(65_536.0), short_count(1e6)],
            ["16", "65.5k", "1M"]
        );
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
    fn slower_is_said_as_slower() {
        let compared =
            |mid, verdict| Compared { ratio: Interval { low: mid, mid, high: mid }, verdict };
        assert_eq!(verdict(compared(9.43, Verdict::Faster)), "9.4× faster");
        assert_eq!(verdict(compared(0.5, Verdict::Slower)), "2.0× slower");
        assert_eq!(verdict(compared(1.3, Verdict::CannotTell)), "no difference that can be told");
    }
}
