//! Where the fields start and the records end, found without looking at any byte alone: Langdale
//! and Lemire, "Parsing Gigabytes of JSON per Second" (2019), applied to delimited text and
//! completed for stray quotes.
//!
//! The text is indexed in batches of a few KiB, so that both the text and its index stay in the
//! first-level cache until the records are read.

use crate::masks::{self, Masks, Width};
use crate::parity;
use crate::quotes::Quotes;

/// Bytes that are indexed before their records are read.
const BATCH: usize = 1 << 13;

/// An index that moves over a text.
pub(crate) struct Structure<'a> {
    text: &'a [u8],
    separator: u8,
    width: Width,
    /// Text before this is indexed.
    at: usize,
    quotes: Quotes,
    /// Where each field of this batch starts; one more position is where the next would.
    starts: Vec<usize>,
    /// For each record that ends in this batch, the number of the field after it.
    records: Vec<usize>,
    /// How many of `starts` and `records` are used: both are kept longer, for writing a fixed
    /// number at once.
    used: (usize, usize),
}

impl<'a> Structure<'a> {
    pub(crate) fn new(text: &'a [u8], separator: u8, width: Width) -> Self {
        let (starts, records) = (vec![0; 64], vec![0; 16]);
        Self { text, separator, width, at: 0, quotes: Quotes::START, starts, records, used: (1, 0) }
    }

    /// Indexes the next batch: where fields start, and for each record the number of the field
    /// after its last. The field before a start ends one byte ahead of it. An empty line is a
    /// record too: see `is_empty_line`.
    pub(crate) fn next(&mut self) -> Option<(&[usize], &[usize])> {
        if self.at > self.text.len() {
            return None;
        }
        // Fields of a record that is not complete yet stay.
        let done = self.records[..self.used.1].last().copied().unwrap_or(0);
        self.starts.copy_within(done..self.used.0, 0);
        self.used = (self.used.0 - done, 0);
        let batch = (self.text.len() - self.at).min(BATCH);
        match self.width {
            Width::Word => self.index(batch, masks::word, parity::shifts),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: SSE2 is part of x86-64.
            Width::Sse2 => unsafe { self.sse2(batch) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Width::available` has seen this processor's AVX2 and bit manipulation.
            Width::Avx2 => unsafe { self.avx2(batch) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as for AVX2, and it has seen PCLMULQDQ.
            Width::Carryless => unsafe { self.carryless(batch) },
        }
        Some((&self.starts[..self.used.0], &self.records[..self.used.1]))
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "sse2")]
    fn sse2(&mut self, batch: usize) {
        self.index(batch, |block, separator| masks::sse2(block, separator), parity::shifts);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,popcnt")]
    fn avx2(&mut self, batch: usize) {
        self.index(batch, |block, separator| masks::avx2(block, separator), parity::shifts);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,popcnt,pclmulqdq")]
    fn carryless(&mut self, batch: usize) {
        self.index(
            batch,
            |block, separator| masks::avx2(block, separator),
            |quotes| parity::product(quotes),
        );
    }

    /// The same for every width: inlined into a function that may use its instructions.
    #[inline(always)]
    fn index(
        &mut self,
        batch: usize,
        masks: impl Fn(&[u8; 64], u8) -> Masks,
        odd_up_to: impl Fn(u64) -> u64,
    ) {
        let (blocks, tail) = self.text[self.at..self.at + batch].as_chunks::<64>();
        let mut quotes = self.quotes;
        for (block, at) in blocks.iter().zip((self.at..).step_by(64)) {
            let (ends, records) = quotes.outside(masks(block, self.separator), &odd_up_to);
            self.append(ends, records, at);
        }
        self.at += batch;
        if self.at == self.text.len() {
            let mut block = [0; 64];
            block[..tail.len()].copy_from_slice(tail);
            let (ends, records) = quotes.outside(masks(&block, self.separator), &odd_up_to);
            // The end of the text ends a record, whether or not it is inside quotes.
            let end = 1 << tail.len();
            let with_end = |mask: u64| (mask & (end - 1)) | end;
            self.append(with_end(ends), with_end(records), self.at - tail.len());
            self.at += 1;
        }
        self.quotes = quotes;
    }

    /// Notes the fields and records that end in the block at `at`, eight and two at a time: a fixed
    /// number of writes, the surplus of which is overwritten next, costs less than a loop that ends
    /// at a random moment.
    #[inline(always)]
    fn append(&mut self, mut ends: u64, mut records: u64, at: usize) {
        if self.starts.len() < self.used.0 + 72 || self.records.len() < self.used.1 + 66 {
            self.grow();
        }
        let (fields, count) = (self.used.0 + ends.count_ones() as usize, records.count_ones());
        let mut record = self.used.1;
        loop {
            for slot in &mut self.records[record..record + 2] {
                let before = records.wrapping_sub(1) & !records;
                *slot = self.used.0 + (ends & before).count_ones() as usize;
                records &= records.wrapping_sub(1); // clears the lowest set bit
            }
            record += 2;
            if records == 0 {
                break;
            }
        }
        let mut field = self.used.0;
        loop {
            for slot in &mut self.starts[field..field + 8] {
                *slot = at + ends.trailing_zeros() as usize + 1;
                ends &= ends.wrapping_sub(1);
            }
            field += 8;
            if ends == 0 {
                break;
            }
        }
        self.used = (fields, self.used.1 + count as usize);
    }

    #[cold]
    fn grow(&mut self) {
        self.starts.resize(self.starts.len() * 2 + 72, 0);
        self.records.resize(self.records.len() * 2 + 66, 0);
    }
}

/// Where the field `at` of a record ends, given where the record's fields start.
#[inline(always)]
pub(crate) fn field_end(text: &[u8], starts: &[usize], at: usize) -> usize {
    let end = starts[at + 1] - 1;
    // The carriage return of a CRLF is still there.
    let is_last = at + 2 == starts.len();
    let left =
        is_last && end > starts[at] && text[end - 1] == b'\r' && text.get(end) == Some(&b'\n');
    end - usize::from(left)
}

/// Whether a record has no bytes at all.
#[inline(always)]
pub(crate) fn is_empty_line(text: &[u8], starts: &[usize]) -> bool {
    starts.len() == 2 && field_end(text, starts, 0) == starts[0]
}
