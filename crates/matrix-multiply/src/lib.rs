#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

#[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "no kernels elsewhere"))]
mod blocks;
pub mod edges;
#[cfg(target_arch = "x86_64")]
mod factors;
pub mod fma;
pub mod ikj;
#[cfg(target_arch = "x86_64")]
mod kernels;
pub mod naive;
pub mod optimized;
mod pack;
pub mod packed;
pub mod peer;
pub mod peer_threads;
mod product;
mod shape;
pub mod threads;
pub mod tiles;
pub mod wide;

pub use product::{Product, agree};
pub use shape::Shape;

use product::Allowed;
use std::rc::Rc;

use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};

/// A layer of a neural network: what comes in, by what it is multiplied, and what comes out.
#[derive(Debug)]
pub struct Layer {
    /// Rows, inner size and columns.
    pub shape: Shape,
    /// A row for each example.
    pub activations: Vec<f32>,
    /// A column for each output.
    pub weights: Vec<f32>,
    product: Rc<Vec<f32>>,
    allowed: Rc<Allowed>,
}

/// Every rung, naive first, all but `threads` and `peer_threads` on one core. All agree with the
/// first as far as [`agree`] demands.
pub const RUNGS: &[Rung<Layer, Product>] = &[
    Rung::reusing("naive", Layer::spoil, |layer| layer.forward(naive::multiply)),
    Rung::reusing("ikj", Layer::spoil, |layer| layer.forward(ikj::multiply)),
    Rung::reusing("tiles", Layer::spoil, |layer| layer.forward(tiles::multiply)),
    Rung::reusing("packed", Layer::spoil, |layer| layer.forward(packed::multiply)),
    Rung::reusing("fma", Layer::spoil, |layer: &mut Layer| layer.forward(fma::multiply))
        .needs(fma::available),
    Rung::reusing("wide", Layer::spoil, |layer: &mut Layer| layer.forward(wide::multiply))
        .needs(wide::available),
    Rung::reusing("optimized", Layer::spoil, |layer| layer.forward(optimized::multiply)),
    Rung::reusing("threads", Layer::spoil, |layer| layer.forward(threads::multiply)),
    Rung::reusing("peer", Layer::spoil, |layer| layer.forward(peer::multiply)),
    Rung::reusing("peer_threads", Layer::spoil, |layer| layer.forward(peer_threads::multiply)),
];

impl Layer {
    /// A layer of this shape.
    ///
    /// # Panics
    /// If there are more or fewer values than the shape says.
    pub fn new(shape: Shape, activations: Vec<f32>, weights: Vec<f32>) -> Self {
        assert_eq!(activations.len(), shape.rows * shape.inner);
        assert_eq!(weights.len(), shape.inner * shape.columns);
        let product = Rc::new(vec![0.0; shape.rows * shape.columns]);
        let allowed = Rc::new(Allowed::new(shape, &activations, &weights));
        Self { shape, activations, weights, product, allowed }
    }

    /// Writes the product again, or a new one while someone still holds the old one.
    #[inline]
    fn forward(&mut self, multiply: impl Fn(&[f32], &[f32], &mut [f32], Shape)) -> Product {
        if Rc::get_mut(&mut self.product).is_none() {
            self.product = Rc::new(vec![0.0; self.shape.rows * self.shape.columns]);
        }
        let product = Rc::get_mut(&mut self.product).expect("a product that nobody else holds");
        multiply(&self.activations, &self.weights, product, self.shape);
        Product { values: Rc::clone(&self.product), allowed: Rc::clone(&self.allowed) }
    }

    /// Leaves nonsense where the next product is written.
    fn spoil(&mut self) {
        if let Some(product) = Rc::get_mut(&mut self.product) {
            product.fill(f32::NAN);
        }
    }

    /// Multiplications and additions of the definition.
    pub fn operations(&self) -> usize {
        2 * self.shape.rows * self.shape.inner * self.shape.columns
    }
}

/// `n` examples, each of `n` activations, through a layer of `n` outputs.
pub fn input(n: usize, seed: u64) -> Layer {
    layer(Shape { rows: n, inner: n, columns: n }, seed)
}

/// Activations as a rectifier leaves them, zero for every second one; weights around zero, the
/// smaller the more of them are added.
pub fn layer(shape: Shape, seed: u64) -> Layer {
    let mut rng = rng(seed);
    let scale = 1.0 / (shape.inner.max(1) as f32).sqrt();
    let activations = (0..shape.rows * shape.inner).map(|_| bell(&mut rng).max(0.0)).collect();
    let weights = (0..shape.inner * shape.columns).map(|_| bell(&mut rng) * scale).collect();
    Layer::new(shape, activations, weights)
}

/// The sum of four 16-bit numbers: nearly normal, with a mean of 0 and a variance of 1.
fn bell(rng: &mut Rng) -> f32 {
    let bits: u64 = rng.random();
    let sum: u64 = (0..64).step_by(16).map(|at| bits >> at & 0xffff).sum();
    (sum as f32 - 2.0 * 65_535.0) / 37_837.0
}

#[cfg(test)]
mod tests;
