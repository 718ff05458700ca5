//! The hottest part of a function as text: the innermost loops around where samples fell, with each
//! line's share of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::decode::{Flow, Line};
use super::facts;
use super::image::{Function, Image};
use super::shortened;

/// Lines that are shown at most.
const MOST_LINES: usize = 60;
/// Bytes of text at most: a record holds seven of these for each case.
const MOST_BYTES: usize = 1_400;
/// Share of the function's samples that is enough to show.
const ENOUGH: f64 = 0.9;
/// Share of all samples below which a line gets no figure and opens no part of its own.
const LEAST: f64 = 0.01;
/// Lines that are shown of a loop that is longer than all the room.
const WINDOW: usize = 24;
/// Lines between two parts that are shown rather than left out.
const GAP: usize = 2;

/// Writes the hottest part. `heat` is the share of all samples by line.
pub fn write(image: &Image, function: &Function, lines: &[Line], heat: &[f64]) -> String {
    let mut room = MOST_LINES;
    loop {
        let text = listing(image, function, lines, heat, &choose(lines, heat, room));
        if text.len() <= MOST_BYTES || room <= WINDOW / 2 {
            return text;
        }
        room -= GAP;
    }
}

/// Parts of a function to be shown, in order, apart from each other, `room` lines together.
fn choose(lines: &[Line], heat: &[f64], room: usize) -> Vec<Range<usize>> {
    let loops = loops(lines);
    let total: f64 = heat.iter().sum();
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    if total <= 0.0 {
        return vec![unsampled(lines, &loops, room)];
    }
    loop {
        let covered: f64 = shown.iter().map(|at| heat[*at]).sum();
        let hottest = (0..lines.len())
            .filter(|at| !shown.contains(at))
            .max_by(|a, b| heat[*a].total_cmp(&heat[*b]).then(b.cmp(a)));
        let left = room.saturating_sub(shown.len());
        let Some(hottest) = hottest.filter(|at| heat[*at] >= LEAST || shown.is_empty()) else {
            break;
        };
        if left == 0 || (covered >= ENOUGH * total && !shown.is_empty()) {
            break;
        }
        let innermost =
            loops.iter().filter(|part| part.contains(&hottest)).min_by_key(|part| part.len());
        let part = match innermost {
            Some(part) if part.len() <= left => part.clone(),
            Some(part) => window(part, hottest, heat, left),
            None => window(&(0..lines.len()), hottest, heat, left.min(WINDOW / 2)),
        };
        shown.extend(part);
    }
    merge(&shown)
}

/// From the target of each backward jump to the jump.
pub fn loops(lines: &[Line]) -> Vec<Range<usize>> {
    let of_jump = |(at, line): (usize, &Line)| {
        let Flow::Jump(to) = line.flow else { return None };
        let start = lines.binary_search_by_key(&to, |line| line.address).ok()?;
        (start <= at).then_some(start..at + 1)
    };
    lines.iter().enumerate().filter_map(of_jump).collect()
}

/// The hottest lines in a row around one of them.
fn window(part: &Range<usize>, hottest: usize, heat: &[f64], left: usize) -> Range<usize> {
    let length = left.min(WINDOW).min(part.len());
    let first = (hottest + 1).saturating_sub(length).max(part.start);
    let last = hottest.min(part.end - length);
    let warmth = |start: usize| heat[start..start + length].iter().sum::<f64>();
    let start = (first..=last)
        // Of equals the one with as much before as behind.
        .map(|start| (warmth(start), (start + length / 2).abs_diff(hottest), start))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map_or(first, |(_, _, start)| start);
    start..start + length
}

/// Without samples: the longest of the innermost loops, else the beginning.
fn unsampled(lines: &[Line], loops: &[Range<usize>], room: usize) -> Range<usize> {
    let within = |outer: &Range<usize>, inner: &Range<usize>| {
        outer != inner && outer.start <= inner.start && inner.end <= outer.end
    };
    let innermost = loops.iter().filter(|part| !loops.iter().any(|inner| within(part, inner)));
    let longest = innermost.max_by_key(|part| part.len()).cloned().unwrap_or(0..lines.len());
    longest.start..longest.end.min(longest.start + room)
}

fn merge(shown: &BTreeSet<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for at in shown {
        match parts.last_mut() {
            Some(last) if *at <= last.end + GAP => last.end = at + 1,
            _ => parts.push(*at..at + 1),
        }
    }
    parts
}

fn listing(
    image: &Image,
    function: &Function,
    lines: &[Line],
    heat: &[f64],
    parts: &[Range<usize>],
) -> String {
    let shown = |at: usize| parts.iter().any(|part| part.contains(&at));
    let index = |to: u64| lines.binary_search_by_key(&to, |line| line.address).ok();
    let targets: BTreeSet<usize> = parts
        .iter()
        .flat_map(|part| &lines[part.clone()])
        .filter_map(|line| if let Flow::Jump(to) = line.flow { index(to) } else { None })
        .filter(|at| shown(*at))
        .collect();
    let label = |at: usize| targets.iter().position(|target| *target == at).map(|n| n + 1);
    let mut text = String::new();
    for (n, part) in parts.iter().enumerate() {
        if n > 0 || part.start > 0 {
            text.push_str("      …\n");
        }
        for at in part.clone() {
            if let Some(label) = label(at) {
                let _ = writeln!(text, "    .{label}:");
            }
            let line = &lines[at];
            if line.is_padding() && heat[at] < LEAST {
                continue;
            }
            let target = match line.flow {
                Flow::Jump(to) => match (index(to), index(to).and_then(label)) {
                    (_, Some(label)) => format!(" .{label}"),
                    (Some(to), None) => if to < at { " above" } else { " below" }.to_owned(),
                    (None, None) => elsewhere(image, function, line.flow),
                },
                Flow::On | Flow::CallUnknown => String::new(),
                _ => elsewhere(image, function, line.flow),
            };
            let share = if heat[at] >= LEAST {
                format!("{:.0} %", heat[at] * 100.0)
            } else {
                String::new()
            };
            let _ = writeln!(text, "{share:>5} {}{target}", line.text);
        }
    }
    if parts.last().is_some_and(|part| part.end < lines.len()) {
        text.push_str("      …\n");
    }
    text
}

/// Name of what lies outside the function.
fn elsewhere(image: &Image, function: &Function, flow: Flow) -> String {
    match (facts::target(image, flow), flow) {
        (Some(name), _) if name == function.demangled() => " itself".to_owned(),
        (Some(name), _) => format!(" {}", shortened(&name)),
        (None, Flow::Call(to) | Flow::Jump(to)) => format!(" {to:#x}"),
        (None, _) => " through a pointer".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::image;
    use super::*;

    /// Lines of one byte each; those given jump.
    fn lines(count: u64, jumps: &[(u64, u64)]) -> Vec<Line> {
        let flow = |at| jumps.iter().find(|(from, _)| *from == at);
        let line = |at| Line {
            address: at,
            text: if flow(at).is_some() { "jne".to_owned() } else { format!("op{at}") },
            flow: flow(at).map_or(Flow::On, |(_, to)| Flow::Jump(*to)),
            packed: None,
        };
        (0..count).map(line).collect()
    }

    fn heat(count: usize, hot: &[(usize, f64)]) -> Vec<f64> {
        let mut heat = vec![0.0; count];
        for (at, share) in hot {
            heat[*at] = *share;
        }
        heat
    }

    /// First and last line of each part that is chosen.
    fn parts(lines: &[Line], heat: &[f64]) -> Vec<(usize, usize)> {
        let chosen = choose(lines, heat, MOST_LINES);
        chosen.into_iter().map(|part| (part.start, part.end - 1)).collect()
    }

    #[test]
    fn the_innermost_loop_around_the_hottest_line_is_chosen() {
        let lines = lines(100, &[(20, 10), (30, 5), (70, 60)]);
        let hot = |at| parts(&lines, &heat(100, &[(at, 0.5)]));
        assert_eq!(hot(15), [(10, 20)]);
        assert_eq!(hot(25), [(5, 30)]);
        assert_eq!(hot(65), [(60, 70)]);
        let both = heat(100, &[(15, 0.5), (65, 0.3), (90, 0.005)]);
        assert_eq!(parts(&lines, &both), [(10, 20), (60, 70)]);
    }

    #[test]
    fn long_loops_are_cut_around_what_is_hot() {
        let lines = lines(300, &[(290, 10)]);
        let hot = parts(&lines, &heat(300, &[(100, 0.5), (110, 0.4)]));
        let [(first, last)] = hot[..] else { panic!("one part, not {hot:?}") };
        assert!(first <= 100 && last >= 110 && last - first < WINDOW);
        assert_eq!(parts(&lines, &heat(300, &[])), [(10, 69)]);
    }

    #[test]
    fn the_text_has_shares_labels_and_what_is_left_out() {
        let image = image::tests::image(&[("run", 0, &[0x90; 12])]);
        let function = image.function_at(0).unwrap();
        let lines = lines(12, &[(4, 11), (6, 3)]);
        let heat = heat(12, &[(5, 0.5), (3, 0.123), (6, 0.004)]);
        let text = write(&image, function, &lines, &heat);
        let expected = concat!(
            "      …\n",
            "    .1:\n",
            " 12 % op3\n",
            "      jne below\n",
            " 50 % op5\n",
            "      jne .1\n",
            "      …\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn the_text_stays_small() {
        let image = image::tests::image(&[("run", 0, &[0x90; 12])]);
        let mut lines = lines(60, &[(59, 0)]);
        for line in &mut lines {
            line.text = "vpternlogq zmm10, zmm11, [rsp+0x120]{1to8}, 0xca".to_owned();
        }
        let heat = vec![1.0 / 60.0; 60];
        let text = write(&image, image.function_at(0).unwrap(), &lines, &heat);
        assert!(text.len() <= MOST_BYTES && text.lines().count() > 20);
    }
}
