//! Orders whose customers are none, one, or as good as each other, and more or fewer of them than a
//! report shows.

use crate::{Order, SHOWN};

/// Hand-made orders, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Vec<Order>> {
    let order = |customer: &str, article: &str, day, cents| Order {
        customer: customer.to_owned(),
        article: article.to_owned(),
        day,
        cents,
    };
    let mut edges = vec![
        vec![],
        vec![order("", "", 0, 0)],
        vec![order("a", "first", 9, 1), order("a", "last", 0, 2)], // last in the list, not by its day
        vec![order("ß", "ö", 11_016, u32::MAX); 3],
        vec![order("as wide as a column", "x", u32::MAX, 5), order("12 wide here", "y", 789, 5)],
    ];
    for customers in [SHOWN - 1, SHOWN, SHOWN + 1, 3 * SHOWN] {
        let who = |at: usize| format!("C-{:03}", at * 7 % customers);
        // All equal; each a little more than the one before; two groups, a tie at the last line.
        let cents: [fn(usize) -> u32; 3] = [|_| 100, |at| at as u32, |at| (at % 2) as u32];
        for cents in cents {
            let orders = (0..customers).map(|at| order(&who(at), "a", at as u32, cents(at)));
            edges.push(orders.collect());
        }
        // The best comes with the last order, after all others came twice.
        let mut late: Vec<Order> =
            (0..2 * customers).map(|at| order(&who(at), "b", 1, 10)).collect();
        late.push(order(&who(customers / 2), "c", 2, 11));
        edges.push(late);
    }
    edges
}
