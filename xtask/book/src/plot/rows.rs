//! A row for each thing, its value a dot on one axis.

use maud::{Markup, html};

use super::axis::{Axis, Scale};
use super::{BOTTOM, GROUP, IMAGE, LETTER, TOP, WIDTH, columns, frame, no_difference, px, x_title};
use crate::html::Link;
use judge::stats::Interval;

/// One row of a [`forest`] plot.
pub struct Row {
    /// What stands left of it.
    pub label: String,
    /// Where the label leads.
    pub link: Option<Link>,
    /// What is drawn in it.
    pub dots: Vec<Dot>,
    /// What stands right of it.
    pub text: String,
}

/// A ratio in a row.
pub struct Dot {
    class: &'static str,
    ratio: Interval,
    /// What is written in the place of a circle, so that it can be told from others.
    number: Option<usize>,
}

impl Dot {
    /// A circle of this class.
    pub fn of(class: &'static str, ratio: Interval) -> Self {
        Self { class, ratio, number: None }
    }

    /// A number in its place.
    pub fn numbered(self, number: usize) -> Self {
        Self { number: Some(number), ..self }
    }
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
    if rows.is_empty() {
        return Markup::default();
    }
    let dots = || rows.iter().flat_map(|row| &row.dots);
    // Numbers that would cover each other stand above and below.
    let row = if dots().any(|dot| dot.number.is_some()) { 34.0 } else { 26.0 };
    let layout = Layout { names: 225.0, text: 155.0, row };
    let values = dots().flat_map(|dot| [dot.ratio.low, dot.ratio.mid, dot.ratio.high]);
    let x = layout.axis(values.chain([1.0, 1.3]));
    let bottom = layout.bottom(rows.len());
    let drawing = html! {
        (columns(&x, bottom, |tick| format!("{tick}×")))
        (no_difference(&x, bottom))
        @for (at, row) in rows.iter().enumerate() {
            @let y = layout.y(at);
            @let name = layout.name(y, &row.label);
            @if let Some(link) = &row.link { a href=(link) { (name) } } @else { (name) }
            (draw(&row.dots, &x, y))
            (layout.value(y, &row.text))
        }
    };
    let links = rows.iter().any(|row| row.link.is_some());
    layout.frame(if links { GROUP } else { IMAGE }, rows.len(), title, x_label, &drawing)
}

/// Whiskers, then circles, then numbers at the first height at which each covers nothing.
fn draw(dots: &[Dot], x: &Axis, y: f64) -> Markup {
    const HEIGHTS: [f64; 3] = [0.0, -10.0, 10.0];
    let (mut numbered, circles): (Vec<&Dot>, Vec<&Dot>) =
        dots.iter().partition(|dot| dot.number.is_some());
    numbered.sort_by(|a, b| a.ratio.mid.total_cmp(&b.ratio.mid));
    let mut taken: Vec<(f64, f64)> =
        circles.iter().map(|dot| (x.at(dot.ratio.mid), HEIGHTS[0])).collect();
    let numbers = numbered.iter().filter_map(|dot| {
        let at = x.at(dot.ratio.mid);
        let free = |height: &f64| {
            taken.iter().all(|(other, theirs)| theirs != height || (other - at).abs() > LETTER)
        };
        let height = HEIGHTS.into_iter().find(free).unwrap_or(HEIGHTS[2]);
        taken.push((at, height));
        Some((dot.number?, at, y + height + 3.5))
    });
    let numbers: Vec<_> = numbers.collect();
    html! {
        @for Dot { class, ratio, .. } in numbered.iter().chain(&circles) {
            @let (low, high) = (px(x.at(ratio.low)), px(x.at(ratio.high)));
            line class={ "whisker " (class) } x1=(low) x2=(high) y1=(px(y)) y2=(px(y)) {}
        }
        @for Dot { class, ratio, .. } in circles {
            circle class={ "dot " (class) } cx=(px(x.at(ratio.mid))) cy=(px(y)) r="4.5" {}
        }
        @for (number, at, y) in numbers {
            text.number x=(px(at)) y=(px(y)) text-anchor="middle" { (number) }
        }
    }
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

/// A row of many values, of which none is anybody's.
pub struct Cloud<'a> {
    /// What stands left of it.
    pub label: &'a str,
    /// What is drawn in it.
    pub values: &'a [f64],
    /// What stands right of it.
    pub text: String,
}

/// Many values in each row, a dot each, beside each other where they are alike; lines down the plot
/// mark some values.
pub fn clouds(
    title: &str,
    x_label: &str,
    scale: Scale,
    marks: &[(f64, &str)],
    rows: &[Cloud],
) -> Markup {
    const LAYOUT: Layout = Layout { names: 225.0, text: 155.0, row: 52.0 };
    if rows.iter().all(|row| row.values.is_empty()) {
        return Markup::default();
    }
    let values = rows.iter().flat_map(|row| row.values).copied();
    let values = values.chain(marks.iter().map(|(at, _)| *at));
    let x = Axis::new(values, LAYOUT.names, WIDTH - LAYOUT.text, scale);
    let bottom = LAYOUT.bottom(rows.len());
    let drawing = html! {
        (columns(&x, bottom, |tick| format!("{}", (tick * 1e3).round() / 1e3)))
        @for (value, name) in marks {
            @let at = px(x.at(*value));
            line.one x1=(at) x2=(at) y1=(TOP) y2=(bottom) {}
            text.mark-label x=(at) y=(TOP - 4.0) text-anchor="middle" { (name) }
        }
        @for (at, row) in rows.iter().enumerate() {
            @let y = LAYOUT.y(at);
            (LAYOUT.name(y, row.label))
            @for (at, off) in beside(row.values.iter().map(|value| x.at(*value))) {
                circle.dot.best cx=(px(at)) cy=(px(y + off)) r="3" {}
            }
            (LAYOUT.value(y, &row.text))
        }
    };
    LAYOUT.frame(IMAGE, rows.len(), title, x_label, &drawing)
}

/// Places of dots, each as near to the middle of its row as those before leave room.
fn beside(places: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
    const APART: f64 = 6.5;
    const HEIGHTS: [f64; 7] = [0.0, -6.5, 6.5, -13.0, 13.0, -19.5, 19.5];
    let mut placed: Vec<(f64, f64)> = Vec::new();
    for at in places {
        let free = |height: &f64| {
            placed.iter().all(|(other, theirs)| theirs != height || (other - at).abs() >= APART)
        };
        let height = HEIGHTS.into_iter().find(free).unwrap_or(0.0);
        placed.push((at, height));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_cover_neither_each_other_nor_a_circle() {
        let dot = |mid: f64| Dot::of("middle", Interval { low: mid, mid, high: mid });
        let dots =
            vec![dot(2.0), dot(2.001).numbered(2), dot(2.002).numbered(3), dot(9.0).numbered(4)];
        let row = Row { label: "a".into(), link: None, dots, text: String::new() };
        let svg = forest("ratios", "times", &[row]).into_string();
        let height = |number: u32| {
            let (before, _) = svg.split_once(&format!(">{number}</text>")).unwrap();
            before.rsplit_once(" y=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
        };
        assert!(height(2) != height(3) && height(2) != height(4) && height(3) != height(4));
        assert_eq!(svg.matches("<circle").count(), 1);
    }

    #[test]
    fn alike_values_stand_beside_each_other() {
        let placed = beside([10.0, 10.0, 12.0, 30.0].into_iter());
        assert_eq!(placed, [(10.0, 0.0), (10.0, -6.5), (12.0, 6.5), (30.0, 0.0)]);
        let row = Cloud { label: "a<b", values: &[0.5, 0.5, 0.9], text: "3 people".into() };
        let marks = [(0.5, "silver")];
        let svg = clouds("shares", "share", Scale::Linear, &marks, &[row]).into_string();
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(svg.contains("a&lt;b") && svg.contains(">silver</text>"), "{svg}");
        let empty = Cloud { label: "a", values: &[], text: String::new() };
        assert_eq!(clouds("shares", "share", Scale::Linear, &marks, &[empty]).0, "");
    }

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
