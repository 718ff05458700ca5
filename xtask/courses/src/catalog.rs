//! What a course can be made of, each with its title and its minutes, as manifests have them.

use std::collections::BTreeMap;

use cases::Case;
use labs::Lab;

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
    /// Of these cases and labs.
    pub fn new(cases: &[Case], labs: &[Lab]) -> Self {
        let entry = |title: &str, minutes| Entry { title: title.to_owned(), minutes };
        let case = |case: &Case| (case.name.clone(), entry(&case.title, case.minutes));
        let lab = |lab: &Lab| (lab.name.clone(), entry(&lab.title, lab.minutes));
        Self { cases: cases.iter().map(case).collect(), labs: labs.iter().map(lab).collect() }
    }
}
