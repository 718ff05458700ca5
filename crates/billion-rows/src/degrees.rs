//! The same as [`crate::totals`] in degrees, as one adds them up who parses fractions.

use crate::totals::Totals;

/// Least, most, sum and number of a station's measurements.
#[derive(Debug)]
pub struct Degrees {
    min: f64,
    max: f64,
    sum: f64,
    rows: u64,
}

impl Default for Degrees {
    fn default() -> Self {
        Self { min: f64::INFINITY, max: f64::NEG_INFINITY, sum: 0.0, rows: 0 }
    }
}

impl Degrees {
    /// Adds one measurement.
    pub fn add(&mut self, degrees: f64) {
        self.min = self.min.min(degrees);
        self.max = self.max.max(degrees);
        self.sum += degrees;
        self.rows += 1;
    }

    /// In tenths. A sum of fractions is off by a little, and a mean by whether that little is above
    /// or below a half: so the sum is rounded first.
    pub fn totals(&self) -> Totals {
        let tenths = |degrees: f64| (degrees * 10.0).round();
        Totals {
            min: tenths(self.min) as i32,
            max: tenths(self.max) as i32,
            sum: tenths(self.sum) as i64,
            rows: self.rows,
        }
    }
}
