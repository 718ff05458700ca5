Rung::new("attempt", |query| attempt::below(&query.readings, &query.limits))
