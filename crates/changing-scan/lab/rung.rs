Rung::new("attempt", |query: &changing_scan::Query| attempt::below(&query.readings, &query.limits))
