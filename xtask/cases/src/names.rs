//! Names that a user typed, held against those that there are.

use anyhow::{Result, bail};

/// Letters of a name that an answer repeats.
const SHOWN: usize = 40;

/// Likeness from which on a name may be a slip for another: between 0 and 1, of which 1 is equal.
const SLIP: f64 = 0.7;

/// Lets a name pass that is known.
///
/// # Errors
/// For another one, with the nearest that is known, if any is near.
pub fn known<'a>(what: &str, name: &str, all: impl Iterator<Item = &'a str> + Clone) -> Result<()> {
    if all.clone().any(|known| known == name) {
        return Ok(());
    }
    let likeness = |known: &str| strsim::jaro_winkler(name, known);
    let near = all.filter(|known| likeness(known) >= SLIP);
    let nearest = near.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let nearest = nearest.map(|known| format!("; did you mean `{known}`?"));
    bail!("there is no {what} `{}`{}", shown(name), nearest.unwrap_or_default())
}

/// The beginning of a name, without what a terminal would obey.
pub fn shown(name: &str) -> String {
    let beginning: String = name.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if name.chars().nth(SHOWN).is_some() { beginning + "…" } else { beginning }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str) -> String {
        let all = ["arenas", "bitsets", "memory-ordering", "optimized"].into_iter();
        known("case", name, all).unwrap_err().to_string()
    }

    #[test]
    fn a_slip_is_answered_with_what_was_meant_and_nothing_else_with_a_guess() {
        for (slip, meant) in [
            ("bitset", "bitsets"),
            ("arena", "arenas"),
            ("optimised", "optimized"),
            ("BITSETS ", ""),
        ] {
            let refusal = refusal(slip);
            assert_eq!(refusal.contains("did you mean"), !meant.is_empty(), "{refusal}");
            assert!(refusal.contains(meant), "{refusal}");
        }
        assert_eq!(refusal("zzzzzz"), "there is no case `zzzzzz`");
        assert_eq!(refusal(""), "there is no case ``");
    }

    #[test]
    fn what_was_typed_is_repeated_shortly_and_harmlessly() {
        assert_eq!(refusal("\x1b[31m\n"), "there is no case `\\u{1b}[31m\\n`");
        assert!(refusal(&"ö".repeat(100_000)).len() < 120);
    }
}
