//! Checks of who else uses the machine: other programs, other guests, the battery's owner.

use super::{Finding, GUEST, NOTHING};
use record::Severity;

/// The check that tells whether this is a guest.
const GUEST_CHECK: &str = "virtual machine";

/// `/proc/loadavg`, read several times in a row: the average says what was, the number of running
/// tasks says whether it still is. A compiler that has just ended leaves only the average high.
pub(super) fn load(samples: Option<&str>, cores: usize) -> Finding {
    const NAME: &str = "load";
    const MEND: &str = "end what `top` shows, or wait for it";
    let mut running = Vec::new();
    let mut average = None;
    for line in samples.unwrap_or_default().lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [first, _, _, tasks, ..] = fields[..] else { continue };
        let tasks = tasks.split_once('/').and_then(|(running, _)| running.parse::<usize>().ok());
        // The reader itself is one of those that run.
        running.extend(tasks.map(|tasks| tasks.saturating_sub(1)));
        average = first.parse::<f64>().ok().or(average);
    }
    let (Some(average), false) = (average, running.is_empty()) else {
        return Finding::unreadable(NAME);
    };
    running.sort_unstable();
    let now = running[running.len() / 2];
    let found = format!("{now} other running now, {average:.2} in the last minute, {cores} cores");
    let half = cores as f64 / 2.0;
    match (now as f64 >= half, now > 0, average >= half) {
        (true, ..) | (_, true, true) => Finding::disturbs(
            NAME,
            found,
            "other programs take turns on these cores and their caches: expect fewer quiet blocks \
             and wider intervals.",
            MEND,
        ),
        (_, true, false) => Finding::note(
            NAME,
            found,
            "another program shares caches and memory with what is measured.",
            MEND,
        ),
        (_, false, true) => Finding::note(
            NAME,
            found,
            "work has just ended, perhaps a build: the clock and the heat may still remember it.",
            NOTHING,
        ),
        _ => Finding::ok(NAME, found, "the cores are free."),
    }
}

/// `/proc/cpuinfo`, the vendor and the product of the DMI table, and Xen's own word.
pub(super) fn virtualization(
    cpuinfo: Option<&str>,
    dmi: Option<&str>,
    hypervisor: Option<&str>,
) -> Finding {
    const NAME: &str = GUEST_CHECK;
    const VENDORS: [&str; 12] = [
        "QEMU",
        "KVM",
        "VMware",
        "VirtualBox",
        "innotek",
        "Xen",
        "Virtual Machine",
        "Google Compute Engine",
        "OpenStack",
        "Parallels",
        "Bochs",
        "Apple Virtualization",
    ];
    let dmi = dmi.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let dmi = dmi.filter(|text| !text.is_empty());
    let flags = cpuinfo.and_then(|info| info.lines().find(|line| line.starts_with("flags")));
    let flagged = flags.map(|flags| flags.split_whitespace().any(|flag| flag == "hypervisor"));
    let named = dmi.as_ref().map(|dmi| VENDORS.iter().any(|vendor| dmi.contains(vendor)));
    let xen = hypervisor.map(str::trim).filter(|kind| !kind.is_empty());
    // Where the processor has the flag, it knows better than a table that a vendor filled in.
    match flagged.or(named) {
        None if xen.is_none() => Finding::unreadable(NAME),
        Some(false) if xen.is_none() => {
            Finding::ok(NAME, "no", "no unseen neighbour shares this processor.")
        }
        _ => Finding::disturbs(
            NAME,
            match dmi.or(xen.map(str::to_owned)) {
                Some(name) => format!("yes: {name}"),
                None => "yes, of a kind that it does not name".to_owned(),
            },
            "neighbours that cannot be seen from here share caches, memory and clock: trust ratios \
             more than times.",
            GUEST,
        ),
    }
}

/// In a guest, what cannot be read is what the host keeps to itself: the clock, the heat.
pub(super) fn seen_from_guest(mut findings: Vec<Finding>) -> Vec<Finding> {
    let guest = |found: &Finding| found.name == GUEST_CHECK && found.severity != Severity::Ok;
    if findings.iter().any(|found| guest(found) && *found != Finding::unreadable(GUEST_CHECK)) {
        let hidden = findings.iter_mut().filter(|found| **found == Finding::unreadable(found.name));
        hidden.for_each(|found| found.mend = GUEST.to_owned());
    }
    findings
}

/// The first line of `/proc/stat`: the share of time since the start in which the host ran somebody
/// else although this guest had work.
pub(super) fn stolen(stat: Option<&str>) -> Finding {
    const NAME: &str = "stolen time";
    const MEANS: &str = "the host ran others while this guest had work: single blocks are far too \
                         slow, and medians leave them out as long as they are few.";
    let line = stat.and_then(|stat| stat.lines().find(|line| line.starts_with("cpu ")));
    let ticks: Vec<f64> = line
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .take(8) // what follows is guests' time, which is already counted
        .filter_map(|field| field.parse().ok())
        .collect();
    let [user, nice, system, idle, waiting, interrupts, soft, steal] = ticks[..] else {
        return Finding::unreadable(NAME);
    };
    // Idle time cannot be stolen: a guest that slept for a week is no quieter for it.
    let busy = user + nice + system + interrupts + soft + steal;
    if busy + idle + waiting == 0.0 {
        return Finding::unreadable(NAME);
    }
    let share = steal / busy.max(1.0);
    let found = format!("{:.2} % of the busy time since the system started", share * 100.0);
    match share {
        0.02.. => Finding::disturbs(NAME, found, MEANS, GUEST),
        0.0005.. => Finding::note(NAME, found, MEANS, GUEST),
        _ => Finding::ok(NAME, found, "no host takes the processor away."),
    }
}

/// The `uevent` files of all power supplies, an empty line between them.
pub(super) fn power(supplies: Option<&str>) -> Finding {
    const NAME: &str = "power";
    let Some(supplies) = supplies else { return Finding::unreadable(NAME) };
    let has = |supply: &str, line: &str| supply.lines().any(|found| found.trim() == line);
    let of_machine = |supply: &&str| !has(supply, "POWER_SUPPLY_SCOPE=Device"); // no mouse
    let any = |line: &str| supplies.split("\n\n").filter(of_machine).any(|each| has(each, line));
    if any("POWER_SUPPLY_STATUS=Discharging") && !any("POWER_SUPPLY_ONLINE=1") {
        return Finding::disturbs(
            NAME,
            "battery",
            "the system saves power: the clock is lower, and falls as the battery does.",
            "plug it in",
        );
    }
    let found = if any("POWER_SUPPLY_PRESENT=1") || any("POWER_SUPPLY_ONLINE=1") {
        "mains"
    } else {
        "no battery"
    };
    Finding::ok(NAME, found, "nothing is saved at the clock's expense.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Severity::{Disturbs, Note, Ok};

    #[test]
    fn load_is_what_runs_now() {
        let line = |average, running| format!("{average} 1.00 1.00 {running}/118 28372\n");
        let severity = |average, running: [usize; 3]| {
            let samples: String = running.map(|running| line(average, running)).concat();
            load(Some(&samples), 4).severity
        };
        assert_eq!(severity("0.10", [1, 1, 1]), Ok);
        // One sample that met the kernel at work says nothing.
        assert_eq!(severity("0.10", [1, 9, 1]), Ok);
        assert_eq!(severity("0.10", [2, 2, 2]), Note);
        assert_eq!(severity("3.10", [2, 2, 1]), Disturbs);
        assert_eq!(severity("0.10", [5, 5, 5]), Disturbs);
        let ended = load(Some(&line("4.00", 1)), 4);
        assert_eq!((ended.severity, ended.mend.as_str()), (Note, NOTHING));
        assert_eq!(load(None, 4).found, "cannot be read here");
        assert_eq!(load(Some("?\n"), 4).found, "cannot be read here");
    }

    #[test]
    fn a_guest_is_recognised_by_flag_table_or_xen() {
        let guest = Some("processor: 0\nflags\t\t: fpu vme hypervisor lahf_lm\n");
        let metal = Some("processor: 0\nflags\t\t: fpu vme hypervisors\n");
        let arm = Some("processor: 0\nFeatures : fp asimd\n");
        assert_eq!(virtualization(guest, None, None).found, "yes, of a kind that it does not name");
        let kvm = virtualization(guest, Some("QEMU\nStandard PC\n"), None);
        assert_eq!(
            (kvm.severity, kvm.found.as_str(), kvm.mend.as_str()),
            (Disturbs, "yes: QEMU Standard PC", GUEST)
        );
        assert_eq!(virtualization(metal, Some("Dell Inc.\nPrecision\n"), None).severity, Ok);
        // A server without a guest on it is sold by the same vendor.
        assert_eq!(virtualization(metal, Some("Amazon EC2\nm5.metal\n"), None).severity, Ok);
        assert_eq!(virtualization(arm, Some("QEMU\nvirt\n"), None).severity, Disturbs);
        assert_eq!(virtualization(arm, Some("Ampere\nAltra\n"), None).severity, Ok);
        assert_eq!(virtualization(arm, None, Some("xen\n")).found, "yes: xen");
        assert_eq!(virtualization(arm, None, None).found, "cannot be read here");
        assert_eq!(virtualization(None, Some(" \n"), None).found, "cannot be read here");
    }

    #[test]
    fn what_a_guest_cannot_read_it_cannot_change() {
        let mend = |machine: Finding| {
            seen_from_guest(vec![machine, Finding::unreadable("turbo")])[1].mend.clone()
        };
        assert_eq!(mend(virtualization(Some("flags : hypervisor\n"), None, None)), GUEST);
        assert_eq!(mend(virtualization(Some("flags : fpu\n"), None, None)), NOTHING);
        assert_eq!(mend(virtualization(None, None, None)), NOTHING);
    }

    #[test]
    fn stolen_time_is_a_share_of_busy_time() {
        let severity = |text| stolen(Some(text)).severity;
        assert_eq!(severity("cpu  9000 0 1000 90000 0 0 0 0 0 0\ncpu0 1 2 3\n"), Ok);
        assert_eq!(severity("cpu  9000 0 980 90000 0 0 0 20 0 0\n"), Note);
        assert_eq!(severity("cpu  9000 0 500 9000000 0 0 0 500 0 0\n"), Disturbs);
        assert!(stolen(Some("cpu  900 0 50 0 0 0 0 50 7 7\n")).found.starts_with("5.00 %"));
        assert_eq!(stolen(Some("cpu  1 2 3\n")).found, "cannot be read here");
        assert_eq!(stolen(None).found, "cannot be read here");
    }

    #[test]
    fn a_battery_counts_only_while_it_feeds_the_machine() {
        let battery = "POWER_SUPPLY_NAME=BAT0\nPOWER_SUPPLY_STATUS=Discharging\n\
                       POWER_SUPPLY_PRESENT=1\n";
        let mouse = "POWER_SUPPLY_STATUS=Discharging\nPOWER_SUPPLY_SCOPE=Device\n";
        let mains = |online| format!("POWER_SUPPLY_NAME=AC\nPOWER_SUPPLY_ONLINE={online}\n");
        let of = |supplies: &[&str]| power(Some(&supplies.join("\n")));
        assert_eq!(of(&[battery, &mains(0)]).severity, Disturbs);
        assert_eq!(of(&[battery, &mains(1)]).found, "mains");
        assert_eq!(of(&[mouse]).found, "no battery");
        assert_eq!(power(Some("")).found, "no battery");
        assert_eq!(power(None).found, "cannot be read here");
    }
}
