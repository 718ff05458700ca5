//! Numbers of 256 to 65,536 bits, 64 to a limb; 64 limbs are the 4,096 bits of a large RSA key.
//! Nothing here leaves the caches: the work grows with the square of the length, and memory never
//! binds. A step is one limb times one limb, or one limb plus one.
//!
//! No kernel branches on a limb, only Karatsuba on the signs of differences, which the rotation
//! keeps from being learned. The result is a new number each time, as `&a * &b` makes it: at four
//! limbs that is the larger part, and no kernel gains much.
//!
//! The limit of a product is what the vector units can multiply, since they multiply most; of a
//! sum, that each limb is one addition. Scalar code cannot come near: its limit is one `mulx` a
//! cycle, and one `adc`.

use harness::{AtLeast, Bench, DoesNotPay, Limit};
use inline_assembly::{Number, RUNGS, operations, products, sums};

fn main() {
    Bench::new(RUNGS)
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
        .limit(Limit::Flops64(operations))
        .claim("optimized", "product", 64, AtLeast(2.8))
        .claim("adx", "product", 16, AtLeast(1.4))
        .claim("carrying", "product", 64, DoesNotPay)
        .claim("intrinsics", "product", 64, DoesNotPay)
        .claim("adc", "product", 64, AtLeast(1.3))
        .claim("adx", "product", 64, AtLeast(1.8))
        .claim("ifma", "product", 64, AtLeast(1.3))
        .over("adx")
        .claim("optimized", "product", 64, AtLeast(1.5))
        .over("num_bigint")
        .claim("ifma", "product", 4, DoesNotPay)
        .claim("optimized", "product", 256, AtLeast(4.0))
        .claim("optimized", "product", 1_024, AtLeast(6.5))
        .claim("carrying", "sum", 64, DoesNotPay)
        .claim("adc", "sum", 64, AtLeast(1.03))
        .claim("adc", "sum", 1_024, AtLeast(1.5))
        .main();
}
