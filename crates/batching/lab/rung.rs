Rung::new("attempt", |lines| batching::Written::with(attempt::write, lines))
