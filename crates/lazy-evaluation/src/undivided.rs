//! Only a block that may hold a candidate is divided: whether relevance over fading reaches the
//! floor is asked of relevance and floor times fading, and a product costs less than a quotient.

use crate::blocks::{BLOCK, Kept};
use crate::branchless;
use crate::scores::{Documents, faded, rank, score};

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    best_by(documents, wanted, branchless::add)
}

/// The same with any way to add what is good in a block, given its ranks and its first number.
#[inline(always)] // so that it is compiled with the features of its caller
pub(crate) fn best_by(
    documents: &Documents,
    wanted: usize,
    add: impl Fn(&mut Kept, &[i32; BLOCK], u32),
) -> Vec<u32> {
    if wanted == 0 {
        return Vec::new();
    }
    let mut kept = Kept::new(wanted, documents.len());
    let mut bar = bar(kept.floor);
    let (relevances, rest) = documents.relevance.as_chunks::<BLOCK>();
    let (ages, rest_ages) = documents.age.as_chunks::<BLOCK>();
    for (block, (relevances, ages)) in relevances.iter().zip(ages).enumerate() {
        if beaten(bar, relevances, ages) {
            continue;
        }
        let mut ranks = [0; BLOCK];
        for at in 0..BLOCK {
            ranks[at] = rank(score(relevances[at], ages[at]));
        }
        // Asked again, of the scores themselves: it is what keeps the divisions vectors.
        if ranks.iter().fold(false, |any, &rank| any | (rank >= kept.floor)) {
            add(&mut kept, &ranks, (block * BLOCK) as u32);
            if kept.keys.len() > kept.room {
                kept.thin_out();
                bar = self::bar(kept.floor);
            }
        }
    }
    let ranks: Vec<i32> = rest.iter().zip(rest_ages).map(|(r, a)| rank(score(*r, *a))).collect();
    kept.add(&ranks, (documents.len() - rest.len()) as u32);
    kept.into_sorted()
}

/// Whether each score in a block is below the floor that the bar was made from. It may say no where
/// that is so, but never yes where it is not.
///
/// Rounding keeps order. A relevance r not below the exact product of bar and fading is not below
/// the rounded one either, as r itself needs no rounding. So `r < bar * fading` holds only where
/// the exact quotient is below the bar, and then the rounded one is not above it, which is below
/// the floor. This is as true of products that overflow or underflow.
///
/// The relevance's sign is left out, as a score of which the size is below a floor above zero is
/// below it. A fading of zero or less says no, since no size is below such a product; so does NaN.
#[inline(always)]
fn beaten(bar: f32, relevances: &[f32; BLOCK], ages: &[f32; BLOCK]) -> bool {
    let mut all = true;
    for at in 0..BLOCK {
        all &= relevances[at].abs() < bar * faded(ages[at]);
    }
    all
}

/// The float one step below the floor: a quotient a little below the floor may be rounded up to it,
/// one below the bar may not. No size is below the zero that a floor without such a float has.
fn bar(floor: i32) -> f32 {
    f32::from_bits((floor.max(1) - 1).cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Query, RUNGS, naive};
    use harness::data::{rand::RngExt, rng};

    /// The least relevance that at this age scores no less than the floor.
    fn least(floor: f32, age: f32) -> f32 {
        let mut least = floor * faded(age);
        while score(least, age) < floor {
            least = least.next_up();
        }
        while score(least.next_down(), age) >= floor {
            least = least.next_down();
        }
        least
    }

    fn block_of(relevance: f32, age: f32, lane: usize) -> ([f32; BLOCK], [f32; BLOCK]) {
        let (mut relevances, mut ages) = ([0.0; BLOCK], [0.0; BLOCK]);
        (relevances[lane], ages[lane]) = (relevance, age);
        (relevances, ages)
    }

    #[test]
    fn who_just_reaches_the_floor_is_not_beaten() {
        let mut rng = rng(1);
        let mut rounded_up = 0;
        for round in 0..100_000 {
            let floor = 2_f32.powi(round % 200 - 98) * (1.0 + rng.random::<f32>());
            let age = 3650.0 * rng.random::<f32>();
            let (least, bar) = (least(floor, age), bar(rank(floor)));
            rounded_up += usize::from(least < floor * faded(age));
            let lane = round as usize % BLOCK;
            let (relevances, ages) = block_of(least, age, lane);
            assert!(!beaten(bar, &relevances, &ages), "{least} at {age} reaches {floor}");
            // And who misses it by more than rounding can hide, is.
            let (relevances, ages) = block_of(least * (1.0 - 1e-6), age, lane);
            assert!(beaten(bar, &relevances, &ages), "{least} at {age} only just reaches {floor}");
        }
        assert!(
            rounded_up > 1_000,
            "of {rounded_up} the floor itself would have been too high a bar"
        );
    }

    /// Every odd relevance, at every odd age, against every odd floor and its neighbours.
    #[test]
    fn odd_floats_are_beaten_only_where_they_are_below() {
        let sizes = [0.0, 1e-45, 1e-38, 1e-30, 1e-7, 1.0, 1.5, 3e38, f32::MAX, f32::INFINITY];
        let odd = sizes.into_iter().chain([f32::NAN, f32::from_bits(i32::MAX as u32)]);
        let odd: Vec<f32> = odd.flat_map(|odd| [odd, -odd]).collect();
        let ages: Vec<f32> = odd.iter().copied().chain([-365.0, -364.99997, -730.0]).collect();
        let floors: Vec<i32> =
            odd.iter().flat_map(|odd| (-3..4).map(|by| rank(*odd).saturating_add(by))).collect();
        let mut dismissed = 0;
        for (relevance, age) in odd.iter().flat_map(|r| ages.iter().map(|age| (*r, *age))) {
            for &floor in &floors {
                let below = rank(score(relevance, age)) < floor;
                let beaten = beaten(bar(floor), &[relevance; BLOCK], &[age; BLOCK]);
                assert!(below || !beaten, "{relevance} at {age} is not below {floor}");
                dismissed += usize::from(beaten);
            }
        }
        assert!(dismissed > 1_000, "{dismissed} are dismissed");
    }

    #[test]
    fn who_just_beats_the_best_so_far_is_found() {
        let mut rng = rng(3);
        for lane in (0..BLOCK).cycle().take(300) {
            let best = 1.0 + 31.0 * rng.random::<f32>();
            let age = 3650.0 * rng.random::<f32>();
            for floor in [best, best.next_up()] {
                let mut documents = Documents::default();
                (0..96).for_each(|_| documents.push(best, 0.0));
                let least = least(floor, age);
                let (relevances, ages) = block_of(least, age, lane);
                relevances.into_iter().zip(ages).for_each(|(r, a)| documents.push(r, a));
                let expected = if score(least, age) > best { 96 + lane as u32 } else { 0 };
                assert_eq!(naive::best(&documents, 1), [expected]);
                harness::agree_on(RUNGS, Query { documents, wanted: 1 });
            }
        }
    }
}
