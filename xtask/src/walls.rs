//! Which crate of the workspace may know which, held against `cargo metadata`. What is not allowed
//! here does not compile for long: the test below says in words why.

use std::path::Path;

use cargo_metadata::{MetadataCommand, Package};

/// A crate of the tool, what it may know, and why nothing else.
struct Room {
    name: &'static str,
    knows: &'static [&'static str],
    why: &'static str,
}

const ROOMS: [Room; 15] = [
    Room {
        name: "protocol",
        knows: &[],
        why: "bench binaries and the tool share these types and nothing else",
    },
    Room {
        name: "cases",
        knows: &[],
        why: "to list the cases, nothing of what is done with them has to be compiled",
    },
    Room {
        name: "record",
        knows: &["protocol"],
        why: "a record is what measuring wrote: how it is made, judged or shown is not its business",
    },
    Room {
        name: "judge",
        knows: &["protocol", "record"],
        why: "verdicts follow from a record alone: judging opens no file and starts no process",
    },
    Room {
        name: "diagnose",
        knows: &["cases", "judge", "protocol", "record"],
        why: "a diagnosis follows from a profile and the cases' own words: it opens no file and \
              starts no process, so that it can be held against profiles whose answer is known",
    },
    Room {
        name: "predictor",
        knows: &[],
        why: "jumps in, wrong guesses out: what ran and who asks does not matter",
    },
    Room {
        name: "measure",
        knows: &["cases", "judge", "predictor", "protocol", "record"],
        why: "measuring does not know how it will be shown: the book reads records",
    },
    Room {
        name: "labs",
        knows: &["cases", "judge", "protocol", "record"],
        why: "a grade follows from what was measured: building and running attempts is the command's",
    },
    Room {
        name: "courses",
        knows: &["cases", "judge", "labs", "protocol", "record"],
        why: "what a class is given, or did, follows from records, manifests and logs: pages are the \
              book's",
    },
    Room {
        name: "book",
        knows: &["cases", "courses", "diagnose", "judge", "labs", "protocol", "record"],
        why: "a page is made of prose, sources and records: whatever else it needs is put into the \
              record when it is measured",
    },
    Room {
        name: "harness",
        knows: &["protocol"],
        why: "a bench binary answers questions and knows nothing of who asks",
    },
    Room {
        name: "machine",
        knows: &["protocol"],
        why: "the probe answers one question and knows nothing of who asks",
    },
    Room {
        name: "calibration",
        knows: &["harness"],
        why: "its jobs are measured as cases are, or they would put something else to the test",
    },
    Room {
        name: "sampler",
        knows: &["harness"],
        why: "it is loaded into programs of others: the harness walks stacks, and it starts that",
    },
    Room {
        name: "xtask",
        knows: &["cases", "courses", "diagnose", "judge", "labs", "measure", "protocol", "record"],
        why: "the book is a program of its own, so that the tool does not wait for mdBook",
    },
];

/// What is too heavy to be compiled before the first command answers.
const OF_THE_BOOK: [&str; 3] = ["mdbook-driver", "inferno", "html5ever"];

/// What a crate that neither opens files nor starts processes does not mention.
const WORLD: [&str; 5] = ["std::fs", "std::process", "std::net", "std::env", "File::open"];

/// Whether a package stands in the folder of a case, as the case itself does.
fn is_part(packages: &[&Package], name: &str, case: &str) -> bool {
    let path = |name: &str| {
        let package = packages.iter().find(|package| package.name == name);
        package.and_then(|package| package.manifest_path.parent())
    };
    path(name).zip(path(case)).is_some_and(|(part, case)| part.starts_with(case))
}

/// Every arrow that may not be, in words.
fn trespasses(packages: &[&Package], root: &Path) -> Vec<String> {
    let members: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let mut problems = Vec::new();
    for package in packages {
        let name = package.name.as_str();
        let folder = package.manifest_path.strip_prefix(root).unwrap_or(&package.manifest_path);
        // A case that shows what happens between crates has one of its own, within its folder. Some
        // labs are jobs of no case, and stand as cases do.
        let within = |case: &&&Package| {
            let folder = case.manifest_path.parent();
            (case.metadata.get("case").is_some() || case.metadata.get("lab").is_some())
                && folder.is_some_and(|folder| package.manifest_path.starts_with(folder))
        };
        let part_of = packages.iter().find(within).map(|case| case.name.as_str());
        if folder.starts_with("crates") && part_of.is_none() {
            problems.push(format!(
                "{folder} is no case and no lab: crates/ holds these and nothing else; what serves \
                 them is a room of the tool, under xtask/"
            ));
        }
        let room = ROOMS.iter().find(|room| room.name == name);
        let (knows, why) = match room {
            Some(room) => (room.knows, room.why),
            None if part_of.is_some() => {
                let why = "a case knows nothing of the tool but the harness, and of no other case";
                (&["harness"][..], why)
            }
            None => continue, // tests that stand apart
        };
        let own =
            |dependency: &str| part_of.is_some_and(|case| is_part(packages, dependency, case));
        let other = |dependency: &&str| {
            members.contains(dependency) && *dependency != name && !own(dependency)
        };
        for known in package.dependencies.iter().map(|known| known.name.as_str()).filter(other) {
            if !knows.contains(&known) {
                problems.push(format!("{name} must not know {known}: {why}"));
            }
        }
        let heavy = package
            .dependencies
            .iter()
            .find(|known| name != "book" && OF_THE_BOOK.contains(&known.name.as_str()));
        if let Some(heavy) = heavy {
            problems.push(format!(
                "{name} must not need {}: only the book's program does, so that every other \
                 command can answer before it is compiled",
                heavy.name
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> cargo_metadata::Metadata {
        MetadataCommand::new().no_deps().exec().unwrap()
    }

    #[test]
    fn nobody_knows_what_he_must_not() {
        let metadata = metadata();
        let root = metadata.workspace_root.as_std_path();
        let problems = trespasses(&metadata.workspace_packages(), root);
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        for room in &ROOMS {
            let there = metadata.workspace_packages().iter().any(|p| p.name == room.name);
            assert!(there, "there is no room {}", room.name);
        }
    }

    #[test]
    fn a_wrong_arrow_is_named_with_its_reason() {
        let metadata = metadata();
        let root = metadata.workspace_root.as_std_path();
        let wrong = |from: &str, to: &str| {
            let mut packages: Vec<Package> =
                metadata.workspace_packages().into_iter().cloned().collect();
            let to = packages.iter().flat_map(|p| &p.dependencies).find(|d| d.name == to).cloned();
            let package = packages.iter_mut().find(|package| package.name == from).unwrap();
            package.dependencies.extend(to);
            trespasses(&packages.iter().collect::<Vec<_>>(), root).join("\n")
        };
        assert!(wrong("book", "measure").contains("book must not know measure: a page is made of"));
        assert!(wrong("bitsets", "judge").contains("bitsets must not know judge: a case knows"));
        assert!(wrong("xtask", "mdbook-driver").contains("must not need mdbook-driver"));
        assert_eq!(wrong("calibration", "harness"), "");
    }

    #[test]
    fn judging_and_diagnosing_look_at_nothing_but_what_they_are_given() {
        let root = metadata().workspace_root.into_std_path_buf();
        for room in ROOMS.iter().filter(|room| ["judge", "diagnose"].contains(&room.name)) {
            let sources = root.join("xtask").join(room.name).join("src");
            for path in crate::tidy::files::below(&sources, "rs").unwrap() {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
                for word in WORLD {
                    assert!(!code.contains(word), "{} has {word}: {}", path.display(), room.why);
                }
            }
        }
    }
}
