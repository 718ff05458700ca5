//! What a record says of a statement: whether it bears it out, with the figures; or why it has
//! nothing to say.

use protocol::{Machine, Scenario};
use record::{Counted, Evidence, Found, RungCost, ScenarioRecord, Simulated};

use super::mnemonics;
use super::place::{Places, Said};
use super::quantity::Source;
use super::{Of, Order, Quantity, Right, Says, Statement, Than};
use crate::bill::{self, Bill, Item, Missing};
use crate::states::{self, State, States};
use crate::stats::Verdict;
use crate::summary::{CaseSummary, Compared};
use crate::words::{format, level};

/// The share of a limit above which it is none: what it was measured beside has kept it down, and
/// nothing follows from it.
const SURELY: f64 = 1.2;

/// Two rungs are level where they differ by no more than this factor, or nobody can tell.
const LEVEL: f64 = 1.1;
/// Two quantities are the same where they differ by no more than this share, or this much of one.
const SAME: f64 = 0.01;

/// Whether a record bears a statement out, with what it says.
pub(super) fn found(
    statement: &Statement,
    summary: &CaseSummary,
    machine: &Machine,
) -> Said<(bool, String)> {
    let of_listing = matches!(statement.says, Says::Hot { .. });
    // Names of instructions are those of x86-64 where nothing else is said.
    if let Some(on) = statement.on.or(of_listing.then_some("x86_64")) {
        has(machine, on)?;
    }
    let places = Places { summary, named: statement.at.as_ref() };
    let known = Known { summary, machine, places };
    match &statement.says {
        Says::Hot { rung, has, mnemonic } => known.hot(rung, *has, mnemonic),
        Says::Paired { rung, order, base } => known.paired(rung, *order, base),
        Says::Differs { rung } => known.differs(rung),
        Says::Largest { rung, part } => known.largest(rung, *part),
        Says::Counted { left, than, right } => known.counted(left, *than, right),
    }
}

/// Lets a machine pass that is of an architecture, or has a vector extension.
fn has(machine: &Machine, on: &str) -> Said<()> {
    let is_architecture = ["x86_64", "aarch64"].contains(&on);
    let known = if is_architecture {
        machine.system.split(' ').any(|word| word == on)
    } else {
        machine.features.iter().any(|feature| feature == on)
    };
    let why = if is_architecture { "is of another architecture than" } else { "lacks" };
    known.then_some(()).ok_or_else(|| format!("this machine {why} {on}"))
}

/// A case of a record, as a statement asks for it.
struct Known<'s, 'a> {
    summary: &'s CaseSummary<'a>,
    machine: &'s Machine,
    places: Places<'s, 'a>,
}

impl<'s, 'a> Known<'s, 'a> {
    /// Where a rung stands that could run.
    fn rung(&self, name: &str) -> Said<usize> {
        let rung = self.summary.rung_index(name);
        let rung = rung.ok_or_else(|| format!("this record has no rung `{name}`"))?;
        let description = self.summary.record.description.as_ref();
        let missing = description.and_then(|all| all.rungs[rung].unavailable.as_ref());
        missing.map_or(Ok(rung), |why| Err(format!("`{name}` did not run here: {why}")))
    }

    fn evidence(&self) -> Said<&'s Evidence> {
        self.summary.record.evidence.as_ref().ok_or_else(|| "this run did not look".to_owned())
    }

    /// What was found of a rung, and where.
    fn looked<T>(&self, found: &'s Found<Counted<T>>, rung: &str) -> Said<(&'s T, &'s Scenario)> {
        let counted = match found {
            Found::Here(counted) => counted,
            Found::Unavailable(why) => return Err(format!("nothing was found: {why}")),
        };
        self.places.is_at(&counted.scenario)?;
        let of = counted.rungs.get(self.rung(rung)?).and_then(Option::as_ref);
        let of = of.ok_or_else(|| format!("nothing was found of `{rung}`"))?;
        Ok((of, &counted.scenario))
    }

    fn hot(&self, rung: &str, has: bool, mnemonic: &str) -> Said<(bool, String)> {
        let (listing, _) = self.looked(&self.evidence()?.assembly, rung)?;
        let shown = mnemonics::of(&listing.text).find(|name| name.starts_with(mnemonic));
        // What of a listing is shown is where the samples were, which is elsewhere in another run.
        if has && shown.is_none() && listing.text.contains('…') {
            return Err(format!("no `{mnemonic}` stands in the part of the listing that was kept"));
        }
        let said = match shown {
            Some(name) => format!("`{name}` stands in {}", listing.function),
            None => format!("no `{mnemonic}` stands in {}", listing.function),
        };
        Ok((shown.is_some() == has, said))
    }

    /// A rung against another one in pairs, where anybody could tell.
    fn compared(&self, rung: &str, base: &str) -> Said<Compared> {
        let (at, base_at) = (self.rung(rung)?, self.rung(base)?);
        let scenario = self.places.scenario()?;
        if let Some(held) = scenario.held {
            return Err(level::holds(held));
        }
        let compared = scenario.between(base_at, at);
        let compared = compared
            .ok_or_else(|| format!("`{rung}` and `{base}` were not held against each other"))?;
        if !scenario.believable && compared.verdict == Verdict::CannotTell {
            return Err("neighbours were too busy to tell".to_owned());
        }
        Ok(compared)
    }

    fn paired(&self, rung: &str, order: Order, base: &str) -> Said<(bool, String)> {
        let compared = self.compared(rung, base)?;
        let (Compared { ratio, verdict }, said) = (compared, said_of(rung, base, compared));
        let near = LEVEL.recip()..=LEVEL;
        // Two that are level for certain are neither ahead nor behind.
        let told = verdict != Verdict::CannotTell
            || order == Order::Level
            || near.contains(&ratio.low) && near.contains(&ratio.high);
        if !told {
            return Err(format!("this cannot be told: {said}"));
        }
        let holds = match order {
            Order::Ahead => verdict == Verdict::Faster,
            Order::Level => verdict == Verdict::CannotTell || near.contains(&ratio.mid),
            Order::Behind => verdict == Verdict::Slower,
        };
        Ok((holds, said))
    }

    fn differs(&self, rung: &str) -> Said<(bool, String)> {
        let (at, scenario) = (self.rung(rung)?, self.places.scenario()?.record);
        if let Some(States { fast, slow, .. }) = states::of(scenario, at) {
            let state = |of: State| {
                let pages =
                    of.faults.map(|pages| format!(", {} page faults", format::events(pages)));
                let time = format::time(of.ns);
                format!("{time} in {} processes{}", of.processes, pages.unwrap_or_default())
            };
            return Ok((true, format!("`{rung}` takes {} and {}", state(fast), state(slow))));
        }
        let times = scenario.times.iter().filter_map(|times| times.get(at).copied());
        let mut times: Vec<f64> = times.filter(|ns| *ns > 0.0).collect();
        times.sort_unstable_by(f64::total_cmp);
        // One process may have been disturbed.
        let most = times.len().saturating_sub(2);
        match (times.first(), times.get(most)) {
            (Some(least), Some(most)) if times.len() >= states::ENOUGH => {
                let said = format!(
                    "all but one of its processes are within {}",
                    format::ratio(most / least)
                );
                if *most < states::APART * least { Ok((false, said)) } else { Err(said) }
            }
            _ => Err("too few processes were measured".to_owned()),
        }
    }

    fn largest(&self, rung: &str, part: Item) -> Said<(bool, String)> {
        let bill = self.bill(rung)?;
        let share = |ns: f64| format::multiple(ns / bill.measured);
        let most = bill.binds().ok_or_else(|| {
            let explained = share(bill.explained());
            format!("the bill of `{rung}` explains {explained} of its time: too far from all")
        })?;
        let ns = |item| bill.parts.iter().find(|it| it.item == item).map_or(0.0, |it| it.ns);
        let largest = format!("{} is {} of the time", most.name(), share(ns(most)));
        let said = match most == part {
            true => largest,
            false => format!("{largest}, {} {}", part.name(), share(ns(part))),
        };
        Ok((most == part, said))
    }

    fn bill(&self, rung: &str) -> Said<Bill> {
        let at = self.rung(rung)?;
        let scenario = bill::scenario(self.summary).ok_or("no bill was made")?;
        self.places.is_at(&scenario.record.scenario)?;
        Bill::of(self.machine, self.summary, at).map_err(|missing| match missing {
            Missing::Unknown => format!("`{rung}` has no bill: too little is known"),
            Missing::Unlike => format!("`{rung}` has no bill: the simulator ran other code"),
            Missing::Cold => format!("`{rung}` has no bill: its calls are cold"),
            Missing::Elsewhere => format!("`{rung}` has no bill: another process does the work"),
        })
    }

    fn counted(&self, left: &Of, than: Than, right: &Right) -> Said<(bool, String)> {
        match right {
            Right::Number(number, per) => self.number(left, than, *number, per.as_deref()),
            Right::Times(factor, right) => {
                let both = [left, right].map(|of| of.quantity);
                match both {
                    [Quantity::Time, Quantity::Time] => self.times(left, than, *factor, right),
                    _ => self.quantities(left, than, *factor, right),
                }
            }
        }
    }

    fn number(&self, of: &Of, than: Than, number: f64, per: Option<&str>) -> Said<(bool, String)> {
        let (mut value, place) = self.value(of)?;
        let mut said = format!("{} of {}: ", of.quantity.name(), of.rung);
        if let Some(per) = per {
            let item = self.summary.item();
            let place = place.filter(|_| item == per);
            let place = place.ok_or_else(|| format!("this is not counted by the {per}"))?;
            value /= self.summary.items(place) as f64;
        }
        said += &of.quantity.unit().figure(value);
        per.into_iter().for_each(|per| said += &format!(" per {per}"));
        Ok((than.is_so(value, number), said))
    }

    fn quantities(&self, left: &Of, than: Than, factor: f64, right: &Of) -> Said<(bool, String)> {
        let on_bill = [left, right].iter().any(|of| of.quantity.source() == Source::Bill);
        let value = |of: &Of| match of.quantity {
            Quantity::Time if on_bill => Ok(self.bill(&of.rung)?.measured),
            _ => Ok::<_, String>(self.value(of)?.0),
        };
        let (one, other) = (value(left)?, value(right)?);
        let said = |of: &Of, value| {
            format!("{} of {}: {}", of.quantity.name(), of.rung, of.quantity.unit().figure(value))
        };
        let said = format!("{}; {}", said(left, one), said(right, other));
        Ok((than.is_so(one, factor * other), said))
    }

    /// Times are known by their ratio, which was measured in pairs.
    fn times(&self, left: &Of, than: Than, factor: f64, right: &Of) -> Said<(bool, String)> {
        let compared = self.compared(&left.rung, &right.rung)?;
        let (ratio, said) = (compared.ratio, said_of(&left.rung, &right.rung, compared));
        let (less, more) = (ratio.low > factor.recip(), ratio.high < factor.recip());
        match than {
            _ if !less && !more => Err(format!("this cannot be told: {said}")),
            Than::Less => Ok((less, said)),
            Than::Same | Than::More => Ok((more, said)),
        }
    }

    /// What a quantity of a rung is, and where.
    fn value(&self, of: &Of) -> Said<(f64, Option<&'s Scenario>)> {
        match of.quantity.source() {
            Source::Simulated => {
                let (counts, place) = self.looked(&self.evidence()?.simulated, &of.rung)?;
                Ok((simulated(of.quantity, counts).ok_or("nobody counted")?, Some(place)))
            }
            Source::Counted => {
                let scenario = self.places.scenario()?.record;
                let counted = in_scenario(of.quantity, scenario, self.rung(&of.rung)?);
                let counted = counted.ok_or_else(|| {
                    format!("{} of `{}` were not counted", of.quantity.name(), of.rung)
                })?;
                Ok((counted, Some(&scenario.scenario)))
            }
            Source::Cost => {
                let costs = &self.evidence()?.cost;
                let cost = costs.get(self.rung(&of.rung)?).ok_or("nobody looked at the source")?;
                Ok((cost_of(of.quantity, cost).ok_or("the binary does not tell")?, None))
            }
            Source::Scenario => Ok((self.paired_value(of)?, None)),
            Source::Bill | Source::Listing => {
                let bill = self.bill(&of.rung)?;
                let is = |part: &&bill::Part| Quantity::Part(part.item) == of.quantity;
                Ok((bill.parts.iter().find(is).map_or(0.0, |part| part.ns), None))
            }
        }
    }

    /// A time, the processor's, or the share of its limit.
    fn paired_value(&self, of: &Of) -> Said<f64> {
        let scenario = self.places.scenario()?;
        let time = |rung: usize| scenario.rungs[rung].as_ref().map(|rung| rung.time.mid);
        let own = time(self.rung(&of.rung)?);
        let own = own.ok_or_else(|| format!("`{}` was not measured", of.rung))?;
        if of.quantity == Quantity::Time {
            return Ok(own);
        }
        if of.quantity == Quantity::ProcessorTime {
            let cpu = scenario.rungs[self.rung(&of.rung)?].as_ref().and_then(|rung| rung.cpu);
            return cpu.ok_or_else(|| "the processor's time is not in this record".to_owned());
        }
        let description = self.summary.record.description.as_ref();
        let limit = description.and_then(|all| all.limit).ok_or("the case names no limit")?;
        let ScenarioRecord { work, within, .. } = scenario.record;
        let least = time(0).and_then(|naive| self.machine.least_time(limit, *work, *within, naive));
        let share = least.ok_or("this machine's limit is not known")? / own;
        if share > SURELY {
            return Err("it exceeds the limit, which was measured while others were busy".into());
        }
        Ok(share)
    }
}

impl Than {
    fn is_so(self, value: f64, other: f64) -> bool {
        match self {
            Self::Less => value < other,
            Self::Same => (value - other).abs() <= SAME * other.max(1.0),
            Self::More => value > other,
        }
    }
}

/// "optimized against naive: 9.4× \[9.2, 9.6\], faster".
fn said_of(rung: &str, base: &str, Compared { ratio, verdict }: Compared) -> String {
    let (ratio, word) = (format::with_interval(ratio), format::word(verdict));
    format!("{rung} against {base}: {ratio}, {word}")
}

fn simulated(quantity: Quantity, counts: &Simulated) -> Option<f64> {
    Some(match quantity {
        Quantity::Instructions => counts.instructions,
        Quantity::Branches => counts.branches,
        Quantity::Guesses => counts.mispredictions,
        Quantity::L1Misses => counts.l1_misses,
        Quantity::LastLevelMisses => counts.last_level_misses,
        Quantity::SystemCalls => counts.system?.calls,
        Quantity::Threads => counts.system?.threads,
        _ => return None,
    })
}

fn in_scenario(quantity: Quantity, scenario: &ScenarioRecord, rung: usize) -> Option<f64> {
    if quantity == Quantity::Data {
        return Some((*scenario.data_bytes.get(rung)?)? as f64);
    }
    let counts = (*scenario.allocations.get(rung)?)?;
    Some(match quantity {
        Quantity::Allocations => counts.allocations as f64,
        Quantity::Reallocations => counts.reallocations as f64,
        Quantity::Bytes => counts.bytes as f64,
        Quantity::Peak => counts.peak as f64,
        Quantity::Faults => counts.faults?,
        _ => return None,
    })
}

fn cost_of(quantity: Quantity, cost: &RungCost) -> Option<f64> {
    match quantity {
        Quantity::CodeBytes => cost.code_bytes.map(|bytes| bytes as f64),
        Quantity::Lines => Some(cost.lines as f64),
        Quantity::UnsafeBlocks => Some(cost.unsafe_blocks as f64),
        _ => None,
    }
}
