//! What macOS tells, by `sysctl` and `pmset`.

use super::{Finding, GUEST, NOTHING};

/// `sysctl -n vm.loadavg`, as "{ 2.10 1.95 1.80 }".
fn load(text: Option<&str>, cores: usize) -> Finding {
    const NAME: &str = "load";
    let average = text.and_then(|text| text.split_whitespace().nth(1)?.parse::<f64>().ok());
    let Some(average) = average else { return Finding::unreadable(NAME) };
    let found = format!("{average:.2} in the last minute, {cores} cores");
    if average < cores as f64 / 2.0 {
        return Finding::ok(NAME, found, "most cores are free.");
    }
    Finding::note(
        NAME,
        found,
        "other programs, or a build that has just ended, take turns on these cores.",
        "end what `top` shows, or wait for it",
    )
}

/// `sysctl -n kern.hv_vmm_present`.
fn virtualization(text: Option<&str>) -> Finding {
    const NAME: &str = "virtual machine";
    match text.map(str::trim) {
        Some("0") => Finding::ok(NAME, "no", "no unseen neighbour shares this processor."),
        Some("1") => Finding::disturbs(
            NAME,
            "yes",
            "neighbours that cannot be seen from here share caches, memory and clock: trust ratios \
             more than times.",
            GUEST,
        ),
        _ => Finding::unreadable(NAME),
    }
}

/// `pmset -g batt`.
fn power(text: Option<&str>) -> Finding {
    const NAME: &str = "power";
    match text {
        Some(text) if text.contains("'Battery Power'") => Finding::disturbs(
            NAME,
            "battery",
            "the system saves power: the clock is lower, and falls as the battery does.",
            "plug it in",
        ),
        Some(text) if text.contains("'AC Power'") => {
            Finding::ok(NAME, "mains", "nothing is saved at the clock's expense.")
        }
        _ => Finding::unreadable(NAME),
    }
}

/// `pmset -g`, for the low power mode.
fn saving(text: Option<&str>) -> Finding {
    const NAME: &str = "low power mode";
    let value = text.and_then(|text| {
        text.lines().find_map(|line| line.trim().strip_prefix("lowpowermode")).map(str::trim)
    });
    match value {
        Some("0") => Finding::ok(NAME, "off", "the clock is not held down."),
        Some(_) => Finding::disturbs(
            NAME,
            "on",
            "the clock is held down: times are longer than this machine needs.",
            "sudo pmset -a lowpowermode 0",
        ),
        None => Finding::unreadable(NAME),
    }
}

/// `pmset -g therm`: "CPU_Speed_Limit = 100", or that nothing was recorded.
fn heat(text: Option<&str>) -> Finding {
    const NAME: &str = "heat";
    let Some(text) = text else { return Finding::unreadable(NAME) };
    let limit = text.lines().find(|line| line.contains("CPU_Speed_Limit"));
    let limit = limit.and_then(|line| line.split_once('=')?.1.trim().parse::<u32>().ok());
    match limit {
        Some(limit @ 0..100) => Finding::disturbs(
            NAME,
            format!("clock held at {limit} %"),
            "it runs slower than it can, and not always equally so.",
            "let it cool, on a hard surface, and measure again",
        ),
        _ => Finding::ok(NAME, "no limit recorded", "the clock is not cut for heat."),
    }
}

/// `sysctl -n vm.swapusage`: "total = 2048.00M  used = 1085.25M  free = …".
fn memory(text: Option<&str>) -> Finding {
    const NAME: &str = "memory";
    let used = text.and_then(|text| text.split_once("used = ")?.1.split_whitespace().next());
    match used {
        None => Finding::unreadable(NAME),
        Some(used) if used.starts_with("0.00") => {
            Finding::ok(NAME, "nothing swapped out", "nothing waits for a disk.")
        }
        Some(used) => Finding::note(
            NAME,
            format!("{used} swapped out"),
            "memory was short before; who wakes up now reads from disk and disturbs a few blocks.",
            NOTHING,
        ),
    }
}

/// `sysctl -n hw.nperflevels`: how many kinds of cores there are.
fn kinds(text: Option<&str>) -> Finding {
    const NAME: &str = "kinds of cores";
    match text.map(str::trim).map(str::parse::<u32>) {
        Some(Ok(0 | 1)) => {
            Finding::ok(NAME, "all alike", "nothing that is measured runs on a slower core.")
        }
        Some(Ok(kinds)) => Finding::note(
            NAME,
            format!("{kinds}"),
            "macOS does not let a program choose: what is measured may move to a slower core.",
            NOTHING,
        ),
        _ => Finding::unreadable(NAME),
    }
}

/// Looks at everything that has a source here.
#[cfg(target_os = "macos")]
pub(super) fn examine() -> Vec<Finding> {
    let run = |program: &str, args: &[&str]| -> Option<String> {
        let output = std::process::Command::new(program).args(args).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let sysctl = |name: &str| run("sysctl", &["-n", name]);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut findings = vec![
        load(sysctl("vm.loadavg").as_deref(), cores),
        virtualization(sysctl("kern.hv_vmm_present").as_deref()),
        power(run("pmset", &["-g", "batt"]).as_deref()),
        saving(run("pmset", &["-g"]).as_deref()),
        heat(run("pmset", &["-g", "therm"]).as_deref()),
        memory(sysctl("vm.swapusage").as_deref()),
        kinds(sysctl("hw.nperflevels").as_deref()),
    ];
    findings.extend(["governor", "turbo"].map(Finding::unknown));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Severity::{Disturbs, Note, Ok};

    #[test]
    fn what_macos_says_is_understood() {
        assert_eq!(load(Some("{ 0.50 1.95 1.80 }\n"), 8).severity, Ok);
        assert_eq!(load(Some("{ 6.10 1.95 1.80 }\n"), 8).severity, Note);
        assert_eq!(virtualization(Some("1\n")).severity, Disturbs);
        assert_eq!(virtualization(Some("0\n")).severity, Ok);
        assert_eq!(power(Some("Now drawing from 'AC Power'\n")).severity, Ok);
        assert_eq!(power(Some("Now drawing from 'Battery Power'\n")).severity, Disturbs);
        assert_eq!(saving(Some(" standby 1\n lowpowermode         1\n")).severity, Disturbs);
        assert_eq!(saving(Some(" lowpowermode         0\n")).severity, Ok);
        assert_eq!(heat(Some("\tCPU_Speed_Limit \t= 70\n")).found, "clock held at 70 %");
        assert_eq!(heat(Some("CPU_Speed_Limit = 100\n")).severity, Ok);
        assert_eq!(heat(Some("Note: No thermal warning level has been recorded\n")).severity, Ok);
        let swap = |used| format!("total = 2048.00M  used = {used}  free = 1.00M  (encrypted)");
        assert_eq!(memory(Some(&swap("0.00M"))).severity, Ok);
        assert_eq!(memory(Some(&swap("1085.25M"))).found, "1085.25M swapped out");
        assert_eq!(kinds(Some("1\n")).severity, Ok);
        assert_eq!(kinds(Some("2\n")).severity, Note);
    }

    #[test]
    fn what_macos_does_not_say_is_unknown() {
        let silent = [
            load(None, 8),
            virtualization(None),
            power(None),
            saving(None),
            heat(None),
            memory(None),
            kinds(None),
        ];
        assert!(silent.iter().all(|finding| finding.found == "cannot be read here"));
    }
}
