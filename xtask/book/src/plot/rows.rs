//! A row for each thing, its value a dot on one axis.

use crate::html::escape;
use std::fmt::Write as _;

use super::axis::{Axis, Scale};
use super::{BOTTOM, TOP, WIDTH, columns, no_difference, open, x_title};

/// One row of a [`forest`] plot.
pub struct Row {
    /// What stands left of it.
    pub label: String,
    /// Where the label leads.
    pub link: Option<String>,
    /// CSS class, middle and interval of each dot.
    pub dots: Vec<(&'static str, f64, f64, f64)>,
    /// What stands right of it.
    pub text: String,
}

/// Ratios with intervals, a row each, around the line of "no difference".
pub fn forest(title: &str, x_label: &str, rows: &[Row]) -> String {
    const ROW: f64 = 26.0;
    const NAMES: f64 = 240.0;
    const TEXT: f64 = 150.0;
    if rows.is_empty() {
        return String::new();
    }
    let height = TOP + ROW * rows.len() as f64 + BOTTOM;
    let values = rows.iter().flat_map(|row| row.dots.iter().flat_map(|dot| [dot.1, dot.2, dot.3]));
    let x = Axis::new(values.chain([1.0, 1.3]), NAMES, WIDTH - TEXT, Scale::Decimal);
    let mut svg = open(height, title);
    let bottom = height - BOTTOM;
    columns(&mut svg, &x, bottom, |tick| format!("{tick}×"));
    no_difference(&mut svg, &x, bottom);
    for (at, row) in rows.iter().enumerate() {
        let y = TOP + ROW * (at as f64 + 0.5);
        let label = format!(
            r#"<text class="name" x="{}" y="{:.1}" text-anchor="end">{}</text>"#,
            NAMES - 12.0,
            y + 4.0,
            escape(&row.label)
        );
        match &row.link {
            Some(link) => {
                let _ = write!(svg, r#"<a href="{link}">{label}</a>"#);
            }
            None => svg.push_str(&label),
        }
        for (class, mid, low, high) in &row.dots {
            let _ = write!(
                svg,
                r#"<line class="whisker {class}" x1="{:.1}" x2="{:.1}" y1="{y:.1}" y2="{y:.1}"/>"#,
                x.at(*low),
                x.at(*high)
            );
            let _ = write!(
                svg,
                r#"<circle class="dot {class}" cx="{:.1}" cy="{y:.1}" r="4.5"/>"#,
                x.at(*mid)
            );
        }
        let _ = write!(
            svg,
            r#"<text class="value" x="{}" y="{:.1}">{}</text>"#,
            WIDTH - TEXT + 10.0,
            y + 4.0,
            escape(&row.text)
        );
    }
    x_title(&mut svg, NAMES..WIDTH - TEXT, height, x_label);
    svg.push_str("</svg>");
    svg
}

/// Values over many orders of magnitude, a dot each on one logarithmic axis: name, value, and what
/// stands right of it.
pub fn dots(
    title: &str,
    x_label: &str,
    x_text: fn(f64) -> String,
    rows: &[(&str, f64, String)],
) -> String {
    const ROW: f64 = 22.0;
    const NAMES: f64 = 240.0;
    const TEXT: f64 = 90.0;
    if rows.is_empty() {
        return String::new();
    }
    let bottom = TOP + ROW * rows.len() as f64;
    let x = Axis::new(rows.iter().map(|row| row.1), NAMES, WIDTH - TEXT, Scale::Decimal);
    let mut svg = open(bottom + BOTTOM, title);
    columns(&mut svg, &x, bottom, x_text);
    for (at, (name, value, text)) in rows.iter().enumerate() {
        let (y, dot) = (TOP + ROW * (at as f64 + 0.5), x.at(*value));
        let _ = write!(
            svg,
            r#"<text class="name" x="{}" y="{:.1}" text-anchor="end">{}</text><line class="whisker" x1="{NAMES}" x2="{dot:.1}" y1="{y:.1}" y2="{y:.1}"/><circle class="dot best" cx="{dot:.1}" cy="{y:.1}" r="4.5"/><text class="value" x="{}" y="{:.1}">{}</text>"#,
            NAMES - 12.0,
            y + 4.0,
            escape(name),
            WIDTH - TEXT + 10.0,
            y + 4.0,
            escape(text)
        );
    }
    x_title(&mut svg, NAMES..WIDTH - TEXT, bottom + BOTTOM, x_label);
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_dot() {
        let row = |name, value: f64| (name, value, format!("{value} ns"));
        let svg = dots("costs", "time", |x| x.to_string(), &[row("a<b", 1.0), row("c", 1e5)]);
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(svg.contains("a&lt;b") && svg.contains(">100000 ns</text>"));
        assert!(!svg.contains("NaN") && !svg.contains('\n'));
        assert_eq!(dots("costs", "time", |x| x.to_string(), &[]), "");
    }
}
