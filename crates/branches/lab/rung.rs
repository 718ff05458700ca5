Rung::new("attempt", |query| attempt::below(query.limit, &query.values))
