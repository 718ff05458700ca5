//! The only way into a narrower field: checked, with an error that names the field.
//!
//! `as` would keep the low bits of what does not fit and say nothing.

use std::fmt::{self, Display};
use std::num::NonZeroU64;

/// A value that a packed row cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoesNotFit {
    /// Of which field.
    pub field: &'static str,
    /// The value.
    pub value: u64,
}

impl Display for DoesNotFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} does not fit into a packed row", self.field, self.value)
    }
}

impl std::error::Error for DoesNotFit {}

/// The value in a narrower type.
///
/// # Errors
/// If it is too big.
pub fn narrow<T: TryFrom<u64>>(field: &'static str, value: u64) -> Result<T, DoesNotFit> {
    T::try_from(value).map_err(|_| DoesNotFit { field, value })
}

/// The value in a narrower type that keeps 0 free for none.
///
/// # Errors
/// If it is too big, or 0.
pub fn niche<T: TryFrom<NonZeroU64>>(field: &'static str, value: u64) -> Result<T, DoesNotFit> {
    let fitting = NonZeroU64::new(value).and_then(|value| T::try_from(value).ok());
    fitting.ok_or(DoesNotFit { field, value })
}

/// The value, if `width` bits can hold it.
///
/// # Errors
/// If they cannot.
pub fn bits(field: &'static str, value: u64, width: u32) -> Result<u64, DoesNotFit> {
    if value >> width == 0 { Ok(value) } else { Err(DoesNotFit { field, value }) }
}

/// The value in `width` bits, 0 for none.
///
/// # Errors
/// If they cannot hold it, or it is 0 itself.
pub fn bits_or_none(
    field: &'static str,
    value: Option<u64>,
    width: u32,
) -> Result<u64, DoesNotFit> {
    match value {
        None => Ok(0),
        Some(0) => Err(DoesNotFit { field, value: 0 }),
        Some(value) => bits(field, value, width),
    }
}
