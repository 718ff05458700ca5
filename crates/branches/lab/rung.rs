Rung::new("attempt", |query: &branches::Query| attempt::below(query.limit, &query.values))
