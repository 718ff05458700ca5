//! Whether figures are of the code that there is today.

use std::collections::BTreeMap;

use crate::summary::CaseSummary;
use crate::words::statement::OTHER_RUNGS;

/// The rungs of a case as they are today.
pub struct Today {
    /// Their names, in table order.
    pub rungs: Vec<String>,
    /// What tells the code of each from any other, by name.
    pub code: BTreeMap<String, String>,
}

impl Today {
    /// Why what was measured says nothing of these rungs as they are today; `None` if it does. A
    /// record that keeps no digests of code may be of any, once a rung has come or gone.
    pub fn refuses(&self, measured: &CaseSummary, rungs: &[&str]) -> Option<String> {
        if then(measured).all(|(_, code)| code.is_none()) {
            return (measured.rungs != self.rungs).then(|| OTHER_RUNGS.to_owned());
        }
        rungs.iter().find_map(|rung| {
            if !measured.rungs.contains(rung) {
                return Some(format!("`{rung}` was not there when this record was made"));
            }
            let changed = self.changed(measured).any(|changed| changed == *rung);
            changed.then(|| format!("`{rung}` was other code when this record was made"))
        })
    }

    /// Rungs whose code is not what it was, as far as the record can tell.
    pub fn changed<'a>(&self, measured: &CaseSummary<'a>) -> impl Iterator<Item = &'a str> {
        then(measured).filter_map(|(rung, then)| {
            let now = self.code.get(rung)?;
            (then? != now).then_some(rung)
        })
    }

    /// Rungs that were not there.
    pub fn added<'t>(&'t self, measured: &CaseSummary) -> impl Iterator<Item = &'t str> {
        let missing = |rung: &&str| !measured.rungs.contains(rung);
        self.rungs.iter().map(String::as_str).filter(missing)
    }
}

/// Each rung with the digest of its code, if the record has it.
fn then<'a>(measured: &CaseSummary<'a>) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
    let cost = measured.record.evidence.as_ref().map_or(&[][..], |evidence| &evidence.cost);
    let code = cost.iter().map(|cost| cost.code.as_deref()).chain(std::iter::repeat(None));
    measured.rungs.iter().copied().zip(code).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::CaseRecord;
    use record::fixture::record;

    /// Today's rungs are those of the fixture, and `wide` and `optimized` have changed since.
    fn today(rungs: &[&str]) -> Today {
        let code = [("naive", "1"), ("wide", "9"), ("optimized", "9"), ("new", "4")];
        let owned = |(rung, code): (&str, &str)| (rung.to_owned(), code.to_owned());
        Today {
            rungs: rungs.iter().map(|rung| (*rung).to_owned()).collect(),
            code: code.map(owned).into(),
        }
    }

    fn asked(case: &CaseRecord, today: &Today, rungs: &[&str]) -> String {
        let record = record();
        let summary = CaseSummary::new(case, &record.machine).unwrap();
        today.refuses(&summary, rungs).unwrap_or_default()
    }

    #[test]
    fn a_record_speaks_of_rungs_that_are_the_same_today() {
        let mut case = record().cases["words"].clone();
        let codes = [Some("1"), Some("9"), Some("2")];
        let cost = &mut case.evidence.as_mut().unwrap().cost;
        cost.iter_mut().zip(codes).for_each(|(cost, code)| cost.code = code.map(str::to_owned));
        let today = today(&["naive", "wide", "new", "optimized"]);
        assert_eq!(asked(&case, &today, &["wide", "naive"]), "");
        let other = asked(&case, &today, &["naive", "optimized"]);
        assert_eq!(other, "`optimized` was other code when this record was made");
        let new = asked(&case, &today, &["new", "optimized"]);
        assert_eq!(new, "`new` was not there when this record was made");
        let record = record();
        let summary = CaseSummary::new(&case, &record.machine).unwrap();
        assert!(today.changed(&summary).eq(["optimized"]) && today.added(&summary).eq(["new"]));
    }

    #[test]
    fn without_digests_names_are_all_that_can_be_compared() {
        let case = record().cases["words"].clone();
        let same = ["naive", "wide", "optimized"];
        assert_eq!(asked(&case, &today(&same), &["optimized"]), "");
        assert_eq!(asked(&case, &today(&same[..2]), &["naive"]), OTHER_RUNGS);
    }
}
