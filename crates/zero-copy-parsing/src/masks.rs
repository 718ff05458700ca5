//! Sixty-four bytes become four words, one bit per byte: is it a separator, a quote, a line feed,
//! a carriage return?
//!
//! The only place that knows the processor. Comparing a register of bytes and gathering the
//! outcomes as bits is one instruction each on x86-64; elsewhere the same is done with arithmetic
//! on eight bytes in a word.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

/// What the bytes of a block are, byte 0 in the lowest bit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    pub(crate) separators: u64,
    pub(crate) quotes: u64,
    pub(crate) line_feeds: u64,
    pub(crate) returns: u64,
}

/// A way to make masks. Only what [`Width::available`] lists may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    Word,
    #[cfg(target_arch = "x86_64")]
    Sse2,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Masks as with AVX2; who is inside quotes is one product.
    #[cfg(target_arch = "x86_64")]
    Carryless,
}

impl Width {
    /// All that this machine has, the best last.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn available() -> &'static [Self] {
        let bits = is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("popcnt");
        match bits && is_x86_feature_detected!("avx2") {
            true if is_x86_feature_detected!("pclmulqdq") => {
                &[Self::Word, Self::Sse2, Self::Avx2, Self::Carryless]
            }
            true => &[Self::Word, Self::Sse2, Self::Avx2],
            false => &[Self::Word, Self::Sse2],
        }
    }

    /// All that this machine has.
    #[cfg(not(target_arch = "x86_64"))]
    pub(crate) fn available() -> &'static [Self] {
        &[Self::Word]
    }

    /// The last that this machine has.
    pub(crate) fn widest() -> Self {
        Self::available().last().copied().unwrap_or(Self::Word)
    }

    /// The last that this machine has and that shifts.
    pub(crate) fn widest_without_products() -> Self {
        let shifts = Self::available().iter().rfind(|width| !width.multiplies());
        shifts.copied().unwrap_or(Self::Word)
    }

    /// Whether a product says who is inside quotes.
    pub(crate) fn multiplies(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return self == Self::Carryless;
        #[cfg(not(target_arch = "x86_64"))]
        false
    }
}

/// Eight bytes at a time. A byte is zero exactly if neither it nor its lower seven bits plus 127
/// reach the highest bit (Warren, "Hacker's Delight", 2002); a multiplication gathers those bits in
/// the topmost byte.
#[inline(always)]
pub(crate) fn word(block: &[u8; 64], separator: u8) -> Masks {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let is = |byte: u8| {
        let pattern = u64::from_ne_bytes([byte; 8]);
        let bytes = block.as_chunks::<8>().0.iter().enumerate();
        bytes.fold(0, |mask, (at, &bytes)| {
            let other = u64::from_le_bytes(bytes) ^ pattern;
            let zero = !((other & LOW).wrapping_add(LOW) | other | LOW);
            mask | ((zero >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (at * 8)
        })
    };
    Masks { separators: is(separator), quotes: is(b'"'), line_feeds: is(b'\n'), returns: is(b'\r') }
}

/// Sixteen bytes at a time, on every x86-64.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
#[inline]
pub(crate) fn sse2(block: &[u8; 64], separator: u8) -> Masks {
    let splat = |byte: u8| _mm_set1_epi8(byte.cast_signed());
    let [separator, quote, line_feed, carriage_return] = [separator, b'"', b'\n', b'\r'].map(splat);
    let mut masks = Masks::default();
    for (at, part) in block.as_chunks::<16>().0.iter().enumerate() {
        // SAFETY: `part` is sixteen readable bytes.
        let bytes = unsafe { _mm_loadu_si128(part.as_ptr().cast()) };
        let bits = |mask| u64::from(_mm_movemask_epi8(mask) as u16) << (at * 16);
        masks.separators |= bits(_mm_cmpeq_epi8(bytes, separator));
        masks.quotes |= bits(_mm_cmpeq_epi8(bytes, quote));
        masks.line_feeds |= bits(_mm_cmpeq_epi8(bytes, line_feed));
        masks.returns |= bits(_mm_cmpeq_epi8(bytes, carriage_return));
    }
    masks
}

/// Thirty-two bytes at a time.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
pub(crate) fn avx2(block: &[u8; 64], separator: u8) -> Masks {
    let splat = |byte: u8| _mm256_set1_epi8(byte.cast_signed());
    let [separator, quote, line_feed, carriage_return] = [separator, b'"', b'\n', b'\r'].map(splat);
    let mut masks = Masks::default();
    for (at, part) in block.as_chunks::<32>().0.iter().enumerate() {
        // SAFETY: `part` is thirty-two readable bytes.
        let bytes = unsafe { _mm256_loadu_si256(part.as_ptr().cast()) };
        let bits = |mask| u64::from(_mm256_movemask_epi8(mask).cast_unsigned()) << (at * 32);
        masks.separators |= bits(_mm256_cmpeq_epi8(bytes, separator));
        masks.quotes |= bits(_mm256_cmpeq_epi8(bytes, quote));
        masks.line_feeds |= bits(_mm256_cmpeq_epi8(bytes, line_feed));
        masks.returns |= bits(_mm256_cmpeq_epi8(bytes, carriage_return));
    }
    masks
}
