//! Plots as SVG text in the theme's colours: classes, not colours, so that light and dark both read
//! well. Labels stand at the lines instead of in a legend. This file has what plots share: the
//! frame, the grid, the titles of axes.

mod axis;
pub mod course;
pub mod groups;
mod lines;
mod rows;

use crate::html::escape;
use std::fmt::Write as _;
use std::ops::Range;

use self::axis::Axis;

pub use self::axis::Scale;
pub use self::lines::{Line, Lines};
pub use self::rows::{Row, dots, forest};

const WIDTH: f64 = 760.0;
const LEFT: f64 = 64.0;
/// Room for labels right of the lines.
const RIGHT: f64 = 128.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 44.0;

fn open(height: f64, title: &str) -> String {
    format!(
        r#"<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{0}"><title>{0}</title>"#,
        escape(title)
    )
}

/// A line across the plot at each tick of the y axis, with its value left of it.
fn grid(svg: &mut String, y: &Axis, ticks: &[f64], text: fn(f64) -> String) {
    for &tick in ticks {
        let at = y.at(tick);
        let _ = write!(
            svg,
            r#"<line class="grid" x1="{LEFT}" x2="{:.1}" y1="{at:.1}" y2="{at:.1}"/><text class="tick" x="{}" y="{:.1}" text-anchor="end">{}</text>"#,
            WIDTH - RIGHT,
            LEFT - 8.0,
            at + 4.0,
            text(tick)
        );
    }
}

/// The values of an x axis below a plot that ends at `bottom`.
fn ticks(svg: &mut String, x: &Axis, ticks: &[f64], bottom: f64, text: impl Fn(f64) -> String) {
    for &tick in ticks {
        let _ = write!(
            svg,
            r#"<text class="tick" x="{:.1}" y="{}" text-anchor="middle">{}</text>"#,
            x.at(tick),
            bottom + 18.0,
            text(tick)
        );
    }
}

/// A line down the plot at each tick of the x axis, with its value below it.
fn columns(svg: &mut String, x: &Axis, bottom: f64, text: impl Fn(f64) -> String) {
    for tick in x.ticks() {
        upright(svg, "grid", x.at(tick), bottom);
    }
    ticks(svg, x, &x.ticks(), bottom, text);
}

/// The line at a ratio of one.
fn no_difference(svg: &mut String, x: &Axis, bottom: f64) {
    upright(svg, "one", x.at(1.0), bottom);
}

fn upright(svg: &mut String, class: &str, at: f64, bottom: f64) {
    let _ = write!(
        svg,
        r#"<line class="{class}" x1="{at:.1}" x2="{at:.1}" y1="{TOP}" y2="{bottom}"/>"#
    );
}

/// What the x axis shows, below its middle.
fn x_title(svg: &mut String, x: Range<f64>, height: f64, title: &str) {
    let _ = write!(
        svg,
        r#"<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>"#,
        (x.start + x.end) / 2.0,
        height - 6.0,
        escape(title)
    );
}

/// What the y axis shows, left of its middle.
fn y_title(svg: &mut String, height: f64, title: &str) {
    let _ = write!(
        svg,
        r#"<text class="axis y" transform="translate(14 {}) rotate(-90)" text-anchor="middle">{}</text>"#,
        (TOP + height - BOTTOM) / 2.0,
        escape(title)
    );
}
