//! Pay for a customer and not for an order: keys and the last order are borrowed, the rows that are
//! shown are selected before they are sorted, and only they become text.

use std::collections::HashMap;

use crate::SHOWN;
use crate::order::{Order, date, line};

/// What a customer has bought.
struct Total<'a> {
    orders: u32,
    cents: u64,
    last: &'a Order,
}

/// The customers who paid most, a line each.
pub fn report(orders: &[Order]) -> Vec<String> {
    let mut totals: HashMap<&str, Total> = HashMap::new();
    for order in orders {
        let new = Total { orders: 0, cents: 0, last: order };
        let total = totals.entry(&order.customer).or_insert(new);
        total.orders += 1;
        total.cents += u64::from(order.cents);
        total.last = order;
    }
    let mut rows: Vec<(&str, Total)> = totals.into_iter().collect();
    let before =
        |a: &(&str, Total), b: &(&str, Total)| b.1.cents.cmp(&a.1.cents).then_with(|| a.0.cmp(b.0));
    if SHOWN < rows.len() {
        rows.select_nth_unstable_by(SHOWN, before);
        rows.truncate(SHOWN);
    }
    rows.sort_unstable_by(before);
    rows.iter()
        .map(|(who, total)| line(who, total.orders, total.cents, &last(total.last)))
        .collect()
}

/// An order in words.
fn last(order: &Order) -> String {
    let (whole, cents) = (order.cents / 100, order.cents % 100);
    format!("{}, {whole}.{cents:02} on {}", order.article, date(order.day))
}
