//! What a course can be made of, each with its title and its minutes, as manifests have them.

use std::collections::BTreeMap;

use cases::Case;

/// Cases and labs by their names.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Chapters.
    pub cases: BTreeMap<String, Entry>,
    /// Labs.
    pub labs: BTreeMap<String, Entry>,
}

/// A case or a lab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// How long it takes: to read, or to do.
    pub minutes: u32,
}

impl Catalog {
    /// Of these cases, and of labs by their names.
    pub fn new(cases: &[Case], labs: impl IntoIterator<Item = (String, Entry)>) -> Self {
        let entry = |case: &Case| Entry { title: case.title.clone(), minutes: case.minutes };
        let cases = cases.iter().map(|case| (case.name.clone(), entry(case))).collect();
        Self { cases, labs: labs.into_iter().collect() }
    }
}
