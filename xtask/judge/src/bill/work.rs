//! What of a rung's time its instructions take: how many there are, and what each costs.

use protocol::LimitKind;
use record::{Assembly, ScenarioRecord, Simulated};

use super::Missing;
use super::code::{Part, parts};
use super::core::Run;
use super::prices::{LINE, Prices};

/// Share of the samples that loops on counters need so that all wrong guesses are ends of loops.
const ALL: f64 = 0.8;
/// Share of the samples that a loop needs so that wrong guesses are its own.
const OWN: f64 = 0.5;
/// Share of the samples in wide vectors from which they are what was timed.
const WIDE: f64 = 0.5;
/// Share of the samples below which a listing says nothing of the whole.
const LITTLE: f64 = 0.4;
/// Jumps over which a predictor sees the end of a loop coming.
const HISTORY: f64 = 100.0;
/// Cycles until the comparison is known in the loop that measures what a wrong guess costs.
const KNOWN: f64 = 6.0;
/// Share of jumps among instructions where no listing tells, and the share above which they are
/// none: the simulator counts each byte of a string move as a jump.
const JUMPS: f64 = 1.0 / 6.0;
const TOO_MANY: f64 = 0.5;
/// Share of the time, or of the hot function, above which other instructions are another program.
const UNLIKE: f64 = 0.25;
/// Bits of vectors that the simulator does not know.
const UNKNOWN_BITS: u32 = 512;

/// A rung's instructions, times in nanoseconds.
pub(super) struct Work {
    /// Parts of the listing, with their shares of all samples.
    pub parts: Vec<Part>,
    /// Running, with all units that a core has.
    pub busy: f64,
    /// Waiting for operations before.
    pub idle: f64,
    /// Atomic changes.
    pub atomic: f64,
    /// Wrong guesses.
    pub guesses: f64,
    /// Bytes moved by string instructions.
    pub moved: f64,
    /// Accesses that miss the first level.
    pub misses: f64,
    /// Passes after which the hot loop begins anew, where its end is foreseen.
    pub passes: Option<usize>,
    /// How many times each part passes.
    pub times: Vec<f64>,
}

/// What is known of a rung.
pub(super) struct Known<'a> {
    /// What bounds the job.
    pub limit: Option<LimitKind>,
    /// Where it was counted and timed.
    pub scenario: &'a ScenarioRecord,
    /// Simulated counts, where the simulator can run it.
    pub counts: Option<&'a Simulated>,
    /// Its hot function, where it was sampled.
    pub assembly: Option<&'a Assembly>,
    /// Threads that share the work.
    pub threads: f64,
}

/// What was counted, or follows from the listing.
struct Counts {
    instructions: f64,
    moved: f64,
    mispredictions: f64,
    misses: f64,
}

impl Work {
    /// Works it out.
    ///
    /// # Errors
    /// Where neither the simulator nor the listing tells how many instructions there are.
    pub(super) fn of(prices: &Prices, known: &Known) -> Result<Self, Missing> {
        let listing = known.assembly.map_or("", |assembly| assembly.text.as_str());
        let mut parts = parts(listing, &prices.core);
        let counts = counts(known, &parts)?;
        cut(&mut parts, known.assembly);
        share_out(&mut parts, known.threads);
        let shown: f64 = parts.iter().map(|part| part.share).sum();
        let rest = (1.0 - shown).max(0.0);
        let passes = between(prices, &parts, rest, &counts)
            .filter(|passes| passes * taken(&parts) < HISTORY)
            .map(|passes| passes.round().max(1.0) as usize);
        if passes.is_some() {
            for part in &mut parts {
                part.pass = prices.core.pass(&part.lines, Run { load: prices.core.load, passes });
            }
        }
        let rate = rate(prices, &parts, rest);
        let each = prices.cycle / rate * counts.instructions;
        let split = |of: fn(&Part, f64) -> f64| -> f64 {
            parts.iter().map(|part| part.share * of(part, prices.ordinary)).sum()
        };
        let busy = split(|part, ordinary| {
            let at_least = part.price(ordinary) * part.length();
            (part.pass.busy - part.pass.locked + at_least - part.pass.total) / at_least
        });
        let atomic =
            split(|part, ordinary| part.pass.locked / part.length() / part.price(ordinary));
        let times = parts
            .iter()
            .map(|part| counts.instructions * share_of(part, prices, rate) / part.length());
        Ok(Self {
            times: times.collect(),
            busy: each * (rest + busy),
            atomic: each * atomic,
            idle: each * (shown.min(1.0) - busy - atomic).max(0.0),
            guesses: if passes.is_some() { 0.0 } else { guesses(prices, &parts, &counts) },
            moved: counts.moved,
            misses: counts.misses,
            passes,
            parts,
        })
    }
}

/// A listing rounds: its lines together have no more samples than the function that they are of.
fn cut(parts: &mut [Part], assembly: Option<&Assembly>) {
    let shown: f64 = parts.iter().map(|part| part.share).sum();
    if let Some(assembly) = assembly.filter(|assembly| shown > assembly.share) {
        parts.iter_mut().for_each(|part| part.share *= assembly.share / shown);
    }
}

/// Where threads work, each runs the code that is listed, but samples name one of them.
fn share_out(parts: &mut [Part], threads: f64) {
    let shown: f64 = parts.iter().map(|part| part.share).sum();
    if threads > 1.0 && shown > 0.0 {
        parts.iter_mut().for_each(|part| part.share /= shown);
    }
}

/// Instructions in a cycle: samples are shares of time, and each part has its own price.
fn rate(prices: &Prices, parts: &[Part], rest: f64) -> f64 {
    let each = parts.iter().map(|part| part.share / part.price(prices.ordinary));
    rest / prices.ordinary + each.sum::<f64>()
}

/// Share of the instructions that a part has.
fn share_of(part: &Part, prices: &Prices, rate: f64) -> f64 {
    part.share / part.price(prices.ordinary) / rate
}

/// Jumps of a pass that are taken, on average over the samples.
fn taken(parts: &[Part]) -> f64 {
    let shown: f64 = parts.iter().map(|part| part.share).sum();
    parts.iter().map(|part| part.share * part.jumps_within()).sum::<f64>() / shown
}

/// Passes between two wrong guesses, where all of these are ends of loops that count.
fn between(prices: &Prices, parts: &[Part], rest: f64, counts: &Counts) -> Option<f64> {
    let counting = parts.iter().all(|part| part.is_loop && part.jumps.foreseen);
    if !counting || rest > 1.0 - ALL || counts.mispredictions <= 0.0 {
        return None;
    }
    let rate = rate(prices, parts, rest);
    let each = parts.iter().map(|part| share_of(part, prices, rate) / part.length());
    Some(counts.instructions * each.sum::<f64>() / counts.mispredictions)
}

/// A wrong guess is seen once its comparison is known, and that waits for what the loop computes.
fn guesses(prices: &Prices, parts: &[Part], counts: &Counts) -> f64 {
    let own = parts.iter().filter(|part| part.is_loop && part.share >= OWN);
    let late = own.map(|part| part.share * (part.jumps.known - KNOWN).max(0.0));
    counts.mispredictions * (prices.guess + late.sum::<f64>() * prices.cycle)
}

/// Counts by the simulator, unless what was timed is code that it cannot run.
fn counts(known: &Known, parts: &[Part]) -> Result<Counts, Missing> {
    if let Some(instructions) = by_work(known, parts) {
        return Ok(Counts {
            instructions,
            moved: 0.0,
            mispredictions: known.counts.map_or(0.0, guessed_wrongly),
            misses: known.counts.map_or(known.scenario.work / LINE, |counts| counts.l1_misses),
        });
    }
    let counts = known.counts.ok_or(Missing::Unknown)?;
    if is_unlike(known, parts) {
        return Err(Missing::Unlike);
    }
    let Simulated { instructions, branches, l1_misses, .. } = *counts;
    let lines: f64 = parts.iter().map(Part::length).sum();
    let jumps: f64 = parts.iter().map(Part::branches).sum();
    let usual = if lines > 0.0 { jumps / lines } else { JUMPS };
    let too_many = branches > TOO_MANY * instructions;
    let moved = if too_many { (branches - usual * instructions) / (1.0 - usual) } else { 0.0 };
    Ok(Counts {
        instructions: instructions - moved,
        moved,
        mispredictions: guessed_wrongly(counts),
        misses: (l1_misses - 2.0 * moved / LINE).max(0.0),
    })
}

/// By today's predictor, where it was asked and had time enough to learn: none guesses worse than
/// that of 2004.
fn guessed_wrongly(counts: &Simulated) -> f64 {
    counts.mispredictions.min(counts.mispredictions_today.unwrap_or(f64::INFINITY))
}

/// Whether so much of what was timed is vectors that the simulator does not know that what it ran
/// instead says nothing of the whole.
fn is_unlike(known: &Known, parts: &[Part]) -> bool {
    let unknown = parts.iter().filter(|part| part.bits() >= UNKNOWN_BITS);
    let timed: f64 = unknown.map(|part| part.share).sum();
    let written = known.assembly.map_or(0.0, |hot| {
        let unknown = hot.packed.iter().filter(|(bits, _)| *bits >= UNKNOWN_BITS);
        unknown.map(|(_, count)| *count as f64).sum::<f64>() / hot.instructions.max(1) as f64
    });
    timed > UNLIKE || written > UNLIKE
}

/// Instructions by the work that there is and what the listing does of it in a pass, where what was
/// timed is vectors that the simulator does not know; it then ran, if anything, vectors half as
/// wide.
fn by_work(known: &Known, parts: &[Part]) -> Option<f64> {
    let shown: f64 = parts.iter().map(|part| part.share).sum();
    let unknown = |part: &&Part| part.bits() >= UNKNOWN_BITS || known.counts.is_none();
    let wide: Vec<&Part> = parts.iter().filter(unknown).collect();
    let sum = |of: &dyn Fn(&Part) -> f64| wide.iter().map(|part| of(part)).sum::<f64>();
    let share = sum(&|part| part.share) / shown;
    if shown < LITTLE || share < WIDE {
        return None;
    }
    let hot = wide.iter().max_by(|a, b| a.share.total_cmp(&b.share))?;
    let each = match known.limit? {
        // Where a pass may take several ways, its listing does not say what it does.
        LimitKind::Read | LimitKind::Copy if hot.is_loop && hot.jumps.foreseen => {
            hot.bytes() / hot.length()
        }
        LimitKind::Flops32 => sum(&|part| part.flops(32.0)) / sum(&Part::length),
        LimitKind::Flops64 => sum(&|part| part.flops(64.0)) / sum(&Part::length),
        _ => 0.0,
    };
    if each > 0.0 {
        return Some(known.scenario.work / each / share);
    }
    Some(known.counts?.instructions / 2.0)
}
