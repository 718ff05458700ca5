//! How large two matrices and their product are.

/// Of two matrices and their product, each row by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Rows of `a`, and of the product.
    pub rows: usize,
    /// Columns of `a`, and rows of `b`.
    pub inner: usize,
    /// Columns of `b`, and of the product.
    pub columns: usize,
}
