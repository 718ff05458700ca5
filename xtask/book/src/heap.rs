//! What is alive during one call, as a picture of its own and as a table.

use maud::html;
use protocol::Heap;

use crate::plot::course::Course;
use judge::words::format::{self, signed_bytes};

/// The book's colours for a file that stands alone.
const STYLE: &str = "\
svg { color-scheme: light dark; background: #fff; font: 12px system-ui, sans-serif; }
.heading { font-size: 17px; } text { fill: #222; } .small, .tick, .axis { fill: #6b7280; }
.grid { stroke: #ddd; } .one { stroke: #222; }
.line { fill: none; stroke: #b4460f; stroke-width: 1.5; }
.band { fill: #b4460f; opacity: 0.18; } .dot { fill: #b4460f; } .label { fill: #b4460f; }
@media (prefers-color-scheme: dark) {
svg { background: #1d1f21; } text { fill: #d8d8d8; } .small, .tick, .axis { fill: #98a1b3; }
.grid { stroke: #3a3d41; } .one { stroke: #d8d8d8; } .line { stroke: #ff9d5c; }
.band, .dot, .label { fill: #ff9d5c; } }";

/// The course as an SVG file; `None` if the call asks nothing of the allocator.
pub fn draw(heap: &Heap, title: &str) -> Option<String> {
    let events = |at: usize| (at + 1) as f64 * heap.events_per_point as f64;
    let points = heap.points.iter().enumerate();
    let course = Course {
        title,
        x_label: "events of the allocator: allocations, reallocations, frees",
        y_label: "bytes alive",
        x_text: format::events,
        y_text: signed_bytes,
        binary: true,
        points: points
            .map(|(at, point)| (events(at), point.low as f64, point.high as f64))
            .collect(),
    };
    let plot = course.svg();
    if plot.0.is_empty() {
        return None;
    }
    let events = match heap.events_per_point {
        1 => "after every event".to_owned(),
        n => format!("least and most of each {n} events"),
    };
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 440" width="1140" height="660" {
            style { (STYLE) }
            text.heading x="380" y="24" text-anchor="middle" { (title) }
            text.small x="380" y="44" text-anchor="middle" {
                (events) ", one call, beyond what was alive before it"
            }
            g transform="translate(0 54)" { (plot) }
        }
    };
    Some(svg.into_string() + "\n")
}

#[cfg(test)]
mod tests {
    use protocol::HeapPoint;

    use super::*;

    fn heap() -> Heap {
        let point = |live| HeapPoint { low: live, high: live };
        Heap {
            allocations: 1234,
            bytes: 4096,
            peak: 2048,
            end: -512,
            events_per_point: 1,
            points: vec![point(2048), point(-512)],
            ..Heap::default()
        }
    }

    #[test]
    fn a_picture_stands_alone() {
        let svg = draw(&heap(), "arenas/naive at 3 operands, a<b").unwrap();
        assert!(svg.starts_with("<svg xmlns=") && svg.contains("<style>"));
        assert!(svg.contains("a&lt;b") && svg.contains("peak 2 KiB"), "{svg}");
        assert!(svg.contains("prefers-color-scheme"));
    }

    #[test]
    fn a_call_that_allocates_nothing_has_no_picture() {
        assert_eq!(draw(&Heap::default(), "t"), None);
    }
}
