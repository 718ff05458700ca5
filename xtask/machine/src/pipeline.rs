//! What a core does with instructions: how long a cycle is, how many enter at once, how long an
//! addition takes, and how much of fetching memory hides behind arithmetic. Compilers fold what
//! they can foresee, so the instructions are given.

use std::time::Duration;

use protocol::{Cost, price};

use crate::{best_ns, cost};

/// How long one of them is measured.
const PATIENCE: Duration = Duration::from_millis(10);
/// Turns of one run.
const TURNS: usize = 2_000;
/// Instructions of a turn that do the same.
const SAME: usize = 8;

/// All that this architecture is known to have.
pub(crate) fn costs() -> Vec<Cost> {
    vec![
        cost(
            price::CYCLE,
            each(kernels::chain()),
            "an integer addition that waits for the one before",
        ),
        cost(price::INSTRUCTION, each(kernels::copies()), "one register copied, among many"),
        cost(price::VECTOR, each(kernels::vectors()), "an addition on vectors, among many"),
        cost(
            price::ADDITION,
            each(kernels::sum()),
            "of 64 bits, one that waits for the one before",
        ),
        cost(
            price::MULTIPLICATION,
            each(kernels::product()),
            "of 64 bits, one that waits for the one before",
        ),
        cost(
            price::BEHIND_PRODUCT,
            each(kernels::product_and_sum()),
            "of 64 bits, each waiting for the other",
        ),
        cost(
            price::SIMPLE,
            each(kernels::vector_chain()),
            "an addition on vectors that waits for the one before",
        ),
        cost(
            price::BETWEEN,
            each(kernels::there_and_back()),
            "32 bits, and what they become waits for the way before",
        ),
        cost(
            price::CARRY_LESS,
            each(kernels::carry_less()),
            "of 64 bits by 64, among many that wait for none of the others",
        ),
        cost(
            price::BEHIND,
            behind(),
            "what is left of fetching one from the second level while instructions run that take \
             about as long",
        ),
    ]
}

/// Nanoseconds of one instruction, in turns of [`SAME`].
fn each(kernel: Option<fn(usize)>) -> Option<f64> {
    let kernel = kernel?;
    Some(best_ns(PATIENCE, || kernel(TURNS)) / (TURNS * SAME) as f64)
}

/// Both at once takes longer than the longer of the two alone; how much of the shorter that is, is
/// how much of a line remains.
fn behind() -> Option<f64> {
    /// Bytes well inside the first level, and well beyond it and inside the second.
    const SIZES: [usize; 2] = [8 << 10, 128 << 10];
    let [fetch, both] = kernels::lines()?;
    let memory = vec![1_u64; (SIZES[1] + LINE) / 8];
    let memory = &memory[memory.as_ptr().align_offset(LINE)..];
    let line = |kernel: fn(&[u64]), size: usize| {
        let part = &memory[..size / 8];
        best_ns(PATIENCE, || kernel(part)) * LINE as f64 / size as f64
    };
    let (fetched, ran) = (line(fetch, SIZES[1]), line(both, SIZES[0]));
    let beyond = (line(both, SIZES[1]) - fetched.max(ran)).max(0.0);
    Some(beyond / fetched.min(ran) * fetched)
}

/// The unit in which memory moves.
const LINE: usize = 64;

/// Two ways to read lines: alone, and with other instructions between.
type Lines = [fn(&[u64]); 2];

/// Loops over the instructions of this architecture.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod kernels {
    use std::hint::black_box;

    use super::{LINE, eight};

    /// Integer additions, each of what the one before left.
    pub(super) fn chain() -> Option<fn(usize)> {
        Some(|turns| {
            black_box((0..turns).fold(black_box(1), |x, _| eight::additions(x)));
        })
    }

    /// Floating-point additions, each to what the one before left.
    pub(super) fn sum() -> Option<fn(usize)> {
        Some(|turns| {
            let y = black_box(0.5);
            black_box((0..turns).fold(black_box(1.0), |x, _| eight::float_additions(x, y)));
        })
    }

    /// The same with multiplications.
    pub(super) fn product() -> Option<fn(usize)> {
        Some(|turns| {
            let y = black_box(1.0);
            black_box((0..turns).fold(black_box(0.5), |x, _| eight::float_products(x, y)));
        })
    }

    /// Multiplications and additions by turns, each of what the one before left.
    pub(super) fn product_and_sum() -> Option<fn(usize)> {
        Some(|turns| {
            let y = black_box(0.5);
            black_box((0..turns).fold(black_box(0.5), |x, _| eight::products_and_sums(x, y)));
        })
    }

    /// Additions on a vector, each of what the one before left.
    pub(super) fn vector_chain() -> Option<fn(usize)> {
        Some(|turns| (0..turns).for_each(|_| eight::vector_chain()))
    }

    /// Ways from a vector to a general register and back, one after the other.
    pub(super) fn there_and_back() -> Option<fn(usize)> {
        Some(|turns| (0..turns).for_each(|_| eight::there_and_back()))
    }

    /// Multiplications without carries, none of which waits for another of its turn.
    pub(super) fn carry_less() -> Option<fn(usize)> {
        eight::has_carry_less().then_some(|turns| {
            // SAFETY: it was just asked whether there are such instructions.
            (0..turns).for_each(|_| unsafe { eight::carry_less() });
        })
    }

    /// Instructions that need no unit: as many as can enter. Not those that do nothing, of which
    /// some cores join two into one wherever they happen to stand side by side.
    pub(super) fn copies() -> Option<fn(usize)> {
        Some(|turns| {
            let x = black_box(1);
            (0..turns).for_each(|_| eight::copies(x));
        })
    }

    /// Additions on vectors, none of which waits for another of its turn.
    pub(super) fn vectors() -> Option<fn(usize)> {
        Some(|turns| (0..turns).for_each(|_| eight::vector_additions()))
    }

    /// Reads lines in order; and the same with instructions between that need no unit.
    pub(super) fn lines() -> Option<super::Lines> {
        let fetch = |words: &[u64]| words.as_chunks().0.iter().for_each(eight::line);
        let both = |words: &[u64]| {
            for line in words.as_chunks::<{ LINE / 8 }>().0 {
                eight::line(line);
                eight::copies(1);
            }
        };
        Some([fetch, both])
    }
}

#[cfg(target_arch = "x86_64")]
#[path = "pipeline/x86_64.rs"]
mod eight;

#[cfg(target_arch = "aarch64")]
#[path = "pipeline/aarch64.rs"]
mod eight;

/// On an architecture that we do not know, nothing can be given.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
mod kernels {
    /// Unknown here.
    pub(super) fn chain() -> Option<fn(usize)> {
        None
    }

    pub(super) use self::chain as sum;
    pub(super) use self::chain as product;
    pub(super) use self::chain as product_and_sum;
    pub(super) use self::chain as vector_chain;
    pub(super) use self::chain as there_and_back;
    pub(super) use self::chain as carry_less;
    pub(super) use self::chain as copies;
    pub(super) use self::chain as vectors;

    /// Unknown here.
    pub(super) fn lines() -> Option<super::Lines> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_core_does_is_within_what_cores_do() {
        let costs = costs();
        let ns = |name: &str| costs.iter().find(|cost| cost.name == name).and_then(|it| it.ns);
        let Some(cycle) = ns(price::CYCLE) else { return };
        assert!(cycle > 0.05 && cycle < 10.0, "{cycle}");
        let at_best = ns(price::INSTRUCTION).unwrap() / cycle;
        assert!(at_best > 0.02 && at_best < 3.0, "{at_best}: several enter in a cycle");
        assert!(ns(price::ADDITION).unwrap() > cycle, "numbers with points take longer");
        assert!(ns(price::BEHIND_PRODUCT).unwrap() > ns(price::MULTIPLICATION).unwrap());
        assert!(ns(price::BETWEEN).unwrap() > ns(price::SIMPLE).unwrap(), "two steps");
        assert!(ns(price::BEHIND).unwrap() >= 0.0);
    }
}
