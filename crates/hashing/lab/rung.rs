Rung::new("attempt", |text| attempt::count(text))
