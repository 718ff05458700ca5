//! Copies pieces of both matrices into the order in which a kernel reads them: what it needs for
//! one step lies side by side, and the next step follows.

use std::ops::Range;
use wide::f32x4;

/// Takes some columns of whole rows of `a`. For each `HIGH` rows, all steps; for each step, a value
/// of each row. Rows that do not exist keep what was there, and nobody looks at their sums.
pub(crate) fn a<'a, const HIGH: usize>(
    space: &'a mut Vec<f32>,
    rows: &[f32],
    inner: usize,
    taken: Range<usize>,
) -> &'a [[f32; HIGH]] {
    let depth = taken.len();
    let piece = room(space, (rows.len() / inner).div_ceil(HIGH) * depth);
    for (bars, rows) in piece.chunks_exact_mut(depth).zip(rows.chunks(HIGH * inner)) {
        let (fours, rest) = (rows.chunks_exact(4 * inner), rows.len() / inner / 4 * 4);
        for (lane, four) in (0..).step_by(4).zip(fours) {
            turn(bars, lane, [0, 1, 2, 3].map(|row| &four[row * inner..][taken.clone()]));
        }
        for (lane, row) in (rest..).zip(rows[rest * inner..].chunks_exact(inner)) {
            for (bar, value) in bars.iter_mut().zip(&row[taken.clone()]) {
                bar[lane] = *value;
            }
        }
    }
    piece
}

/// Four rows become four lanes, by four values at a time.
fn turn<const HIGH: usize>(bars: &mut [[f32; HIGH]], lane: usize, rows: [&[f32]; 4]) {
    let [first, second, third, fourth] = rows.map(|row| row.as_chunks::<4>().0);
    let (whole, rest) = bars.as_chunks_mut::<4>();
    let fours = first.iter().zip(second).zip(third.iter().zip(fourth));
    for (bars, ((first, second), (third, fourth))) in whole.iter_mut().zip(fours) {
        let turned = f32x4::transpose([first, second, third, fourth].map(|four| f32x4::new(*four)));
        for (at, bar) in bars.iter_mut().enumerate() {
            bar[lane..lane + 4].copy_from_slice(turned[at].as_array());
        }
    }
    for (bar, at) in rest.iter_mut().zip(whole.len() * 4..) {
        bar[lane..lane + 4].copy_from_slice(&rows.map(|row| row[at]));
    }
}

/// Takes some columns of whole rows of `b`. For each `WIDE` columns, all steps; for each step, a
/// value of each column. Columns that do not exist keep what was there.
pub(crate) fn b<'a, const WIDE: usize>(
    space: &'a mut Vec<f32>,
    rows: &[f32],
    columns: usize,
    taken: Range<usize>,
) -> &'a [[f32; WIDE]] {
    let piece = room(space, taken.len().div_ceil(WIDE) * (rows.len() / columns));
    strips(piece, rows, columns, taken);
    piece
}

/// Fills a piece with some columns of whole rows of `b`, as above.
pub(crate) fn strips<const WIDE: usize>(
    piece: &mut [[f32; WIDE]],
    rows: &[f32],
    columns: usize,
    taken: Range<usize>,
) {
    let depth = rows.len() / columns;
    // Row by row, because that is the order in which prefetchers fetch.
    for (step, row) in rows.chunks_exact(columns).enumerate() {
        let (whole, rest) = row[taken.clone()].as_chunks::<WIDE>();
        for (strip, values) in piece[step..].iter_mut().step_by(depth).zip(whole) {
            *strip = *values;
        }
        if !rest.is_empty() {
            piece[whole.len() * depth + step][..rest.len()].copy_from_slice(rest);
        }
    }
}

/// So many groups of values at the start of a cache line, which are zero or whatever was there.
pub(crate) fn room<const GROUP: usize>(space: &mut Vec<f32>, count: usize) -> &mut [[f32; GROUP]] {
    const LINE: usize = 16;
    if space.len() < count * GROUP + LINE {
        space.resize(count * GROUP + LINE, 0.0);
    }
    let start = space.as_ptr().align_offset(LINE * size_of::<f32>());
    &mut space[start..].as_chunks_mut().0[..count]
}
