//! Where Linux keeps what the checks read. A file that is missing or forbidden is no error: the
//! check then says that it cannot be read here.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::{Finding, confines, neighbours, processor, tools};
use crate::kinds::{self, CPUS};

const GROUPS: &str = "/sys/fs/cgroup";

/// Looks at everything, in the order in which it is reported.
pub(super) fn examine() -> Vec<Finding> {
    // First, before this program's own reading is what runs.
    let load = loads();
    let status = read("/proc/self/status");
    let online = read(format!("{CPUS}/online"));
    let cores = online.as_deref().and_then(confines::members).unwrap_or(1);
    let allowed = status.as_deref().and_then(confines::allowed).unwrap_or(cores);
    let release = read("/etc/os-release");
    let dmi = joined(
        ["sys_vendor", "product_name"].map(|name| format!("/sys/class/dmi/id/{name}")).iter(),
    );
    let findings = vec![
        neighbours::load(load.as_deref(), cores),
        neighbours::virtualization(
            read("/proc/cpuinfo").as_deref(),
            dmi.as_deref(),
            read("/sys/hypervisor/type").as_deref(),
        ),
        neighbours::stolen(read("/proc/stat").as_deref()),
        neighbours::power(supplies().as_deref()),
        processor::governor(
            per_core("cpufreq/scaling_governor").as_deref(),
            read(format!("{CPUS}/cpu0/cpufreq/scaling_driver")).as_deref(),
        ),
        processor::turbo(
            read(format!("{CPUS}/intel_pstate/no_turbo")).as_deref(),
            read(format!("{CPUS}/cpufreq/boost")).as_deref(),
        ),
        processor::threads(
            read(format!("{CPUS}/smt/active")).as_deref(),
            read(format!("{CPUS}/smt/control")).as_deref(),
        ),
        processor::kinds(kinds::here().as_ref(), kinds::allowed().as_deref()),
        processor::heat(
            per_core("thermal_throttle/core_throttle_count").as_deref(),
            cooling().as_deref(),
        ),
        confines::quota(quotas().as_deref(), allowed),
        confines::cpuset(status.as_deref(), online.as_deref()),
        confines::memory(read("/proc/swaps").as_deref(), read("/proc/meminfo").as_deref()),
        confines::huge_pages(read("/sys/kernel/mm/transparent_hugepage/enabled").as_deref()),
        tools::valgrind(installed("valgrind"), release.as_deref()),
        tools::perf(installed("perf"), release.as_deref()),
        tools::perf_permission(
            read("/proc/sys/kernel/perf_event_paranoid").as_deref(),
            status.as_deref(),
        ),
    ];
    neighbours::seen_from_guest(findings)
}

fn read(path: impl AsRef<Path>) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// All files that can be read, one after the other; none if there is none.
fn joined(paths: impl Iterator<Item = impl AsRef<Path>>) -> Option<String> {
    let texts: Vec<String> = paths.filter_map(read).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Names in a folder.
fn names(folder: &str) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    Some(entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// A file of every core.
fn per_core(file: &str) -> Option<String> {
    joined(kinds::cores()?.into_iter().map(|core| format!("{CPUS}/cpu{core}/{file}")))
}

/// The load, several times within a fifth of a second.
fn loads() -> Option<String> {
    let samples = (0..9).filter_map(|_| {
        std::thread::sleep(Duration::from_millis(22));
        read("/proc/loadavg")
    });
    Some(samples.collect())
}

/// What every power supply says of itself; an empty text where there is none.
fn supplies() -> Option<String> {
    let folder = "/sys/class/power_supply";
    let paths = names(folder)?.into_iter().map(|name| format!("{folder}/{name}/uevent"));
    Some(joined(paths).unwrap_or_default())
}

/// The state of the cooling devices that slow the processor.
fn cooling() -> Option<String> {
    let folder = "/sys/class/thermal";
    let slows = |name: &String| {
        let kind = read(format!("{folder}/{name}/type")).unwrap_or_default();
        let kind = kind.trim();
        kind == "Processor" || kind == "intel_powerclamp" || kind.starts_with("cpufreq-")
    };
    let devices = names(folder)?.into_iter().filter(slows);
    joined(devices.map(|name| format!("{folder}/{name}/cur_state")))
}

/// The quotas of this process's control groups and of all around them, in the form of `cpu.max`.
/// Groups of version 1 and 2 may be mounted side by side; a group without a file has no quota.
fn quotas() -> Option<String> {
    let mut limits = String::new();
    for line in read("/proc/self/cgroup")?.lines() {
        let mut fields = line.splitn(3, ':').skip(1);
        let (Some(kinds), Some(group)) = (fields.next(), fields.next()) else { continue };
        if !kinds.is_empty() && !kinds.split(',').any(|kind| kind == "cpu") {
            continue;
        }
        for group in Path::new(group.trim_start_matches('/')).ancestors() {
            for mount in ["", "unified", "cpu", "cpu,cpuacct"] {
                let folder = Path::new(GROUPS).join(mount).join(group);
                let first = |quota: &str, period: &str| {
                    Some(format!("{} {}", read(folder.join(quota))?.trim(), period.trim()))
                };
                let version_1 =
                    || first("cpu.cfs_quota_us", &read(folder.join("cpu.cfs_period_us"))?);
                let limit = if kinds.is_empty() { first("cpu.max", "") } else { version_1() };
                limits.extend(limit.map(|limit| limit + "\n"));
            }
        }
    }
    Some(limits)
}

/// Whether a program of this name is on the path.
fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}
