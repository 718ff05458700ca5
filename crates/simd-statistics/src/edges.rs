//! Samples of which there are few, which are equal, far from zero, or not finite.

use crate::moments::BLOCK;

/// Hand-made samples, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Vec<f64>> {
    let table: [&[f64]; 10] = [
        &[],
        &[0.0],
        &[-0.0],
        &[4.0e7],
        &[1.0, 2.0],
        &[-1.0, 1.0],
        &[4.0e7; 100],
        &[1e150, -1e150, 1e150],
        &[f64::MIN_POSITIVE, 1.0, 3.0],
        &[4.0e7, 4.0e7 + 1.0],
    ];
    let mut edges: Vec<Vec<f64>> = table.into_iter().map(<[f64]>::to_vec).collect();
    for n in [1, 2, 5, 7, 8, 9, 16, 17, 37, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 19] {
        let ramp: Vec<f64> = (0..n).map(|at| 4.0e7 + (at % 10) as f64).collect();
        for at in [0, n / 2, n - 1] {
            for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 4.0e7 + 1e6] {
                let mut samples = ramp.clone();
                samples[at] = odd;
                edges.push(samples);
            }
        }
        edges.push(ramp);
    }
    edges
}
