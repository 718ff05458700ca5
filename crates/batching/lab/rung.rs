Rung::new("attempt", |lines: &Vec<String>| batching::Written::with(attempt::write, lines))
