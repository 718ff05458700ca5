//! The folder of pages as a whole, and cases to make pages of.

use cases::{Case, Workspace};

/// A case without sources.
pub fn case(name: &str) -> Case {
    Case {
        name: name.into(),
        title: name.into(),
        part: "Memory".into(),
        minutes: 5,
        order: 1,
        symptom: "it is slow".into(),
        look: "a profile".into(),
        peer: "memchr".into(),
        folder: "/nowhere".into(),
        bench: "/nowhere/bench.rs".into(),
        dependencies: Vec::new(),
    }
}

/// A workspace of cases alone.
pub fn workspace(cases: Vec<Case>) -> Workspace {
    Workspace { root: "/".into(), target: "/".into(), cases }
}
