//! What a meter sends, and what is asked of it: the same for every rung.

/// Limits that are asked about at once.
pub const LIMITS: usize = 8;
/// Tariffs that there may be.
pub const TARIFFS: usize = 16;

/// How many readings of each tariff.
pub type Tally = [u32; TARIFFS];

/// A reading of a meter, as it came: 128 bytes, in the order of the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(C)]
pub struct Reading {
    /// What was drawn at the time, in watts.
    pub load: u32,
    /// What was drawn since the meter was built, in watt-hours.
    pub total: u32,
    /// The meter's number.
    pub meter: u64,
    /// Seconds since the first of January 1970.
    pub taken: u64,
    /// Where the meter hangs.
    pub street: [u8; 48],
    /// The town.
    pub town: [u8; 40],
    /// Where it is billed.
    pub postcode: u32,
    /// What a unit costs the customer: below [`TARIFFS`].
    pub tariff: u8,
    /// What the meter says of itself.
    pub status: [u8; 11],
}

/// Readings, and limits of which it is asked how many readings are below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// In the order in which they came.
    pub readings: Vec<Reading>,
    /// In no order.
    pub limits: [u32; LIMITS],
}

impl Reading {
    /// A reading of a meter that has counted so much.
    pub fn new(meter: u64, total: u32) -> Self {
        Self {
            load: 0,
            total,
            meter,
            taken: 1_700_000_000 + meter % 900,
            street: [b's'; 48],
            town: [b't'; 40],
            postcode: (meter % 100_000) as u32,
            tariff: 0,
            status: [0; 11],
        }
    }
}
