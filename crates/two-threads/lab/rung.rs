Rung::new("attempt", attempt::count)
