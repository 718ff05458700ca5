//! No escaped text in between: bytes go from the cell straight into the page, in copies of a fixed
//! size that move the same register that was checked.
//!
//! The page is longer than what is written so far, and keeps its length from one rendering to the
//! next. So a copy may write more than counts, as a small `memcpy` does inside, and need not ask
//! for space.

use crate::blocks::entity;
use crate::vectors::block_is_clean;

/// What the longest entity has: what a byte can become at most.
const WORST: usize = 6;

/// Beyond the end of a cell: the tags around it, and what a copy may write too much.
const SLACK: usize = 64;

/// What each byte becomes, and how many of its eight bytes count: the same two loads and one store
/// whether it is special or not, hence no branch to guess.
static BECOMES: [([u8; 8], usize); 256] = becomes();

/// Puts the cells on a page, eight to a row.
pub fn render(cells: &[String], page: &mut Vec<u8>) {
    let mut end = 0;
    for row in cells.chunks(8) {
        reserve(page, end + SLACK);
        end = put(page, end, b"<tr>");
        for cell in row {
            reserve(page, end + cell.len() * WORST + SLACK);
            end = put(page, end, b"<td>");
            end = escape(page, end, cell.as_bytes());
            end = put(page, end, b"</td>");
        }
        reserve(page, end + SLACK);
        end = put(page, end, b"</tr>\n");
    }
    page.truncate(end);
}

/// Writes the escaped text at `end` and gives the new end. Lengths differ from cell to cell, so a
/// loop over what is left behind the last block would end at a random moment; two blocks that
/// overlap have the same few instructions for any length.
#[inline]
fn escape(page: &mut [u8], end: usize, text: &[u8]) -> usize {
    match text.len() {
        0..4 => bytes(page, end, text),
        4..8 => ends::<4>(page, end, text),
        8..16 => ends::<8>(page, end, text),
        16..=32 => ends::<16>(page, end, text),
        _ => blocks(page, end, text),
    }
}

/// A text of `N` to `2 * N` bytes: its first and its last `N`, which overlap.
#[inline]
fn ends<const N: usize>(page: &mut [u8], end: usize, text: &[u8]) -> usize {
    let (Some(first), Some(last)) = (text.first_chunk::<N>(), text.last_chunk::<N>()) else {
        return bytes(page, end, text);
    };
    if both_are_clean(first, last) {
        put(page, end, first);
        return put(page, end + text.len() - N, last);
    }
    bytes(page, end, text)
}

/// Short ones are one block together: what is behind them is zero, and zero is not special.
#[inline]
fn both_are_clean<const N: usize>(first: &[u8; N], last: &[u8; N]) -> bool {
    let mut both = [[0; 16]; 2];
    both.as_flattened_mut()[..N].copy_from_slice(first);
    both.as_flattened_mut()[N..2 * N].copy_from_slice(last);
    block_is_clean(&both[0]) & block_is_clean(&both[1])
}

/// A long text: only the blocks that have something special in them are taken byte by byte.
fn blocks(page: &mut [u8], mut end: usize, text: &[u8]) -> usize {
    let (blocks, tail) = text.as_chunks::<16>();
    for block in blocks {
        end = if block_is_clean(block) { put(page, end, block) } else { bytes(page, end, block) };
    }
    bytes(page, end, tail)
}

fn bytes(page: &mut [u8], mut end: usize, text: &[u8]) -> usize {
    for &byte in text {
        let (becomes, len) = &BECOMES[usize::from(byte)];
        put(page, end, becomes);
        end += len;
    }
    end
}

#[inline]
fn put<const N: usize>(page: &mut [u8], end: usize, bytes: &[u8; N]) -> usize {
    page[end..end + N].copy_from_slice(bytes);
    end + N
}

/// Fills with zeros what lies beyond the page's end, and nothing before it.
#[inline]
fn reserve(page: &mut Vec<u8>, len: usize) {
    if page.len() < len {
        page.resize(len, 0);
    }
}

const fn becomes() -> [([u8; 8], usize); 256] {
    let mut table = [([0; 8], 1); 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte].0[0] = byte as u8;
        if let Some(entity) = entity(byte as u8) {
            let mut at = 0;
            while at < entity.len() {
                table[byte].0[at] = entity.as_bytes()[at];
                at += 1;
            }
            table[byte].1 = entity.len();
        }
        byte += 1;
    }
    table
}
