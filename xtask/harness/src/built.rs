//! How this binary was built: what cargo told the harness' build script, and what can be seen in
//! the binary itself.

use protocol::{Build, Description};

use crate::{duel, heap, hot, profile, solo, source, tail};

/// Functions have no larger alignment than a page.
const PAGE: u64 = 4096;

/// A description that says how the binary was built that gives it.
pub(crate) fn known_of(description: Description) -> Description {
    Description { build: Some(build()), ..description }
}

fn build() -> Build {
    let list = |text: &str, separator| {
        let parts = text.split(separator).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    Build {
        rustc: env!("CASEBOOK_RUSTC").to_owned(),
        target: env!("CASEBOOK_TARGET").to_owned(),
        flags: list(env!("CASEBOOK_FLAGS"), '\u{1f}'),
        opt_level: env!("CASEBOOK_OPT_LEVEL").to_owned(),
        debug_assertions: cfg!(debug_assertions),
        panic: env!("CASEBOOK_CARGO_CFG_PANIC").to_owned(),
        features: list(env!("CASEBOOK_CARGO_CFG_TARGET_FEATURE"), ','),
        alignment: alignment(),
    }
}

/// What the addresses of some functions have in common. By chance, a few of them do.
fn alignment() -> u64 {
    let addresses = [
        duel::round as *const () as u64,
        duel::alone as *const () as u64,
        tail::tails as *const () as u64,
        heap::of as *const () as u64,
        hot::sample as *const () as u64,
        profile::run as *const () as u64,
        solo::run as *const () as u64,
        source::source as *const () as u64,
        source::describe as *const () as u64,
        build as *const () as u64,
    ];
    let any = addresses.iter().fold(PAGE, |any, address| any | address);
    1 << any.trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cargo hands the same to the test's own build.
    #[test]
    fn a_binary_knows_its_compiler_its_flags_and_where_its_functions_begin() {
        let build = build();
        assert!(build.rustc.starts_with("rustc 1."), "{build:?}");
        assert!(build.target.starts_with(std::env::consts::ARCH), "{build:?}");
        assert_eq!(build.panic, if cfg!(panic = "unwind") { "unwind" } else { "abort" });
        let sse = build.features.iter().any(|feature| feature == "sse2");
        assert_eq!(sse, cfg!(target_feature = "sse2"));
        let asked = build.flags.iter().any(|flag| flag.contains("-align-all-functions=6"));
        assert_eq!(build.alignment >= 64, asked, "{build:?}");
    }
}
