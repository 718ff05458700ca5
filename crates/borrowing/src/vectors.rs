//! Say the five comparisons in intrinsics: every x86-64 has SSE2, so nothing is asked at run time.

use std::borrow::Cow;

use crate::blocks::owned;

/// Puts the cells on a page, eight to a row.
pub fn render(cells: &[String], page: &mut Vec<u8>) {
    page.clear();
    for row in cells.chunks(8) {
        page.extend_from_slice(b"<tr>");
        for cell in row {
            page.extend_from_slice(b"<td>");
            page.extend_from_slice(escape(cell).as_bytes());
            page.extend_from_slice(b"</td>");
        }
        page.extend_from_slice(b"</tr>\n");
    }
}

/// The text with the five characters that mean something in HTML replaced.
pub fn escape(text: &str) -> Cow<'_, str> {
    if is_clean(text.as_bytes()) { Cow::Borrowed(text) } else { Cow::Owned(owned(text)) }
}

/// Whether there is nothing to escape.
fn is_clean(text: &[u8]) -> bool {
    let (blocks, tail) = text.as_chunks();
    match text.last_chunk() {
        Some(last) => blocks.iter().all(block_is_clean) && block_is_clean(last),
        None => tail.iter().all(|&byte| crate::blocks::entity(byte).is_none()),
    }
}

/// Whether none of sixteen bytes is one of the five.
#[inline]
pub(crate) fn block_is_clean(block: &[u8; 16]) -> bool {
    // SAFETY: SSE2 is part of x86-64.
    #[cfg(target_arch = "x86_64")]
    return unsafe { sse2::block_is_clean(*block) };
    #[cfg(not(target_arch = "x86_64"))]
    crate::blocks::block_is_clean(block)
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use std::arch::x86_64::*;

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn block_is_clean(block: [u8; 16]) -> bool {
        let block = u128::from_le_bytes(block);
        let block = _mm_set_epi64x((block >> 64) as i64, block as i64); // one load
        let is = |byte: u8| _mm_cmpeq_epi8(block, _mm_set1_epi8(byte.cast_signed()));
        let angle = _mm_or_si128(is(b'<'), is(b'>'));
        let quote = _mm_or_si128(is(b'"'), is(b'\''));
        let found = _mm_or_si128(_mm_or_si128(angle, quote), is(b'&'));
        _mm_movemask_epi8(found) == 0
    }
}
