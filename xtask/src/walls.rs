//! Which crate of the tool may know which.
