//! What no path may take: unsafe code would leave the matrices.

use super::*;

/// Shapes whose products wrap around to the length of what is there, and shapes that are merely
/// wrong, with few rows and many: on every path that has unsafe code. The message tells a check
/// from an overflow that only debug builds would find.
#[test]
fn a_shape_that_is_not_there_is_refused() {
    #[rustfmt::skip]
    let table = [
        (0, shape(1 << 33, 1 << 31, 1 << 33)), (0, shape(4, 1 << 62, 1 << 62)),
        (0, shape(12, 1 << 62, 1 << 62)), (256, shape((1 << 60) + 16, 16, (1 << 60) + 16)),
        (256, shape(16, (1 << 60) + 16, 16)), (256, shape(16, 16, 15)), (256, shape(16, 15, 16)),
        (256, shape(15, 16, 16)),
    ];
    let safe = ["naive", "ikj", "tiles", "threads"];
    for (values, shape) in table {
        for (path, multiply) in paths().into_iter().filter(|(path, _)| !safe.contains(path)) {
            let (matrix, mut product) = (vec![1.0; values], vec![0.0; values]);
            let call = || multiply(&matrix, &matrix, &mut product, shape);
            let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_err();
            let message = panic.downcast_ref::<String>().map_or("", String::as_str);
            assert!(message.starts_with("the matrices are not "), "path {path}: {message}");
        }
    }
}

/// What is taken in place is as high as the kernel and as wide as a vector, or refused: by the
/// function itself, whoever calls it.
#[cfg(target_arch = "x86_64")]
#[test]
fn what_is_too_small_for_a_kernel_is_refused_in_place() {
    let mut paths: Vec<(Multiply, usize, usize)> = Vec::new();
    if fma::avx2::available() {
        // SAFETY: the processor has AVX2 and FMA.
        paths.push((|a, b, p, shape| unsafe { kernels::avx2::in_place(a, b, p, shape) }, 6, 8));
    }
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has AVX-512.
        paths.push((|a, b, p, shape| unsafe { kernels::avx512::in_place(a, b, p, shape) }, 12, 16));
    }
    for (multiply, high, wide) in paths {
        let call = |rows, columns, a_rows: usize| {
            let (a, b) = (vec![1.0; a_rows * 3], vec![1.0; 3 * columns]);
            let mut product = vec![0.0; rows * columns];
            let call = || multiply(&a, &b, &mut product, shape(rows, 3, columns));
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call));
            result.map(|()| product).map_err(|panic| match panic.downcast::<&str>() {
                Ok(message) => (*message).to_owned(),
                Err(panic) => panic.downcast_ref::<String>().cloned().unwrap_or_default(),
            })
        };
        assert_eq!(call(high, wide, high), Ok(vec![3.0; high * wide]));
        assert_eq!(call(high - 1, wide, high - 1).unwrap_err(), "fewer rows than the kernel has");
        assert_eq!(call(high, wide - 1, high).unwrap_err(), "fewer columns than a vector has");
        assert!(call(high, wide, high - 1).unwrap_err().starts_with("the matrices are not "));
    }
}
