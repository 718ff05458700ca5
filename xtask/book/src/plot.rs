//! Plots as SVG in the theme's colours: classes, not colours, so that light and dark both read
//! well. Labels stand at the lines instead of in a legend. This file has what plots share: the
//! frame, the grid, the titles of axes.

mod axis;
pub mod bill;
pub mod course;
pub mod groups;
mod lines;
mod pareto;
mod rows;

use std::ops::Range;

use maud::{Markup, html};

use self::axis::Axis;

pub use self::axis::Scale;
pub use self::lines::{Line, Lines};
pub use self::pareto::{Pareto, Point};
pub use self::rows::{Cloud, Dot, Row, clouds, dots, forest};

const WIDTH: f64 = 720.0;
const LEFT: f64 = 64.0;
/// Room for labels right of the lines.
const RIGHT: f64 = 176.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 44.0;
/// Room that a letter takes on a phone, where letters are largest.
const LETTER: f64 = 10.5;

/// What a drawing is to a screen reader: one image, of which it reads the title.
const IMAGE: &str = "img";
/// And where it has links: an image has no parts that could be gone to.
const GROUP: &str = "group";

/// A drawing with its title, which screen readers read and a pointer shows.
fn frame(role: &str, height: f64, title: &str, drawing: &Markup) -> Markup {
    html! {
        svg.plot viewBox={ "0 0 " (WIDTH) " " (height) } role=(role) aria-label=(title) {
            title { (title) }
            (drawing)
        }
    }
}

/// A place in a drawing, to a tenth of a pixel.
fn px(at: f64) -> String {
    format!("{at:.1}")
}

/// Places as a polygon or a polyline has them.
fn path(points: impl IntoIterator<Item = (f64, f64)>) -> String {
    let points = points.into_iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
    points.collect::<Vec<_>>().join(" ")
}

/// A line across the plot at each tick of the y axis, with its value left of it.
fn grid(y: &Axis, ticks: &[f64], text: impl Fn(f64) -> String) -> Markup {
    html! {
        @for &tick in ticks {
            @let at = y.at(tick);
            line.grid x1=(LEFT) x2=(px(WIDTH - RIGHT)) y1=(px(at)) y2=(px(at)) {}
            text.tick x=(LEFT - 8.0) y=(px(at + 4.0)) text-anchor="end" { (text(tick)) }
        }
    }
}

/// The values of an x axis below a plot that ends at `bottom`, as many as there is room for.
fn ticks(x: &Axis, ticks: &[f64], bottom: f64, text: impl Fn(f64) -> String) -> Markup {
    let mut free = f64::MAX;
    let placed = ticks.iter().rev().filter_map(|tick| {
        let (at, text) = (x.at(*tick), text(*tick));
        let half = LETTER * text.chars().count() as f64 / 2.0;
        let fits = at + half < free;
        if fits {
            free = at - half - LETTER / 2.0;
        }
        fits.then_some((at, text))
    });
    html! {
        @for (at, text) in placed {
            text.tick x=(px(at)) y=(bottom + 18.0) text-anchor="middle" { (text) }
        }
    }
}

/// A line down the plot at each tick of the x axis, with its value below it.
fn columns(x: &Axis, bottom: f64, text: impl Fn(f64) -> String) -> Markup {
    html! {
        @for tick in x.ticks() { (upright("grid", x.at(tick), bottom)) }
        (ticks(x, &x.ticks(), bottom, text))
    }
}

/// The line at a ratio of one.
fn no_difference(x: &Axis, bottom: f64) -> Markup {
    upright("one", x.at(1.0), bottom)
}

fn upright(class: &str, at: f64, bottom: f64) -> Markup {
    html! { line class=(class) x1=(px(at)) x2=(px(at)) y1=(TOP) y2=(bottom) {} }
}

/// What the x axis shows, below its middle.
fn x_title(x: Range<f64>, height: f64, title: &str) -> Markup {
    let middle = (x.start + x.end) / 2.0;
    html! { text.axis x=(middle) y=(height - 6.0) text-anchor="middle" { (title) } }
}

/// What the y axis shows, left of its middle.
fn y_title(height: f64, title: &str) -> Markup {
    let middle = (TOP + height - BOTTOM) / 2.0;
    html! {
        text.axis.y transform={ "translate(14 " (middle) ") rotate(-90)" } text-anchor="middle" {
            (title)
        }
    }
}
