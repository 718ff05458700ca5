//! What made the two records: the same machine, compiler, code and input, or not.

use record::{Aspect, Circumstance, Record};

/// One circumstance of the two runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: &'static str,
    /// What it belongs to.
    pub aspect: Aspect,
    /// As the old record has it.
    pub old: String,
    /// As the new one has it.
    pub new: String,
    /// Whether both are known, and the same.
    pub equal: bool,
}

/// Every circumstance of both.
pub(super) fn facts(old: &Record, new: &Record) -> Vec<Fact> {
    let pairs = old.circumstances().into_iter().zip(new.circumstances());
    // A record from before a circumstance was kept was most likely made as usual, but nobody knows.
    // So against such a record it is told, as unknown, and counted neither as equal nor as a
    // difference: else each comparison with one would warn of what nothing speaks for. Of two such
    // records there is nothing to tell.
    let unknown = |one: &Circumstance| one.newer && one.text.is_empty();
    let told = pairs.filter(|(old, new)| !(unknown(old) && unknown(new)));
    let facts = told.map(|(old, new)| Fact {
        name: old.name,
        aspect: if unknown(&old) || unknown(&new) { Aspect::Unrecorded } else { old.aspect },
        equal: old.surely_equals(&new),
        old: old.to_string(),
        new: new.to_string(),
    });
    facts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Comparison;
    use crate::records::examples::one;
    use record::UserFile;

    #[test]
    fn what_differs_is_named() {
        use Aspect::*;
        let old = one(1.0, 0, 0);
        let differing = |change: &dyn Fn(&mut Record)| {
            let mut new = old.clone();
            change(&mut new);
            let comparison = Comparison::new(&old, &new);
            let unequal = comparison.facts.iter().filter(|fact| !fact.equal);
            unequal.map(|fact| (fact.name, fact.aspect)).collect::<Vec<_>>()
        };
        assert_eq!(differing(&|new| new.machine.cores = 7), [("cores", Machine)]);
        assert_eq!(differing(&|new| new.machine.processor.clear()), [("processor", Machine)]);
        assert_eq!(differing(&|new| new.toolchain.flags = "-O".into()), [("flags", Toolchain)]);
        assert_eq!(differing(&|new| new.effort = protocol::Effort::Full), [("effort", Effort)]);
        assert_eq!(differing(&|new| new.commit = Some("abc+".into())), [("commit", Code)]);
        let file = UserFile { name: "mine.csv".into(), bytes: 7, ..UserFile::default() };
        assert_eq!(differing(&|new| new.file = Some(file.clone())), [("file", Input)]);

        let mut unknown = old.clone();
        unknown.machine.processor.clear();
        assert!(!Comparison::new(&unknown, &unknown).equal(Machine), "two unknown machines");
        let mut changed = old.clone();
        changed.commit = Some("abc+".into());
        assert!(!Comparison::new(&changed, &changed).equal(Code), "two trees with changes");
    }

    #[test]
    fn what_an_older_record_does_not_have_is_told_as_unknown() {
        let facts = |old: &Record, new: &Record| -> Vec<(&str, Aspect, bool)> {
            let facts = facts(old, new).into_iter();
            let of_newer = facts.filter(|fact| ["profile", "wrapper"].contains(&fact.name));
            of_newer.map(|fact| (fact.name, fact.aspect, fact.equal)).collect()
        };
        let older = one(1.0, 0, 0);
        let with = |profile: &str| {
            let mut record = older.clone();
            record.toolchain.profile = profile.into();
            record
        };
        assert_eq!(facts(&older, &older), []);
        let unknown =
            [("profile", Aspect::Unrecorded, false), ("wrapper", Aspect::Unrecorded, false)];
        assert_eq!(facts(&older, &with("release")), unknown);
        let same = [("profile", Aspect::Toolchain, true), ("wrapper", Aspect::Toolchain, true)];
        assert_eq!(facts(&with("release"), &with("release")), same);
        assert!(!facts(&with("release"), &with("release, lto=fat"))[0].2);
    }
}
