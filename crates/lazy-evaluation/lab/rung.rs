Rung::new("attempt", |query: &lazy_evaluation::Query| attempt::best(&query.documents, query.wanted))
