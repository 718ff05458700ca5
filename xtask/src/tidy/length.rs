//! Functions that do not fit a screen.

/// Lines of a function beyond which it is several.
const LONGEST: usize = 69;

/// Every function that is too long, by name. Counts lines as rustfmt sets them: a function ends
/// with the first brace that stands as far in as it began.
pub fn long(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let functions = lines.iter().enumerate().filter_map(|(at, line)| Some((at, name(line)?)));
    let long = functions.filter_map(|(at, name)| {
        let indent = lines[at].len() - lines[at].trim_start().len();
        let ends = |line: &&str| line.trim_end() == format!("{:indent$}}}", "");
        let count = 1 + lines[at..].iter().position(ends)?;
        (count > LONGEST).then(|| {
            format!("`{name}` has {count} lines; a function of more than {LONGEST} is several")
        })
    });
    long.collect()
}

/// The name of the function that begins on a line and does not end there.
fn name(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let ends_here = words.ends_with('}') || words.ends_with(';');
    let modifiers = ["pub ", "pub(crate) ", "pub(super) ", "const ", "unsafe ", "extern \"C\" "];
    let mut rest = words;
    while let Some(next) = modifiers.iter().find_map(|modifier| rest.strip_prefix(modifier)) {
        rest = next;
    }
    let name = rest.strip_prefix("fn ")?;
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    (!ends_here).then_some(&name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> String {
        let body = "        let x = || {\n        };\n".repeat((lines - 2) / 2);
        format!("impl A {{\n    pub(crate) const fn a<T>(\n{body}    }}\n\n    fn b() {{}}\n}}\n")
    }

    #[test]
    fn a_function_is_counted_to_its_own_end() {
        assert!(long(&function(68)).is_empty());
        assert_eq!(long(&function(70)).len(), 1);
        assert!(
            long(&function(70))[0].starts_with("`a` has 70 lines"),
            "{:?}",
            long(&function(70))
        );
    }

    #[test]
    fn types_of_functions_and_short_ones_are_none() {
        let rest = "x\n".repeat(100);
        assert!(long(&format!("type F = fn(u8);\nfn a() {{ 1 }}\nfn b();\n{rest}}}\n")).is_empty());
    }
}
