//! Checks of what the system allots to this process: processors, time on them, memory, pages.

use super::Finding;
use crate::kinds::{allowed_by, numbers};

/// `cpu.max` of this process's control group and of those around it, one a line: quota and period
/// in microseconds. Group version 1 is brought into the same form, with -1 for no quota.
pub(super) fn quota(limits: Option<&str>, cores: usize) -> Finding {
    const NAME: &str = "CPU quota";
    let Some(limits) = limits else { return Finding::unreadable(NAME) };
    let shares = limits.lines().filter_map(|line| {
        let (quota, period) = line.split_once(char::is_whitespace)?;
        let (quota, period) = (quota.parse::<f64>().ok()?, period.trim().parse::<f64>().ok()?);
        (quota > 0.0 && period > 0.0).then(|| quota / period)
    });
    let least = shares.fold(f64::INFINITY, f64::min);
    if least < cores as f64 {
        return Finding::disturbs(
            NAME,
            format!("{least:.2} processors' time on {cores}"),
            "whoever uses up the share is halted for the rest of a tenth of a second: parallel \
             cases first, and under one processor all.",
            "start the container with `--cpus` at least as large, or measure outside of it",
        );
    }
    let found = if least.is_finite() { "as large as the cores" } else { "none" };
    Finding::ok(NAME, found, "the kernel halts nothing here.")
}

/// `/proc/self/status` and the list of processors that are online.
pub(super) fn cpuset(status: Option<&str>, online: Option<&str>) -> Finding {
    const NAME: &str = "CPU set";
    match (status.and_then(allowed), online.and_then(members)) {
        (Some(allowed), Some(online)) if allowed < online => Finding::note(
            NAME,
            format!("{allowed} of {online} processors"),
            "parallel cases use only these, and neighbours on the others share caches with them.",
            "`taskset`, or the container's `--cpuset-cpus`, if you did not want it so",
        ),
        (Some(_), Some(online)) => {
            Finding::ok(NAME, format!("all {online} processors"), "parallel cases use them all.")
        }
        _ => Finding::unreadable(NAME),
    }
}

/// How many processors this process may use, by `/proc/self/status`.
pub(super) fn allowed(status: &str) -> Option<usize> {
    allowed_by(status).map(|cores| cores.len())
}

/// How many numbers a kernel list such as "0-3,8" names.
pub(super) fn members(list: &str) -> Option<usize> {
    numbers(list).map(|numbers| numbers.len())
}

/// `transparent_hugepage/enabled`, whose choice stands in brackets.
pub(super) fn huge_pages(enabled: Option<&str>) -> Finding {
    const NAME: &str = "huge pages";
    let chosen = enabled
        .and_then(|text| text.split_once('['))
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(chosen, _)| chosen);
    match chosen {
        Some("always") => Finding::note(
            NAME,
            "always",
            "large data gets huge pages when there are some: the same job may be faster in one \
             process than in the next.",
            "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled",
        ),
        Some(chosen @ ("madvise" | "never")) => Finding::ok(
            NAME,
            chosen,
            "large data lies in small pages in every process, unless a program asks for others.",
        ),
        _ => Finding::unreadable(NAME),
    }
}

/// `/proc/swaps` and `/proc/meminfo`, both in KiB.
pub(super) fn memory(swaps: Option<&str>, meminfo: Option<&str>) -> Finding {
    const NAME: &str = "memory";
    /// Below this share of free memory the largest inputs may not fit.
    const SCARCE: f64 = 0.1;
    let field = |name: &str| -> Option<f64> {
        let line = meminfo?.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    let free = field("MemAvailable").zip(field("MemTotal")).map(|(free, total)| free / total);
    let used = swaps.map(|swaps| {
        let used = |line: &str| line.split_whitespace().nth(3)?.parse::<f64>().ok();
        swaps.lines().skip(1).filter_map(used).fold(0.0, |sum, used| sum + used)
    });
    let (Some(free), Some(used)) = (free, used) else { return Finding::unreadable(NAME) };
    let free_text = format!("{:.0} % free, {:.0} MiB swapped out", free * 100.0, used / 1024.0);
    match (free < SCARCE, used > 0.0) {
        (true, _) => Finding::disturbs(
            NAME,
            free_text,
            "large inputs may push others out to disk, or be pushed: such times are the disk's.",
            "end programs that hold much memory",
        ),
        (false, true) => Finding::note(
            NAME,
            free_text,
            "memory was short before; who wakes up now reads from disk and disturbs a few blocks.",
            "sudo swapoff --all && sudo swapon --all",
        ),
        (false, false) => Finding::ok(NAME, free_text, "nothing waits for a disk."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Severity::{Disturbs, Note, Ok};

    #[test]
    fn the_tightest_quota_counts() {
        assert_eq!(quota(Some("max 100000\n"), 2).found, "none");
        assert_eq!(quota(Some("-1 100000\n"), 2).found, "none");
        assert_eq!(quota(Some(""), 2).severity, Ok);
        assert_eq!(quota(Some("200000 100000\n"), 2).severity, Ok);
        let tight = quota(Some("max 100000\n50000 100000\n150000 100000\n"), 2);
        assert_eq!(tight.severity, Disturbs);
        assert_eq!(tight.found, "0.50 processors' time on 2");
        assert_eq!(quota(Some("rubbish\n0 0\n"), 2).severity, Ok);
        assert_eq!(quota(None, 2).found, "cannot be read here");
    }

    #[test]
    fn a_smaller_cpu_set_is_noted() {
        let status = |list| format!("Name:\tx\nCpus_allowed:\tf\nCpus_allowed_list:\t{list}\n");
        let of = |list, online| cpuset(Some(&status(list)), Some(online));
        assert_eq!(of("0-3", "0-3\n").severity, Ok);
        assert_eq!(of("0-1,4", "0-15\n").found, "3 of 16 processors");
        assert_eq!(of("0-1,4", "0-15\n").severity, Note);
        assert_eq!(of("3-x", "0-15\n").found, "cannot be read here");
        assert_eq!(cpuset(None, Some("0-1")).found, "cannot be read here");
    }

    #[test]
    fn the_choice_of_huge_pages_stands_in_brackets() {
        assert_eq!(huge_pages(Some("always [madvise] never\n")).found, "madvise");
        assert_eq!(huge_pages(Some("[always] madvise never\n")).severity, Note);
        assert_eq!(huge_pages(Some("always madvise [never]\n")).severity, Ok);
        assert_eq!(huge_pages(Some("always")).found, "cannot be read here");
        assert_eq!(huge_pages(None).found, "cannot be read here");
    }

    #[test]
    fn swap_in_use_is_noted_and_scarce_memory_disturbs() {
        let head = "Filename\tType\tSize\tUsed\tPriority\n";
        let swaps = |used| format!("{head}/swapfile file 2097148 {used} -2\n");
        let meminfo = |free| format!("MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: {free} kB\n");
        let of = |swaps: &str, free| memory(Some(swaps), Some(&meminfo(free)));
        assert_eq!(of(head, 800).found, "80 % free, 0 MiB swapped out");
        assert_eq!(of(&swaps(0), 800).severity, Ok);
        assert_eq!(of(&swaps(51_200), 800).found, "80 % free, 50 MiB swapped out");
        assert_eq!(of(&swaps(51_200), 800).severity, Note);
        assert_eq!(of(head, 50).severity, Disturbs);
        assert_eq!(memory(None, Some(&meminfo(1))).found, "cannot be read here");
        assert_eq!(memory(Some(head), Some("?")).found, "cannot be read here");
    }
}
