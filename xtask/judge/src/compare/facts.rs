//! What made the two records: the same machine, compiler, code and input, or not.

use record::{Record, Toolchain};

/// One circumstance of the two runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: &'static str,
    /// What a difference in it makes of the comparison.
    pub kind: FactKind,
    /// As the old record has it.
    pub old: String,
    /// As the new one has it.
    pub new: String,
    /// Whether both are known, and the same.
    pub equal: bool,
}

/// What a difference makes of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Machines are compared.
    Machine,
    /// Compilers are compared.
    Toolchain,
    /// Code is compared, as it should be.
    Code,
    /// Inputs of different content are compared.
    Input,
    /// Nothing that is known: one of the records is from before this was kept.
    Unrecorded,
}

/// Every circumstance of both.
pub(super) fn facts(old: &Record, new: &Record) -> Vec<Fact> {
    use FactKind::*;
    let fact = |name, kind, of: &dyn Fn(&Record) -> String| {
        let (old, new) = (of(old), of(new));
        let equal = old == new && !old.is_empty();
        Fact { name, kind, old, new, equal }
    };
    let commit = |record: &Record| record.commit.clone().unwrap_or_default();
    let mut facts = vec![
        fact("processor", Machine, &|record| record.machine.processor.clone()),
        fact("cores", Machine, &|record| record.machine.cores.to_string()),
        fact("system", Machine, &|record| record.machine.system.clone()),
        fact("vector extensions", Machine, &|record| {
            let features = record.machine.features.join(" ");
            if features.is_empty() { "none".to_owned() } else { features }
        }),
        fact("rustc", Toolchain, &|record| record.toolchain.rustc.clone()),
        fact("target", Toolchain, &|record| record.toolchain.target.clone()),
        fact("flags", Toolchain, &|record| {
            let flags = record.toolchain.flags.clone();
            if flags.is_empty() { "none".to_owned() } else { flags }
        }),
        fact("file", Input, &|record| {
            let named = |file: &record::UserFile| format!("{} ({} bytes)", file.name, file.bytes);
            record.file.as_ref().map_or("none".to_owned(), named)
        }),
        fact("commit", Code, &commit),
    ];
    // Two trees with changes may have different ones.
    if let Some(commit) = facts.last_mut() {
        commit.equal &= !commit.new.ends_with('+');
    }
    facts.extend(profiles(old, new));
    facts
}

/// The profile, and what ran around rustc. A record from before these were kept was most likely
/// made with the defaults, but nobody knows. So against such a record they are told, as unknown,
/// and counted neither as equal nor as a difference between compilers: else each comparison with it
/// would warn of one that nothing speaks for. Of two such records there is nothing to tell.
fn profiles(old: &Record, new: &Record) -> Vec<Fact> {
    let (old, new) = (&old.toolchain, &new.toolchain);
    let recorded = [old, new].map(|tools| !tools.profile.is_empty());
    if recorded == [false, false] {
        return Vec::new();
    }
    let kind = if recorded == [true, true] { FactKind::Toolchain } else { FactKind::Unrecorded };
    let wrapper = |tools: &Toolchain| match (tools.profile.as_str(), tools.wrapper.as_str()) {
        ("", _) => String::new(),
        (_, "") => "none".to_owned(),
        (_, wrapper) => wrapper.to_owned(),
    };
    let fact = |name, old: String, new: String| {
        let equal = old == new && !old.is_empty();
        Fact { name, kind, old, new, equal }
    };
    vec![
        fact("profile", old.profile.clone(), new.profile.clone()),
        fact("wrapper", wrapper(old), wrapper(new)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Comparison;
    use crate::compare::examples::one;
    use record::UserFile;

    #[test]
    fn what_differs_is_named() {
        use FactKind::*;
        let old = one(1.0, 0, 0);
        let differing = |change: &dyn Fn(&mut Record)| {
            let mut new = old.clone();
            change(&mut new);
            let comparison = Comparison::new(&old, &new);
            let unequal = comparison.facts.iter().filter(|fact| !fact.equal);
            unequal.map(|fact| (fact.name, fact.kind)).collect::<Vec<_>>()
        };
        assert_eq!(differing(&|new| new.machine.cores = 7), [("cores", Machine)]);
        assert_eq!(differing(&|new| new.machine.processor.clear()), [("processor", Machine)]);
        assert_eq!(differing(&|new| new.toolchain.flags = "-O".into()), [("flags", Toolchain)]);
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
    fn a_profile_that_nobody_kept_is_unknown_and_no_difference() {
        let older = one(1.0, 0, 0);
        let with = |profile: &str, wrapper: &str| {
            let mut record = older.clone();
            record.toolchain.profile = profile.into();
            record.toolchain.wrapper = wrapper.into();
            record
        };
        let told = |old: &Record, new: &Record| {
            let comparison = Comparison::new(old, new);
            let unequal = comparison.facts.iter().filter(|fact| !fact.equal);
            let unequal: Vec<_> =
                unequal.map(|fact| format!("{}: {} → {}", fact.name, fact.old, fact.new)).collect();
            (unequal.join("; "), comparison.equal(FactKind::Toolchain))
        };
        let plain = with("release", "");
        assert_eq!(told(&older, &older), (String::new(), true));
        assert_eq!(told(&plain, &plain), (String::new(), true));
        let unknown = "profile:  → release; wrapper:  → none";
        assert_eq!(told(&older, &plain), (unknown.to_owned(), true));
        let (text, equal) = told(&plain, &older);
        assert!(text.starts_with("profile: release → ;") && equal, "{text}");
        let levels = "profile: release → release, opt-level=1";
        assert_eq!(told(&plain, &with("release, opt-level=1", "")), (levels.to_owned(), false));
        let wrapped = "wrapper: none → sccache";
        assert_eq!(told(&plain, &with("release", "sccache")), (wrapped.to_owned(), false));
    }
}
