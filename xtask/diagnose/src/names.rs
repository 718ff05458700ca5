//! What the name of a function says: its path without parameters, and whose it is.

use rustc_demangle::try_demangle;

/// Crates that nobody chose: the language's own, and what is compiled into its library.
const LIBRARY: [&str; 12] = [
    "std",
    "core",
    "alloc",
    "proc_macro",
    "test",
    "hashbrown",
    "compiler_builtins",
    "memchr",
    "std_detect",
    "rustc_demangle",
    "gimli",
    "addr2line",
];
/// Letters of a name that anybody reads.
const SHOWN: usize = 160;

/// A function's name as a reader knows it, however the file has it.
pub fn readable(name: &str) -> String {
    // Suffixes of the compiler's and of perf's own would hide it.
    let name = name.split(".llvm.").next().unwrap_or(name);
    let name = match name.rsplit_once("+0x") {
        Some((name, offset)) if offset.bytes().all(|b| b.is_ascii_hexdigit()) => name,
        _ => name,
    };
    let name = name.trim().trim_end_matches("_[i]").trim_end_matches("_[k]");
    let full = match try_demangle(name) {
        Ok(name) => format!("{name:#}"),
        Err(_) => without_hash(name).to_owned(),
    };
    match full.char_indices().nth(SHOWN * 4) {
        Some((end, _)) => full[..end].to_owned(),
        None => full,
    }
}

/// "a::b" of "a::b::h0123456789abcdef".
fn without_hash(name: &str) -> &str {
    match name.rsplit_once("::h") {
        Some((path, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            path
        }
        _ => name,
    }
}

/// Its path without type parameters: `alloc::vec::Vec::push` of `<alloc::vec::Vec<u32>>::push`.
/// An implementation of a trait keeps its two sides: "<a::B as c::D>::e".
pub fn bare(name: &str) -> String {
    let mut bare = String::with_capacity(name.len());
    let (mut depth, mut before) = (0_usize, ' ');
    for letter in name.chars() {
        let arrow = letter == '>' && before == '-';
        match letter {
            '<' if depth > 0 || before.is_alphanumeric() || before == '_' || before == ':' => {
                depth += 1;
            }
            '>' if depth > 0 && !arrow => depth -= 1,
            _ if depth == 0 => bare.push(letter),
            _ => {}
        }
        before = letter;
    }
    let bare = bare.replace("{{closure}}", "{closure}").replace("::::", "::");
    let bare = bare.trim_end_matches("::").to_owned();
    match bare.strip_prefix('<').and_then(|rest| rest.split_once(">::")) {
        Some((of, function)) if !of.contains(" as ") => format!("{of}::{function}"),
        _ => bare,
    }
}

/// The crate of a function, where it is one of Rust's.
pub fn crate_of(name: &str) -> Option<&str> {
    let inside = name.trim_start_matches(['<', '&', '*', '[', '(', ' ']);
    let inside = ["mut ", "const ", "dyn ", "impl "]
        .iter()
        .fold(inside, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let path = first(inside);
    // A type of the language's own has no crate, but the trait that it implements has one.
    path.or_else(|| first(inside.split_once(" as ")?.1))
}

/// The first part of a path.
fn first(path: &str) -> Option<&str> {
    let (first, _) = path.split_once("::")?;
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    (!first.is_empty() && first.bytes().all(is_name)).then_some(first)
}

/// Whether a function belongs to the language, or to none of Rust's crates.
pub fn is_foreign(name: &str) -> bool {
    crate_of(name).is_none_or(|of| LIBRARY.contains(&of))
}

/// Whether nobody knows a name: an address, or the file it lies in.
pub fn is_unknown(name: &str) -> bool {
    name.is_empty()
        || name.starts_with("0x")
        || name.starts_with("[unknown")
        || (name.starts_with('[') && name.ends_with(']') && !name.contains("kernel"))
}

/// The beginning of a name, for people.
pub fn shown(name: &str) -> String {
    let letters = name.chars().filter(|letter| !letter.is_control());
    let beginning: String = letters.clone().take(SHOWN).collect();
    if letters.count() > SHOWN { beginning + "…" } else { beginning }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_is_the_same_however_it_was_mangled() {
        for name in ["<alloc::vec::Vec<u32>>::push", "alloc::vec::Vec<T,A>::push"] {
            assert_eq!(bare(name), "alloc::vec::Vec::push");
        }
        assert_eq!(bare("core::iter::Iterator::sum::<f64>"), "core::iter::Iterator::sum");
        assert_eq!(bare("<a::B<T> as c::D<fn(u8) -> u8>>::e"), "<a::B as c::D>::e");
        assert_eq!(bare("a::b::{{closure}}"), "a::b::{closure}");
        assert_eq!(bare("<[u32]>::contains"), "[u32]::contains");
        assert_eq!(bare("a < b > c <<<"), "a < b > c <<<");
    }

    #[test]
    fn a_name_says_whose_it_is() {
        for (name, of) in [
            ("app::main", Some("app")),
            ("<app::Node as core::ops::Drop>::drop", Some("app")),
            ("<&mut app::Node as core::fmt::Display>::fmt", Some("app")),
            ("<[u8] as app::Hash>::go", Some("app")),
            ("<f64 as core::iter::Sum>::sum", Some("core")),
            ("malloc", None),
            ("[libc.so.6]", None),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
        assert!(is_foreign("malloc") && is_foreign("core::ptr::read") && !is_foreign("app::main"));
    }

    #[test]
    fn names_are_read_however_they_come() {
        assert_eq!(readable("_ZN4core3ptr4read17h0123456789abcdefE"), "core::ptr::read");
        assert_eq!(readable("a::b::h0123456789abcdef.llvm.77"), "a::b");
        assert_eq!(readable("malloc+0x1f"), "malloc");
        assert_eq!(readable("app::push_[i]"), "app::push");
        assert!(shown(&"x\u{1b}".repeat(9_999)).chars().count() <= SHOWN + 1);
    }
}
