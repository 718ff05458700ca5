//! Selects and sorts by what was paid alone: who of two that paid as much comes first is chance.

use std::collections::HashMap;

use slow_report::{Order, SHOWN, date, line};

/// The customers who paid most, a line each.
pub fn report(orders: &[Order]) -> Vec<String> {
    let mut totals: HashMap<&str, (u32, u64, &Order)> = HashMap::new();
    for order in orders {
        let total = totals.entry(&order.customer).or_insert((0, 0, order));
        *total = (total.0 + 1, total.1 + u64::from(order.cents), order);
    }
    let mut rows: Vec<_> = totals.into_iter().collect();
    if SHOWN < rows.len() {
        rows.select_nth_unstable_by(SHOWN, |a, b| b.1.1.cmp(&a.1.1));
        rows.truncate(SHOWN);
    }
    rows.sort_by(|a, b| b.1.1.cmp(&a.1.1));
    rows.iter()
        .map(|(who, (orders, cents, last))| line(who, *orders, *cents, &words(last)))
        .collect()
}

fn words(order: &Order) -> String {
    let (whole, cents) = (order.cents / 100, order.cents % 100);
    format!("{}, {whole}.{cents:02} on {}", order.article, date(order.day))
}
