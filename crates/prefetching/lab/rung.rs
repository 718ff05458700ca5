Rung::new("attempt", |job| attempt::ends_of(&job.addresses, &job.blocks.ends))
