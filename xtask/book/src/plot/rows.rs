//! A row for each thing, its value a dot on one axis.

use maud::{Markup, html};

use super::axis::{Axis, Scale};
use super::{BOTTOM, GROUP, IMAGE, TOP, WIDTH, columns, frame, no_difference, px, x_title};
use crate::html::Link;

/// One row of a [`forest`] plot.
pub struct Row {
    /// What stands left of it.
    pub label: String,
    /// Where the label leads.
    pub link: Option<Link>,
    /// CSS class, middle and interval of each dot.
    pub dots: Vec<(&'static str, f64, f64, f64)>,
    /// What stands right of it.
    pub text: String,
}

/// Where names end and where texts begin, and how tall a row is.
struct Layout {
    names: f64,
    text: f64,
    row: f64,
}

impl Layout {
    fn bottom(&self, rows: usize) -> f64 {
        TOP + self.row * rows as f64
    }

    /// The middle of a row.
    fn y(&self, at: usize) -> f64 {
        TOP + self.row * (at as f64 + 0.5)
    }

    fn axis(&self, values: impl Iterator<Item = f64>) -> Axis {
        Axis::new(values, self.names, WIDTH - self.text, Scale::Decimal)
    }

    fn name(&self, y: f64, name: &str) -> Markup {
        html! { text.name x=(self.names - 12.0) y=(px(y + 4.0)) text-anchor="end" { (name) } }
    }

    fn value(&self, y: f64, text: &str) -> Markup {
        html! { text.value x=(WIDTH - self.text + 10.0) y=(px(y + 4.0)) { (text) } }
    }

    /// A title for the x axis, and a frame around all.
    fn frame(
        &self,
        role: &str,
        rows: usize,
        title: &str,
        x_label: &str,
        drawing: &Markup,
    ) -> Markup {
        let height = self.bottom(rows) + BOTTOM;
        let with_title = html! {
            (drawing)
            (x_title(self.names..WIDTH - self.text, height, x_label))
        };
        frame(role, height, title, &with_title)
    }
}

/// Ratios with intervals, a row each, around the line of "no difference".
pub fn forest(title: &str, x_label: &str, rows: &[Row]) -> Markup {
    const LAYOUT: Layout = Layout { names: 240.0, text: 150.0, row: 26.0 };
    if rows.is_empty() {
        return Markup::default();
    }
    let values = rows.iter().flat_map(|row| row.dots.iter().flat_map(|dot| [dot.1, dot.2, dot.3]));
    let x = LAYOUT.axis(values.chain([1.0, 1.3]));
    let bottom = LAYOUT.bottom(rows.len());
    let drawing = html! {
        (columns(&x, bottom, |tick| format!("{tick}×")))
        (no_difference(&x, bottom))
        @for (at, row) in rows.iter().enumerate() {
            @let y = LAYOUT.y(at);
            @let name = LAYOUT.name(y, &row.label);
            @if let Some(link) = &row.link { a href=(link) { (name) } } @else { (name) }
            @for &(class, mid, low, high) in &row.dots {
                @let (low, high) = (px(x.at(low)), px(x.at(high)));
                line class={ "whisker " (class) } x1=(low) x2=(high) y1=(px(y)) y2=(px(y)) {}
                circle class={ "dot " (class) } cx=(px(x.at(mid))) cy=(px(y)) r="4.5" {}
            }
            (LAYOUT.value(y, &row.text))
        }
    };
    let links = rows.iter().any(|row| row.link.is_some());
    LAYOUT.frame(if links { GROUP } else { IMAGE }, rows.len(), title, x_label, &drawing)
}

/// Values over many orders of magnitude, a dot each on one logarithmic axis: name, value, and what
/// stands right of it.
pub fn dots(
    title: &str,
    x_label: &str,
    x_text: fn(f64) -> String,
    rows: &[(&str, f64, String)],
) -> Markup {
    const LAYOUT: Layout = Layout { names: 240.0, text: 90.0, row: 22.0 };
    if rows.is_empty() {
        return Markup::default();
    }
    let x = LAYOUT.axis(rows.iter().map(|row| row.1));
    let drawing = html! {
        (columns(&x, LAYOUT.bottom(rows.len()), x_text))
        @for (at, (name, value, text)) in rows.iter().enumerate() {
            @let (y, dot) = (LAYOUT.y(at), px(x.at(*value)));
            (LAYOUT.name(y, name))
            line.whisker x1=(LAYOUT.names) x2=(dot) y1=(px(y)) y2=(px(y)) {}
            circle.dot.best cx=(dot) cy=(px(y)) r="4.5" {}
            (LAYOUT.value(y, text))
        }
    };
    LAYOUT.frame(IMAGE, rows.len(), title, x_label, &drawing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_dot() {
        let row = |name, value: f64| (name, value, format!("{value} ns"));
        let plot = |rows: &[_]| dots("costs", "time", |x: f64| x.to_string(), rows).into_string();
        let svg = plot(&[row("a<b", 1.0), row("c", 1e5)]);
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(svg.contains("a&lt;b") && svg.contains(">100000 ns</text>"));
        assert!(!svg.contains("NaN") && !svg.contains('\n'));
        assert_eq!(plot(&[]), "");
    }
}
