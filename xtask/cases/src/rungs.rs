//! The rungs of a case, as its `lib.rs` lists them.

/// Names of the rungs, read from the table in `lib.rs`.
pub fn rung_modules(lib: &str) -> Vec<String> {
    let names = lib.match_indices("Rung::").filter_map(|(at, _)| {
        let call = &lib[at..];
        let name = call.split('"').nth(1)?;
        let is_call = call[..call.find('"')?].contains('(');
        (is_call && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
            .then(|| name.to_owned())
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rungs_are_read_from_the_table() {
        let lib = r#"
            pub const RUNGS: &[Rung<A, B>] = &[
                Rung::new("naive", |a| naive::run(a)),
                Rung::in_place("words", |a: &mut A| words::run(a)).data(A::bytes),
                Rung::reusing(
                    "optimized",
                    |a| optimized::run(a),
                ),
            ];
            fn other() { "not_a_rung" }"#;
        assert_eq!(rung_modules(lib), ["naive", "words", "optimized"]);
    }
}
