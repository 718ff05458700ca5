Rung::new("attempt", |text: &String| attempt::count(text))
