#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod avx2;
pub mod batches;
pub mod edges;
pub mod eytzinger;
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "no other system is asked"))]
pub mod huge_pages;
pub mod huge_tree;
pub mod interleaved;
pub mod naive;
pub mod node;
pub mod optimized;
pub mod peer;
pub mod prefetch;
pub mod s_tree;
pub mod top_bits;
pub mod vectors;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use harness::Rung;
use harness::data::{rand::RngExt, rng};
use ordsearch::OrderedCollection;

use eytzinger::Eytzinger;
use s_tree::Tree;
use top_bits::TopBits;

/// Addresses in a batch.
pub const BATCH: usize = 4096;

/// Blocks of addresses by their ends, in every layout, so that conversion is never timed.
pub struct Blocks {
    /// In order.
    pub ends: Vec<u32>,
    /// In breadth-first order.
    pub eytzinger: Eytzinger,
    /// In nodes of a cache line.
    pub tree: Tree,
    /// The ends in huge pages, where the system gives some.
    pub huge_ends: Vec<u32>,
    /// The nodes in huge pages.
    pub huge_tree: Tree,
    /// Where in the order to look, by the first bits.
    pub top_bits: TopBits,
    /// In breadth-first order, as `ordsearch` has it.
    pub ordsearch: OrderedCollection<u32>,
}

/// A batch of addresses, and the table in which their blocks are to be found. Batches share it.
pub struct Lookups {
    /// The table.
    pub blocks: Rc<Blocks>,
    /// In the order in which they were logged.
    pub addresses: Vec<u32>,
}

/// Every rung, naive first. All give for each address the end of its block.
pub const RUNGS: &[Rung<Lookups, Vec<u32>>] = &[
    Rung::new("naive", |job: &Lookups| naive::ends_of(&job.addresses, &job.blocks.ends))
        .data(Lookups::bytes),
    Rung::new("huge_pages", |job: &Lookups| {
        huge_pages::ends_of(&job.addresses, &job.blocks.huge_ends)
    })
    .data(Lookups::bytes)
    .needs(harness::huge_pages::given),
    Rung::new("interleaved", |job: &Lookups| {
        interleaved::ends_of(&job.addresses, &job.blocks.ends)
    })
    .data(Lookups::bytes),
    Rung::new("eytzinger", |job: &Lookups| {
        eytzinger::ends_of(&job.addresses, &job.blocks.eytzinger)
    })
    .data(Lookups::bytes),
    Rung::new("s_tree", |job: &Lookups| s_tree::ends_of(&job.addresses, &job.blocks.tree))
        .data(Lookups::tree_bytes),
    Rung::new("batches", |job: &Lookups| batches::ends_of(&job.addresses, &job.blocks.tree))
        .data(Lookups::tree_bytes),
    Rung::new("avx2", |job: &Lookups| avx2::ends_of(&job.addresses, &job.blocks.tree))
        .data(Lookups::tree_bytes)
        .needs(avx2::needs),
    Rung::new("optimized", |job: &Lookups| optimized::ends_of(&job.addresses, &job.blocks.tree))
        .data(Lookups::tree_bytes),
    Rung::new("huge_tree", |job: &Lookups| {
        huge_tree::ends_of(&job.addresses, &job.blocks.huge_tree)
    })
    .data(Lookups::tree_bytes)
    .needs(harness::huge_pages::given),
    Rung::new("top_bits", |job: &Lookups| {
        top_bits::ends_of(&job.addresses, &job.blocks.top_bits, &job.blocks.ends)
    })
    .data(|job| job.bytes() + job.blocks.top_bits.bytes()),
    Rung::new("peer", |job: &Lookups| peer::ends_of(&job.addresses, &job.blocks.ordsearch))
        .data(Lookups::bytes),
];

impl Blocks {
    /// From sorted ends.
    pub fn new(ends: Vec<u32>) -> Self {
        debug_assert!(ends.is_sorted());
        let tree = Tree::new(&ends);
        Self {
            eytzinger: Eytzinger::new(&ends),
            huge_ends: huge_pages::copy(&ends),
            huge_tree: huge_tree::copy(&tree),
            tree,
            top_bits: TopBits::new(&ends),
            ordsearch: OrderedCollection::from_sorted_iter(ends.iter().copied()),
            ends,
        }
    }

    /// The table of `n` blocks, the same for every batch; made once as long as a batch holds it.
    fn shared(n: usize) -> Rc<Self> {
        thread_local!(static LAST: RefCell<Weak<Blocks>> = const { RefCell::new(Weak::new()) });
        LAST.with_borrow_mut(|last| match last.upgrade() {
            Some(blocks) if blocks.ends.len() == n => blocks,
            _ => {
                let blocks = Rc::new(Self::new(ends(n)));
                *last = Rc::downgrade(&blocks);
                blocks
            }
        })
    }
}

impl Lookups {
    /// Bytes of the table without anything between or beside its entries.
    pub fn bytes(&self) -> usize {
        self.blocks.ends.len() * size_of::<u32>()
    }

    fn tree_bytes(&self) -> usize {
        self.blocks.tree.bytes()
    }
}

/// The ends of `n` blocks of addresses, of which most are small and few are large. Nearly all
/// addresses belong to one.
fn ends(n: usize) -> Vec<u32> {
    let mut rng = rng(n as u64);
    // Two random numbers of 16 bits, multiplied: a long tail, and a mean of a quarter of the range.
    let mean = (0.99 * 2_f64.powi(32) / n.max(1) as f64 - 1.0).max(0.0);
    let scale = (mean * 4.0) as u64;
    let mut ends = Vec::with_capacity(n + 2);
    let mut end = 0_u64; // with 16 binary digits behind the point
    while ends.len() < n {
        let bits: u64 = rng.random();
        for half in [bits as u32, (bits >> 32) as u32] {
            let product = (half & 0xffff) * (half >> 16);
            end += (1 << 16) + u64::from(product >> 16) * scale;
            ends.push((end >> 16).min(u64::from(u32::MAX)) as u32);
        }
    }
    ends.truncate(n);
    ends
}

/// A batch of a log, for a table of `n` blocks: three in four addresses are from anywhere, one from
/// a few thousand busy ones.
pub fn input(n: usize, seed: u64) -> Lookups {
    let mut rng = rng(seed);
    let busy = harness::data::zipf(5_000, 1.0);
    let address = |_| {
        let [kind, anywhere] = [rng.random::<u32>(), rng.random()];
        if kind < 1 << 30 { (busy(&mut rng) as u32).wrapping_mul(0x9e37_79b9) } else { anywhere }
    };
    let addresses = (0..BATCH).map(address).collect();
    Lookups { blocks: Blocks::shared(n), addresses }
}

#[cfg(test)]
mod tests;
