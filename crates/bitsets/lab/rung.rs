Rung::new("attempt", |index: &bitsets::Index| attempt::matching(index.as_ref()))
