//! How much of the processor others take while a process runs, as Linux counts it: on the cores
//! that the process may run on, whatever is done there beside what is its own. A sentinel sees only
//! who is there before or after, and on its own core.

use std::fs;

/// Nanoseconds of a tick: `/proc/stat` counts a hundred a second, on every machine.
const TICK: u64 = 10_000_000;
/// Where in a line of `/proc/stat` time is idle: at nothing, and waiting for a disk.
const IDLE: [usize; 2] = [3, 4];
/// Numbers that count; those behind them are in others once more.
const COUNTED: usize = 8;

/// Ticks in which each of the cores was not idle, up to a moment.
#[derive(Debug, PartialEq, Eq)]
pub struct Busy(Vec<u64>);

impl Busy {
    /// Up to now; none where no system says so.
    pub fn now() -> Option<Self> {
        let stat = fs::read_to_string("/proc/stat").ok()?;
        let status = fs::read_to_string("/proc/self/status").ok()?;
        Self::of(&stat, &status)
    }

    fn of(stat: &str, status: &str) -> Option<Self> {
        let cores = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
        let ours = |core: u64| {
            cores.trim().split(',').any(|range| {
                let (first, last) = range.split_once('-').unwrap_or((range, range));
                first.parse().is_ok_and(|first: u64| first <= core)
                    && last.parse().is_ok_and(|last: u64| core <= last)
            })
        };
        let busy = stat.lines().filter_map(|line| {
            let mut words = line.strip_prefix("cpu")?.split_whitespace();
            // The first line is of all cores together, and has no number.
            let core = line.as_bytes().get(3)?.is_ascii_digit().then(|| words.next())??;
            ours(core.parse().ok()?).then(|| {
                let ticks = words.take(COUNTED).map(|word| word.parse().unwrap_or(0)).enumerate();
                ticks.filter(|(at, _)| !IDLE.contains(at)).map(|(_, ticks): (_, u64)| ticks).sum()
            })
        });
        Some(Self(busy.collect())).filter(|busy| !busy.0.is_empty())
    }

    /// Nanoseconds that others took since then at least, if this process and its own took so many.
    /// A tick that was under way when somebody looked may be anybody's, so one of each core's is
    /// nobody's: what takes less than a few ticks shows nothing.
    pub fn others(&self, since: &Self, own: u64) -> u64 {
        let ticks = self.0.iter().zip(&since.0).map(|(now, then)| now.saturating_sub(*then));
        let surely: u64 = ticks.map(|ticks| ticks.saturating_sub(1)).sum();
        surely.saturating_mul(TICK).saturating_sub(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAT: &str = "cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 10 2 3 1000 50 4 5 6 70 80\n\
                        cpu1 1 0 1 2000 60 0 0 0 0 0\ncpu10 7 0 0 1 1 0 0 0 0 0\nintr 5 cpu\n";

    #[test]
    fn what_is_not_idle_is_counted_on_the_cores_that_are_ours() {
        let busy =
            |cores: &str| Busy::of(STAT, &format!("Name:\tx\nCpus_allowed_list:\t{cores}\n"));
        assert_eq!(busy("0-1"), Some(Busy(vec![30, 2])));
        assert_eq!(busy("1,8-12"), Some(Busy(vec![2, 7])));
        assert_eq!(busy("3"), None);
        assert_eq!(Busy::of(STAT, ""), None);
        assert_eq!(Busy::of("", "Cpus_allowed_list:\t0-1"), None);
    }

    #[test]
    fn others_took_what_is_not_our_own_beyond_a_tick_of_each_core() {
        let (then, now) = (Busy(vec![100, 200]), Busy(vec![130, 241]));
        // 29 and 40 ticks of ten milliseconds.
        assert_eq!(now.others(&then, 0), 690_000_000);
        assert_eq!(now.others(&then, 600_000_000), 90_000_000);
        assert_eq!(now.others(&then, 700_000_000), 0, "a tick was counted for somebody else");
        assert_eq!(Busy(vec![101, 201]).others(&then, 0), 0, "nobody knows whose they are");
        assert_eq!(Busy(vec![90, 200]).others(&then, 0), 0, "a core that went and came back");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_system_says_how_busy_it_was() {
        let before = Busy::now().expect("Linux says it");
        let after = Busy::now().unwrap();
        assert_eq!(before.0.len(), after.0.len());
        assert!(after.0.iter().sum::<u64>() > 0);
    }
}
