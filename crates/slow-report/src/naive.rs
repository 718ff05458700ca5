//! A map from each customer to what was bought: one pass, then sort, and show the first.

use std::collections::HashMap;

use crate::SHOWN;
use crate::order::{Order, date, line};

/// What a customer has bought.
#[derive(Default)]
struct Total {
    orders: u32,
    cents: u64,
    last: String,
}

/// The customers who paid most, a line each.
pub fn report(orders: &[Order]) -> Vec<String> {
    let mut totals: HashMap<String, Total> = HashMap::new();
    for order in orders {
        let total = totals.entry(order.customer.to_owned()).or_default();
        total.orders += 1;
        total.cents += u64::from(order.cents);
        let paid = format!("{}.{:02}", order.cents / 100, order.cents % 100);
        total.last = format!("{}, {paid} on {}", order.article, date(order.day));
    }
    let mut rows: Vec<(String, Total)> = totals.into_iter().collect();
    rows.sort_by(|a, b| b.1.cents.cmp(&a.1.cents).then_with(|| a.0.cmp(&b.0)));
    let shown = rows.iter().take(SHOWN);
    shown.map(|(who, total)| line(who, total.orders, total.cents, &total.last)).collect()
}
