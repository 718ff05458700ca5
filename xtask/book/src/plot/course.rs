//! The course of something, from zero: both axes are linear, since areas are compared.

use maud::{Markup, html};

use super::axis::{Axis, Scale};
use super::{BOTTOM, LEFT, RIGHT, TOP, WIDTH, grid, path, px, ticks, x_title, y_title};

const HEIGHT: f64 = 380.0;

/// What is drawn.
pub struct Course<'a> {
    /// For screen readers and as a tooltip.
    pub title: &'a str,
    /// What the x axis shows.
    pub x_label: &'a str,
    /// What the y axis shows.
    pub y_label: &'a str,
    /// How an x is written.
    pub x_text: fn(f64) -> String,
    /// How a y is written.
    pub y_text: fn(f64) -> String,
    /// Whether y ticks are powers of two, as sizes of memory are.
    pub binary: bool,
    /// x, and the least and the greatest y since the x before.
    pub points: Vec<(f64, f64, f64)>,
}

impl Course<'_> {
    /// Draws it, with its size, which has to be said inside another drawing; empty without a value
    /// that differs from zero.
    pub fn svg(&self) -> Markup {
        let most = self.points.iter().fold(0.0, |most, point| f64::max(most, point.2));
        let least = self.points.iter().fold(0.0, |least, point| f64::min(least, point.1));
        let end = self.points.last().map_or(0.0, |point| point.0);
        if end <= 0.0 || most <= least {
            return Markup::default();
        }
        let linear = |low, high, from, to| Axis { scale: Scale::Linear, low, high, from, to };
        let air = (most - least) * 0.12;
        let x = linear(0.0, end, LEFT, WIDTH - RIGHT);
        let y = linear(least, most + air, HEIGHT - BOTTOM, TOP);
        let y_ticks = round_values(least, most, if self.binary { 2.0 } else { 10.0 });
        let x_ticks = round_values(0.0, end, 10.0);
        let view = format!("0 0 {WIDTH} {HEIGHT}");
        html! {
            svg.plot width=(WIDTH) height=(HEIGHT) viewBox=(view) role="img"
                aria-label=(self.title) {
                title { (self.title) }
                (grid(&y, &y_ticks, self.y_text))
                (ticks(&x, &x_ticks, HEIGHT - BOTTOM, self.x_text))
                (self.draw(|value| x.at(value), |value| y.at(value)))
                (x_title(LEFT..WIDTH - RIGHT, HEIGHT, self.x_label))
                (y_title(HEIGHT, self.y_label))
            }
        }
    }

    /// The area below the greatest values, their line, and the peak's value at its place.
    fn draw(&self, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> Markup {
        let mut line = vec![(x(0.0), y(0.0))];
        let mut before = 0.0;
        for (at, low, high) in columns(&self.points, &x) {
            // What was alive stays until the next event, then goes as low and as high as it did.
            line.extend([(at, y(before)), (at, y(low)), (at, y(high))]);
            before = high;
        }
        let (from, to, base) = (x(0.0), WIDTH - RIGHT, y(0.0));
        let area = [(from, base)].into_iter().chain(line.iter().copied()).chain([(to, base)]);
        let peak = self.points.iter().max_by(|a, b| a.2.total_cmp(&b.2));
        html! {
            polygon.band.best points=(path(area)) {}
            polyline.line.best points=(path(line.iter().copied())) {}
            line.one x1=(px(from)) x2=(px(to)) y1=(px(base)) y2=(px(base)) {}
            @if let Some(peak) = peak {
                @let (at, top) = (x(peak.0), y(peak.2));
                @let label = at.clamp(LEFT + 40.0, WIDTH - RIGHT);
                circle.dot.best cx=(px(at)) cy=(px(top)) r="3.5" {}
                text.label.best x=(px(label)) y=(px(top - 10.0)) text-anchor="middle" {
                    "peak " ((self.y_text)(peak.2))
                }
            }
        }
    }
}

/// The points that fall on one half pixel together: least and greatest of each.
fn columns(points: &[(f64, f64, f64)], x: impl Fn(f64) -> f64) -> Vec<(f64, f64, f64)> {
    let mut columns: Vec<(f64, f64, f64)> = Vec::new();
    for &(at, low, high) in points {
        let at = (x(at) * 2.0).round() / 2.0;
        match columns.last_mut() {
            Some(last) if last.0 == at => *last = (at, last.1.min(low), last.2.max(high)),
            _ => columns.push((at, low, high)),
        }
    }
    columns
}

/// Four to nine round values between two others.
fn round_values(low: f64, high: f64, base: f64) -> Vec<f64> {
    let steps: &[f64] = if base == 2.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let start = base.powf(((high - low) / 16.0).log(base).floor());
    let step = (0..64)
        .flat_map(|power| steps.iter().map(move |step| start * step * base.powi(power)))
        .find(|step| (high - low) / step <= 8.0)
        .unwrap_or(high - low);
    let first = (low / step).ceil() as i64;
    (first..=(high / step).floor() as i64).map(|at| at as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(points: Vec<(f64, f64, f64)>) -> String {
        let text = |x: f64| x.to_string();
        let (title, x_label, y_label) = ("a <title>", "time", "bytes");
        Course { title, x_label, y_label, x_text: text, y_text: text, binary: true, points }
            .svg()
            .into_string()
    }

    #[test]
    fn the_peak_is_named_and_axes_have_titles() {
        let svg = course(vec![(1.0, 0.0, 64.0), (2.0, 64.0, 1024.0), (9.0, 0.0, 0.0)]);
        assert!(svg.contains("peak 1024") && svg.contains("a &lt;title&gt;"), "{svg}");
        assert!(svg.contains(">time</text>") && svg.contains(">bytes</text>"));
        assert!(!svg.contains("NaN") && !svg.contains('\n'));
    }

    #[test]
    fn without_an_event_there_is_no_plot() {
        assert_eq!(course(Vec::new()), "");
        assert_eq!(course(vec![(5.0, 0.0, 0.0)]), "");
    }

    #[test]
    fn what_falls_on_one_pixel_keeps_its_extremes() {
        let points = [(1.0, 5.0, 6.0), (1.1, 2.0, 9.0), (3.0, 7.0, 7.0)];
        assert_eq!(columns(&points, |x| x), [(1.0, 2.0, 9.0), (3.0, 7.0, 7.0)]);
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(round_values(0.0, 10.0, 10.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        for high in [1.0, 900.0, 5e6, 123_456_789.0] {
            for base in [2.0, 10.0] {
                let count = round_values(0.0, high, base).len();
                assert!((4..=9).contains(&count), "{high}, {base}: {count}");
            }
        }
    }
}
