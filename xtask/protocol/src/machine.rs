//! A machine: what it can do at best, what things cost on it, and what follows for a limit.

use serde::{Deserialize, Serialize};

use crate::caches::cache_ends;
use crate::case::LimitKind;
use crate::price;

/// A machine and what it can do at best, as the `machine` binary measures it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// Operating system and architecture: "linux x86_64".
    pub system: String,
    /// Vector extensions that matter here and are present: "avx2".
    pub features: Vec<String>,
    /// Advertised data cache sizes in bytes, from level 1 up; empty where the system does not tell.
    pub caches: Vec<u64>,
    /// Read bandwidth of one core in bytes per nanosecond, by bytes walked through, small to large.
    pub read: Vec<(f64, f64)>,
    /// Bytes copied per nanosecond by one core, by bytes of source and destination together.
    pub copy: Vec<(f64, f64)>,
    /// Nanoseconds for an access that waits for the one before, by bytes among which they fall.
    pub latency: Vec<(f64, f64)>,
    /// 32-bit floating-point operations per nanosecond on one core, at the widest vectors present.
    pub flops32: f64,
    /// The same with 64 bits.
    pub flops64: f64,
    /// Latency where the system grants huge pages; `None` where it does not.
    #[serde(default)]
    pub latency_huge_pages: Option<Vec<(f64, f64)>>,
    /// Cache sizes in bytes as latency shows them, from level 1 up.
    #[serde(default)]
    pub effective_caches: Vec<u64>,
    /// Bytes that all cores together read from main memory per nanosecond; 0 if not measured.
    #[serde(default)]
    pub read_all_cores: f64,
    /// Bytes that all cores together copy within main memory per nanosecond; 0 if not measured.
    #[serde(default)]
    pub copy_all_cores: f64,
    /// Peak arithmetic for each kind of vector present, narrow to wide.
    #[serde(default)]
    pub peaks: Vec<Peak>,
    /// Nanoseconds until the device has read a page past the system's cache, by how many reads are
    /// under way; empty where there is no such device, or nobody looked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub device: Vec<(f64, f64)>,
    /// What single operations cost.
    #[serde(default)]
    pub costs: Vec<Cost>,
}

/// What one core computes at best with one kind of vector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Peak {
    /// The kind: "scalar", "AVX2 + FMA".
    pub vectors: String,
    /// 32-bit floating-point operations per nanosecond.
    pub flops32: f64,
    /// The same with 64 bits.
    pub flops64: f64,
}

/// What one operation costs, undisturbed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cost {
    /// The operation: "system call".
    pub name: String,
    /// Nanoseconds; `None` where this system cannot measure it.
    pub ns: Option<f64>,
    /// What exactly was timed.
    pub how: String,
}

impl Machine {
    /// Whether both have the same kind of processor, as far as can be known: virtual machines hide
    /// the model, but hardly the vector extensions, and not the size of the cache next to the core.
    /// Those further out may be a share of what is there.
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        let key = |machine: &Self| (machine.processor.clone(), machine.features.clone());
        key(self) == key(other) && self.caches.first() == other.caches.first()
    }

    /// What the machine is, part by part: name and text, which is empty where it is not known.
    #[must_use]
    pub fn circumstances(&self) -> [(&'static str, String); 4] {
        let features = self.features.join(" ");
        let features = if features.is_empty() { "none".to_owned() } else { features };
        [
            ("processor", self.processor.clone()),
            ("cores", self.cores.to_string()),
            ("system", self.system.clone()),
            ("vector extensions", features),
        ]
    }

    /// The better of two measurements, figure by figure: a limit is what the machine does
    /// undisturbed, and a neighbour may have disturbed either.
    #[must_use]
    pub fn best(mut self, other: &Self) -> Self {
        let better =
            |own: &mut Vec<(f64, f64)>, other: &[(f64, f64)], pick: fn(f64, f64) -> f64| {
                for (own, other) in own.iter_mut().zip(other) {
                    own.1 = pick(own.1, other.1);
                }
            };
        better(&mut self.read, &other.read, f64::max);
        better(&mut self.copy, &other.copy, f64::max);
        better(&mut self.latency, &other.latency, f64::min);
        better(&mut self.device, &other.device, f64::min);
        self.flops32 = self.flops32.max(other.flops32);
        self.flops64 = self.flops64.max(other.flops64);
        if let (Some(own), Some(other)) = (&mut self.latency_huge_pages, &other.latency_huge_pages)
        {
            better(own, other, f64::min);
        }
        self.read_all_cores = self.read_all_cores.max(other.read_all_cores);
        self.copy_all_cores = self.copy_all_cores.max(other.copy_all_cores);
        for (own, other) in self.peaks.iter_mut().zip(&other.peaks) {
            own.flops32 = own.flops32.max(other.flops32);
            own.flops64 = own.flops64.max(other.flops64);
        }
        for (own, other) in self.costs.iter_mut().zip(&other.costs) {
            own.ns = own.ns.into_iter().chain(other.ns).reduce(f64::min);
        }
        self.find_caches();
        self
    }

    /// Derives the effective cache sizes from the latencies.
    pub fn find_caches(&mut self) {
        /// As many as processors have today, where the system does not tell.
        const USUAL: usize = 3;
        let levels = if self.caches.is_empty() { USUAL } else { self.caches.len() };
        let ends = cache_ends(self.levels(), levels);
        self.effective_caches = ends.into_iter().map(|end| end as u64).collect();
    }

    /// What an operation costs in nanoseconds, if it was measured.
    #[must_use]
    pub fn price(&self, name: &str) -> Option<f64> {
        self.costs.iter().find(|cost| cost.name == name)?.ns
    }

    /// What a read of the device takes at best in nanoseconds, as many as suit it being under way.
    #[must_use]
    pub fn device_read(&self) -> Option<f64> {
        self.device.iter().map(|(depth, ns)| ns / depth).reduce(f64::min)
    }

    /// The latencies that show the levels best: with small pages, looking up their addresses is
    /// mixed in.
    #[must_use]
    pub fn levels(&self) -> &[(f64, f64)] {
        self.latency_huge_pages.as_deref().unwrap_or(&self.latency)
    }

    /// The least time in nanoseconds in which this machine can do some work, if it was measured for
    /// that. `naive` is the time of the first rung, for limits that are relative to it.
    pub fn least_time(&self, kind: LimitKind, work: f64, within: f64, naive: f64) -> Option<f64> {
        let time = match kind {
            LimitKind::Read => work / at(&self.read, within)?,
            LimitKind::Copy => work / at(&self.copy, within)?,
            LimitKind::Accesses => work * at(&self.latency, within)?,
            LimitKind::Flops32 => work / self.flops32,
            LimitKind::Flops64 => work / self.flops64,
            LimitKind::Cores => naive / self.cores as f64,
            LimitKind::SystemCalls => work * self.price(price::SYSTEM_CALL)?,
            LimitKind::Handovers => work * self.price(price::HANDOVER)?,
            LimitKind::Faults => work * self.price(price::FAULT)?,
            LimitKind::Datagrams => work * self.price(price::DATAGRAM)?,
            LimitKind::DeviceReads => work * self.device_read()?,
        };
        (time.is_finite() && time > 0.0).then_some(time)
    }
}

/// The value of a curve at a size, between its points in proportion to the logarithm.
#[must_use]
pub fn at(curve: &[(f64, f64)], size: f64) -> Option<f64> {
    let (first, last) = (curve.first()?, curve.last()?);
    if size <= first.0 {
        return Some(first.1);
    }
    let between = curve.windows(2).find(|pair| size <= pair[1].0);
    Some(between.map_or(last.1, |pair| {
        let share = (size / pair[0].0).ln() / (pair[1].0 / pair[0].0).ln();
        pair[0].1 + share * (pair[1].1 - pair[0].1)
    }))
}

/// The text of a circumstance, as it is shown: "unknown" where there is none.
#[must_use]
pub fn known(text: &str) -> &str {
    if text.is_empty() { "unknown" } else { text }
}

/// In what two machines are not of the same kind; limits of one kind may be combined.
pub fn differences(one: &Machine, other: &Machine) -> Vec<String> {
    let pairs = one.circumstances().into_iter().zip(other.circumstances());
    pairs
        .filter(|(a, b)| a != b)
        .map(|((name, a), (_, b))| format!("{name} {} / {}", known(&a), known(&b)))
        .collect()
}

/// Whether limits may be combined. A machine of which nothing could be measured fits any.
pub fn same_kind(one: &Machine, other: &Machine) -> bool {
    one.processor.is_empty() || other.processor.is_empty() || differences(one, other).is_empty()
}

/// The better of two measurements of one kind of machine, if there are two.
pub fn combined(one: Machine, other: &Machine) -> Machine {
    if one.processor.is_empty() { other.clone() } else { one.best(other) }
}

/// Everything that costs time, cheapest first, with the levels of memory among the operations; what
/// this system cannot measure comes last.
pub fn ladder(machine: &Machine) -> Vec<Cost> {
    let mut rungs = machine.costs.clone();
    rungs.extend(memory(machine));
    rungs.sort_by(|a, b| a.ns.unwrap_or(f64::INFINITY).total_cmp(&b.ns.unwrap_or(f64::INFINITY)));
    rungs
}

/// One access to each level, well inside it.
fn memory(machine: &Machine) -> Vec<Cost> {
    let cost = |name: String, ns, how: &str| Cost { name, ns, how: how.to_owned() };
    let mut levels: Vec<Cost> = machine
        .effective_caches
        .iter()
        .enumerate()
        .map(|(level, size)| {
            cost(
                format!("L{} cache", level + 1),
                at(machine.levels(), *size as f64 / std::f64::consts::SQRT_2),
                "an access that waits for the one before",
            )
        })
        .collect();
    let last = |curve: &[(f64, f64)]| curve.last().map(|point| point.1);
    if !machine.latency.is_empty() {
        let how = "an access that waits for the one before, to the largest size measured";
        levels.push(cost("main memory".to_owned(), last(&machine.latency), how));
        let huge = machine.latency_huge_pages.as_deref().and_then(last);
        levels.push(cost("main memory, huge pages".to_owned(), huge, how));
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processors_of_one_name_are_told_apart_by_what_they_have() {
        let machine = |processor: &str, feature: &str, caches: &[u64]| Machine {
            processor: processor.into(),
            features: vec![feature.into()],
            caches: caches.into(),
            ..Machine::default()
        };
        let known = machine("One", "avx2", &[32_768, 1 << 20, 1 << 25]);
        assert!(known.is_alike(&machine("One", "avx2", &[32_768, 1 << 20, 1 << 23])));
        assert!(!known.is_alike(&machine("One", "avx2", &[49_152, 1 << 20, 1 << 25])));
        assert!(!known.is_alike(&machine("One", "avx512f", &[32_768, 1 << 20, 1 << 25])));
        assert!(!known.is_alike(&machine("Two", "avx2", &[32_768, 1 << 20, 1 << 25])));
        assert!(!known.is_alike(&machine("One", "avx2", &[])), "nobody knows");
    }

    #[test]
    fn the_better_figure_counts() {
        let machine = |read, latency, flops32| Machine {
            read: vec![(1e4, read)],
            latency: vec![(1e4, latency)],
            flops32,
            ..Machine::default()
        };
        assert_eq!(machine(5.0, 2.0, 7.0).best(&machine(6.0, 3.0, 1.0)), machine(6.0, 2.0, 7.0));
    }

    #[test]
    fn the_better_of_the_newer_figures_counts() {
        let machine = |huge, all, peak, ns| Machine {
            latency_huge_pages: Some(vec![(1e4, huge)]),
            read_all_cores: all,
            peaks: vec![Peak { vectors: "scalar".into(), flops32: peak, flops64: peak }],
            costs: vec![Cost { name: "call".into(), ns, how: String::new() }],
            ..Machine::default()
        };
        let best = machine(2.0, 7.0, 3.0, None).best(&machine(1.0, 8.0, 2.0, Some(4.0)));
        assert_eq!(best, machine(1.0, 8.0, 3.0, Some(4.0)));
        let best = best.best(&machine(3.0, 1.0, 1.0, Some(5.0)));
        assert_eq!(best, machine(1.0, 8.0, 3.0, Some(4.0)));
    }

    #[test]
    fn older_records_are_still_read() {
        let mut old = serde_json::to_value(Machine::default()).unwrap();
        let fields = old.as_object_mut().unwrap();
        for newer in ["latency_huge_pages", "effective_caches", "peaks", "costs", "device"] {
            fields.remove(newer);
        }
        fields.retain(|name, _| !name.ends_with("_all_cores"));
        assert_eq!(serde_json::from_value::<Machine>(old).unwrap(), Machine::default());
    }

    #[test]
    fn limits_follow_the_level_of_the_cache() {
        let machine = Machine {
            cores: 4,
            read: vec![(1e4, 100.0), (1e6, 50.0), (1e8, 10.0)],
            flops64: 8.0,
            ..Machine::default()
        };
        let read = |bytes| machine.least_time(LimitKind::Read, bytes, bytes, 0.0).unwrap();
        assert_eq!(read(1e3), 10.0);
        assert_eq!(read(1e6), 2e4);
        assert_eq!(read(1e9), 1e8);
        assert!((read(1e7) - 1e7 / 30.0).abs() < 1e-6);
        assert_eq!(machine.least_time(LimitKind::Flops64, 16.0, 0.0, 0.0), Some(2.0));
        assert_eq!(machine.least_time(LimitKind::Cores, 0.0, 0.0, 12.0), Some(3.0));
        assert_eq!(machine.least_time(LimitKind::Copy, 1.0, 1.0, 0.0), None);
        assert_eq!(machine.least_time(LimitKind::Flops32, 1.0, 1.0, 0.0), None);
    }

    #[test]
    fn limits_of_other_kinds_are_counts_at_the_prices_of_the_machine() {
        let cost = |name: &str, ns| Cost { name: name.into(), ns: Some(ns), how: String::new() };
        let names = [price::SYSTEM_CALL, price::HANDOVER, price::FAULT, price::DATAGRAM];
        let costs = names.into_iter().zip([100.0, 50.0, 500.0, 1_000.0]);
        let machine = Machine {
            device: vec![(1.0, 60_000.0), (4.0, 80_000.0), (64.0, 640_000.0)],
            costs: costs.map(|(name, ns)| cost(name, ns)).collect(),
            ..Machine::default()
        };
        use LimitKind::{Datagrams, DeviceReads, Faults, Handovers, SystemCalls};
        let kinds = [SystemCalls, Handovers, Faults, Datagrams, DeviceReads];
        let times = kinds.map(|kind| machine.least_time(kind, 3.0, 0.0, 0.0));
        assert_eq!(times, [300.0, 150.0, 1_500.0, 3_000.0, 30_000.0].map(Some));
        let unknown = kinds.map(|kind| Machine::default().least_time(kind, 3.0, 0.0, 0.0));
        assert_eq!(unknown, [None; 5]);
    }

    #[test]
    fn limits_are_combined_within_a_kind() {
        let machine = |processor: &str, flops32| Machine {
            processor: processor.into(),
            cores: 2,
            flops32,
            ..Machine::default()
        };
        let (a, faster, other) = (machine("a", 1.0), machine("a", 2.0), machine("b", 1.0));
        assert!(same_kind(&a, &faster) && !same_kind(&a, &other));
        assert_eq!(differences(&a, &other), ["processor a / b"]);
        assert_eq!(combined(a.clone(), &faster), faster);
        // A probe that failed says nothing.
        let unknown = Machine::default();
        assert!(same_kind(&a, &unknown) && same_kind(&unknown, &a));
        assert_eq!(combined(a.clone(), &unknown), a);
        assert_eq!(combined(unknown, &a), a);
        let more = Machine { cores: 4, ..a.clone() };
        assert_eq!(differences(&a, &more), ["cores 2 / 4"]);
    }

    #[test]
    fn costs_and_levels_are_one_ladder() {
        let cost = |name: &str, ns| Cost { name: name.into(), ns, how: String::new() };
        let machine = Machine {
            latency: vec![(1e3, 1.0), (1e4, 1.0), (1e6, 100.0)],
            effective_caches: vec![10_000],
            costs: vec![cost("fault", None), cost("call", Some(200.0)), cost("add", Some(2.0))],
            ..Machine::default()
        };
        let ladder = ladder(&machine);
        let names: Vec<&str> = ladder.iter().map(|rung| rung.name.as_str()).collect();
        let expected = ["L1 cache", "add", "main memory", "call"];
        assert_eq!(names[..4], expected);
        assert!(ladder[4..].iter().all(|rung| rung.ns.is_none()));
        assert!(super::ladder(&Machine::default()).is_empty());
    }
}
