//! Rust text as far as counts and rules need it: what is code, what it refers to, what is unsafe. A
//! parser would know more and take longer to build than all that is found here is worth.

use std::collections::BTreeSet;

/// One step outwards.
const SUPER: &str = "super::";

/// The code of a module, without comments and tests.
#[derive(Debug, Default)]
pub struct Source {
    code: Vec<String>,
}

impl Source {
    /// Adds a file.
    pub fn add(&mut self, text: &str) {
        // Where the file's own tests begin, be they for some systems only.
        let lines = || text.split_inclusive('\n').map(str::trim_end);
        let tests = lines().zip(lines().skip(1)).position(|(condition, module)| {
            let tests = ["#[cfg(test)]", "#[cfg(all(test, "];
            tests.iter().any(|tests| condition.starts_with(tests)) && is_module(module)
        });
        // Where the modules end that are written out within the file, innermost last.
        let mut ends: Vec<String> = Vec::new();
        for line in
            lines().take(tests.unwrap_or(usize::MAX)).map(without_comment).map(str::trim_end)
        {
            ends.pop_if(|end| end == line);
            let code = line.trim_start();
            if !code.is_empty() {
                self.code.push(of_the_file(code, ends.len()));
            }
            if is_module(code) {
                ends.push(format!("{}}}", &line[..line.len() - code.len()]));
            }
        }
    }

    /// Lines of code.
    pub fn lines(&self) -> u64 {
        self.code.len() as u64
    }

    /// `unsafe` blocks.
    pub fn unsafe_blocks(&self) -> u64 {
        self.code.iter().map(|line| line.matches("unsafe {").count() as u64).sum()
    }

    /// Whether a path begins with this: `wide::`, but neither `crate::wide::` nor `worldwide::`.
    pub fn mentions(&self, path: &str) -> bool {
        self.code.iter().any(|line| {
            line.match_indices(path).any(|(at, _)| {
                let before = &line[..at];
                let rest = before.strip_suffix("::").unwrap_or(before);
                !before.ends_with(is_name) && !rest.ends_with(is_name) && !before.ends_with('>')
            })
        })
    }

    /// Names behind `crate::` and `super::`, grouped ones too, each once.
    pub fn references(&self) -> Vec<String> {
        let behind = |path: String| path.split("::").nth(1).map(str::to_owned);
        let names: BTreeSet<String> = self.paths().into_iter().filter_map(behind).collect();
        names.into_iter().collect()
    }

    /// Lines of code, without what stands before and behind it.
    pub fn code(&self) -> &[String] {
        &self.code
    }

    /// Paths that begin with `crate::` or `super::`, one for each name of a group.
    pub fn paths(&self) -> Vec<String> {
        self.paths_from(&["crate", "super"])
    }

    /// The same of paths that begin with one of these names.
    pub fn paths_from(&self, roots: &[&str]) -> Vec<String> {
        let text = self.code.join("\n");
        let mut paths = Vec::new();
        for root in roots {
            for (at, _) in text.match_indices(&format!("{root}::")) {
                // `super::super::a` is found where it begins, and `$crate` is another file's.
                if !text[..at].ends_with(|before| is_name(before) || ":$".contains(before)) {
                    path(root, &text[at + root.len()..], &mut paths);
                }
            }
        }
        paths
    }
}

/// Adds all that `start` and the text behind it name: `::{b::{c, d}, e}` are three paths. Gives the
/// text behind them.
fn path<'t>(start: &str, text: &'t str, paths: &mut Vec<String>) -> &'t str {
    let Some(rest) = text.strip_prefix("::") else {
        paths.push(start.to_owned());
        return text;
    };
    if let Some(mut rest) = rest.strip_prefix('{') {
        loop {
            rest = rest.trim_start_matches(|letter| !is_name(letter) && letter != '}');
            let name = name(rest);
            if name.is_empty() {
                return rest.strip_prefix('}').unwrap_or(rest);
            }
            rest = path(&format!("{start}::{name}"), &rest[name.len()..], paths);
            // Another name for it: `b as c`.
            let other = rest.strip_prefix(" as ");
            rest = other.map_or(rest, |other| other.trim_start_matches(is_name));
        }
    }
    let name = name(rest);
    if name.is_empty() {
        // All of it: `a::*`; or the types of a call: `a::<T>`.
        paths.push(start.to_owned());
        return rest.strip_prefix('*').unwrap_or(rest);
    }
    path(&format!("{start}::{name}"), &rest[name.len()..], paths)
}

/// A line as if it stood outside of the modules that it is in: their `super` is the file itself.
fn of_the_file(code: &str, modules: usize) -> String {
    let (mut line, mut rest) = (String::new(), code);
    while let Some(at) = rest.find(SUPER) {
        let behind = rest[at..].trim_start_matches(SUPER);
        let supers = (rest.len() - at - behind.len()) / SUPER.len();
        let left = supers.saturating_sub(modules);
        line.push_str(&rest[..at]);
        line.push_str(&if left == 0 { "self::".to_owned() } else { SUPER.repeat(left) });
        rest = behind;
    }
    line + rest
}

/// Whether a module begins here whose text follows.
fn is_module(code: &str) -> bool {
    let code = code.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
    let code = code.trim_start_matches("pub ");
    code.starts_with("mod ") && code.ends_with('{')
}

fn name(text: &str) -> String {
    text.chars().take_while(|letter| is_name(*letter)).collect()
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// A line up to its comment; slashes within a string are none.
fn without_comment(line: &str) -> &str {
    let comments = line.match_indices("//").map(|(at, _)| at);
    let end = comments.into_iter().find(|at| line[..*at].matches('"').count().is_multiple_of(2));
    end.map_or(line, |end| &line[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        let mut source = Source::default();
        source.add(text);
        source
    }

    #[test]
    fn comments_blanks_and_tests_are_no_code() {
        let text = "//! Room.\n\n/// Doc.\nfn f() { // why\n    // SAFETY: unsafe { no }\n    unsafe { g(\"https://x\") }\n}\n\n#[cfg(test)]\nmod tests {\n    unsafe {}\n}\n";
        let source = source(text);
        assert_eq!((source.lines(), source.unsafe_blocks()), (3, 1));
        assert!(source.mentions("f()") && !source.mentions("why"));
    }

    #[test]
    fn tests_for_some_systems_are_no_code_either() {
        for condition in ["all(test, unix))] // where", "all(test, any(unix, windows)))]"] {
            let text = format!("fn f() {{}}\n\n#[cfg({condition}\nmod tests {{\n    x();\n}}\n");
            assert_eq!(source(&text).lines(), 1, "{text}");
        }
        assert_eq!(source("#[cfg(all(unix, x))]\nmod a {\n    x();\n}\n").lines(), 4);
    }

    #[test]
    fn a_crate_is_not_a_module_of_its_name() {
        assert!(source("use wide::f64x4;").mentions("wide::"));
        assert!(source("let x = ::wide::f64x4::ONE;").mentions("wide::"));
        assert!(!source("use crate::wide::sum;").mentions("wide::"));
        assert!(!source("use worldwide::sum;").mentions("wide::"));
        assert!(!source("// use wide::f64x4;").mentions("wide::"));
    }

    #[test]
    fn a_file_of_tests_ends_no_code() {
        assert_eq!(source("mod a;\n#[cfg(test)]\nmod tests;\n\nfn f() {}\n").lines(), 4);
    }

    #[test]
    fn references_are_found_in_groups_too() {
        let text =
            "use crate::{\n    a::{x, y},\n    b,\n};\nuse super::c::z;\nfn f() { crate::d::g() }";
        let mut names = source(text).references();
        names.sort();
        assert_eq!(names, ["a", "b", "c", "d"]);
    }

    #[test]
    fn paths_are_told_to_their_last_name() {
        let text = "use crate::{a::{self, b::{x, Y as Z}}, c::*};\nlet d = crate::d::<u8>(e);\n\
                    use super::super::f;\nmacro_rules! m { () => { $crate::g::h!() } }\n";
        let paths = source(text).paths();
        let from_crate = ["a::self", "a::b::x", "a::b::Y", "c", "d"];
        let mut expected: Vec<String> = from_crate.map(|path| format!("crate::{path}")).into();
        expected.push("super::super::f".to_owned());
        assert_eq!(paths, expected);
        let of_a = source("use a::{b, c::d};\nlet x = ba::e + a::f();").paths_from(&["a"]);
        assert_eq!(of_a, ["a::b", "a::c::d", "a::f"]);
    }

    #[test]
    fn modules_within_a_file_begin_their_paths_where_it_does() {
        let text = "use super::a;\nmod vectors {\n    use super::{b, c};\n    mod inner {\n        \
                    super::super::super::d::f();\n        super::e();\n    }\n}\nfn f() {\n    \
                    super::g();\n}\n";
        assert_eq!(source(text).references(), ["a", "d", "g"]);
    }
}
