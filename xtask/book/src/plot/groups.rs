//! Ratios with intervals in groups: a heading, and below it a row for each machine. The machine's
//! name stands at its row, and its dot has a shape of its own: no legend, and no meaning in colour
//! alone.

use crate::html::escape;
use std::fmt::Write as _;

use super::axis::{Axis, Scale};
use super::{BOTTOM, TOP, WIDTH, columns, no_difference, open, x_title};
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
    pub link: String,
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
pub fn groups(title: &str, x_label: &str, groups: &[Group]) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let tall = |group: &Group| HEADING + ROW * group.rows.len() as f64 + GAP;
    let bottom = TOP + groups.iter().map(tall).sum::<f64>();
    let ratios = groups.iter().flat_map(|group| group.rows.iter().filter_map(|row| row.ratio));
    let values = ratios.flat_map(|ratio| [ratio.low, ratio.mid, ratio.high]);
    let x = Axis::new(values.chain([1.0, 1.3]), NAMES, WIDTH - TEXT, Scale::Decimal);
    let mut svg = open(bottom + BOTTOM, title);
    columns(&mut svg, &x, bottom, |tick| format!("{tick}×"));
    no_difference(&mut svg, &x, bottom);
    let mut y = TOP;
    for group in groups {
        draw(&mut svg, group, &x, y);
        y += tall(group);
    }
    x_title(&mut svg, NAMES..WIDTH - TEXT, bottom + BOTTOM, x_label);
    svg.push_str("</svg>");
    svg
}

fn draw(svg: &mut String, group: &Group, x: &Axis, top: f64) {
    let (title, note) = (escape(&group.title), escape(&group.note));
    let _ = write!(
        svg,
        r#"<text class="heading" x="0" y="{:.1}"><a href="{}">{title}</a><tspan class="note" dx="8">{note}</tspan></text>"#,
        top + 17.0,
        group.link
    );
    for (at, row) in group.rows.iter().enumerate() {
        let y = top + HEADING + ROW * (at as f64 + 0.5);
        let class = if row.shape == 0 { "best" } else { "other" };
        let _ = write!(
            svg,
            r#"<text class="name {class}" x="{}" y="{:.1}" text-anchor="end">{}</text>"#,
            NAMES - 12.0,
            y + 4.0,
            escape(&row.label)
        );
        if let Some(ratio) = row.ratio {
            let (low, mid, high) = (x.at(ratio.low), x.at(ratio.mid), x.at(ratio.high));
            let _ = write!(
                svg,
                r#"<line class="whisker {class}" x1="{low:.1}" x2="{high:.1}" y1="{y:.1}" y2="{y:.1}"/>{}"#,
                dot(row.shape, class, mid, y)
            );
        }
        let missing = if row.ratio.is_some() { "" } else { " note" };
        let _ = write!(
            svg,
            r#"<text class="value{missing}" x="{}" y="{:.1}">{}</text>"#,
            WIDTH - TEXT + 10.0,
            y + 4.0,
            escape(&row.text)
        );
    }
}

/// A filled circle, then open ones: circle, square, triangle, diamond, and from the start again.
fn dot(shape: usize, class: &str, x: f64, y: f64) -> String {
    let around = |points: &[(f64, f64)]| {
        let points: Vec<String> =
            points.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx * R, y + dy * R)).collect();
        format!(r#"<polygon class="dot {class}" points="{}"/>"#, points.join(" "))
    };
    match shape.checked_sub(1).map(|shape| shape % 4) {
        None | Some(0) => {
            format!(r#"<circle class="dot {class}" cx="{x:.1}" cy="{y:.1}" r="{R}"/>"#)
        }
        Some(1) => around(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Some(2) => around(&[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)]),
        Some(_) => around(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_machine_has_its_row_and_what_is_missing_says_so() {
        let row = |shape, ratio: Option<f64>| GroupRow {
            label: format!("<{shape}>"),
            shape,
            ratio: ratio.map(|mid| Interval { low: mid * 0.9, mid, high: mid * 1.1 }),
            text: ratio.map_or("not measured".to_owned(), |ratio| format!("{ratio}")),
        };
        let rows = vec![row(0, Some(3.0)), row(1, Some(0.5)), row(2, Some(2.0)), row(3, None)];
        let group = Group { title: "a&b".into(), link: "a.html".into(), note: "1M".into(), rows };
        let svg = groups("machines", "ratio", &[group]);
        assert_eq!((svg.matches("<circle").count(), svg.matches("<polygon").count()), (2, 1));
        assert!(svg.contains("&lt;3&gt;") && svg.contains(">not measured<"));
        assert!(svg.contains("a&amp;b") && !svg.contains("NaN") && !svg.contains('\n'));
        assert_eq!(groups("machines", "ratio", &[]), "");
    }
}
