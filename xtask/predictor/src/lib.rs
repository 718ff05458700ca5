//! How a processor of today would guess the jumps of a program: [`trace`] reads them as valgrind
//! prints them, and `tables` guess each before they are told. Millions come by in a run, which is
//! why this is a crate of its own: it is optimized, where the rest of measuring is only started
//! sooner for not being so.

mod tables;
pub mod trace;
