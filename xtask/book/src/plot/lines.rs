//! Lines with bands over sizes: the plot of a case.

use maud::{Markup, html};

use judge::words::format;

use super::axis::{Axis, Scale};
use super::{
    BOTTOM, IMAGE, LEFT, LETTER, RIGHT, TOP, WIDTH, frame, grid, path, px, ticks, x_title, y_title,
};

const HEIGHT: f64 = 380.0;
/// Least distance between two labels: a line of the letters that phones show.
const LABEL_STEP: f64 = 20.0;
/// A label that is further than this from the end of its line, down or to the right, is led there.
const NEAR: (f64, f64) = (3.0, 40.0);

/// One line with its band.
pub struct Line {
    /// What stands at its end.
    pub label: String,
    /// CSS class: "naive", "best", "peer", "middle", "limit".
    pub class: &'static str,
    /// Which of several patterns it is drawn in.
    pub pattern: usize,
    /// x, y, and the interval of y.
    pub points: Vec<(f64, f64, f64, f64)>,
    /// Those x at which its dot stands out.
    pub marked: Vec<f64>,
}

/// Patterns that can be told apart.
const PATTERNS: usize = 4;

/// Lines over a logarithmic y axis of one unit.
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
    /// The unit of a y axis up to a value, and its name.
    pub y_unit: fn(f64) -> (f64, &'static str),
    /// The lines.
    pub lines: Vec<Line>,
    /// Vertical marks with a label: cache sizes.
    pub marks: Vec<(f64, String)>,
}

impl Lines<'_> {
    /// Draws them; empty without two x values to draw a line between.
    pub fn svg(&self) -> Markup {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let distinct =
            points().any(|point| points().next().is_some_and(|first| first.0 != point.0));
        if !distinct {
            return Markup::default();
        }
        let x = Axis::new(points().map(|point| point.0), LEFT, WIDTH - RIGHT, self.x_scale);
        let y = Axis::new(
            points().flat_map(|point| [point.1, point.2, point.3]),
            HEIGHT - BOTTOM,
            TOP,
            Scale::Decimal,
        );
        let y_ticks = y.ticks();
        let (size, unit) = (self.y_unit)(y_ticks.last().copied().unwrap_or_default());
        let drawing = html! {
            (grid(&y, &y_ticks, |tick| format::plain(tick / size)))
            (ticks(&x, &x.ticks(), HEIGHT - BOTTOM, self.x_text))
            (self.draw_marks(&x))
            @for line in &self.lines { (draw(line, &x, &y)) }
            (self.labels(&x, &y))
            (x_title(LEFT..WIDTH - RIGHT, HEIGHT, self.x_label))
            (y_title(HEIGHT, &format!("{}, {unit}", self.y_label)))
        };
        frame(IMAGE, HEIGHT, self.title, &drawing)
    }

    /// A line down the plot at each mark, and its name.
    fn draw_marks(&self, x: &Axis) -> Markup {
        let mut free = f64::MIN;
        let shown = self.marks.iter().filter(|(value, _)| x.holds(*value));
        let placed = shown.map(|(value, label)| {
            let at = x.at(*value);
            // A label that would begin within the one before it goes a line below.
            let below = if at < free { LABEL_STEP } else { 0.0 };
            free = free.max(at + LETTER * label.chars().count() as f64);
            (at, TOP + 10.0 + below, label)
        });
        html! {
            @for (at, top, label) in placed {
                line.mark x1=(px(at)) x2=(px(at)) y1=(TOP) y2=(HEIGHT - BOTTOM) {}
                text.mark-label x=(px(at + 4.0)) y=(top) { (label) }
            }
        }
    }

    /// The names of the lines, right of their ends; where one could not stay beside its line, a
    /// leader goes there.
    fn labels(&self, x: &Axis, y: &Axis) -> Markup {
        let end = |line| -> Option<(f64, &Line)> {
            let line: &Line = line;
            Some((y.at(line.points.last()?.1), line))
        };
        let leader = |at: f64, line: &Line| {
            let point = line.points.last()?;
            let (from, height) = (x.at(point.0) + 5.0, y.at(point.1));
            let to = WIDTH - RIGHT + 6.0;
            let far = (at - height).abs() > NEAR.0 || to - from > NEAR.1;
            far.then(|| path([(from, height), (to, at)]))
        };
        html! {
            @for (at, line) in apart(self.lines.iter().filter_map(end).collect()) {
                @if let Some(points) = leader(at, line) {
                    polyline.leader points=(points) {}
                }
                text class={ "label " (line.class) } x=(WIDTH - RIGHT + 8.0) y=(px(at + 4.0)) {
                    (line.label)
                }
            }
        }
    }
}

/// A band and a line, with a dot at each measured point.
fn draw(line: &Line, x: &Axis, y: &Axis) -> Markup {
    let Line { class, points, pattern, marked, .. } = line;
    let place = |(px, py)| (x.at(px), y.at(py));
    let upper = points.iter().map(|point| (point.0, point.3));
    let lower = points.iter().rev().map(|point| (point.0, point.2));
    let band = path(upper.chain(lower).map(place));
    let middle: Vec<(f64, f64)> = points.iter().map(|point| place((point.0, point.1))).collect();
    html! {
        polygon class={ "band " (class) } points=(band) {}
        polyline class={ "line " (class) " p" (pattern % PATTERNS) } points=(path(middle.iter().copied())) {}
        @if *class != "limit" {
            @for (point, (x, y)) in points.iter().zip(middle) {
                @if marked.contains(&point.0) {
                    circle.dot.best cx=(px(x)) cy=(px(y)) r="4.5" {}
                } @else {
                    circle class={ "dot " (class) } cx=(px(x)) cy=(px(y)) r="3" {}
                }
            }
        }
    }
}

/// Moves labels apart where their lines end close together: in their order, and altogether as
/// little as can be (least squares; pooling adjacent violators: Ayer and others, 1955).
fn apart(mut ends: Vec<(f64, &Line)>) -> Vec<(f64, &Line)> {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Less the steps before it, a label has to be no higher than the one before. Those that would
    // be share a pool, at their mean.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (at, end) in ends.iter().enumerate() {
        let mut pool = (end.0 - LABEL_STEP * at as f64, 1);
        while let Some(above) = pools.pop_if(|above| above.0 >= pool.0) {
            let (weight, other) = (pool.1 as f64, above.1 as f64);
            pool = ((pool.0 * weight + above.0 * other) / (weight + other), pool.1 + above.1);
        }
        pools.push(pool);
    }
    // What was pushed out of the plot comes back in.
    let steps = LABEL_STEP * ends.len().saturating_sub(1) as f64;
    let lowest = (HEIGHT - BOTTOM + 8.0 - steps).max(TOP);
    let places = pools.iter().flat_map(|&(place, labels)| std::iter::repeat_n(place, labels));
    for (at, (end, place)) in ends.iter_mut().zip(places).enumerate() {
        end.0 = place.clamp(TOP, lowest) + LABEL_STEP * at as f64;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, last: f64) -> Line {
        let point = |x: f64, y: f64| (x, y, y * 0.9, y * 1.1);
        Line {
            label: label.into(),
            class: "naive",
            pattern: 0,
            points: vec![point(10.0, 3.0), point(1000.0, last)],
            marked: Vec::new(),
        }
    }

    fn plot(lines: Vec<Line>) -> String {
        marked(lines, vec![(100.0, "L1".into())])
    }

    fn marked(lines: Vec<Line>, marks: Vec<(f64, String)>) -> String {
        let text = |x: f64| x.to_string();
        let (title, x_label, y_label) = ("a <title>", "n", "time");
        let x_scale = Scale::Decimal;
        Lines { title, x_label, y_label, x_scale, x_text: text, y_unit: format::unit, lines, marks }
            .svg()
            .into_string()
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
    fn an_axis_has_one_unit_and_a_label_that_moved_is_led_to_its_line() {
        let svg = plot(vec![line("naive", 3e6), line("optimized", 0.1)]);
        assert!(svg.contains(">time, µs<") && svg.contains(">1,000</text>"), "{svg}");
        assert!(!svg.contains(" ns<") && !svg.contains("class=\"leader\""), "{svg}");
        let close = plot(vec![line("a", 3.0), line("b", 3.01), line("c", 2.99)]);
        assert_eq!(close.matches("class=\"leader\"").count(), 2, "{close}");
    }

    #[test]
    fn dots_stand_out_where_they_are_marked() {
        let mut one = line("naive", 3.0);
        one.marked = vec![1000.0];
        let svg = plot(vec![one]);
        assert_eq!(svg.matches("class=\"dot best\"").count(), 1, "{svg}");
    }

    #[test]
    fn one_size_makes_no_plot() {
        let mut single = line("naive", 1.0);
        single.points.truncate(1);
        assert_eq!(plot(vec![single]), "");
        assert_eq!(plot(Vec::new()), "");
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        let lines: Vec<Line> = (0..6).map(|_| line("x", 1.0)).collect();
        for ends in [[300.0; 6], [TOP; 6], [100.0, 20.0, 340.0, 110.0, 105.0, 340.0]] {
            let placed = apart(ends.into_iter().zip(&lines).collect());
            assert!(placed.windows(2).all(|pair| pair[1].0 - pair[0].0 >= LABEL_STEP - 1e-9));
            assert!(placed[0].0 >= TOP && placed[5].0 <= HEIGHT);
        }
    }

    #[test]
    fn marks_that_are_close_are_named_on_two_lines() {
        let heights = |marks: &[(f64, &str)]| {
            let marks = marks.iter().map(|(at, name)| (*at, (*name).to_owned())).collect();
            let svg = marked(vec![line("naive", 3.0)], marks);
            let labels = svg.split(r#"class="mark-label""#).skip(1);
            labels.map(|label| label.split('"').nth(3).unwrap().to_owned()).collect::<Vec<_>>()
        };
        let three = heights(&[(20.0, "L2 advertised"), (30.0, "L3"), (700.0, "L3 advertised")]);
        assert!(three[0] != three[1] && three[0] == three[2], "{three:?}");
    }

    #[test]
    fn labels_stay_where_there_is_room_and_else_share_the_way() {
        let lines: Vec<Line> = (0..4).map(|_| line("x", 1.0)).collect();
        let placed = apart([200.0, 50.0, 206.0, 194.0].into_iter().zip(&lines).collect());
        let places: Vec<f64> = placed.iter().map(|(at, _)| *at).collect();
        assert_eq!(places, [50.0, 200.0 - LABEL_STEP, 200.0, 200.0 + LABEL_STEP]);
    }
}
