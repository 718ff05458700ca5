Rung::new("attempt", |query| attempt::best(&query.documents, query.wanted))
