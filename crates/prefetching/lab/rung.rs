Rung::new("attempt", |job: &prefetching::Lookups| attempt::ends_of(&job.addresses, &job.blocks.ends))
