//! Bills as bars, a row for each rung: what was measured, and below it what that is made of. Each
//! rung is drawn against its own time, for a rung that takes a hundredth of another would not be
//! seen beside it. Words stand in the parts that have room for them, the others in the table.

use maud::{Markup, html};

use super::axis::{Axis, Scale};
use super::{BOTTOM, IMAGE, LETTER, TOP, WIDTH, columns, frame, no_difference, px, x_title};

const NAMES: f64 = 190.0;
const TEXT: f64 = 110.0;
const ROW: f64 = 50.0;
/// Where in a row the measured time and its parts are drawn, and how tall they are.
const MEASURED: (f64, f64) = (8.0, 5.0);
const PARTS: (f64, f64) = (16.0, 26.0);
/// As many times the measured time are drawn at most.
const MOST: f64 = 2.0;

/// One rung.
pub struct Row {
    /// Its name.
    pub label: String,
    /// The word of each part, which is its class too, and its share of the measured time.
    pub parts: Vec<(&'static str, f64)>,
    /// What stands right of the bar: the time.
    pub text: String,
}

impl Row {
    fn explained(&self) -> f64 {
        self.parts.iter().map(|part| part.1).sum()
    }

    /// Parts with where they begin and end; what is not explained comes last.
    fn placed(&self) -> Vec<(&'static str, f64, f64)> {
        let rest = (1.0 - self.explained()).max(0.0);
        let all = self.parts.iter().copied().chain([("unexplained", rest)]);
        let placed = all.scan(0.0, |next: &mut f64, (word, share)| {
            let from = *next;
            *next += share;
            Some((word, from.min(MOST), next.min(MOST)))
        });
        placed.filter(|(_, from, to)| to > from).collect()
    }
}

/// Draws the bars; empty without any.
pub fn bill(title: &str, rows: &[Row]) -> Markup {
    if rows.is_empty() {
        return Markup::default();
    }
    let most = rows.iter().map(Row::explained).fold(1.0, f64::max).min(MOST);
    let x = Axis::new([0.0, most].into_iter(), NAMES, WIDTH - TEXT, Scale::Linear);
    let bottom = TOP + ROW * rows.len() as f64;
    let drawing = html! {
        (columns(&x, bottom, |tick| format!("{:.0} %", tick * 100.0)))
        @for (at, row) in rows.iter().enumerate() { (draw(row, &x, TOP + ROW * at as f64)) }
        (no_difference(&x, bottom))
        (x_title(NAMES..WIDTH - TEXT, bottom + BOTTOM, "share of the time that was measured"))
    };
    frame(IMAGE, bottom + BOTTOM, title, &drawing)
}

fn draw(row: &Row, x: &Axis, top: f64) -> Markup {
    let middle = px(top + PARTS.0 + PARTS.1 / 2.0 + 4.0);
    let measured = px(x.at(1.0) - x.at(0.0));
    html! {
        text.name x=(NAMES - 6.0) y=(middle) text-anchor="end" { (row.label) }
        rect.measured x=(px(x.at(0.0))) y=(px(top + MEASURED.0)) width=(measured)
            height=(MEASURED.1) {}
        @for (word, from, to) in row.placed() {
            @let (from, to) = (x.at(from), x.at(to));
            rect class={ "paid " (word) } x=(px(from)) y=(px(top + PARTS.0))
                width=(px(to - from)) height=(PARTS.1) { title { (word) } }
            @if to - from >= LETTER * word.len() as f64 {
                text.paid x=(px((from + to) / 2.0)) y=(middle) text-anchor="middle" { (word) }
            }
        }
        text.value x=(WIDTH - TEXT + 10.0) y=(middle) { (row.text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(parts: &[(&'static str, f64)]) -> Row {
        Row { label: "a<b".into(), parts: parts.to_vec(), text: "1 ms".into() }
    }

    #[test]
    fn every_part_has_its_bar_and_the_rest_is_named() {
        let svg = bill("bills", &[row(&[("run", 0.5), ("guess", 0.01)])]).into_string();
        assert_eq!(svg.matches("class=\"measured\"").count(), 1);
        assert_eq!(svg.matches("<rect class=\"paid ").count(), 3);
        assert!(svg.contains(">run</text>") && svg.contains(">unexplained</text>"));
        assert!(!svg.contains(">guess</text>"), "there is no room for it beside its bar");
        assert!(svg.contains("a&lt;b") && svg.contains(">1 ms</text>") && !svg.contains("NaN"));
        assert_eq!(bill("bills", &[]).into_string(), "");
    }

    #[test]
    fn what_is_explained_beyond_the_time_is_drawn_up_to_twice_of_it() {
        let placed = row(&[("run", 1.5), ("wait", 0.2), ("guess", 3.0), ("copy", 1.0)]).placed();
        let ends: Vec<(&str, f64)> = placed.iter().map(|(word, _, to)| (*word, *to)).collect();
        assert_eq!(ends, [("run", 1.5), ("wait", 1.7), ("guess", MOST)]);
    }
}
