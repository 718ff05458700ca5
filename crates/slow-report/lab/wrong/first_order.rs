//! Keeps the order with which a customer came, and not the last.

use std::collections::HashMap;

use slow_report::{Order, SHOWN, date, line};

/// The customers who paid most, a line each.
pub fn report(orders: &[Order]) -> Vec<String> {
    let mut totals: HashMap<&str, (u32, u64, &Order)> = HashMap::new();
    for order in orders {
        let total = totals.entry(&order.customer).or_insert((0, 0, order));
        total.0 += 1;
        total.1 += u64::from(order.cents);
    }
    let mut rows: Vec<_> = totals.into_iter().collect();
    rows.sort_unstable_by(|a, b| b.1.1.cmp(&a.1.1).then_with(|| a.0.cmp(b.0)));
    let shown = rows.iter().take(SHOWN);
    shown.map(|(who, (orders, cents, last))| line(who, *orders, *cents, &words(last))).collect()
}

fn words(order: &Order) -> String {
    let (whole, cents) = (order.cents / 100, order.cents % 100);
    format!("{}, {whole}.{cents:02} on {}", order.article, date(order.day))
}
