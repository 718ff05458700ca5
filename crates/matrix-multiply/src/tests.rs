//! Every path, forced one by one, is as exact as theory promises, and exact where whole numbers
//! leave nothing to round.

mod refused;

use super::*;
use proptest::prelude::*;

type Multiply = fn(&[f32], &[f32], &mut [f32], Shape);

/// Every rung, and every path that run-time dispatch can choose and this processor has.
fn paths() -> Vec<(&'static str, Multiply)> {
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "no path more elsewhere"))]
    let mut paths: Vec<(&str, Multiply)> = vec![
        ("naive", naive::multiply),
        ("ikj", ikj::multiply),
        ("tiles", tiles::multiply),
        ("packed", packed::multiply),
        ("fma", fma::multiply),
        ("wide", wide::multiply),
        ("optimized", optimized::multiply),
        ("anywhere", |a, b, p, shape| optimized::anywhere(1, a, b, p, shape)),
        ("anywhere, shared", |a, b, p, shape| optimized::anywhere(3, a, b, p, shape)),
        ("on three cores", |a, b, p, shape| optimized::on(3, a, b, p, shape)),
        ("threads", threads::multiply),
        ("peer", peer::multiply),
        ("peer_threads", peer_threads::multiply),
    ];
    #[cfg(target_arch = "x86_64")]
    {
        if fma::avx2::available() {
            use kernels::avx2::multiply;
            // SAFETY: the processor has AVX2 and FMA.
            paths.push(("AVX2", |a, b, p, shape| unsafe { multiply(a, b, p, shape, 1) }));
            // SAFETY: as before.
            paths.push(("AVX2, shared", |a, b, p, shape| unsafe { multiply(a, b, p, shape, 3) }));
        }
        if is_x86_feature_detected!("avx512f") {
            use kernels::avx512::multiply;
            // SAFETY: the processor has AVX-512.
            paths.push(("AVX-512", |a, b, p, shape| unsafe { multiply(a, b, p, shape, 1) }));
            // SAFETY: as before.
            paths.push(("512, shared", |a, b, p, shape| unsafe { multiply(a, b, p, shape, 3) }));
        }
    }
    paths
}

const fn shape(rows: usize, inner: usize, columns: usize) -> Shape {
    Shape { rows, inner, columns }
}

/// Nothing, one, each remainder of a kernel, each piece's edges; taken in place or too big for it.
#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape(0, 0, 0), shape(0, 3, 5), shape(3, 0, 5), shape(3, 5, 0), shape(13, 0, 40),
    shape(1, 1, 1), shape(1, 100, 1), shape(2, 3, 4), shape(4, 4, 4), shape(11, 7, 15),
    shape(12, 1, 16), shape(13, 2, 17), shape(16, 16, 16), shape(17, 5, 31), shape(20, 9, 32),
    shape(21, 9, 33), shape(31, 33, 47), shape(64, 64, 64), shape(65, 63, 67), shape(97, 10, 100),
    shape(100, 300, 300), shape(5, 300, 300), shape(29, 1, 70_000), shape(12, 1023, 80),
    shape(13, 1024, 80), shape(18, 1025, 81), shape(3, 2050, 33), shape(7, 40, 2047),
    shape(15, 40, 2049), shape(191, 20, 20), shape(193, 257, 259),
];

/// The definition with twice the digits, and the sum of what was added, each without its sign.
fn reference(layer: &Layer) -> Vec<(f64, f64)> {
    let Shape { rows, inner, columns } = layer.shape;
    let mut sums = vec![(0.0, 0.0); rows * columns];
    for (row, sums) in sums.chunks_mut(columns.max(1)).enumerate() {
        for at in 0..inner {
            let factor = f64::from(layer.activations[row * inner + at]);
            for (sum, value) in sums.iter_mut().zip(&layer.weights[at * columns..]) {
                let term = factor * f64::from(*value);
                *sum = (sum.0 + term, sum.1 + term.abs());
            }
        }
    }
    sums
}

/// Holds every path against the reference: γ times the sum without signs.
fn agree_on(mut layer: Layer) {
    let (shape, expected) = (layer.shape, reference(&layer));
    let ku = shape.inner as f64 * f64::from(f32::EPSILON) / 2.0;
    for (path, multiply) in paths() {
        layer.spoil(); // or what the path before wrote would do for what this one leaves out
        let product = layer.forward(multiply);
        assert_eq!(product.values.len(), expected.len());
        for (value, (sum, without_signs)) in product.values.iter().zip(&expected) {
            let allowed = ku / (1.0 - ku) * without_signs;
            let apart = (f64::from(*value) - sum).abs();
            assert!(apart <= allowed, "path {path}, {shape:?}: {value} instead of {sum}");
        }
    }
}

/// Whole numbers that are small enough are added without rounding, in whatever order.
fn whole_numbers(shape: Shape, seed: u64) -> Layer {
    let mut rng = rng(seed);
    let mut some = |count| (0..count).map(|_| rng.random_range(-9..=9) as f32).collect();
    Layer::new(shape, some(shape.rows * shape.inner), some(shape.inner * shape.columns))
}

#[test]
fn all_are_as_exact_as_promised() {
    SHAPES.iter().for_each(|shape| agree_on(layer(*shape, 1)));
}

#[test]
fn whole_numbers_are_exact() {
    for shape in SHAPES {
        let mut layer = whole_numbers(*shape, 1);
        let expected: Vec<f32> = reference(&layer).iter().map(|(sum, _)| *sum as f32).collect();
        for (path, multiply) in paths() {
            layer.spoil();
            assert!(*layer.forward(multiply).values == expected, "path {path}, {shape:?}");
        }
    }
}

/// One side after the other takes all of the harness's sizes: as cubes they would take minutes.
#[test]
fn rungs_agree() {
    let input = |n, seed| match seed % 3 {
        0 => layer(shape(n, 17, 37), seed),
        1 => layer(shape(14, n, 35), seed),
        _ => layer(shape(13, 19, n), seed),
    };
    harness::agree_by(RUNGS, input, agree);
    harness::agree_at_by(RUNGS, edges::edges(), agree);
}

#[test]
fn squares_agree() {
    for n in [0, 1, 4, 15, 16, 48, 60, 100, 257] {
        harness::agree_on_by(RUNGS, input(n, 1), agree);
    }
}

#[test]
fn a_product_is_what_it_should_be() {
    let a = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let b = vec![7.0, 8.0, 9.0, 10.0, 11.0, 12.0];
    let product = Layer::new(shape(2, 3, 2), a, b).forward(naive::multiply);
    assert_eq!(*product.values, [58.0, 64.0, 139.0, 154.0]);
}

#[test]
fn wrong_products_are_refused() {
    let mut layer = input(20, 1);
    let right = layer.forward(naive::multiply);
    let mut refuses = |change: fn(&mut [f32])| {
        let wrong = layer.forward(|a, b, product, shape| {
            naive::multiply(a, b, product, shape);
            change(product);
        });
        agree(&right, &wrong).unwrap_err()
    };
    assert!(refuses(|product| product[7] += 1e-4).starts_with("row 0, column 7: naive has "));
    assert!(refuses(|product| product[399] = f32::NAN).starts_with("row 19, column 19: "));
    assert!(agree(&right, &input(19, 1).forward(naive::multiply)).is_err());
}

#[test]
fn a_product_that_is_still_held_is_not_written() {
    let mut layer = input(5, 1);
    let held = layer.forward(naive::multiply);
    let before = Vec::clone(&held.values);
    let next = layer.forward(|_, _, product, _| product.fill(99.0));
    assert_eq!((&*held.values, &*next.values), (&before, &vec![99.0; 25]));
}

proptest! {
    #[test]
    fn any_shape_is_right(
        rows in 0_usize..80, inner in 0_usize..80, columns in 0_usize..80, seed: u64,
    ) {
        agree_on(layer(shape(rows, inner, columns), seed));
    }
}
