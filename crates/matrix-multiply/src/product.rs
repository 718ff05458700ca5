//! What rungs hand over, and how far two of them may be apart.

use crate::shape::Shape;
use std::rc::Rc;

/// A product and how exact it must be: shared, so that a rung can hand over what it will write
/// again.
#[derive(Debug, Clone)]
pub struct Product {
    /// Row by row.
    pub values: Rc<Vec<f32>>,
    pub(crate) allowed: Rc<Allowed>,
}

/// How far a product may be from the true one: at row i and column j, by `rows[i] * columns[j]`.
#[derive(Debug)]
pub(crate) struct Allowed {
    rows: Vec<f64>,
    columns: Vec<f64>,
}

impl Allowed {
    /// γ = k·u / (1 − k·u) times the lengths of row and column, with k terms and u = 2⁻²⁴. That
    /// bounds the error of a sum of k products in any order, with or without fused multiply-adds
    /// (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 3.5); by Cauchy's
    /// inequality the lengths stand for the sum of |a|·|b|, which would cost a product of its own.
    pub(crate) fn new(shape: Shape, a: &[f32], b: &[f32]) -> Self {
        let ku = shape.inner as f64 * f64::from(f32::EPSILON) / 2.0;
        let square = |value: &f32| f64::from(*value).powi(2);
        let row = |row| {
            let squares = a[row * shape.inner..][..shape.inner].iter().map(square);
            squares.sum::<f64>().sqrt() * ku / (1.0 - ku)
        };
        let mut columns = vec![0.0; shape.columns];
        for row in 0..shape.inner {
            for (sum, value) in columns.iter_mut().zip(&b[row * shape.columns..]) {
                *sum += square(value);
            }
        }
        columns.iter_mut().for_each(|sum| *sum = sum.sqrt());
        Self { rows: (0..shape.rows).map(row).collect(), columns }
    }
}

/// Accepts products of which each may be as wrong as the bound of summation in any order allows:
/// together twice that.
///
/// # Errors
/// Says where two are further apart, or that they differ in size.
pub fn agree(naive: &Product, rung: &Product) -> Result<(), String> {
    if naive.values.len() != rung.values.len() {
        return Err(format!("naive has {} values, {} here", naive.values.len(), rung.values.len()));
    }
    let Allowed { rows, columns } = &*naive.allowed;
    let values = naive.values.iter().zip(rung.values.iter());
    let places = rows.iter().flat_map(|row| columns.iter().map(move |column| 2.0 * row * column));
    for (at, ((naive, rung), allowed)) in values.zip(places).enumerate() {
        let apart = (f64::from(*naive) - f64::from(*rung)).abs();
        if apart > allowed || apart.is_nan() {
            let (row, column) = (at / columns.len(), at % columns.len());
            return Err(format!(
                "row {row}, column {column}: naive has {naive:?}, this rung {rung:?}, allowed \
                 {allowed:e}"
            ));
        }
    }
    Ok(())
}
