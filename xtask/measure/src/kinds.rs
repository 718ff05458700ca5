//! Processors whose cores are not alike, some fast and some saving: what is measured stays on the
//! fastest kind, or half of a round would be of another processor than the other half.

#[cfg(any(target_os = "linux", test))]
use std::collections::BTreeMap;
#[cfg(target_os = "linux")]
use std::fs;
use std::process::Command;

/// The cores of a machine that has several kinds of them, counted as the system counts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg(any(target_os = "linux", test))]
pub(crate) struct Kinds {
    /// Those of the fastest kind.
    pub(crate) fastest: Vec<usize>,
    /// All others.
    pub(crate) others: Vec<usize>,
}

#[cfg(any(target_os = "linux", test))]
impl Kinds {
    /// From what the system says of each core's capacity, or else from its lists of performance
    /// and of efficiency cores; `None` where all are alike, or nothing is known.
    pub(crate) fn of(
        capacities: &BTreeMap<usize, u64>,
        performance: Option<&str>,
        efficiency: Option<&str>,
    ) -> Option<Self> {
        let listed = |list: Option<&str>| list.and_then(numbers).unwrap_or_default();
        let most = capacities.values().max();
        let (fastest, others) = if capacities.values().all(|capacity| Some(capacity) == most) {
            (listed(performance), listed(efficiency))
        } else {
            let cores = capacities.iter();
            let (fast, slow): (Vec<_>, Vec<_>) = cores.partition(|(_, it)| Some(*it) == most);
            let names = |cores: Vec<(&usize, &u64)>| cores.into_iter().map(|it| *it.0).collect();
            (names(fast), names(slow))
        };
        (!fastest.is_empty() && !others.is_empty()).then_some(Self { fastest, others })
    }

    /// The cores that a process is kept to that may use these; `None` where they are of one kind
    /// anyway, whichever that is.
    pub(crate) fn to_keep(&self, allowed: &[usize]) -> Option<Vec<usize>> {
        let of = |kind: &[usize]| -> Vec<usize> {
            kind.iter().copied().filter(|core| allowed.contains(core)).collect()
        };
        let (fastest, others) = (of(&self.fastest), of(&self.others));
        (!fastest.is_empty() && !others.is_empty()).then_some(fastest)
    }
}

/// The numbers of a kernel list such as "0-3,8"; `None` if it is none.
#[cfg(any(target_os = "linux", test))]
pub(crate) fn numbers(list: &str) -> Option<Vec<usize>> {
    let mut numbers = Vec::new();
    for range in list.trim().split(',') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        numbers.extend(first.parse::<usize>().ok()?..=last.parse::<usize>().ok()?);
    }
    Some(numbers)
}

/// The cores that a process may use, by its `/proc/self/status`.
#[cfg(any(target_os = "linux", test))]
pub(crate) fn allowed_by(status: &str) -> Option<Vec<usize>> {
    numbers(status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?)
}

/// The cores that this process may use.
#[cfg(target_os = "linux")]
pub(crate) fn allowed() -> Option<Vec<usize>> {
    allowed_by(&fs::read_to_string("/proc/self/status").ok()?)
}

/// Where Linux has a folder for each core.
#[cfg(target_os = "linux")]
pub(crate) const CPUS: &str = "/sys/devices/system/cpu";

/// The cores, by number.
#[cfg(target_os = "linux")]
pub(crate) fn cores() -> Option<Vec<usize>> {
    let number = |entry: fs::DirEntry| {
        entry.file_name().to_str()?.strip_prefix("cpu")?.parse::<usize>().ok()
    };
    Some(fs::read_dir(CPUS).ok()?.flatten().filter_map(number).collect())
}

/// The kinds of cores here, if there are several. Intel's have lists of each; Arm's, and others on
/// recent kernels, a capacity.
#[cfg(target_os = "linux")]
pub(crate) fn here() -> Option<Kinds> {
    let read = |path: String| fs::read_to_string(path).ok();
    let capacity = |core: usize| {
        let text = read(format!("{CPUS}/cpu{core}/cpu_capacity"))?;
        Some((core, text.trim().parse().ok()?))
    };
    let capacities: BTreeMap<_, _> = cores()?.into_iter().filter_map(capacity).collect();
    let list = |kind: &str| read(format!("/sys/devices/{kind}/cpus"));
    Kinds::of(&capacities, list("cpu_core").as_deref(), list("cpu_atom").as_deref())
}

/// Has a command's process, and all that come of it, run on the fastest kind of cores. Where they
/// are alike, or the user has chosen one kind, nothing changes.
#[cfg(target_os = "linux")]
pub(crate) fn keep_to_fastest(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    use std::sync::LazyLock;

    static CORES: LazyLock<Option<Vec<usize>>> = LazyLock::new(|| here()?.to_keep(&allowed()?));
    let Some(cores) = CORES.as_deref() else { return };
    let bytes = size_of::<libc::cpu_set_t>();
    // SAFETY: a set is an array of bits, for which zeros are a value; bits are set within it.
    let only = unsafe {
        let mut only: libc::cpu_set_t = std::mem::zeroed();
        cores
            .iter()
            .filter(|core| **core < bytes * 8)
            .for_each(|core| libc::CPU_SET(*core, &mut only));
        only
    };
    let keep = move || {
        // SAFETY: it gets a set of the size that it is told. A refusal changes nothing.
        unsafe { libc::sched_setaffinity(0, bytes, &raw const only) };
        Ok(())
    };
    // SAFETY: a bare system call, which may be made between fork and exec.
    unsafe { command.pre_exec(keep) };
}

/// Other systems do not let a program choose, or only suggest; the doctor says so.
#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_to_fastest(_: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn capacities(of: &[u64]) -> BTreeMap<usize, u64> {
        of.iter().copied().enumerate().collect()
    }

    #[test]
    fn kinds_are_told_by_capacity_or_by_the_two_lists() {
        let kinds = |fastest: &[usize], others: &[usize]| {
            Some(Kinds { fastest: fastest.to_vec(), others: others.to_vec() })
        };
        let arm = Kinds::of(&capacities(&[446, 446, 1024, 871]), None, None);
        assert_eq!(arm, kinds(&[2], &[0, 1, 3]));
        let intel = Kinds::of(&BTreeMap::new(), Some("0-3,8\n"), Some("4-7\n"));
        assert_eq!(intel, kinds(&[0, 1, 2, 3, 8], &[4, 5, 6, 7]));
        assert_eq!(Kinds::of(&capacities(&[1024, 1024]), None, None), None, "all alike");
        assert_eq!(Kinds::of(&BTreeMap::new(), Some("0-3"), None), None, "no other kind");
        assert_eq!(Kinds::of(&BTreeMap::new(), Some("zero"), Some("4-7")), None);
    }

    #[test]
    fn who_has_one_kind_alone_keeps_it() {
        let kinds = Kinds { fastest: vec![0, 1], others: vec![2, 3] };
        assert_eq!(kinds.to_keep(&[0, 1, 2, 3]), Some(vec![0, 1]));
        assert_eq!(kinds.to_keep(&[1, 3]), Some(vec![1]));
        assert_eq!(kinds.to_keep(&[2, 3]), None, "the user wants the others measured");
        assert_eq!(kinds.to_keep(&[0]), None);
    }

    #[test]
    fn a_kernel_list_is_read_whole() {
        assert_eq!(numbers("0-2,5,7-8\n"), Some(vec![0, 1, 2, 5, 7, 8]));
        assert_eq!(numbers("\n"), None);
        assert_eq!(numbers("3-x"), None);
    }
}
