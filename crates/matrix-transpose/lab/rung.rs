Rung::reusing("attempt", matrix_transpose::Recording::spoil, |recording: &mut matrix_transpose::Recording| recording.demultiplex(attempt::transpose))
