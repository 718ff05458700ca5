//! Products of a loom's cards, as tables of whole numbers.

use truth::Random;

fn product(a: &[Vec<i64>], b: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let n = a.len();
    let mut c = vec![vec![0; n]; n];
    for i in 0..n {
        for j in 0..n {
            let mut sum = 0i64;
            for k in 0..n {
                sum = sum.wrapping_add(a[i][k].wrapping_mul(b[k][j]));
            }
            c[i][j] = sum;
        }
    }
    c
}

fn main() {
    let mut random = Random::new(3);
    let n = 320;
    let a: Vec<Vec<i64>> =
        (0..n).map(|_| (0..n).map(|_| random.below(9) as i64).collect()).collect();
    let mut b = a.clone();
    for _ in 0..22 {
        b = product(&b, &a);
    }
    println!("{}", b[3][4]);
}
