Rung::new("attempt", |index| attempt::matching(index))
