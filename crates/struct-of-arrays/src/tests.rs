//! Every layout and every width of register against naive, and a column store against a vector.

use super::*;
use crate::edges::{MANY, at_price};
use proptest::prelude::*;

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, all_orders);
    harness::agree(RUNGS, some_orders);
}

#[test]
fn rungs_agree_at_the_edges() {
    harness::agree_at(RUNGS, edges::edges());
    let losses = |book: &Book| matches!(book.question, Question::Losses(_));
    edges::edges().iter().filter(|book| losses(book)).for_each(every_width);
}

fn every_width(book: &Book) {
    let Question::Losses(market) = book.question else { unreachable!("every test asks for it") };
    let expected = naive::losses(&book.orders, market);
    assert_eq!(optimized::losses_anywhere(&book.tiles, market), expected);
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        assert_eq!(unsafe { optimized::avx2::losses(&book.tiles, market) }, expected);
    }
}

#[test]
fn every_width_agrees() {
    for n in harness::SIZES {
        every_width(&all_orders(n, n as u64));
    }
}

/// One order that loses, in each place in turn: a lane that is left out, or taken twice, shows.
#[test]
fn every_place_counts_once() {
    for n in 1..=20 {
        for at in 0..n {
            let price = |place| if place == at { u32::MAX } else { 1 << 31 };
            let orders = (0..n).map(|place| at_price(price(place), MANY)).collect();
            let book = Book::new(orders, Question::Losses(1 << 31));
            let lost = u64::from(u32::MAX - (1 << 31)) * u64::from(MANY);
            assert_eq!(naive::losses(&book.orders, 1 << 31), lost);
            every_width(&book);
            harness::agree_on(RUNGS, book);
        }
    }
}

#[test]
fn hot_fields_fill_whole_lines() {
    assert_eq!(size_of::<Hot>() * 8, 64);
    assert_eq!(size_of::<Hot>() + size_of::<Cold>(), size_of::<Order>());
    assert_eq!((size_of::<Tile>(), align_of::<Tile>()), (64, 64));
}

/// All rungs settle by this digest: a field that is missing from it could be wrong in any of them.
#[test]
fn every_bit_of_every_field_is_in_the_digest() {
    let flips: [fn(&mut Order, u32); 13] = [
        |order, bit| order.id ^= 1_u64.rotate_left(bit),
        |order, bit| order.client_order ^= 1_u64.rotate_left(bit),
        |order, bit| order.placed ^= 1_u64.rotate_left(bit),
        |order, bit| order.expires ^= 1_u64.rotate_left(bit),
        |order, bit| order.price ^= 1_u32.rotate_left(bit),
        |order, bit| order.remaining ^= 1_u32.rotate_left(bit),
        |order, bit| order.quantity ^= 1_u32.rotate_left(bit),
        |order, bit| order.account ^= 1_u32.rotate_left(bit),
        |order, bit| order.trader ^= 1_u32.rotate_left(bit),
        |order, bit| order.session ^= 1_u32.rotate_left(bit),
        |order, bit| order.parent ^= 1_u32.rotate_left(bit),
        |order, bit| order.venue ^= 1_u16.rotate_left(bit),
        |order, bit| order.flags ^= 1_u16.rotate_left(bit),
    ];
    let order = order(3, &mut rng(3));
    for (field, flip) in flips.iter().enumerate() {
        for bit in 0..u64::BITS {
            let mut other = order;
            flip(&mut other, bit);
            assert_ne!(other.digest(), order.digest(), "field {field}, bit {bit}");
        }
    }
}

proptest! {
    #[test]
    fn rungs_agree_on_any_prices(
        hot in proptest::collection::vec((any::<u32>(), 0..=MANY), 0..70),
        market: u32,
    ) {
        let orders = hot.iter().map(|&(price, remaining)| at_price(price, remaining)).collect();
        let book = Book::new(orders, Question::Losses(market));
        every_width(&book);
        harness::agree_on(RUNGS, book);
    }

    #[test]
    fn columns_lose_the_same_orders_as_a_vector(
        n in 1_usize..40,
        picks in proptest::collection::vec(any::<proptest::sample::Index>(), 0..40),
    ) {
        let mut orders = all_orders(n, 3).orders;
        let mut columns = Columns::new(&orders);
        for pick in picks.iter().take(n) {
            let place = pick.index(orders.len());
            prop_assert_eq!(columns.swap_remove(place), orders.swap_remove(place));
            let left: Vec<Order> = (0..columns.len()).map(|place| columns.get(place)).collect();
            prop_assert_eq!(&left, &orders);
            prop_assert_eq!(columns.is_empty(), orders.is_empty());
            if orders.is_empty() {
                break;
            }
        }
    }
}
