//! How a program was built, as far as its stacks tell. It is said before all else: of a debug build
//! nothing else is worth saying.

use crate::names::is_unknown;
use crate::{Kind, Profile};

/// Checks of the library's own unsafe code and of arithmetic, which releases do not have.
const CHECKS: [&str; 4] =
    ["precondition_check", "core::ub_checks::", "panic_const_", "is_aligned_and_not_null"];
/// What is small enough that any optimization takes its call away.
const TINY: [&str; 8] = [
    "as core::ops::index::Index<",
    "as core::ops::deref::Deref>::deref",
    "as core::iter::range::RangeIteratorImpl>",
    "as core::iter::traits::collect::IntoIterator>::into_iter",
    "core::ptr::non_null::NonNull<T>::as_ptr",
    "core::mem::size_of",
    "as core::convert::Into<U>>::into",
    "core::num::<impl usize>::unchecked",
];
/// The share of samples in which one of them was from which on the build is no release.
const CHECKED: f64 = 0.004;
/// The same of calls that any optimization takes away; names of inlined functions are in no stack
/// of a release without line tables, but may be in one with them.
const CALLED: f64 = 0.3;
/// Fewer samples make intervals too wide to rank by.
const FEW: u64 = 100;
/// The share of innermost frames without names from which on stacks say too little.
const NAMELESS: f64 = 0.5;

/// What speaks against trusting the profile, in sentences.
pub fn warnings(profile: &Profile) -> Vec<String> {
    let total = profile.total() as f64;
    if profile.kind == Kind::Calls || total == 0.0 {
        return Vec::new();
    }
    let share = |fits: &dyn Fn(&protocol::Stack) -> bool| {
        let fitting = profile.stacks.iter().filter(|stack| fits(stack));
        fitting.map(|stack| stack.samples as f64).sum::<f64>() / total
    };
    let has = |stack: &protocol::Stack, words: &[&str]| {
        stack.frames.iter().any(|frame| words.iter().any(|word| frame.contains(word)))
    };
    let mut warnings = Vec::new();
    let checked = share(&|stack| has(stack, &CHECKS));
    let called = share(&|stack| TINY.iter().any(|word| stack.function.contains(word)));
    if checked >= CHECKED || called >= CALLED {
        warnings.push(
            "this is a debug build: the standard library's checks, and calls that a release does \
             not have, are on its stacks. Build with `--release` and look again; what follows is \
             about the debug build"
                .to_owned(),
        );
    }
    if profile.kind == Kind::Samples && profile.total() < FEW {
        warnings.push(format!(
            "there are only {} samples, so that shares are rough: let it run for longer",
            profile.total()
        ));
    }
    let nameless = share(&|stack| stack.frames.last().is_none_or(|name| is_unknown(name)));
    if nameless >= NAMELESS {
        warnings.push(
            "most samples are in functions without a name: it was built with `strip`, or without \
             debug information. `CARGO_PROFILE_RELEASE_STRIP=none \
             CARGO_PROFILE_RELEASE_DEBUG=limited cargo build --release` keeps the names, of \
             inlined functions too, and changes no instruction"
                .to_owned(),
        );
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn warned(folded: &str) -> String {
        warnings(&read::profile(folded.as_bytes()).unwrap()).join("\n")
    }

    #[test]
    fn a_debug_build_is_seen_by_its_checks_or_by_calls_that_no_release_has() {
        let checks = "app::main;core::slice::get_unchecked::precondition_check 2\napp::main 90\n";
        assert!(warned(checks).contains("debug build") && warned(checks).contains("--release"));
        let calls = "app::main;<alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index 50\n\
                     app::main 50\n";
        assert!(warned(calls).contains("debug build"));
        assert_eq!(warned("app::main;app::go 95\napp::main;malloc 5\n"), "");
        assert!(warned("app::main;app::go 9\n").contains("only 9 samples"));
    }

    #[test]
    fn a_build_without_names_is_told_how_to_keep_them() {
        let stripped = "main;[app];[app] 60\nmain;app::go 40\n";
        assert!(warned(stripped).contains("CARGO_PROFILE_RELEASE_STRIP=none"));
        assert_eq!(warned("main;[kernel.kallsyms] 60\nmain;app::go 40\n"), "");
    }
}
