Rung::new("attempt", |job: &loops::Job| job.score(attempt::dot, attempt::dot_counts))
