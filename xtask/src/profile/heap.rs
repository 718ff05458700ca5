//! What is alive during one call, as a picture of its own and as a table.

use protocol::Heap;

use crate::page::format::{bytes, count, escape, short_count};
use crate::plot::course::Course;

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
        x_text: short_count,
        y_text: signed,
        binary: true,
        points: points
            .map(|(at, point)| (events(at), point.low as f64, point.high as f64))
            .collect(),
    };
    let plot = course.svg();
    if plot.is_empty() {
        return None;
    }
    let events = match heap.events_per_point {
        1 => "after every event".to_owned(),
        n => format!("least and most of each {n} events"),
    };
    Some(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 440" width="1140" height="660"><style>{STYLE}</style><text class="heading" x="380" y="24" text-anchor="middle">{}</text><text class="small" x="380" y="44" text-anchor="middle">{events}, one call, beyond what was alive before it</text><g transform="translate(0 54)">{}</g></svg>
"#,
        escape(title),
        // Inside another drawing a size has to be said.
        plot.replacen("<svg ", "<svg width=\"760\" height=\"380\" ", 1)
    ))
}

/// The figures of one call, a line each.
pub fn table(heap: &Heap) -> String {
    let lines = [
        ("allocations", count(heap.allocations as usize)),
        ("reallocations", count(heap.reallocations as usize)),
        ("bytes asked for", bytes(heap.bytes as f64)),
        ("peak", signed(heap.peak as f64)),
        ("alive when it returned", signed(heap.returned as f64)),
        ("alive at the end", signed(heap.end as f64)),
    ];
    lines.map(|(what, figure)| format!("{what:<24}{figure:>12}\n")).concat()
}

/// More may be freed than was allocated: what lived before the call.
fn signed(value: f64) -> String {
    if value < 0.0 { format!("−{}", bytes(-value)) } else { bytes(value) }
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
    fn a_call_that_allocates_nothing_has_a_table_only() {
        assert_eq!(draw(&Heap::default(), "t"), None);
        assert!(table(&Heap::default()).contains("0 B"));
    }

    #[test]
    fn the_table_says_what_is_given_back_too_much() {
        let table = table(&heap());
        assert!(table.contains("1,234") && table.contains("−512 B"), "{table}");
    }
}
