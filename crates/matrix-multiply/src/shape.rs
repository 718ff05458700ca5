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

impl Shape {
    /// Refuses matrices that do not have this shape. Products are checked: a shape so large that
    /// they wrap around to a matrix' length would let unsafe code leave it.
    ///
    /// # Panics
    /// If `a`, `b` or the product have more or fewer values than this shape.
    pub(crate) fn check(self, a: &[f32], b: &[f32], product: &[f32]) {
        let Self { rows, inner, columns } = self;
        let is = |matrix: &[f32], high: usize, wide| high.checked_mul(wide) == Some(matrix.len());
        let holds = is(a, rows, inner) && is(b, inner, columns) && is(product, rows, columns);
        assert!(holds, "the matrices are not {rows} times {inner} times {columns}");
    }
}
