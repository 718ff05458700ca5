//! Plots as SVG text in the theme's colours: classes, not colours, so that light and dark both read
//! well. Labels stand at the lines instead of in a legend.

pub mod course;
pub mod groups;

use std::fmt::Write;

use crate::page::format::escape;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 64.0;
/// Room for labels right of the lines.
const RIGHT: f64 = 128.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 44.0;
/// Least distance between two labels.
const LABEL_STEP: f64 = 15.0;

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

/// One line with its band.
pub struct Line {
    /// What stands at its end.
    pub label: String,
    /// CSS class: "naive", "best", "peer", "middle", "limit".
    pub class: &'static str,
    /// x, y, and the interval of y.
    pub points: Vec<(f64, f64, f64, f64)>,
}

/// Lines over a logarithmic y axis.
pub struct Lines<'a> {
    /// For screen readers and as a tooltip.
    pub title: &'a str,
    /// What the x axis counts.
    pub x_label: &'a str,
    /// What the y axis shows.
    pub y_label: &'a str,
    /// How the x axis spreads its values.
    pub x_scale: Scale,
    /// How an x is written.
    pub x_text: fn(f64) -> String,
    /// How a y is written.
    pub y_text: fn(f64) -> String,
    /// The lines.
    pub lines: Vec<Line>,
    /// Vertical marks with a label: cache sizes.
    pub marks: Vec<(f64, String)>,
}

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

impl Scale {
    fn place(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Decimal | Self::Binary => value.max(f64::MIN_POSITIVE).ln(),
        }
    }
}

/// An axis from data to pixels; `low` and `high` are places on its scale.
struct Axis {
    scale: Scale,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// Covers the values, with a little air.
    fn new(values: impl Iterator<Item = f64>, from: f64, to: f64, scale: Scale) -> Self {
        let shown = |value: &f64| value.is_finite() && (*value > 0.0 || scale == Scale::Linear);
        let places = values.filter(shown).map(|value| scale.place(value));
        let (low, high) =
            places.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
        let air = ((high - low) * 0.04).max(0.05);
        Self { scale, low: low - air, high: high + air, from, to }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (self.scale.place(value) - self.low) / (self.high - self.low);
        self.from + share * (self.to - self.from)
    }

    fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&self.scale.place(value))
    }

    fn ticks(&self) -> Vec<f64> {
        match self.scale {
            Scale::Linear => self.linear_ticks(),
            Scale::Decimal => self.decimal_ticks(),
            Scale::Binary => self.binary_ticks(),
        }
    }

    /// Steps of 1, 2 or 5 times a power of ten, some five to ten of them.
    fn linear_ticks(&self) -> Vec<f64> {
        let span = self.high - self.low;
        let power = 10_f64.powf((span / 5.0).log10().floor());
        let steps = [5.0, 2.0, 1.0].map(|step| step * power);
        let step = steps.into_iter().find(|step| span / step >= 5.0).unwrap_or(power);
        let first = (self.low / step).ceil() as i64;
        (first..).map(|at| at as f64 * step).take_while(|at| self.holds(*at)).collect()
    }

    /// Every fourth power of two.
    fn binary_ticks(&self) -> Vec<f64> {
        (0..16).map(|power| 16_f64.powi(power)).filter(|tick| self.holds(*tick)).collect()
    }

    /// Powers of ten, or 1-2-5 steps where these are too few.
    fn decimal_ticks(&self) -> Vec<f64> {
        let decades = |steps: &[f64]| -> Vec<f64> {
            let (low, high) = (self.low / 10_f64.ln(), self.high / 10_f64.ln());
            (low.floor() as i32..=high.ceil() as i32)
                .flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)))
                .filter(|tick| self.holds(*tick))
                .collect()
        };
        let tens = decades(&[1.0]);
        match tens.len() {
            0..3 => decades(&[1.0, 2.0, 5.0]),
            9.. => tens.into_iter().step_by(2).collect(),
            _ => tens,
        }
    }
}

impl Lines<'_> {
    /// Draws them; empty without two x values to draw a line between.
    pub fn svg(&self) -> String {
        const HEIGHT: f64 = 380.0;
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let distinct =
            points().any(|point| points().next().is_some_and(|first| first.0 != point.0));
        if !distinct {
            return String::new();
        }
        let x = Axis::new(points().map(|point| point.0), LEFT, WIDTH - RIGHT, self.x_scale);
        let y = Axis::new(
            points().flat_map(|point| [point.1, point.2, point.3]),
            HEIGHT - BOTTOM,
            TOP,
            Scale::Decimal,
        );
        let mut svg = open(HEIGHT, self.title);
        for tick in y.ticks() {
            let at = y.at(tick);
            let _ = write!(
                svg,
                r#"<line class="grid" x1="{LEFT}" x2="{:.1}" y1="{at:.1}" y2="{at:.1}"/>"#,
                WIDTH - RIGHT
            );
            let _ = write!(
                svg,
                r#"<text class="tick" x="{}" y="{:.1}" text-anchor="end">{}</text>"#,
                LEFT - 8.0,
                at + 4.0,
                (self.y_text)(tick)
            );
        }
        for tick in x.ticks() {
            let at = x.at(tick);
            let _ = write!(
                svg,
                r#"<text class="tick" x="{at:.1}" y="{}" text-anchor="middle">{}</text>"#,
                HEIGHT - BOTTOM + 18.0,
                (self.x_text)(tick)
            );
        }
        for (value, label) in self.marks.iter().filter(|(value, _)| x.holds(*value)) {
            let at = x.at(*value);
            let _ = write!(
                svg,
                r#"<line class="mark" x1="{at:.1}" x2="{at:.1}" y1="{TOP}" y2="{}"/>"#,
                HEIGHT - BOTTOM
            );
            let _ = write!(
                svg,
                r#"<text class="mark-label" x="{:.1}" y="{}">{}</text>"#,
                at + 4.0,
                TOP + 10.0,
                escape(label)
            );
        }
        for line in &self.lines {
            draw(&mut svg, line, &x, &y);
        }
        let ends: Vec<(f64, &Line)> = self
            .lines
            .iter()
            .filter_map(|line| Some((y.at(line.points.last()?.1), line)))
            .collect();
        for (at, line) in apart(ends) {
            let _ = write!(
                svg,
                r#"<text class="label {}" x="{}" y="{:.1}">{}</text>"#,
                line.class,
                WIDTH - RIGHT + 8.0,
                at + 4.0,
                escape(&line.label)
            );
        }
        let middle = (LEFT + WIDTH - RIGHT) / 2.0;
        let _ = write!(
            svg,
            r#"<text class="axis" x="{middle}" y="{}" text-anchor="middle">{}</text>"#,
            HEIGHT - 6.0,
            escape(self.x_label)
        );
        let _ = write!(
            svg,
            r#"<text class="axis y" transform="translate(14 {}) rotate(-90)" text-anchor="middle">{}</text>"#,
            (TOP + HEIGHT - BOTTOM) / 2.0,
            escape(self.y_label)
        );
        svg.push_str("</svg>");
        svg
    }
}

/// A band and a line, with a dot at each measured point.
fn draw(svg: &mut String, line: &Line, x: &Axis, y: &Axis) {
    let path = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        points
            .map(|(px, py)| format!("{:.1},{:.1}", x.at(px), y.at(py)))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let class = line.class;
    let upper = line.points.iter().map(|point| (point.0, point.3));
    let lower = line.points.iter().rev().map(|point| (point.0, point.2));
    let _ = write!(
        svg,
        r#"<polygon class="band {class}" points="{}"/>"#,
        path(&mut upper.chain(lower))
    );
    let middle = path(&mut line.points.iter().map(|point| (point.0, point.1)));
    let _ = write!(svg, r#"<polyline class="line {class}" points="{middle}"/>"#);
    if class != "limit" {
        for point in &line.points {
            let _ = write!(
                svg,
                r#"<circle class="dot {class}" cx="{:.1}" cy="{:.1}" r="3"/>"#,
                x.at(point.0),
                y.at(point.1)
            );
        }
    }
}

/// Moves labels apart where their lines end close together, keeping their order.
fn apart(mut ends: Vec<(f64, &Line)>) -> Vec<(f64, &Line)> {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    for at in 1..ends.len() {
        ends[at].0 = ends[at].0.max(ends[at - 1].0 + LABEL_STEP);
    }
    // What was pushed out at the bottom comes back up, and pushes in turn.
    let mut lowest = 380.0 - BOTTOM + 8.0;
    for end in ends.iter_mut().rev() {
        end.0 = end.0.min(lowest);
        lowest = end.0 - LABEL_STEP;
    }
    ends
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
    for tick in x.ticks() {
        let at = x.at(tick);
        let _ = write!(
            svg,
            r#"<line class="grid" x1="{at:.1}" x2="{at:.1}" y1="{TOP}" y2="{bottom}"/>"#
        );
        let _ = write!(
            svg,
            r#"<text class="tick" x="{at:.1}" y="{}" text-anchor="middle">{tick}×</text>"#,
            bottom + 18.0
        );
    }
    let one = x.at(1.0);
    let _ =
        write!(svg, r#"<line class="one" x1="{one:.1}" x2="{one:.1}" y1="{TOP}" y2="{bottom}"/>"#);
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
    let middle = (NAMES + WIDTH - TEXT) / 2.0;
    let _ = write!(
        svg,
        r#"<text class="axis" x="{middle}" y="{}" text-anchor="middle">{}</text></svg>"#,
        height - 6.0,
        escape(x_label)
    );
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
    for tick in x.ticks() {
        let at = x.at(tick);
        let _ = write!(
            svg,
            r#"<line class="grid" x1="{at:.1}" x2="{at:.1}" y1="{TOP}" y2="{bottom}"/><text class="tick" x="{at:.1}" y="{}" text-anchor="middle">{}</text>"#,
            bottom + 18.0,
            x_text(tick)
        );
    }
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
    let _ = write!(
        svg,
        r#"<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text></svg>"#,
        (NAMES + WIDTH - TEXT) / 2.0,
        bottom + BOTTOM - 6.0,
        escape(x_label)
    );
    svg
}

fn open(height: f64, title: &str) -> String {
    format!(
        r#"<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{0}"><title>{0}</title>"#,
        escape(title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, last: f64) -> Line {
        let point = |x: f64, y: f64| (x, y, y * 0.9, y * 1.1);
        Line {
            label: label.into(),
            class: "naive",
            points: vec![point(10.0, 3.0), point(1000.0, last)],
        }
    }

    fn plot(lines: Vec<Line>) -> String {
        let text = |x: f64| x.to_string();
        let (title, x_label, y_label) = ("a <title>", "n", "time");
        Lines {
            title,
            x_label,
            y_label,
            x_scale: Scale::Decimal,
            x_text: text,
            y_text: text,
            lines,
            marks: vec![(100.0, "L1".into())],
        }
        .svg()
    }

    #[test]
    fn a_plot_has_title_lines_labels_and_marks() {
        let svg = plot(vec![line("naive", 3.0), line("optimized", 0.1)]);
        assert!(svg.contains("<title>a &lt;title&gt;</title>"));
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains(">naive</text>") && svg.contains(">L1</text>"));
        assert!(!svg.contains("NaN") && !svg.contains('\n'));
    }

    #[test]
    fn a_linear_axis_has_even_ticks_and_a_zero() {
        let axis =
            |low: f64, high: f64| Axis::new([low, high].into_iter(), 0.0, 1.0, Scale::Linear);
        assert_eq!(axis(0.0, 100.0).ticks(), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(axis(0.0, 7.0).ticks(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert!((axis(0.0, 100.0).at(50.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn one_size_makes_no_plot() {
        let mut single = line("naive", 1.0);
        single.points.truncate(1);
        assert_eq!(plot(vec![single]), "");
        assert_eq!(plot(Vec::new()), "");
    }

    #[test]
    fn every_value_has_its_dot() {
        let row = |name, value: f64| (name, value, format!("{value} ns"));
        let svg = dots("costs", "time", |x| x.to_string(), &[row("a<b", 1.0), row("c", 1e5)]);
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(svg.contains("a&lt;b") && svg.contains(">100000 ns</text>"));
        assert!(!svg.contains("NaN") && !svg.contains('\n'));
        assert_eq!(dots("costs", "time", |x| x.to_string(), &[]), "");
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        let lines: Vec<Line> = (0..6).map(|_| line("x", 1.0)).collect();
        let placed = apart(lines.iter().map(|line| (300.0, line)).collect());
        assert!(placed.windows(2).all(|pair| pair[1].0 - pair[0].0 >= LABEL_STEP - 1e-9));
        assert!(placed.last().unwrap().0 <= 380.0);
    }

    #[test]
    fn axes_have_a_few_ticks_whatever_the_range() {
        for (low, high) in [(1.0, 1.5), (1.0, 40.0), (1e-2, 1e7), (16.0, 1e7)] {
            let ticks = Axis::new([low, high].into_iter(), 0.0, 1.0, Scale::Decimal).ticks();
            assert!((1..=9).contains(&ticks.len()), "{low} to {high}: {ticks:?}");
        }
    }
}
