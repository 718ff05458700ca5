//! Ratios with intervals in groups: a heading, and below it a row for each machine. The machine's
//! name stands at its row, and its dot has a shape of its own: no legend, and no meaning in colour
//! alone.

use maud::{Markup, html};

use super::axis::{Axis, Scale};
use super::{BOTTOM, GROUP, TOP, WIDTH, columns, frame, no_difference, path, px, x_title};
use crate::html::Link;
use judge::stats::Interval;

const HEADING: f64 = 25.0;
const ROW: f64 = 21.0;
/// Between two groups.
const GAP: f64 = 7.0;
const NAMES: f64 = 200.0;
const TEXT: f64 = 120.0;
/// Radius of a dot.
const R: f64 = 4.5;

/// A heading with its rows.
pub struct Group {
    /// What all rows are about.
    pub title: String,
    /// Where the heading leads.
    pub link: Link,
    /// What stands right of the heading.
    pub note: String,
    /// One for each machine.
    pub rows: Vec<GroupRow>,
}

/// One machine in a group.
pub struct GroupRow {
    /// Its name.
    pub label: String,
    /// Which shape it has in every group; the first is filled.
    pub shape: usize,
    /// Nothing where nothing was measured.
    pub ratio: Option<Interval>,
    /// What stands right of it.
    pub text: String,
}

/// Draws the groups around the line of "no difference"; empty without any.
pub fn groups(title: &str, x_label: &str, groups: &[Group]) -> Markup {
    if groups.is_empty() {
        return Markup::default();
    }
    let tall = |group: &Group| HEADING + ROW * group.rows.len() as f64 + GAP;
    let bottom = TOP + groups.iter().map(tall).sum::<f64>();
    let ratios = groups.iter().flat_map(|group| group.rows.iter().filter_map(|row| row.ratio));
    let values = ratios.flat_map(|ratio| [ratio.low, ratio.mid, ratio.high]);
    let x = Axis::new(values.chain([1.0, 1.3]), NAMES, WIDTH - TEXT, Scale::Decimal);
    let tops = groups.iter().scan(TOP, |next, group| {
        let top = *next;
        *next += tall(group);
        Some(top)
    });
    let drawing = html! {
        (columns(&x, bottom, |tick| format!("{tick}×")))
        (no_difference(&x, bottom))
        @for (group, top) in groups.iter().zip(tops) { (draw(group, &x, top)) }
        (x_title(NAMES..WIDTH - TEXT, bottom + BOTTOM, x_label))
    };
    frame(GROUP, bottom + BOTTOM, title, &drawing)
}

fn draw(group: &Group, x: &Axis, top: f64) -> Markup {
    html! {
        text.heading x="0" y=(px(top + 17.0)) {
            a href=(group.link) { (group.title) }
            tspan.note dx="8" { (group.note) }
        }
        @for (at, row) in group.rows.iter().enumerate() {
            (draw_row(row, x, top + HEADING + ROW * (at as f64 + 0.5)))
        }
    }
}

fn draw_row(row: &GroupRow, x: &Axis, y: f64) -> Markup {
    let class = if row.shape == 0 { "best" } else { "other" };
    let missing = if row.ratio.is_some() { "" } else { " note" };
    html! {
        text class={ "name " (class) } x=(NAMES - 12.0) y=(px(y + 4.0)) text-anchor="end" {
            (row.label)
        }
        @if let Some(ratio) = row.ratio {
            @let (low, high) = (px(x.at(ratio.low)), px(x.at(ratio.high)));
            line class={ "whisker " (class) } x1=(low) x2=(high) y1=(px(y)) y2=(px(y)) {}
            (dot(row.shape, class, x.at(ratio.mid), y))
        }
        text class={ "value" (missing) } x=(WIDTH - TEXT + 10.0) y=(px(y + 4.0)) { (row.text) }
    }
}

/// A filled circle, then open ones: circle, square, triangle, diamond, and from the start again.
fn dot(shape: usize, class: &str, x: f64, y: f64) -> Markup {
    let around = |points: &[(f64, f64)]| {
        let points = path(points.iter().map(|(dx, dy)| (x + dx * R, y + dy * R)));
        html! { polygon class={ "dot " (class) } points=(points) {} }
    };
    match shape.checked_sub(1).map(|shape| shape % 4) {
        None | Some(0) => {
            html! { circle class={ "dot " (class) } cx=(px(x)) cy=(px(y)) r=(R) {} }
        }
        Some(1) => around(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Some(2) => around(&[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)]),
        Some(_) => around(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::case;

    #[test]
    fn every_machine_has_its_row_and_what_is_missing_says_so() {
        let row = |shape, ratio: Option<f64>| GroupRow {
            label: format!("<{shape}>"),
            shape,
            ratio: ratio.map(|mid| Interval { low: mid * 0.9, mid, high: mid * 1.1 }),
            text: ratio.map_or("not measured".to_owned(), |ratio| format!("{ratio}")),
        };
        let rows = vec![row(0, Some(3.0)), row(1, Some(0.5)), row(2, Some(2.0)), row(3, None)];
        let group =
            Group { title: "a&b".into(), link: Link::to(&case("a")), note: "1M".into(), rows };
        let svg = groups("machines", "ratio", &[group]).into_string();
        assert_eq!((svg.matches("<circle").count(), svg.matches("<polygon").count()), (2, 1));
        assert!(svg.contains("&lt;3&gt;") && svg.contains(">not measured<"));
        assert!(svg.contains("a&amp;b") && !svg.contains("NaN") && !svg.contains('\n'));
        assert_eq!(groups("machines", "ratio", &[]).into_string(), "");
    }
}
