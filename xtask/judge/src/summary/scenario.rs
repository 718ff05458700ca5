//! What was measured in one scenario: times and ratios that agree with each other, all of them from
//! the paired runs.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use protocol::{Allocations, Description, LimitKind, Machine, Tail};

use crate::level::{Holds, Lies};
use crate::pairing;
use crate::stats::{self, Interval, Verdict};
use record::{ScenarioRecord, Solo};

/// A limit that explains less of the time than this binds nothing, and is not shown.
const BINDS: f64 = 0.1;
/// Times are shown to four digits, each off by half a thousandth at most; so a quotient of two that
/// are shown is off by no more than this, as a logarithm.
const ROUNDED: f64 = 0.0011;

/// A scenario in one run.
pub struct ScenarioSummary<'a> {
    /// The record behind it.
    pub record: &'a ScenarioRecord,
    /// By rung; `None` where it is unavailable.
    pub rungs: Vec<Option<RungSummary>>,
    /// The noise floor, as a share.
    pub floor: f64,
    /// Whether enough blocks were quiet.
    pub believable: bool,
    /// The last of our rungs against the peer.
    pub against_peer: Option<Compared>,
    /// The least time per call that this machine allows, in nanoseconds, where that explains at
    /// least a tenth of some rung's.
    pub least: Option<f64>,
    /// The cache that holds its data, although it is there to show what happens beyond them.
    pub held: Option<Holds>,
    /// Whether every call was made cold before it was timed.
    pub cold: bool,
    /// All that were held against each other, the base first.
    pairs: BTreeMap<(usize, usize), Compared>,
}

/// A rung in one scenario.
pub struct RungSummary {
    /// Nanoseconds per call, from the paired runs.
    pub time: Interval,
    /// Nanoseconds of processor time per call, all threads together, where the record has them.
    pub cpu: Option<f64>,
    /// Against naive; `None` for naive itself.
    pub against_naive: Option<Compared>,
    /// Against the rung before it.
    pub against_previous: Option<Compared>,
    /// What criterion measured. It shares a process with the others, one after the other, so that
    /// no ratio is made from it.
    pub criterion: Option<Solo>,
    /// Share of what the limit allows, where that is at least a tenth.
    pub share: Option<f64>,
    /// Bytes of data it works on.
    pub data: Option<u64>,
    /// Where those lie, with the data of all inputs that take turns.
    pub lies: Option<Lies>,
    /// Allocations of one call.
    pub allocations: Option<Allocations>,
    /// How long its slowest calls took.
    pub tail: Option<Tail>,
}

/// A ratio of times with its verdict; above 1 is faster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Base time over rung time. The interval holds the quotient of the two times as they are
    /// shown.
    pub ratio: Interval,
    /// What it means.
    pub verdict: Verdict,
}

impl Compared {
    /// The greatest gain first; what nobody can tell stands behind every gain, and before every
    /// loss, however it came out in the middle.
    pub fn by_gain(&self, other: &Self) -> Ordering {
        let place = |verdict| match verdict {
            Verdict::Faster => 0,
            Verdict::CannotTell => 1,
            Verdict::Slower => 2,
        };
        let places = place(self.verdict).cmp(&place(other.verdict));
        places.then(other.ratio.mid.total_cmp(&self.ratio.mid))
    }

    /// The base against the rung.
    fn inverse(self) -> Self {
        let verdict = match self.verdict {
            Verdict::Faster => Verdict::Slower,
            Verdict::Slower => Verdict::Faster,
            Verdict::CannotTell => Verdict::CannotTell,
        };
        Self { ratio: self.ratio.inverse(), verdict }
    }
}

impl<'a> ScenarioSummary<'a> {
    pub(super) fn new(
        record: &'a ScenarioRecord,
        description: &Description,
        machine: &Machine,
    ) -> Self {
        let logs: BTreeMap<(usize, usize), Interval> = record
            .pairs
            .iter()
            .filter_map(|pair| Some(((pair.base, pair.rung), stats::interval(&pair.log_ratios())?)))
            .collect();
        let floor = logs.get(&(0, 0)).copied().map_or(f64::INFINITY, stats::floor);
        let times = times(record, description.rungs.len());
        let mut summary = Self {
            record,
            rungs: Vec::new(),
            floor,
            believable: record.quiet >= stats::LEAST_QUIET,
            against_peer: None,
            least: None,
            held: None,
            cold: description.is_cold(&record.scenario),
            pairs: BTreeMap::new(),
        };
        let compared = logs.into_iter().map(|((base, rung), log)| {
            let quotient = times[base].zip(times[rung]).map(|(base, rung)| base.mid / rung.mid);
            ((base, rung), summary.compare(log.map(f64::exp), quotient))
        });
        summary.pairs = compared.collect();
        summary.fill(&times, description, machine);
        summary
    }

    /// A verdict on a ratio. Where the times of the two have another quotient, the interval is as
    /// wide as the two estimates disagree before it is judged.
    fn compare(&self, ratio: Interval, quotient: Option<f64>) -> Compared {
        let ratio = quotient.map_or(ratio, |quotient| ratio.holding(quotient));
        let verdict = self.judge(ratio);
        let rounded = ROUNDED.exp();
        let Interval { low, mid, high } = ratio;
        Compared { ratio: Interval { low: low / rounded, mid, high: high * rounded }, verdict }
    }

    fn judge(&self, ratio: Interval) -> Verdict {
        if self.believable {
            stats::verdict(ratio, self.floor)
        } else if self.record.times.len() >= stats::LEAST_PROCESSES {
            stats::verdict_among_neighbours(ratio, self.floor)
        } else {
            Verdict::CannotTell
        }
    }

    /// What follows from times and ratios.
    fn fill(&mut self, times: &[Option<Interval>], description: &Description, machine: &Machine) {
        let record = self.record;
        let least = times[0].zip(description.limit).and_then(|(naive, limit)| {
            machine.least_time(limit, record.work, record.within, naive.mid)
        });
        let data = |rung: usize| record.data_bytes.get(rung).copied().flatten();
        let together = |rung: usize| together(record, description, data(rung));
        let summarize = |rung: usize| {
            let time = times[rung]?;
            let previous = pairing::previous(description, rung);
            Some(RungSummary {
                time,
                cpu: cpu(record, rung, time.mid),
                against_naive: (rung > 0).then(|| self.compared(0, rung)).flatten(),
                against_previous: previous.and_then(|previous| self.compared(previous, rung)),
                criterion: record.solo.get(rung).copied().flatten(),
                share: least.map(|least| least / time.mid).filter(|share| *share >= BINDS),
                data: data(rung),
                // What is evicted before every call lies in no cache.
                lies: Lies::new(machine, together(rung)).filter(|_| !self.cold),
                allocations: record.allocations.get(rung).copied().flatten(),
                tail: record.tails.get(rung).copied().flatten(),
            })
        };
        let rungs: Vec<Option<RungSummary>> = (0..times.len()).map(summarize).collect();
        let peer = pairing::peer(description);
        self.against_peer =
            peer.and_then(|peer| self.compared(peer, pairing::optimized(description)));
        self.least = least.filter(|_| rungs.iter().flatten().any(|rung| rung.share.is_some()));
        let beyond = description.is_beyond(&record.scenario);
        self.held = beyond.then(|| Holds::new(machine, together(0))).flatten();
        self.rungs = rungs;
    }

    /// How a rung compares with a base, if the two were held against each other.
    pub fn compared(&self, base: usize, rung: usize) -> Option<Compared> {
        self.pairs.get(&(base, rung)).copied()
    }

    /// The same for any two that ran: where they were not held against each other, from what both
    /// are against naive.
    pub fn between(&self, base: usize, rung: usize) -> Option<Compared> {
        let other_way = || self.compared(rung, base).map(Compared::inverse);
        let by_naive = || {
            let ratio = |rung| Some(self.compared(0, rung)?.ratio);
            let ratio = stats::quotient(ratio(rung)?, ratio(base)?);
            Some(Compared { ratio, verdict: self.judge(ratio) })
        };
        self.compared(base, rung).or_else(other_way).or_else(by_naive)
    }

    /// Whether a rung is certainly ahead of another one.
    pub fn is_faster(&self, rung: usize, than: usize) -> bool {
        let between = (rung != than).then(|| self.between(than, rung)).flatten();
        between.is_some_and(|compared| compared.verdict == Verdict::Faster)
    }

    /// Those of some rungs than which no other of them is certainly faster: more than one where
    /// nobody can tell.
    pub fn fastest(&self, rungs: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let ran = |rung: &usize| self.rungs[*rung].is_some();
        let rungs: Vec<usize> = rungs.into_iter().filter(ran).collect();
        let beaten = |rung: usize| rungs.iter().any(|other| self.is_faster(*other, rung));
        rungs.iter().copied().filter(|rung| !beaten(*rung)).collect()
    }

    /// Where the data lies, if that is the same for every rung that ran, and known.
    pub fn lies(&self) -> Option<Lies> {
        let mut all = self.rungs.iter().flatten().map(|rung| rung.lies);
        let first = all.next()?;
        first.filter(|_| all.all(|other| other == first))
    }

    /// Whether enough of so many processes could be heard, and more would hardly change a verdict
    /// against naive, or against the peer.
    pub fn settled(&self, processes: usize) -> bool {
        let heard = self.record.times.len() * 4 >= processes * 3;
        let against_naive = self.rungs.iter().flatten().filter_map(|rung| rung.against_naive);
        let mut verdicts = against_naive.chain(self.against_peer);
        self.believable
            && heard
            && verdicts.all(|compared| stats::settled(compared.ratio, self.floor))
    }
}

/// What was measured of each rung: the median over processes, and what they differ by. Never
/// naive's over a ratio: where naive sometimes takes twice as long, the middle of all ratios
/// belongs to no time that anybody saw, and made of it a wait of a millisecond took less than one.
fn times(record: &ScenarioRecord, rungs: usize) -> Vec<Option<Interval>> {
    let time = |rung: usize| {
        let measured = record.times.iter().map(|process| process[rung]).filter(|ns| *ns > 0.0);
        let logs: Vec<Vec<f64>> = measured.map(|ns| vec![ns.ln()]).collect();
        Some(stats::interval(&logs)?.map(f64::exp))
    };
    (0..rungs).map(time).collect()
}

/// The processor time that belongs to a time: in each process both were measured together, so what
/// the one is of the other is known better than either.
fn cpu(record: &ScenarioRecord, rung: usize, time: f64) -> Option<f64> {
    let shares = record.times.iter().zip(&record.cpu).filter_map(|(times, cpu)| {
        let (ns, cpu) = (*times.get(rung)?, *cpu.get(rung)?);
        (ns > 0.0).then(|| cpu / ns)
    });
    let mut shares: Vec<f64> = shares.collect();
    (!shares.is_empty()).then(|| stats::median(&mut shares) * time)
}

/// Bytes of data that are touched before the same come again: a call's, or else all within which
/// the case says that it works, for each input that takes turns. Where accesses among these bytes
/// are the limit, inputs are what is looked for, and share what it is looked for in.
fn together(record: &ScenarioRecord, description: &Description, data: Option<u64>) -> f64 {
    let bytes = data.map_or(record.within, |bytes| bytes as f64);
    let shared = description.limit == Some(LimitKind::Accesses);
    bytes * if shared { 1.0 } else { record.inputs as f64 }
}
