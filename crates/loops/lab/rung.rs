Rung::new("attempt", |job| job.score(attempt::dot, attempt::dot_counts))
