//! A table in its packed form, its columns in fresh memory, and the query: shared by all rungs.

use std::sync::{Mutex, PoisonError};

use harness::Crew;
use harness::data::{rand::RngExt, rng};
use memmap2::MmapMut;

/// Rows of a block; a column of them is one page of 4 KiB.
pub const ROWS: usize = 1024;

/// Bytes of a block in one column.
pub(crate) const BLOCK: usize = ROWS * size_of::<u32>();

/// Kinds of goods, each with its price.
pub(crate) const KINDS: usize = 1 << 16;

/// How a block is packed: amounts that rise by the same step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// The first amount.
    pub first: u32,
    /// From one amount to the next; both wrap.
    pub step: u32,
}

/// A table to be loaded, the query's parameters, and who does it.
#[derive(Debug, Clone)]
pub struct Job {
    /// Blocks in order. One that is missing has its place in the columns all the same.
    pub blocks: Vec<Option<Packed>>,
    /// What a unit costs, by kind: read by all threads, written by none.
    pub prices: Vec<u32>,
    /// Rows with a smaller amount are left out.
    pub least: u32,
    /// One thread for each of two cores.
    pub crew: Crew,
}

/// What the query finds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Amount times price of all rows that count.
    pub value: u64,
    /// How many rows count.
    pub rows: u64,
    /// Sum of their numbers: rows that changed places would be seen here.
    pub places: u64,
}

impl std::iter::Sum for Found {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            value: sum.value.wrapping_add(part.value),
            rows: sum.rows + part.rows,
            places: sum.places.wrapping_add(part.places),
        })
    }
}

/// Two columns in memory that nobody has touched yet.
pub(crate) struct Columns {
    /// Units of each row.
    pub(crate) amounts: MmapMut,
    /// Which kind they are.
    pub(crate) kinds: MmapMut,
}

impl Columns {
    /// Room for so many blocks. The system promises it and gives none before it is written.
    pub(crate) fn new(blocks: usize) -> Self {
        let column = || MmapMut::map_anon((blocks * BLOCK).max(1)).expect("room for a column");
        Self { amounts: column(), kinds: column() }
    }

    /// The columns in parts for so many threads, each of whole blocks; every thread takes its own.
    pub(crate) fn parts(&mut self, blocks: usize, threads: usize) -> Vec<Mutex<Part<'_>>> {
        let share = blocks.div_ceil(threads).max(1);
        let amounts = self.amounts[..blocks * BLOCK].chunks_mut(share * BLOCK);
        let kinds = self.kinds[..blocks * BLOCK].chunks_mut(share * BLOCK);
        let numbered = amounts.zip(kinds).enumerate();
        let part = |(at, (amounts, kinds))| Part { from: at * share, amounts, kinds };
        numbered.map(part).map(Mutex::new).collect()
    }
}

/// Blocks that one thread works on.
pub(crate) struct Part<'a> {
    /// Which block is its first.
    pub(crate) from: usize,
    pub(crate) amounts: &'a mut [u8],
    pub(crate) kinds: &'a mut [u8],
}

impl Part<'_> {
    /// Unpacks the blocks of this part.
    pub(crate) fn load(&mut self, blocks: &[Option<Packed>]) {
        let columns = self.amounts.chunks_mut(BLOCK).zip(self.kinds.chunks_mut(BLOCK));
        for ((amounts, kinds), block) in columns.zip(&blocks[self.from..]) {
            let Some(packed) = block else { continue };
            let mut amount = packed.first;
            let (amounts, kinds) = (amounts.as_chunks_mut().0, kinds.as_chunks_mut().0);
            for (place, kind) in amounts.iter_mut().zip(kinds) {
                *place = amount.to_ne_bytes();
                *kind = kind_of(amount).to_ne_bytes();
                amount = amount.wrapping_add(packed.step);
            }
        }
    }

    /// Asks the blocks of this part.
    pub(crate) fn scan(&self, blocks: &[Option<Packed>], prices: &[u32], least: u32) -> Found {
        let columns = self.amounts.chunks(BLOCK).zip(self.kinds.chunks(BLOCK));
        let numbered = columns.zip(&blocks[self.from..]).zip(self.from..);
        let present = numbered.filter(|((_, block), _)| block.is_some());
        present
            .map(|(((amounts, kinds), _), at)| {
                scan_block(amounts, kinds, (at * ROWS) as u64, prices, least)
            })
            .sum()
    }
}

/// Asks one block, whose first row has this number.
fn scan_block(amounts: &[u8], kinds: &[u8], first: u64, prices: &[u32], least: u32) -> Found {
    let mut found = Found::default();
    let rows = amounts.as_chunks().0.iter().zip(kinds.as_chunks().0);
    for ((&amount, &kind), row) in rows.zip(first..) {
        let (amount, kind) = (u32::from_ne_bytes(amount), u32::from_ne_bytes(kind));
        let counts = u64::from(amount >= least);
        let value = u64::from(amount) * u64::from(prices[kind as usize]);
        found.value = found.value.wrapping_add(counts * value);
        found.places = found.places.wrapping_add(counts * row);
        found.rows += counts;
    }
    found
}

/// Which kind a row of such an amount is of; one that is as good as drawn.
fn kind_of(amount: u32) -> u32 {
    amount.wrapping_mul(0x9e37_79b1) >> (u32::BITS - KINDS.ilog2())
}

impl Job {
    /// With two threads: more than two cores cannot show here, and two nodes have them.
    pub fn new(blocks: Vec<Option<Packed>>, prices: Vec<u32>, least: u32) -> Self {
        Self { blocks, prices, least, crew: Crew::new(2) }
    }

    /// What a unit of each kind costs.
    pub(crate) fn prices(seed: u64) -> Vec<u32> {
        let mut rng = rng(seed);
        (0..KINDS).map(|_| rng.random_range(1..10_000)).collect()
    }

    /// How many threads there is something to do for.
    pub(crate) fn threads(&self) -> usize {
        self.crew.threads()
    }

    /// Has every thread do something with its part; parts that are missing find nothing. A single
    /// part is left to the thread that asks.
    pub(crate) fn each(
        &self,
        parts: &[Mutex<Part<'_>>],
        work: impl Fn(usize, &mut Part<'_>) -> Found + Sync,
    ) -> Found {
        let on = |me: usize, part: &Mutex<Part<'_>>| {
            work(me, &mut part.lock().unwrap_or_else(PoisonError::into_inner))
        };
        if let [part] = parts {
            return on(0, part);
        }
        let member = |me: usize| Some(on(me, parts.get(me)?));
        self.crew.run(member).into_iter().flatten().sum()
    }
}
