//! One file per command; none imports another's internals.

pub mod bench_all;
pub mod book;
pub mod builds;
pub mod calibrate;
pub mod check;
pub mod clean;
pub mod compare;
pub mod diagnose;
pub mod doctor;
pub mod exam;
pub mod export;
pub mod lab;
pub mod list;
pub mod machine;
pub mod merge;
pub mod mutants;
pub mod new_case;
pub mod profile;
pub mod rows;
pub mod schema;
pub mod slides;
pub mod statements;
