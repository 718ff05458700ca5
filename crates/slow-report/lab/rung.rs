Rung::new("attempt", |orders| attempt::report(orders))
