//! Numbers of 256 to 65,536 bits, 64 to a limb, and longer ones in a full run; 64 limbs are the
//! 4,096 bits of a large RSA key.
//! Nothing here leaves the caches: the work grows with the square of the length, and memory never
//! binds. A step is one limb times one limb, or one limb plus one.
//!
//! No kernel branches on a limb, only Karatsuba and Toom on the signs of differences, which the
//! rotation keeps from being learned. The result is a new number each time, as `&a * &b` makes it:
//! at four limbs that is the larger part, and no kernel gains much.
//!
//! The limit of a product is what the vector units can multiply, since they multiply most; of a
//! sum, that each limb is one addition. Scalar code cannot come near: its limit is one `mulx` a
//! cycle, and one `adc`.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use inline_assembly::{Job, Number, RUNGS, edges, operations, products, sums};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Number>]) -> Bench<Job, Number> {
    Bench::new(rungs)
        .item("step")
        .substance(|number| usize::from(*number != Number::Limbs(vec![0])))
        .input("product", products)
        .side("limbs", 2)
        .rotating(1 << 14)
        .quick([4, 16, 64, 256])
        .standard([1_024])
        .full([4_096])
        .input("sum", sums)
        .rotating(1 << 14)
        .quick([64])
        .standard([1_024])
        .edges(edges::edges)
        .limit(Limit::Flops64(operations))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "product", 64, Faster)
        .claim("adx", "product", 16, Faster)
        .claim("carrying", "product", 64, DoesNotPay)
        .claim("intrinsics", "product", 64, DoesNotPay)
        .claim("adc", "product", 64, Faster)
        .claim("adx", "product", 64, Faster)
        .claim("ifma", "product", 64, Faster)
        .over("adx")
        .claim("optimized", "product", 64, Faster)
        .over("num_bigint")
        .claim("ifma", "product", 4, DoesNotPay)
        .claim("optimized", "product", 256, Faster)
        .claim("optimized", "product", 1_024, Faster)
        .claim("carrying", "sum", 64, DoesNotPay)
        .claim("adc", "sum", 1_024, Faster)
        .claim("carrying", "sum", 1_024, Faster)
        .claim("intrinsics", "sum", 1_024, Faster)
        .over("carrying")
        .claim("adc", "product", 64, Faster)
        .over("intrinsics")
        .claim("adx", "product", 64, Faster)
        .over("adc")
        .claim("karatsuba", "product", 1_024, Faster)
        .over("ifma")
        .claim("optimized", "product", 1_024, Faster)
        .over("karatsuba")
        .main();
}
