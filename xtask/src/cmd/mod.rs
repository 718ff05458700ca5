//! One file per command; none imports another's internals.

pub mod bench_all;
pub mod book;
pub mod calibrate;
pub mod check;
pub mod compare;
pub mod diagnose;
pub mod doctor;
pub mod export;
pub mod list;
pub mod machine;
pub mod merge;
pub mod mutants;
pub mod new_case;
pub mod profile;
pub mod schema;
pub mod statements;
