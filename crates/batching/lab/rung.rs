Rung::new("attempt", |job: &batching::Job| batching::Written::with(attempt::write, &job.lines))
