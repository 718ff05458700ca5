//! What is known of a station, in tenths of a degree: whole numbers, so that no order in which they
//! are added makes a difference.

/// Least, most, sum and number of a station's measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// The lowest, in tenths.
    pub min: i32,
    /// The highest, in tenths.
    pub max: i32,
    /// Of all, in tenths.
    pub sum: i64,
    /// How many.
    pub rows: u64,
}

impl Totals {
    /// Of no measurement yet.
    pub const NONE: Self = Self { min: i32::MAX, max: i32::MIN, sum: 0, rows: 0 };

    /// Adds one measurement.
    #[inline]
    pub fn add(&mut self, tenths: i32) {
        self.min = self.min.min(tenths);
        self.max = self.max.max(tenths);
        self.sum += i64::from(tenths);
        self.rows += 1;
    }

    /// Adds those that somebody else has.
    pub fn merge(&mut self, other: &Self) {
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.sum += other.sum;
        self.rows += other.rows;
    }

    /// The mean in tenths, halves rounded upwards: -0.05 is 0.0, and never -0.0.
    ///
    /// # Panics
    /// If there is no measurement.
    pub fn mean(&self) -> i64 {
        let rows = self.rows as i64;
        (2 * self.sum + rows).div_euclid(2 * rows)
    }
}
