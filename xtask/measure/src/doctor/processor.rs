//! Checks of the processor: its clock, its heat, its hardware threads.

use super::{Finding, GUEST, NOTHING};
use crate::kinds::Kinds;

/// The governors of all cores, one a line, and the driver that interprets them.
pub(super) fn governor(governors: Option<&str>, driver: Option<&str>) -> Finding {
    const NAME: &str = "governor";
    const MEND: &str =
        "echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor";
    let mut found: Vec<&str> = governors.unwrap_or_default().split_whitespace().collect();
    found.sort_unstable();
    found.dedup();
    let driver = driver.unwrap_or_default().trim();
    // These drivers keep the hardware in charge: what they call "powersave" is the usual setting,
    // and still reaches the highest clock.
    let hardware = ["intel_pstate", "amd-pstate-epp", "amd_pstate_epp"].contains(&driver);
    match found[..] {
        [] => Finding::unreadable(NAME),
        ["performance"] => Finding::ok(NAME, "performance", "the clock does not wait for load."),
        ["userspace"] => Finding::note(
            NAME,
            "userspace",
            "a program chose the clock: times are in its measure, ratios are not affected.",
            MEND,
        ),
        ["powersave"] if hardware => Finding::note(
            NAME,
            format!("powersave, by {driver}"),
            "the processor chooses its clock by load: the first calls after a pause are slower.",
            MEND,
        ),
        _ => Finding::disturbs(
            NAME,
            found.join(", "),
            "the clock follows the load: times depend on what ran before, short ones most.",
            MEND,
        ),
    }
}

/// `intel_pstate/no_turbo`, which says 1 when it is off, and `cpufreq/boost`, which says 0.
pub(super) fn turbo(no_turbo: Option<&str>, boost: Option<&str>) -> Finding {
    const NAME: &str = "turbo";
    const MEANS: &str =
        "the clock depends on heat and on how many cores are busy: times vary, ratios less.";
    const STEADY: &str = "heat and busy neighbours move the clock less.";
    match (no_turbo.map(str::trim), boost.map(str::trim)) {
        (Some("1"), _) | (None, Some("0")) => Finding::ok(NAME, "off", STEADY),
        (Some("0"), _) => {
            let mend = "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo";
            Finding::note(NAME, "on", MEANS, mend)
        }
        (None, Some("1")) => {
            let mend = "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost";
            Finding::note(NAME, "on", MEANS, mend)
        }
        _ => Finding::unreadable(NAME),
    }
}

/// `smt/active` and `smt/control`.
pub(super) fn threads(active: Option<&str>, control: Option<&str>) -> Finding {
    const NAME: &str = "hardware threads";
    match (active.map(str::trim), control.map(str::trim)) {
        (Some("1"), control) => Finding::note(
            NAME,
            "cores are shared by two or more",
            "a core is slower while its sibling works, and parallel cases scale to cores only.",
            match control {
                Some("notsupported" | "notimplemented" | "forceoff") => GUEST,
                _ => "echo off | sudo tee /sys/devices/system/cpu/smt/control",
            },
        ),
        (Some("0"), _) => {
            Finding::ok(NAME, "one to a core, as far as seen here", "no sibling slows a core.")
        }
        _ => Finding::unreadable(NAME),
    }
}

/// The kinds of cores, if there are several, and which cores this process may use.
pub(super) fn kinds(kinds: Option<&Kinds>, allowed: Option<&[usize]>) -> Finding {
    const NAME: &str = "kinds of cores";
    let Some(kinds) = kinds else {
        let means = "nothing that is measured runs on a slower core by chance.";
        return Finding::ok(NAME, "all alike, as far as seen here", means);
    };
    let (fast, slow) = (kinds.fastest.len(), kinds.others.len());
    let found = format!("{fast} fast, {slow} of another kind");
    match allowed.map(|allowed| kinds.to_keep(allowed).is_some()) {
        Some(true) => Finding::note(
            NAME,
            found,
            "what is measured stays on the fast ones: times and cores in the book are of those.",
            "`taskset -c`, with the numbers of the others, to measure those",
        ),
        Some(false) => Finding::ok(NAME, found, "this may run on one kind only, and does."),
        None => Finding::disturbs(
            NAME,
            found,
            "which of them this may use cannot be read: rounds may be of the one and the other.",
            NOTHING,
        ),
    }
}

/// How often each core was throttled since the start, one count a line; and the state of the
/// cooling devices that slow the processor, 0 where idle.
pub(super) fn heat(counts: Option<&str>, cooling: Option<&str>) -> Finding {
    const NAME: &str = "heat";
    const MEND: &str = "let it cool, on a hard surface, and measure again";
    let numbers = |text: Option<&str>| -> Option<Vec<i64>> {
        let numbers = text?.split_whitespace().map(str::parse).collect::<Result<Vec<_>, _>>();
        numbers.ok().filter(|numbers| !numbers.is_empty())
    };
    let (counts, cooling) = (numbers(counts), numbers(cooling));
    if cooling.iter().flatten().any(|&state| state > 0) {
        return Finding::disturbs(
            NAME,
            "the processor is throttled now",
            "it runs slower than it can, and not always equally so.",
            MEND,
        );
    }
    let most = counts.iter().flatten().max().copied();
    match (most, cooling) {
        (Some(most @ 1..), _) => Finding::note(
            NAME,
            format!("throttled {most} times since the system started, not necessarily now"),
            "long runs can heat it until it slows down: times late in a run may be too long.",
            MEND,
        ),
        (Some(_), _) => Finding::ok(NAME, "never throttled", "the clock was not cut for heat."),
        (None, Some(_)) => Finding::ok(NAME, "not throttled now", "the clock is not cut for heat."),
        (None, None) => Finding::unreadable(NAME),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Severity::{Disturbs, Note, Ok};

    #[test]
    fn only_a_fixed_governor_is_ok() {
        let severity = |text, driver| governor(text, driver).severity;
        assert_eq!(severity(Some("performance\nperformance\n"), None), Ok);
        assert_eq!(severity(Some("schedutil\n"), Some("acpi-cpufreq\n")), Disturbs);
        assert_eq!(severity(Some("powersave\n"), Some("acpi-cpufreq\n")), Disturbs);
        assert_eq!(severity(Some("powersave\n"), Some("intel_pstate\n")), Note);
        assert_eq!(severity(Some("userspace\n"), None), Note);
        assert_eq!(governor(None, None).found, "cannot be read here");
        assert_eq!(governor(Some(""), None).found, "cannot be read here");
        let mixed = governor(Some("powersave\nperformance\npowersave\n"), Some("intel_pstate"));
        assert_eq!((mixed.severity, mixed.found.as_str()), (Disturbs, "performance, powersave"));
    }

    #[test]
    fn the_two_turbo_files_mean_opposite_things() {
        assert_eq!(turbo(Some("1\n"), None).severity, Ok);
        assert_eq!(turbo(None, Some("0\n")).severity, Ok);
        assert!(turbo(Some("0\n"), None).mend.contains("echo 1"));
        assert!(turbo(None, Some("1\n")).mend.contains("echo 0"));
        assert_eq!(turbo(None, None).found, "cannot be read here");
        assert_eq!(turbo(Some("?"), None).found, "cannot be read here");
    }

    #[test]
    fn hardware_threads_are_noted_when_active() {
        assert_eq!(threads(Some("0\n"), Some("notsupported\n")).severity, Ok);
        assert!(threads(Some("1\n"), Some("on\n")).mend.contains("echo off"));
        assert_eq!(threads(Some("1\n"), Some("notimplemented\n")).mend, GUEST);
        assert_eq!(threads(None, None).found, "cannot be read here");
    }

    #[test]
    fn a_run_on_cores_of_several_kinds_says_where_it_stays() {
        let hybrid = Kinds { fastest: vec![0, 1], others: vec![2, 3] };
        let severity = |allowed| kinds(Some(&hybrid), allowed).severity;
        assert_eq!(severity(Some(&[0, 1, 2, 3][..])), Note);
        assert_eq!(severity(Some(&[2, 3][..])), Ok, "the user has chosen");
        assert_eq!(severity(None), Disturbs);
        assert_eq!(kinds(Some(&hybrid), None).found, "2 fast, 2 of another kind");
        assert_eq!(kinds(None, None).severity, Ok);
    }

    #[test]
    fn throttling_now_disturbs_and_earlier_is_noted() {
        assert_eq!(heat(Some("0\n0\n"), None).severity, Ok);
        assert_eq!(heat(Some("0\n17\n"), Some("0\n0\n")).severity, Note);
        assert!(heat(Some("0\n17\n"), None).found.contains("17 times"));
        assert_eq!(heat(Some("0\n"), Some("0\n3\n")).severity, Disturbs);
        // An idle powerclamp says -1.
        assert_eq!(heat(None, Some("-1\n0\n")).severity, Ok);
        assert_eq!(heat(None, None).found, "cannot be read here");
        assert_eq!(heat(Some("much"), Some("")).found, "cannot be read here");
    }
}
