//! Which names a new case can have. A name becomes a folder, a package, a crate, a binary, a page
//! of the book and a place for criterion's files; what one of these cannot be called is refused.

use anyhow::{Result, bail};

use crate::names::shown;

/// Letters of the longest name: compilers put it twice into the name of a file, tables into a row.
pub const LONGEST: usize = 40;

/// Names that something else has, and what that is; as crates have them, without dashes.
const RESERVED: [(&str, &[&str]); 10] = [
    (
        "a keyword of Rust",
        &[
            "abstract",
            "as",
            "async",
            "await",
            "become",
            "box",
            "break",
            "const",
            "continue",
            "crate",
            "do",
            "dyn",
            "else",
            "enum",
            "extern",
            "false",
            "final",
            "fn",
            "for",
            "gen",
            "if",
            "impl",
            "in",
            "let",
            "loop",
            "macro",
            "macro_rules",
            "match",
            "mod",
            "move",
            "mut",
            "override",
            "priv",
            "pub",
            "ref",
            "return",
            "self",
            "static",
            "struct",
            "super",
            "trait",
            "true",
            "try",
            "type",
            "typeof",
            "union",
            "unsafe",
            "unsized",
            "use",
            "virtual",
            "where",
            "while",
            "yield",
        ],
    ),
    (
        "a type of Rust's own",
        &[
            "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128",
            "isize", "str", "u8", "u16", "u32", "u64", "u128", "usize",
        ],
    ),
    (
        "a crate that comes with the compiler",
        &[
            "alloc",
            "compiler_builtins",
            "core",
            "panic_abort",
            "panic_unwind",
            "proc_macro",
            "std",
            "test",
            "unwind",
        ],
    ),
    ("a tool that attributes name", &["clippy", "diagnostic", "miri", "rustdoc", "rustfmt"]),
    (
        "a folder that cargo or rustdoc makes",
        &["build", "deps", "doc", "examples", "incremental", "src", "target"],
    ),
    ("a folder of this workspace", &["benches", "crates", "docs"]),
    ("a rung of every case, or what rungs are called", &["naive", "optimized", "peer", "rung"]),
    (
        "a page of the book",
        &["index", "machines", "print", "readme", "summary", "title_page", "toc", "your_file"],
    ),
    ("a folder of criterion's", &["report"]),
    ("a device on Windows", &["aux", "con", "nul", "prn"]),
];

/// Lets a name pass that a case can have beside these packages and pages of the book.
///
/// # Errors
/// With what the name would meet.
pub fn free<'a>(
    name: &str,
    mut packages: impl Iterator<Item = &'a str>,
    mut pages: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.split('-').all(word) {
        bail!(
            "`{}` cannot be a case: use lower-case words joined by dashes, like \
             `zero-copy-parsing`",
            shown(name)
        );
    }
    if name.len() > LONGEST {
        bail!("`{}` cannot be a case: {LONGEST} letters are the most", shown(name));
    }
    let crate_name = name.replace('-', "_");
    let reserved = RESERVED.iter().find(|(_, names)| names.contains(&crate_name.as_str()));
    if let Some((what, _)) = reserved {
        bail!("`{name}` cannot be a case: it is {what}; choose another name");
    }
    if numbered_device(name) {
        bail!("`{name}` cannot be a case: it is a device on Windows; choose another name");
    }
    // `cargo test -p` must know which is meant, and `use` whose crate it is.
    if let Some(package) = packages.find(|package| package.replace('-', "_") == crate_name) {
        bail!(
            "`{name}` cannot be a case: the package `{package}` is in the workspace or among its \
             dependencies; choose another name"
        );
    }
    if name.starts_with("lab-") || pages.any(|page| page == name) {
        bail!("`{name}` cannot be a case: it is a page of the book; choose another name");
    }
    Ok(())
}

/// Windows has them in every folder: `com1` to `com9`, `lpt1` to `lpt9`, and with a zero in some.
fn numbered_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    number.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str) -> Option<String> {
        let packages = ["xtask", "harness", "bitsets", "serde_json", "perf-event-open-sys"];
        let pages = ["method", "your-data", "part-memory"];
        free(name, packages.into_iter(), pages.into_iter()).err().map(|error| error.to_string())
    }

    #[test]
    fn words_joined_by_dashes_pass() {
        let longest = "a".repeat(LONGEST);
        for name in
            ["bits", "zero-copy-parsing", "utf8", "x", "a-1-b", "com10", "type-sizes", &longest]
        {
            assert_eq!(refusal(name), None);
        }
    }

    #[test]
    fn names_of_other_letters_are_refused() {
        let hostile = [
            "",
            " ",
            "-",
            "-x",
            "x-",
            "a--b",
            "--help",
            "8bit",
            "1",
            "Bitsets",
            "snake_case",
            "two words",
            "../x",
            "a/b",
            "a\\b",
            ".",
            "..",
            "a.rs",
            "tab\tbed",
            "line\nbreak",
            "nul\0",
            "größe",
            "ｂits",
            "x\u{301}",
            "\u{202e}x",
            "\x1b[31m",
            "$HOME",
            "a;b",
            "a'b",
            "a\"b",
            "{{name}}",
            "%2e",
            "*",
            "🦀",
        ];
        for name in hostile {
            let refusal = refusal(name).expect(name);
            assert!(refusal.contains("lower-case words joined by dashes"), "{refusal}");
            assert!(!refusal.contains(|c: char| c.is_control()), "{refusal:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused_in_few_words() {
        for length in [LONGEST + 1, 100_000] {
            for letter in ["a", "-"] {
                let refusal = refusal(&letter.repeat(length)).unwrap();
                assert!(refusal.len() < 160, "{refusal}");
            }
        }
    }

    #[test]
    fn names_that_mean_something_else_are_refused_with_what() {
        let hostile = [
            ("fn", "keyword"),
            ("self", "keyword"),
            ("async", "keyword"),
            ("gen", "keyword"),
            ("macro-rules", "keyword"),
            ("u8", "type of Rust"),
            ("str", "type of Rust"),
            ("std", "with the compiler"),
            ("core", "with the compiler"),
            ("alloc", "with the compiler"),
            ("test", "with the compiler"),
            ("proc-macro", "with the compiler"),
            ("clippy", "attributes"),
            ("target", "folder"),
            ("deps", "folder"),
            ("benches", "folder"),
            ("naive", "rung"),
            ("optimized", "rung"),
            ("index", "page"),
            ("print", "page"),
            ("your-file", "page"),
            ("lab-hashing", "page"),
            ("method", "page"),
            ("part-memory", "page"),
            ("report", "criterion"),
            ("con", "Windows"),
            ("nul", "Windows"),
            ("com1", "Windows"),
            ("lpt9", "Windows"),
            ("xtask", "package `xtask`"),
            ("harness", "package `harness`"),
            ("bitsets", "package `bitsets`"),
            ("serde-json", "package `serde_json`"),
            ("perf-event-open-sys", "package `perf-event-open-sys`"),
        ];
        for (name, what) in hostile {
            let refusal = refusal(name).expect(name);
            assert!(refusal.contains(what) && refusal.contains(name), "{refusal}");
        }
    }
}
