//! What a ring of observability holds, without the case around it.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub place: u64,
    pub field: u64,
    pub start: u64,
    pub end: u64,
}
