#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod decoy;
pub mod edges;
pub mod naive;
pub mod optimized;
pub mod order;

use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng, words, zipf};

pub use order::{Order, date, line};

/// Every rung, naive first. All give the same lines.
pub const RUNGS: &[Rung<Vec<Order>, Vec<String>>] = &[
    Rung::new("naive", |orders| naive::report(orders)),
    Rung::new("decoy", |orders| decoy::report(orders)),
    Rung::new("optimized", |orders| optimized::report(orders)),
];

/// Customers that a report names.
pub const SHOWN: usize = 50;

/// `n` orders of a shop: some customers buy every week, most once a year.
pub fn year(n: usize, seed: u64) -> Vec<Order> {
    let mut rng = rng(seed);
    let customer = zipf(n / 4 + 1, 0.8);
    (0..n).map(|at| order(customer(&mut rng), at * 365 / n, &mut rng)).collect()
}

/// `n` orders, each of another customer.
pub fn one_each(n: usize, seed: u64) -> Vec<Order> {
    let mut rng = rng(seed);
    (0..n).map(|at| order(at, at * 365 / n, &mut rng)).collect()
}

/// An order on this day of a year.
fn order(customer: usize, day: usize, rng: &mut Rng) -> Order {
    let mut word = || words()[rng.random_range(0..words().len())].as_str();
    let article = format!("{} {}", word(), word());
    Order {
        // Numbers are handed out in no order that means anything.
        customer: format!("C-{:08}", customer * 7_654_321 % 100_000_007),
        article,
        day: 20_000 + day as u32,
        cents: rng.random_range(100..20_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, year);
        harness::agree(RUNGS, one_each);
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn a_report_is_what_it_should_be() {
        let order = |customer: &str, article: &str, day, cents| Order {
            customer: customer.to_owned(),
            article: article.to_owned(),
            day,
            cents,
        };
        let orders =
            [order("b", "tea", 0, 250), order("a", "cup", 1, 300), order("b", "jug", 59, 50)];
        let lines = [
            "a                1          3.00  cup, 3.00 on 1970-01-02",
            "b                2          3.00  jug, 0.50 on 1970-03-01",
        ];
        assert_eq!(naive::report(&orders), lines);
        harness::agree_on(RUNGS, orders.to_vec());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn rungs_agree_on_any_orders(
            orders in proptest::collection::vec(
                ("[a-c]{0,3}", "[a-z]{0,4}", any::<u32>(), any::<u32>()),
                0..120,
            ),
        ) {
            let orders = orders.into_iter().map(|(customer, article, day, cents)| Order {
                customer,
                article,
                day,
                cents,
            });
            harness::agree_on(RUNGS, orders.collect());
        }
    }
}
