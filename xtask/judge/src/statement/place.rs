//! The scenario that a statement is about: the one that it names, or where its evidence was taken.

use protocol::Scenario;

use super::Place;
use crate::headline;
use crate::summary::{CaseSummary, ScenarioSummary};

/// What a record says, or why it says nothing.
pub(super) type Said<T> = Result<T, String>;

/// A case's scenarios, and the one that a statement names.
pub(super) struct Places<'s, 'a> {
    pub summary: &'s CaseSummary<'a>,
    pub named: Option<&'s Place>,
}

impl<'s, 'a> Places<'s, 'a> {
    /// The scenario that is named, or that stands for the case.
    pub(super) fn scenario(&self) -> Said<&'s ScenarioSummary<'a>> {
        let Some(place) = self.named else {
            let description = self.summary.record.description.as_ref();
            return match description.and_then(headline::absent) {
                Some(why) => Err(format!("not on this system, because {why}")),
                None => Ok(self.summary.headline()),
            };
        };
        let known = self.known(place)?;
        let mut measured = self.summary.scenarios.iter();
        let found = measured.find(|scenario| scenario.record.scenario.same_place(known));
        found.ok_or_else(|| format!("{} at {} was not measured in this run", known.input, known.n))
    }

    /// Lets a scenario pass in which something was counted, unless another one is named.
    pub(super) fn is_at(&self, counted: &Scenario) -> Said<()> {
        let Some(place) = self.named else { return Ok(()) };
        if self.known(place)?.same_place(counted) {
            return Ok(());
        }
        Err(format!("this was looked at in {} at {} alone", counted.input, counted.n))
    }

    /// What the case calls a place.
    fn known(&self, place: &Place) -> Said<&'s Scenario> {
        let description = self.summary.record.description.as_ref();
        let all = description.map(|all| all.scenarios.as_slice()).unwrap_or_default();
        let is_input = |known: &&Scenario| match &place.input {
            Some(input) => known.input == *input,
            None => all.iter().all(|other| other.input == known.input),
        };
        let found = all.iter().filter(is_input).find(|known| known.n == place.n);
        let absent = description.zip(place.input.as_ref());
        if let Some(why) = absent.and_then(|(all, input)| all.absent(input, place.n)) {
            return Err(format!("not on this system, because {why}"));
        }
        found.ok_or_else(|| {
            let all = all.iter().map(|known| format!("{} at {}", known.input, known.n));
            let all = all.collect::<Vec<_>>().join("; ");
            format!("this record has no such scenario; it has {all}")
        })
    }
}
