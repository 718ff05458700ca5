//! The levels that a check can give, and how they are called.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What an attempt has reached, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not faster than naive.
    None,
    /// Faster than naive.
    Bronze,
    /// Half of the way from naive to the reference, as logarithms.
    Silver,
    /// Nine tenths of it.
    Gold,
    /// Faster than the reference.
    Beyond,
}

impl Level {
    /// All of them, the least first.
    pub const ALL: [Self; 5] = [Self::None, Self::Bronze, Self::Silver, Self::Gold, Self::Beyond];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Bronze => "bronze",
            Self::Silver => "silver",
            Self::Gold => "gold",
            Self::Beyond => "beyond",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_called_as_the_log_has_them_and_grow() {
        for level in Level::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.to_string());
        }
        assert!(Level::ALL.is_sorted());
    }
}
