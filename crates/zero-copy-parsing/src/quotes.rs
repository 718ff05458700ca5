//! Which separators and line ends are text, for sixty-four bytes at a time.

use crate::masks::Masks;

/// What a block must know of the text before it.
#[derive(Clone, Copy)]
pub(crate) struct Quotes {
    /// All ones inside quotes, else zero.
    inside: u64,
    /// 1 if a quote as the very next byte would open or go on: after a separator, a line end or a
    /// closing quote.
    may_open: u64,
    /// In an unquoted field with a quote in it.
    stray: bool,
}

impl Quotes {
    /// At the start of a text.
    pub(crate) const START: Self = Self { inside: 0, may_open: 1, stray: false };

    /// The bytes of the next block that end a field, and those that end a record; bit i of what
    /// `odd_up_to` gives says whether an odd number of bits are set up to and including bit i.
    ///
    /// A byte is inside quotes if the number of quotes up to it is odd; a doubled quote counts
    /// twice and changes nothing. That is wrong only for a quote in the middle of an unquoted
    /// field, which then seems to open.
    ///
    /// A carriage return before a line feed is left in its field, which halves the number of
    /// records: whoever reads the last field of a record takes it off. If it is the last byte of
    /// the block, an empty line follows instead.
    #[inline(always)]
    pub(crate) fn outside(&mut self, masks: Masks, odd_up_to: impl Fn(u64) -> u64) -> (u64, u64) {
        let line_ends = masks.line_feeds | masks.returns & !(masks.line_feeds >> 1);
        let ends = masks.separators | line_ends;
        let mut quotes = masks.quotes;
        if self.stray {
            quotes = self.without_stray(quotes, ends, 0);
        }
        loop {
            let inside = odd_up_to(quotes) ^ self.inside;
            let may_open = ends & !inside | quotes & !inside;
            let stray = quotes & inside & !(may_open << 1 | self.may_open);
            if stray == 0 {
                self.inside = (inside.cast_signed() >> 63).cast_unsigned();
                self.may_open = may_open >> 63;
                return (ends & !inside, line_ends & !inside);
            }
            quotes = self.without_stray(quotes, ends, stray.trailing_zeros());
        }
    }

    /// Quotes mean nothing from bit `from` on until that field ends, here or in a later block.
    #[cold]
    fn without_stray(&mut self, quotes: u64, ends: u64, from: u32) -> u64 {
        let later = u64::MAX << from;
        let end = (ends & later).trailing_zeros();
        self.stray = end == 64;
        let text = later & !u64::MAX.checked_shl(end).unwrap_or(0);
        quotes & !text
    }
}
