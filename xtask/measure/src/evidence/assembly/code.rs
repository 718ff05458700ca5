//! What the innermost loop around an instruction does, in counts: how it computes, what it waits
//! for, how it goes through memory, and what it calls.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use cases::code::{Code, Fact};

use super::decode::{self, Flow, Line};
use super::image::{Function, Image};
use super::operands::{Parts, parts};
use super::{facts, values};

mod steps;

/// Instructions of a function that is small: a call of it costs about what it does.
const SMALL: usize = 40;
/// Lines behind a jump within which a panic is called, if it leads to one.
const TO_A_PANIC: usize = 12;
/// Lines of a loop beside those in it, up to which it costs little.
const AROUND: usize = 90;
/// What a list calls for more room, which doubles, so that it is seldom. Where a turn cannot but
/// ask for memory, all of its lines are looked at.
const GROWING: [&str; 8] = [
    "grow_one",
    "grow_amortized",
    "do_reserve_and_handle",
    "finish_grow",
    "reserve_rehash",
    "__rust_alloc",
    "malloc",
    "realloc",
];

/// A function's lines with its loops.
pub struct Body<'a> {
    image: &'a Image,
    function: &'a Function,
    lines: Vec<Line>,
    /// Places of lines that a turn may pass, of each loop; those on the way to a panic, or to more
    /// room for a list, are left out.
    loops: Vec<Vec<usize>>,
}

/// How many samples fell at each address.
pub type Heat = HashMap<u64, u64>;

/// Where lines of a function lead, and from where they are led to.
struct Ways {
    nexts: Vec<Vec<usize>>,
    befores: Vec<Vec<usize>>,
}

impl Ways {
    /// Lines inside of something from which the beginning of a range is reached again by a jump of
    /// that range, without passing it.
    fn back_to(&self, range: &Range<usize>, inside: &Range<usize>) -> BTreeSet<usize> {
        let mut back = BTreeSet::new();
        let jumps = self.befores[range.start].iter().copied();
        let mut left: Vec<usize> = jumps.filter(|at| range.contains(at)).collect();
        while let Some(at) = left.pop() {
            if inside.contains(&at) && back.insert(at) && at != range.start {
                left.extend(&self.befores[at]);
            }
        }
        back
    }

    /// Those of them that are reached from the beginning.
    fn cycle(&self, start: usize, back: &BTreeSet<usize>) -> Vec<usize> {
        let mut reached = BTreeSet::new();
        let mut left = vec![start];
        while let Some(at) = left.pop() {
            if back.contains(&at) && reached.insert(at) {
                left.extend(&self.nexts[at]);
            }
        }
        reached.into_iter().collect()
    }
}

/// The lines of which [`Body::code`] speaks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// A loop.
    Loop(usize),
    /// All of a small function.
    Whole,
}

impl<'a> Body<'a> {
    /// Decodes a function.
    pub fn new(image: &'a Image, function: &'a Function) -> Self {
        let lines = decode::decode(image.architecture, function.address, image.code(function));
        let mut body = Self { image, function, lines, loops: Vec::new() };
        let ranges = whole(super::excerpt::loops(&body.lines));
        if !ranges.is_empty() {
            let often = body.ways(&|flow| body.panics(flow) || body.makes_room(flow));
            let all = body.ways(&|flow| body.panics(flow));
            let turns = ranges.into_iter().map(|range| body.turn(range, &often, &all));
            body.loops = turns.filter(|turn| !turn.is_empty()).collect();
        }
        body
    }

    /// The part around an address of which [`Self::code`] speaks: the innermost loop, or all of a
    /// small function; none elsewhere.
    pub fn part(&self, address: u64) -> Option<Part> {
        let at = self.lines.partition_point(|line| line.address <= address).checked_sub(1)?;
        let around = (0..self.loops.len()).filter(|part| self.is_in(&self.loops[*part], at));
        let innermost = around.min_by_key(|part| self.loops[*part].len()).map(Part::Loop);
        innermost.or_else(|| (self.is_small() || self.descents() > 0).then_some(Part::Whole))
    }

    /// What such a part does, and where in it samples fell.
    pub fn code(&self, part: &Part, heat: &Heat) -> Code {
        let mut code = Code::default();
        let mut set = |fact, count: usize| code.set(fact, u32::try_from(count).unwrap_or(u32::MAX));
        set(Fact::Descents, self.descents());
        let Part::Loop(of) = part else {
            let work = self.lines.iter().filter(|line| !line.is_padding());
            set(Fact::Instructions, work.count());
            set(Fact::Small, usize::from(self.is_small()));
            return code;
        };
        let part = &self.loops[*of];
        let places: Vec<usize> =
            part.iter().copied().filter(|at| !self.lines[*at].is_padding()).collect();
        let lines: Vec<&Line> = places.iter().map(|at| &self.lines[*at]).collect();
        set(Fact::Instructions, lines.len());
        let steps: Vec<Parts> = lines.iter().map(|line| parts(&line.text)).collect();
        let many = |holds: &dyn Fn(usize) -> bool| (0..lines.len()).filter(|at| holds(*at)).count();
        set(
            Fact::Floats,
            many(&|at| lines[at].packed.is_none() && values::is_of_a_float(&steps[at])),
        );
        set(Fact::Packed, many(&|at| lines[at].packed.is_some()));
        arithmetic(&steps).into_iter().for_each(|(fact, count)| set(fact, count));
        set(Fact::Divisions, many(&|at| steps::divides(&steps[at])));
        let calls: Vec<&Flow> =
            lines.iter().map(|line| &line.flow).filter(|flow| self.calls(**flow)).collect();
        set(Fact::Calls, calls.len());
        set(Fact::SmallCalls, calls.iter().filter(|flow| self.is_call_of_little(***flow)).count());
        set(Fact::UnknownCalls, many(&|at| steps::is_unknown_call(&steps, at)));
        set(Fact::Checks, many(&|at| self.checks(part, lines[at])));
        let walked = values::walk(&steps);
        in_memory(&walked).into_iter().for_each(|(fact, count)| set(fact, count));
        // A processor is interrupted where it waits, or when it has done what it waited for.
        let before = |at: usize| at.checked_sub(1).unwrap_or(places.len() - 1);
        let late = |at: usize| walked.late[at] || walked.late[before(at)];
        set(Fact::Waits, self.share(&places, heat, &late));
        let of_a_byte =
            |at: usize| steps[at].memory().is_some() && steps::is_of_a_byte(&lines[at].text);
        set(Fact::Bytes, many(&|at| of_a_byte(at) && steps[at].moves_memory().0));
        set(Fact::ByteStores, many(&|at| of_a_byte(at) && steps[at].moves_memory().1));
        set(Fact::Flags, many(&|at| of_a_byte(at) && steps::is_a_flag(&steps[at..])));
        set(Fact::Locked, many(&|at| steps::is_locked(&lines[at].text)));
        set(Fact::Swaps, many(&|at| steps::swaps(&steps[at])));
        let (chains, recurrences) = values::carried(&steps);
        set(Fact::Chains, chains);
        set(Fact::Recurrences, recurrences);
        let guessed = |at: usize| walked.guesses[at] && is_conditional_jump(lines[at]);
        set(Fact::Guesses, many(&|at| guessed(at) && self.both_ways(part, places[at])));
        let asks = |at: usize| guessed(at) && !self.checks(part, lines[at]);
        set(Fact::Asks, many(&asks));
        let asking: Vec<usize> = (0..lines.len()).filter(|at| asks(*at)).collect();
        let led_to = self.led_to(asking.into_iter().map(|at| places[at]));
        set(Fact::GuessWaits, self.share(&places, heat, &|at| led_to.contains(&places[at])));
        let narrow = |at: usize| steps[at].begins(&["pcmpeqb", "pcmpgtb", "cmeq"]);
        set(Fact::ByteVectors, many(&|at| narrow(at) && lines[at].packed == Some(128)));
        let larger = self.around(part);
        let leaves = |larger: &Vec<usize>, at: usize| {
            !self.both_ways(part, at) && self.both_ways(larger, at)
        };
        set(Fact::Leaves, larger.map_or(0, |of| many(&|at| guessed(at) && leaves(of, places[at]))));
        set(Fact::Around, larger.map_or(0, |of| self.beside(of, heat)));
        let inside = self.loops.iter().filter(|other| is_within(other, part));
        set(Fact::Inner, inside.filter(|inner| self.counts(inner)).count());
        code
    }

    /// Per cent of the samples at some lines that fell at those of them for which something holds.
    fn share(&self, places: &[usize], heat: &Heat, holds: &dyn Fn(usize) -> bool) -> usize {
        let of = |at: usize| heat.get(&self.lines[places[at]].address).copied().unwrap_or(0);
        let all: u64 = (0..places.len()).map(of).sum();
        let held: u64 = (0..places.len()).filter(|at| holds(*at)).map(of).sum();
        usize::try_from(held * 100 / all.max(1)).unwrap_or(0)
    }

    /// Per cent of the samples in a loop that fell into none of those in it, if it is short as well
    /// and calls nothing: then what is in it was over soon.
    fn beside(&self, larger: &[usize], heat: &Heat) -> usize {
        let inside: Vec<&Vec<usize>> =
            self.loops.iter().filter(|other| is_within(other, larger)).collect();
        let is_beside = |at: usize| !inside.iter().any(|inner| self.is_in(inner, at));
        let beside: Vec<&Line> =
            larger.iter().filter(|at| is_beside(**at)).map(|at| &self.lines[*at]).collect();
        if beside.len() > AROUND || beside.iter().any(|line| self.calls(line.flow)) {
            return 0;
        }
        self.share(larger, heat, &|at| is_beside(larger[at]))
    }

    /// Jumps, and the lines to which they may lead.
    fn led_to(&self, jumps: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let goal = |at: usize| match self.lines[at].flow {
            Flow::Jump(to) => self.index(to),
            _ => None,
        };
        jumps.flat_map(|at| [Some(at), Some(at + 1), goal(at)]).flatten().collect()
    }

    /// The lines through which a turn of a loop may go, of which a range begins and ends one:
    /// without a panic, and without asking for more room unless each turn does. None where the
    /// range is no loop by itself, as where something rare behind a loop jumps back into it.
    fn turn(&self, range: Range<usize>, often: &Ways, all: &Ways) -> Vec<usize> {
        // Where a run alone knows what follows, all of it may.
        let anywhere = |at: usize| self.lines[at].text.starts_with("jmp ");
        if range.clone().any(anywhere) {
            return range.collect();
        }
        let whole = 0..self.lines.len();
        // What leads to the beginning of a loop that is entered there is the loop itself.
        let has_one_way_in = range.start == 0 || !all.back_to(&range, &whole).contains(&0);
        for ways in [often, all].into_iter().filter(|_| has_one_way_in) {
            let turn = ways.cycle(range.start, &ways.back_to(&range, &whole));
            if !turn.is_empty() && !turn.iter().any(|at| anywhere(*at)) {
                return turn;
            }
        }
        // Of one that is entered in its middle, the lines between are.
        often.cycle(range.start, &often.back_to(&range, &range))
    }

    /// Where each line leads; what is rare leads nowhere.
    fn ways(&self, is_rare: &dyn Fn(Flow) -> bool) -> Ways {
        let next = |at: usize| -> Vec<usize> {
            let line = &self.lines[at];
            let on = Some(at + 1).filter(|on| *on < self.lines.len());
            match line.flow {
                flow if is_rare(flow) => Vec::new(),
                Flow::Jump(to) => on
                    .filter(|_| steps::is_conditional(line))
                    .into_iter()
                    .chain(self.index(to))
                    .collect(),
                _ if ["ret", "ud2", "jmp "].iter().any(|end| line.text.starts_with(end)) => {
                    Vec::new()
                }
                _ => on.into_iter().collect(),
            }
        };
        let nexts: Vec<Vec<usize>> = (0..self.lines.len()).map(next).collect();
        let mut befores = vec![Vec::new(); nexts.len()];
        for (at, nexts) in nexts.iter().enumerate() {
            nexts.iter().for_each(|next| befores[*next].push(at));
        }
        Ways { nexts, befores }
    }

    /// Whether memory is asked for, which a list does so seldom that a loop is not about it.
    fn makes_room(&self, flow: Flow) -> bool {
        let grows = |name: &str| GROWING.iter().any(|way| name.contains(way));
        facts::target(self.image, flow).is_some_and(|name| grows(&name))
    }

    fn is_in(&self, part: &[usize], at: usize) -> bool {
        part.binary_search(&at).is_ok()
    }

    /// The smallest loop around another.
    fn around(&self, part: &[usize]) -> Option<&Vec<usize>> {
        let larger = self.loops.iter().filter(|other| is_within(part, other));
        larger.min_by_key(|other| other.len())
    }

    /// Whether a loop computes with numbers, calls nothing, and does not end by what it loads.
    fn counts(&self, part: &[usize]) -> bool {
        let lines: Vec<&Line> = part.iter().map(|at| &self.lines[*at]).collect();
        let steps: Vec<Parts> = lines.iter().map(|line| parts(&line.text)).collect();
        let walked = values::walk(&steps);
        let computes = |at: usize| {
            lines[at].packed.is_some()
                || values::is_of_a_float(&steps[at])
                || steps[at].begins(&["imul", "mul", "madd"])
        };
        let guesses = |at: usize| walked.guesses[at] && is_conditional_jump(lines[at]);
        (0..lines.len()).any(computes)
            && walked.loads > 0
            && walked.gathers == 0
            && walked.stride > 1
            && !(0..lines.len()).any(guesses)
            && !lines.iter().any(|line| self.calls(line.flow))
    }

    /// Whether both ways of a jump are in a loop.
    fn both_ways(&self, part: &[usize], at: usize) -> bool {
        let Flow::Jump(to) = self.lines[at].flow else { return false };
        self.is_in(part, at + 1) && self.index(to).is_some_and(|to| self.is_in(part, to))
    }

    fn index(&self, address: u64) -> Option<usize> {
        self.lines.binary_search_by_key(&address, |line| line.address).ok()
    }

    /// Whether a conditional jump leads out of the loop to a panic.
    fn checks(&self, part: &[usize], line: &Line) -> bool {
        let Flow::Jump(to) = line.flow else { return false };
        let Some(mut at) = self.index(to).filter(|at| !self.is_in(part, *at)) else { return false };
        if !steps::is_conditional(line) {
            return false;
        }
        for _ in 0..TO_A_PANIC {
            let Some(line) = self.lines.get(at) else { return false };
            match line.flow {
                Flow::Jump(to) if !steps::is_conditional(line) => match self.index(to) {
                    Some(to) => at = to,
                    None => return false,
                },
                Flow::Call(_) | Flow::CallThrough(_) => return self.panics(line.flow),
                Flow::On if !line.text.starts_with("ret") => at += 1,
                _ => return false,
            }
        }
        false
    }

    fn panics(&self, flow: Flow) -> bool {
        facts::target(self.image, flow).is_some_and(|name| facts::panics(&name))
    }

    fn calls(&self, flow: Flow) -> bool {
        facts::leaves(self.function, flow) && !self.panics(flow)
    }

    /// Whether what is called is small.
    fn is_call_of_little(&self, flow: Flow) -> bool {
        let (Flow::Call(to) | Flow::Jump(to)) = flow else { return false };
        let called =
            self.image.function_at(to).filter(|called| called.address != self.function.address);
        called.is_some_and(|called| Body::new(self.image, called).is_small())
    }

    /// How often it calls itself of what it has just read in memory: of a node's child.
    fn descents(&self) -> usize {
        let itself = |flow: Flow| matches!(flow, Flow::Call(to) if to == self.function.address);
        let calls = (0..self.lines.len()).filter(|at| itself(self.lines[*at].flow));
        calls.filter(|at| steps::hands_on_what_it_read(&self.lines[..*at])).count()
    }

    /// Whether it is a few instructions without a loop, and calls nothing.
    fn is_small(&self) -> bool {
        let work = self.lines.iter().filter(|line| !line.is_padding());
        self.loops.is_empty()
            && work.clone().count() <= SMALL
            && !work.clone().any(|line| self.calls(line.flow))
    }
}

/// How a turn computes: what single steps say, and a few of them in a row.
fn arithmetic(steps: &[Parts]) -> [(Fact, usize); 9] {
    let many = |holds: fn(&Parts) -> bool| steps.iter().filter(|step| holds(step)).count();
    [
        (Fact::BitSteps, steps::bit_steps(steps)),
        (Fact::BitSums, usize::from(steps::sums_bits(steps))),
        (Fact::Bits, steps::bits(steps)),
        (Fact::Carries, steps::carries(steps)),
        (Fact::Products, many(steps::is_a_product)),
        (Fact::Digits, steps::digits(steps)),
        (Fact::Channels, many(steps::is_of_a_channel)),
        (Fact::WideFloats, many(values::is_of_floats)),
        (Fact::WideChains, values::wide_chains(steps)),
    ]
}

/// What a turn does with memory.
fn in_memory(walked: &values::Walked) -> [(Fact, usize); 11] {
    let (record, used) = walked.record;
    [
        (Fact::Loads, walked.loads),
        (Fact::Stores, walked.stores),
        (Fact::Gathers, walked.gathers),
        (Fact::Scatters, walked.scatters),
        (Fact::Halvings, walked.halvings),
        (Fact::Counters, walked.counters),
        (Fact::Stride, walked.stride),
        (Fact::Steps, walked.steps),
        (Fact::Record, record),
        (Fact::Used, (used * 100).div_ceil(record.max(1))),
        (Fact::Through, walked.through),
    ]
}

/// Jumps back to one place end the same loop, which is as long as the longest.
fn whole(loops: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
    for part in loops {
        let end = ends.entry(part.start).or_default();
        *end = part.end.max(*end);
    }
    ends.into_iter().map(|(start, end)| start..end).collect()
}

fn is_conditional_jump(line: &Line) -> bool {
    matches!(line.flow, Flow::Jump(_)) && steps::is_conditional(line)
}

/// Whether a loop lies in another, and is not all of it.
fn is_within(inner: &[usize], outer: &[usize]) -> bool {
    inner.len() < outer.len() && inner.iter().all(|at| outer.binary_search(at).is_ok())
}

#[cfg(test)]
mod tests;
