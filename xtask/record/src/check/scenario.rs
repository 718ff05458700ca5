//! A scenario: lists by rung, and by process and rung.

use protocol::{Allocations, Tail};

use super::{
    At as _, Check, Checked, Fault, amount, ascending, at_most, by_rung, by_rung_or_none, count,
    distinct, each, each_known, ensure, positive, share, size,
};
use crate::{Pair, ScenarioRecord, Solo};

/// Processes of a scenario, and chunks of each: every interval draws so many a thousand times.
const PROCESSES: usize = 256;
const CHUNKS: usize = 16;
/// The largest log ratio, in the units of a record.
const LOG: u32 = 1_000_000;

impl ScenarioRecord {
    /// Finds the first fault, for so many rungs.
    pub(super) fn check_with(&self, rungs: usize) -> Checked {
        self.scenario.check().at("scenario")?;
        size(self.inputs).at("inputs")?;
        amount(self.work).at("work")?;
        amount(self.within).at("within")?;
        by_rung_or_none(self.data_bytes.len(), rungs).at("data_bytes")?;
        each_known(&self.data_bytes, |bytes| count(*bytes)).at("data_bytes")?;
        size(self.blocks).at("blocks")?;
        share(self.quiet).at("quiet")?;
        amount(self.handover).at("handover")?;
        each(&self.times, PROCESSES, |times| by_process(times, rungs)).at("times")?;
        let processes = self.times.len();
        for (name, list) in [("cpu", &self.cpu), ("faults", &self.faults)] {
            each(list, PROCESSES, |of| by_process(of, rungs)).at(name)?;
            let entries = list.len();
            ensure(entries == 0 || entries == processes, || {
                format!("{processes} processes, {entries} entries")
            })
            .at(name)?;
        }
        each(&self.pairs, rungs * rungs, |pair| pair.check_with(rungs)).at("pairs")?;
        distinct(self.pairs.iter().map(|pair| (pair.base, pair.rung))).at("pairs")?;
        by_rung_or_none(self.solo.len(), rungs).at("solo")?;
        each_known(&self.solo, Check::check).at("solo")?;
        by_rung_or_none(self.allocations.len(), rungs).at("allocations")?;
        each_known(&self.allocations, Check::check).at("allocations")?;
        by_rung_or_none(self.tails.len(), rungs).at("tails")?;
        each_known(&self.tails, Check::check).at("tails")?;
        by_rung_or_none(self.alone.len(), rungs).at("alone")?;
        each_known(&self.alone, |ns| positive(*ns)).at("alone")
    }

    /// What an interval of each list draws from: what it costs to read all that it says.
    pub(super) fn drawn(&self) -> usize {
        let pairs: usize = self.pairs.iter().map(|pair| pair.logs.len()).sum();
        pairs + self.times.iter().map(Vec::len).sum::<usize>()
    }
}

fn by_process(times: &[f64], rungs: usize) -> Checked {
    by_rung(times.len(), rungs)?;
    each(times, rungs, |ns| amount(*ns))
}

impl Pair {
    fn check_with(&self, rungs: usize) -> Checked {
        let known = |rung: usize| ensure(rung < rungs, || format!("{rung}, of {rungs} rungs"));
        known(self.base).at("base")?;
        known(self.rung).at("rung")?;
        each(&self.logs, PROCESSES, |chunks| {
            at_most(chunks.len(), CHUNKS)?;
            let too_large = chunks.iter().find(|log| log.unsigned_abs() > LOG);
            too_large.map_or(Ok(()), |log| Err(Fault::new(format!("{log} is no log ratio"))))
        })
        .at("logs")
    }
}

impl Check for Solo {
    fn check(&self) -> Checked {
        [self.ns, self.low, self.high].into_iter().try_for_each(positive)?;
        ascending(&[self.low, self.high])
    }
}

impl Check for Tail {
    fn check(&self) -> Checked {
        count(self.calls).at("calls")?;
        let percentiles = [self.p50, self.p90, self.p99, self.p99_9, self.p99_99];
        percentiles.into_iter().try_for_each(amount)?;
        ascending(&percentiles)
    }
}

impl Check for Allocations {
    fn check(&self) -> Checked {
        count(self.allocations).at("allocations")?;
        count(self.reallocations).at("reallocations")?;
        count(self.bytes).at("bytes")?;
        count(self.peak).at("peak")?;
        self.faults.map_or(Ok(()), amount).at("faults")
    }
}
