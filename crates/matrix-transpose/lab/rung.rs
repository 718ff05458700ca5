Rung::reusing("attempt", matrix_transpose::Recording::spoil, |recording| recording.demultiplex(attempt::transpose))
