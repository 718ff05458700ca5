//! Links from chapter to chapter, which are known to be broken long before a book is built.

use std::path::Path;

/// Every link of a chapter in this folder that is neither a page of the web nor a place on the page
/// itself, and leads to no other chapter.
pub fn broken(chapter: &str, folder: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    for (at, line) in chapter.lines().enumerate() {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        for (target, _) in targets {
            if !target.contains("://") && !target.starts_with('#') && !is_chapter(target, folder) {
                problems.push(format!(
                    "line {}: `{target}` is no chapter: name the file of the other case, \
                     `../bitsets/README.md`",
                    at + 1
                ));
            }
        }
    }
    problems
}

fn is_chapter(target: &str, folder: &Path) -> bool {
    let file = target.split('#').next().unwrap_or_default();
    file.starts_with("../") && file.ends_with("/README.md") && folder.join(file).is_file()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_link_to_a_chapter_names_its_file() {
        let root = tempfile::tempdir().unwrap();
        let case = |name: &str| {
            let folder = root.path().join(name);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("README.md"), "# A\n").unwrap();
            folder
        };
        let folder = case("bitsets");
        case("hashing");
        let of = |text: &str| broken(text, &folder);
        let fine = "[a](../hashing/README.md), [b](#there), [c](https://there)\n[^d]: x";
        assert_eq!(of(fine), Vec::<String>::new());
        for target in ["hashing.md", "../hashing", "../hash/README.md", "hashing/README.md"] {
            let problems = of(&format!("a\n\n[b]({target})"));
            assert!(problems[0].starts_with(&format!("line 3: `{target}`")), "{problems:?}");
        }
    }
}
