//! What one gains over what it costs: a dot for each thing, its area a third figure; what another
//! one beats in both is drawn without its name.

use maud::{Markup, html};

use super::axis::{Axis, Scale};
use super::{BOTTOM, IMAGE, LEFT, LETTER, TOP, WIDTH, columns, frame, grid, px, x_title, y_title};

const HEIGHT: f64 = 380.0;
/// Room for names right of the last dot.
const NAMES: f64 = 120.0;
/// Radius of the largest dot.
const LARGEST: f64 = 13.0;
/// Between two lines of names.
const LINE: f64 = 13.0;

/// One thing.
pub struct Point {
    /// Its name, if it is one to look at.
    pub name: Option<String>,
    /// What it costs.
    pub x: f64,
    /// What it gains.
    pub y: f64,
    /// What the area of its dot shows.
    pub area: f64,
}

/// What all points share.
pub struct Pareto {
    /// For screen readers.
    pub title: &'static str,
    /// Below the x axis.
    pub x_label: &'static str,
    /// Left of the y axis.
    pub y_label: &'static str,
    /// A value of the x axis.
    pub x_text: fn(f64) -> String,
    /// The dots.
    pub points: Vec<Point>,
}

impl Pareto {
    /// Draws them; empty without any.
    pub fn svg(&self) -> Markup {
        if self.points.is_empty() {
            return Markup::default();
        }
        let bottom = HEIGHT - BOTTOM;
        let xs = self.points.iter().map(|point| point.x);
        let x = Axis::new(xs, LEFT + LARGEST, WIDTH - NAMES, Scale::Decimal);
        let ys = self.points.iter().map(|point| point.y);
        let y = Axis::new(ys.chain([1.0]), bottom - LARGEST, TOP + LARGEST, Scale::Linear);
        let most = self.points.iter().map(|point| point.area).fold(f64::MIN_POSITIVE, f64::max);
        let mut drawn: Vec<&Point> = self.points.iter().collect();
        // What has a name lies above what has none.
        drawn.sort_by_key(|point| point.name.is_some());
        let drawing = html! {
            (columns(&x, bottom, self.x_text))
            (grid(&y, &y.ticks(), |tick| format!("{tick:.2}×")))
            @for point in drawn {
                @let class = if point.name.is_some() { "dot best" } else { "dot beaten" };
                @let radius = LARGEST * (point.area / most).max(0.0).sqrt();
                circle class=(class) cx=(px(x.at(point.x))) cy=(px(y.at(point.y)))
                    r=(px(radius.max(2.5))) {}
            }
            (self.names(&x, &y))
            (x_title(LEFT..WIDTH - NAMES, HEIGHT, self.x_label))
            (y_title(HEIGHT, self.y_label))
        };
        frame(IMAGE, HEIGHT, self.title, &drawing)
    }

    /// Names right of their dots, each at the first height at which it covers no other.
    fn names(&self, x: &Axis, y: &Axis) -> Markup {
        let mut named: Vec<(&str, f64, f64)> = self
            .points
            .iter()
            .filter_map(|point| Some((point.name.as_deref()?, x.at(point.x), y.at(point.y))))
            .collect();
        named.sort_by(|one, other| one.2.total_cmp(&other.2));
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        let placed = named.into_iter().map(|(name, at, height)| {
            let width = LETTER * name.chars().count() as f64;
            let free = |height: &f64| {
                taken.iter().all(|(from, to, line)| {
                    at + width < *from || *to < at || (line - height).abs() >= LINE
                })
            };
            let mut heights = (0..40).map(|step| height + 4.0 + f64::from(step) * LINE / 2.0);
            let height = heights.find(free).unwrap_or(height);
            taken.push((at, at + width, height));
            (name, at, height)
        });
        html! {
            @for (name, at, height) in placed {
                text.label x=(px(at + LARGEST + 3.0)) y=(px(height)) { (name) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pareto(points: Vec<Point>) -> String {
        let (title, x_label, y_label) = ("a", "b", "c");
        Pareto { title, x_label, y_label, x_text: |x| x.to_string(), points }.svg().into_string()
    }

    #[test]
    fn names_cover_no_other_and_what_is_beaten_has_none() {
        let point = |name: Option<&str>, y: f64| Point {
            name: name.map(str::to_owned),
            x: 1e6,
            y,
            area: y,
        };
        let svg = pareto(vec![point(Some("a<b"), 1.0), point(Some("c"), 1.001), point(None, 2.0)]);
        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("dot beaten").count(), 1);
        assert!(svg.contains("a&lt;b") && !svg.contains("NaN") && !svg.contains('\n'));
        let height = |name: &str| -> f64 {
            let (before, _) = svg.split_once(&format!(">{name}</text>")).unwrap();
            let (_, after) = before.rsplit_once(" y=\"").unwrap();
            after.split_once('"').unwrap().0.parse().unwrap()
        };
        assert!((height("a&lt;b") - height("c")).abs() >= LINE);
        assert_eq!(pareto(Vec::new()), "");
    }
}
