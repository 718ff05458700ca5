//! Axes: from data to pixels, and where their ticks are.

/// How an axis spreads its values.
#[derive(Clone, Copy, PartialEq)]
pub enum Scale {
    /// Evenly: a logarithm has no zero.
    Linear,
    /// By logarithm, with ticks at powers of ten.
    Decimal,
    /// By logarithm, with ticks at powers of two, as sizes of memory are.
    Binary,
}

impl Scale {
    fn place(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Decimal | Self::Binary => value.max(f64::MIN_POSITIVE).ln(),
        }
    }
}

/// An axis from data to pixels; `low` and `high` are places on its scale.
pub(super) struct Axis {
    pub(super) scale: Scale,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Axis {
    /// Covers the values, with a little air.
    pub(super) fn new(values: impl Iterator<Item = f64>, from: f64, to: f64, scale: Scale) -> Self {
        let shown = |value: &f64| value.is_finite() && (*value > 0.0 || scale == Scale::Linear);
        let places = values.filter(shown).map(|value| scale.place(value));
        let (low, high) =
            places.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
        let air = ((high - low) * 0.04).max(0.05);
        Self { scale, low: low - air, high: high + air, from, to }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (self.scale.place(value) - self.low) / (self.high - self.low);
        self.from + share * (self.to - self.from)
    }

    pub(super) fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&self.scale.place(value))
    }

    pub(super) fn ticks(&self) -> Vec<f64> {
        match self.scale {
            Scale::Linear => self.even_ticks(self.low, self.high),
            Scale::Decimal => self.decimal_ticks(),
            Scale::Binary => self.binary_ticks(),
        }
    }

    /// Steps of 1, 2 or 5 times a power of ten, some four to ten of them.
    fn even_ticks(&self, low: f64, high: f64) -> Vec<f64> {
        let span = high - low;
        let power = 10_f64.powf((span / 5.0).log10().floor());
        let steps = [5.0, 2.0, 1.0].map(|step| step * power);
        let step = steps.into_iter().find(|step| span / step >= 4.0).unwrap_or(power);
        let first = (low / step).ceil() as i64;
        (first..).map(|at| at as f64 * step).take_while(|at| self.holds(*at)).collect()
    }

    /// Every fourth power of two.
    fn binary_ticks(&self) -> Vec<f64> {
        (0..16).map(|power| 16_f64.powi(power)).filter(|tick| self.holds(*tick)).collect()
    }

    /// Powers of ten; where these are too few, 1-2-5 steps; where one can hardly see that it is a
    /// logarithm, even ones.
    fn decimal_ticks(&self) -> Vec<f64> {
        let decades = |steps: &[f64]| -> Vec<f64> {
            let (low, high) = (self.low / 10_f64.ln(), self.high / 10_f64.ln());
            (low.floor() as i32..=high.ceil() as i32)
                .flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)))
                .filter(|tick| self.holds(*tick))
                .collect()
        };
        let tens = decades(&[1.0]);
        let steps = decades(&[1.0, 2.0, 5.0]);
        match tens.len() {
            0..3 if steps.len() < 3 => self.even_ticks(self.low.exp(), self.high.exp()),
            0..3 => steps,
            9.. => tens.into_iter().step_by(2).collect(),
            _ => tens,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_has_even_ticks_and_a_zero() {
        let axis =
            |low: f64, high: f64| Axis::new([low, high].into_iter(), 0.0, 1.0, Scale::Linear);
        assert_eq!(axis(0.0, 100.0).ticks(), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(axis(0.0, 7.0).ticks(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert!((axis(0.0, 100.0).at(50.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn axes_have_a_few_ticks_whatever_the_range() {
        let widths = [1.0, 1.05, 1.4, 3.0, 40.0, 1e3, 1e9];
        for low in (1..100).map(|step| f64::from(step) * 0.37) {
            for high in widths.map(|width| low * width) {
                let ticks = Axis::new([low, high].into_iter(), 0.0, 1.0, Scale::Decimal).ticks();
                assert!((2..=11).contains(&ticks.len()), "{low} to {high}: {ticks:?}");
            }
        }
    }
}
