//! What a shop knows of an order, and how a line of its report looks: the same for every rung.

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The customer's number, as it is printed on letters.
    pub customer: String,
    /// What was bought.
    pub article: String,
    /// Days since the first of January 1970.
    pub day: u32,
    /// What was paid.
    pub cents: u32,
}

/// A day as year, month and day, after Hinnant's "chrono-compatible low-level date algorithms":
/// years begin in March, so that the day that may be missing is the last.
pub fn date(day: u32) -> String {
    let day = u64::from(day) + 719_468;
    let (era, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) =
        (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = era * 400 + year + u64::from(month < 3);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A line of the report: who, how many orders, what they come to, and the last of them in words.
pub fn line(customer: &str, orders: u32, cents: u64, last: &str) -> String {
    format!("{customer:<12}{orders:>6}{:>11}.{:02}  {last}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (day, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (12_111, "2003-02-28"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
            (2_932_896, "9999-12-31"),
        ] {
            assert_eq!(date(day), expected, "{day}");
        }
    }
}
