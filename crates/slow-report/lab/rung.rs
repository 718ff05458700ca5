Rung::new("attempt", |orders: &Vec<slow_report::Order>| attempt::report(orders))
