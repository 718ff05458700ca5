//! Where a case is measured (distributions and sizes) and what bounds it there.

use protocol::{Effort, Items, LimitKind, Scenario};

/// A named distribution of inputs and the sizes at which it is measured.
pub(crate) struct Distribution {
    pub(crate) name: &'static str,
    pub(crate) sizes: Vec<(usize, Effort)>,
    pub(crate) rotated: usize,
    pub(crate) axis: Option<Axis>,
    /// Whether its calls are made cold.
    pub(crate) cold: bool,
    /// Why this system cannot do it, if it cannot.
    pub(crate) absent: Option<String>,
}

/// What a distribution's `n` is where it is not the number of items.
pub(crate) struct Axis {
    pub(crate) quantity: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) items: Items,
}

/// Items that a rotation holds together, unless the case asks for more.
const ROTATED: usize = 1 << 16;
const MOST_INPUTS: usize = 1 << 12;

impl Distribution {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, sizes: Vec::new(), rotated: ROTATED, axis: None, cold: false, absent: None }
    }

    /// How many inputs of a scenario take turns, `most` at most.
    pub(crate) fn count(&self, n: usize, most: usize) -> usize {
        let items = self.axis.as_ref().map_or(n, |axis| axis.items.of(n));
        (self.rotated / items.max(1)).min(most).clamp(1, MOST_INPUTS)
    }

    pub(crate) fn describe_axis(&self) -> Option<protocol::Axis> {
        self.axis.as_ref().map(|axis| protocol::Axis {
            input: self.name.to_owned(),
            quantity: axis.quantity.to_owned(),
            unit: axis.unit.to_owned(),
            items: axis.items,
        })
    }

    pub(crate) fn scenarios(&self) -> impl Iterator<Item = Scenario> + '_ {
        self.sizes.iter().map(|&(n, effort)| Scenario { input: self.name.to_owned(), n, effort })
    }
}

/// What physically bounds a job, and how much of it one call needs. The book divides one by the
/// other and shows what share of the possible the best rung reaches.
pub enum Limit<I> {
    /// Bytes that any implementation must read.
    Read(fn(&I) -> usize),
    /// Bytes that any implementation must read and write elsewhere.
    Copy(fn(&I) -> usize),
    /// 32-bit floating-point operations that any implementation must do on one core.
    Flops32(fn(&I) -> usize),
    /// 64-bit floating-point operations that any implementation must do on one core.
    Flops64(fn(&I) -> usize),
    /// Memory accesses of which each waits for the one before, and the bytes among which they fall.
    Accesses {
        /// How many.
        count: fn(&I) -> usize,
        /// Among how many bytes.
        within: fn(&I) -> usize,
    },
    /// The naive time divided by the number of cores.
    Cores,
    /// System calls that any implementation must make.
    SystemCalls(fn(&I) -> usize),
    /// Cache lines that must travel from one core to another, one after the other.
    Handovers(fn(&I) -> usize),
    /// Fresh pages that any implementation must touch on one core.
    Faults(fn(&I) -> usize),
    /// Datagrams that must cross the loopback, sent and received by one core.
    Datagrams(fn(&I) -> usize),
    /// Pages that the device must read: of cold scenarios.
    DeviceReads(fn(&I) -> usize),
}

impl<I> Limit<I> {
    pub(crate) fn kind(&self) -> LimitKind {
        match self {
            Self::Read(_) => LimitKind::Read,
            Self::Copy(_) => LimitKind::Copy,
            Self::Flops32(_) => LimitKind::Flops32,
            Self::Flops64(_) => LimitKind::Flops64,
            Self::Accesses { .. } => LimitKind::Accesses,
            Self::Cores => LimitKind::Cores,
            Self::SystemCalls(_) => LimitKind::SystemCalls,
            Self::Handovers(_) => LimitKind::Handovers,
            Self::Faults(_) => LimitKind::Faults,
            Self::Datagrams(_) => LimitKind::Datagrams,
            Self::DeviceReads(_) => LimitKind::DeviceReads,
        }
    }

    /// Work per call and the bytes within which it happens.
    pub(crate) fn work(&self, input: &I) -> (f64, f64) {
        match self {
            Self::Read(bytes) => (bytes(input) as f64, bytes(input) as f64),
            // A copy holds source and destination in the cache.
            Self::Copy(bytes) => (bytes(input) as f64, 2.0 * bytes(input) as f64),
            Self::Flops32(count)
            | Self::Flops64(count)
            | Self::SystemCalls(count)
            | Self::Handovers(count)
            | Self::Faults(count)
            | Self::Datagrams(count)
            | Self::DeviceReads(count) => (count(input) as f64, 0.0),
            Self::Accesses { count, within } => (count(input) as f64, within(input) as f64),
            Self::Cores => (0.0, 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_counted_within_nothing() {
        let count: fn(&u64) -> usize = |n| *n as usize;
        let limits = [
            (Limit::SystemCalls(count), LimitKind::SystemCalls),
            (Limit::Handovers(count), LimitKind::Handovers),
            (Limit::Faults(count), LimitKind::Faults),
            (Limit::Datagrams(count), LimitKind::Datagrams),
            (Limit::DeviceReads(count), LimitKind::DeviceReads),
        ];
        for (limit, kind) in limits {
            assert_eq!((limit.kind(), limit.work(&7)), (kind, (7.0, 0.0)));
        }
        assert_eq!(Limit::Copy(count).work(&7), (7.0, 14.0), "source and destination");
    }
}
