Rung::new("attempt", attempt::steps)
