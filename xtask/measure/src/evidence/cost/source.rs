//! Rust text as far as costs need it: what is code, what it refers to, what is unsafe. A parser
//! would know more and take longer to build than all that is counted here is worth.

/// The code of a module, without comments and tests.
#[derive(Debug, Default)]
pub struct Source {
    code: Vec<String>,
}

impl Source {
    /// Adds a file.
    pub fn add(&mut self, text: &str) {
        let end = text.find("\n#[cfg(test)]\nmod ").unwrap_or(text.len());
        let lines = text[..end].lines().map(without_comment).map(str::trim);
        self.code.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
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

    /// Names behind `crate::` and `super::`, grouped ones too.
    pub fn references(&self) -> Vec<String> {
        let text = self.code.join("\n");
        let mut names = Vec::new();
        for root in ["crate::", "super::"] {
            for (at, _) in text.match_indices(root) {
                let rest = &text[at + root.len()..];
                match rest.strip_prefix('{') {
                    Some(group) => names.extend(grouped(group)),
                    None => names.push(name(rest)),
                }
            }
        }
        names
    }
}

/// First names of a group: `a::{b, c}, d}` has `a` and `d`.
fn grouped(text: &str) -> Vec<String> {
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && is_name(letter) => {
                names.push(name(&text[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
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
    fn a_crate_is_not_a_module_of_its_name() {
        assert!(source("use wide::f64x4;").mentions("wide::"));
        assert!(source("let x = ::wide::f64x4::ONE;").mentions("wide::"));
        assert!(!source("use crate::wide::sum;").mentions("wide::"));
        assert!(!source("use worldwide::sum;").mentions("wide::"));
        assert!(!source("// use wide::f64x4;").mentions("wide::"));
    }

    #[test]
    fn references_are_found_in_groups_too() {
        let text =
            "use crate::{\n    a::{x, y},\n    b,\n};\nuse super::c::z;\nfn f() { crate::d::g() }";
        let mut names = source(text).references();
        names.sort();
        assert_eq!(names, ["a", "b", "c", "d"]);
    }
}
