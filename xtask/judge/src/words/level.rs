//! Where data lies, in words.

use super::format;
use crate::level::{Holds, Lies};

/// What stands beside a scenario whose calls are made cold.
pub const COLD: &str = "cold: evicted before every call";

/// "in L2", "in L3 or beyond", "beyond the caches".
pub fn lies(Lies { nearest, farthest, caches }: Lies) -> String {
    let level = |at: usize| format!("L{}", at + 1);
    if nearest == caches {
        return "beyond the caches".to_owned();
    }
    match farthest {
        _ if farthest == nearest => format!("in {}", level(nearest)),
        _ if farthest == caches => format!("in {} or beyond", level(nearest)),
        _ if farthest == nearest + 1 => format!("in {} or {}", level(nearest), level(farthest)),
        _ => format!("in {} to {}", level(nearest), level(farthest)),
    }
}

/// "Meant to lie beyond the caches; here 256 MiB lie within an L3 of 480 MiB".
pub fn holds(Holds { data, level, size }: Holds) -> String {
    format!(
        "Meant to lie beyond the caches; here {} lie within an L{level} of {}",
        format::bytes(data),
        format::bytes(size as f64)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sizes_of_a_cache_read_as_a_range() {
        let lies = |nearest, farthest| lies(Lies { nearest, farthest, caches: 3 });
        assert_eq!(
            [lies(0, 0), lies(0, 1), lies(0, 2), lies(2, 2)],
            ["in L1", "in L1 or L2", "in L1 to L3", "in L3"]
        );
        assert_eq!([lies(2, 3), lies(3, 3)], ["in L3 or beyond", "beyond the caches"]);
    }

    #[test]
    fn what_a_cache_holds_against_what_was_meant_is_said_with_both_sizes() {
        let text = holds(Holds { data: 268_435_456.0, level: 3, size: 480 << 20 });
        let expected = "Meant to lie beyond the caches; here 256 MiB lie within an L3 of 480 MiB";
        assert_eq!(text, expected);
    }
}
