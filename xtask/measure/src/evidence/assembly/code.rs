//! What the innermost loop around an instruction does, in counts: how it computes, what it waits
//! for, how it goes through memory, and what it calls.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use cases::code::{Code, Fact};

use super::decode::{self, Flow, Line};
use super::image::{Function, Image};
use super::operands::{Operand, Parts, Register, parts};
use super::{facts, values};

/// Instructions of a function that is small: a call of it costs about what it does.
const SMALL: usize = 40;
/// Lines behind a jump within which a panic is called, if it leads to one.
const TO_A_PANIC: usize = 12;
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
        innermost.or_else(|| self.is_small().then_some(Part::Whole))
    }

    /// What such a part does.
    pub fn code(&self, part: &Part) -> Code {
        let mut code = Code::default();
        let mut set = |fact, count: usize| code.set(fact, u32::try_from(count).unwrap_or(u32::MAX));
        let Part::Loop(of) = part else {
            let work = self.lines.iter().filter(|line| !line.is_padding());
            set(Fact::Instructions, work.count());
            set(Fact::Small, 1);
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
        set(Fact::Divisions, many(&|at| divides(&steps[at])));
        set(Fact::BitSteps, bit_steps(&steps));
        set(Fact::Bits, bits(&steps));
        set(Fact::BitSums, usize::from(sums_bits(&steps)));
        let calls: Vec<&Flow> =
            lines.iter().map(|line| &line.flow).filter(|flow| self.calls(**flow)).collect();
        set(Fact::Calls, calls.len());
        set(Fact::SmallCalls, calls.iter().filter(|flow| self.is_call_of_little(***flow)).count());
        set(Fact::UnknownCalls, many(&|at| is_unknown_call(&steps, at)));
        set(Fact::Checks, many(&|at| self.checks(part, lines[at])));
        let walked = values::walk(&steps);
        set(Fact::Loads, walked.loads);
        set(Fact::Stores, walked.stores);
        set(Fact::Gathers, walked.gathers);
        set(Fact::Scatters, walked.scatters);
        set(Fact::Halvings, walked.halvings);
        set(Fact::Counters, walked.counters);
        set(Fact::Stride, walked.stride);
        set(Fact::Steps, walked.steps);
        let of_a_byte = |at: usize| steps[at].memory().is_some() && is_of_a_byte(&lines[at].text);
        set(Fact::Bytes, many(&|at| of_a_byte(at) && steps[at].moves_memory().0));
        set(Fact::ByteStores, many(&|at| of_a_byte(at) && steps[at].moves_memory().1));
        set(Fact::Flags, many(&|at| of_a_byte(at) && is_a_flag(&steps[at..])));
        set(Fact::Locked, many(&|at| is_locked(&lines[at].text)));
        set(Fact::Swaps, many(&|at| swaps(&steps[at])));
        set(Fact::Carries, carries(&steps));
        let (chains, recurrences) = values::carried(&steps);
        set(Fact::Chains, chains);
        set(Fact::Recurrences, recurrences);
        let guessed = |at: usize| walked.guesses[at] && is_conditional_jump(lines[at]);
        set(Fact::Guesses, many(&|at| guessed(at) && self.both_ways(part, places[at])));
        set(Fact::Asks, many(&|at| guessed(at) && !self.checks(part, lines[at])));
        let narrow = |at: usize| steps[at].begins(&["pcmpeqb", "pcmpgtb", "cmeq"]);
        set(Fact::ByteVectors, many(&|at| narrow(at) && lines[at].packed == Some(128)));
        let larger = self.around(part);
        let leaves = |larger: &Vec<usize>, at: usize| {
            !self.both_ways(part, at) && self.both_ways(larger, at)
        };
        set(Fact::Leaves, larger.map_or(0, |of| many(&|at| guessed(at) && leaves(of, places[at]))));
        let inside = self.loops.iter().filter(|other| is_within(other, part));
        set(Fact::Inner, inside.filter(|inner| self.counts(inner)).count());
        code
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
                Flow::Jump(to) => {
                    on.filter(|_| is_conditional(line)).into_iter().chain(self.index(to)).collect()
                }
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
        if !is_conditional(line) {
            return false;
        }
        for _ in 0..TO_A_PANIC {
            let Some(line) = self.lines.get(at) else { return false };
            match line.flow {
                Flow::Jump(to) if !is_conditional(line) => match self.index(to) {
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

    /// Whether it is a few instructions without a loop, and calls nothing.
    fn is_small(&self) -> bool {
        let work = self.lines.iter().filter(|line| !line.is_padding());
        self.loops.is_empty()
            && work.clone().count() <= SMALL
            && !work.clone().any(|line| self.calls(line.flow))
    }
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
    matches!(line.flow, Flow::Jump(_)) && is_conditional(line)
}

/// Whether a loop lies in another, and is not all of it.
fn is_within(inner: &[usize], outer: &[usize]) -> bool {
    inner.len() < outer.len() && inner.iter().all(|at| outer.binary_search(at).is_ok())
}

fn is_conditional(line: &Line) -> bool {
    !["jmp", "b"].contains(&line.text.trim())
}

/// Whether memory is read or written by the byte.
fn is_of_a_byte(text: &str) -> bool {
    const NAMED: [&str; 8] = ["al", "bl", "cl", "dl", "sil", "dil", "bpl", "spl"];
    let numbered = |name: &str| name.starts_with('r') && name.ends_with('b');
    let (mnemonic, operands) = text.split_once(' ').unwrap_or((text, ""));
    let by_arm = ["ldrb", "ldrsb", "strb", "ldurb", "sturb"].contains(&mnemonic);
    let narrow = |name: &str| NAMED.contains(&name) || numbered(name);
    let plain = !mnemonic.starts_with("mov") || mnemonic == "mov";
    by_arm || text.contains("byte ptr [") || (plain && operands.split(", ").any(narrow))
}

/// Whether the first step asks a byte for being zero or one: at once, or as the next one does.
fn is_a_flag(steps: &[Parts]) -> bool {
    let [step, later @ ..] = steps else { return false };
    let small = |step: &Parts| matches!(step.operands.last(), Some(Operand::Number(0 | 1)));
    // A sign tells text that is not ASCII, and no flag.
    let equal =
        |step: &Parts| step.begins(&["je", "jne", "sete", "setne", "cmove", "cmovne", "b."]);
    let asked = |at: usize| later.get(at).is_some_and(equal);
    if ["cmp", "test"].contains(&step.mnemonic) {
        return small(step) && asked(0);
    }
    let [loaded] = step.writes()[..] else { return false };
    let Some(next) = later.first() else { return false };
    let of_it = next.operands.first() == Some(&Operand::Register(loaded));
    let itself = next.operands.get(1) == Some(&Operand::Register(loaded));
    match next.mnemonic {
        "cmp" => of_it && small(next) && asked(1),
        "test" => of_it && (itself || small(next)) && asked(1),
        "cbz" | "cbnz" => of_it,
        _ => false,
    }
}

/// Whether memory is changed so that no other core can come between.
fn is_locked(text: &str) -> bool {
    text.starts_with("lock ")
        || swaps(&parts(text))
        || ["ldadd", "ldclr", "ldset", "ldeor", "cas"].iter().any(|way| text.starts_with(way))
}

/// Whether a register and memory change places.
fn swaps(step: &Parts) -> bool {
    (step.mnemonic == "xchg" && step.memory().is_some()) || step.begins(&["swp"])
}

/// Additions with a carry, and carries that are kept as numbers. A comparison sets the same flag,
/// and its answer is none.
fn carries(steps: &[Parts]) -> usize {
    let (mut carry, mut carries) = (false, 0);
    for step in steps {
        let with = ["adc", "adcx", "adox", "adcs"].contains(&step.mnemonic)
            || (step.mnemonic == "sbb" && step.operands.first() != step.operands.get(1));
        let kept = ["setb", "setc", "sbb"].contains(&step.mnemonic) && carry;
        carries += usize::from(with || kept);
        if with || ["add", "adds"].contains(&step.mnemonic) {
            carry = true;
        } else if ["cmp", "test", "sub", "and", "or", "xor"].contains(&step.mnemonic) {
            carry = false;
        }
    }
    carries
}

/// Whether a call goes to where something points that the loop has just read. What is called
/// through a register that stays is one function.
fn is_unknown_call(steps: &[Parts], at: usize) -> bool {
    let step = &steps[at];
    let written = |of: &Register| steps.iter().any(|step| step.writes().contains(of));
    step.begins(&["call", "blr"])
        && match step.operands.first() {
            Some(Operand::Register(register)) => written(register),
            Some(Operand::Memory(address)) => address.terms.iter().any(|(of, _)| written(of)),
            _ => false,
        }
}

/// Whether it divides, or takes a root.
fn divides(step: &Parts) -> bool {
    let stem = step.mnemonic.strip_prefix('v').unwrap_or(step.mnemonic);
    ["div", "idiv", "sqrt", "udiv", "sdiv", "fdiv", "fsqrt"].iter().any(|way| stem.starts_with(way))
}

/// The distance of a shift, and whether it is one to the right.
fn shift(step: &Parts) -> Option<(bool, i64)> {
    let right = step.begins(&["shr", "psrl", "vpsrl", "lsr", "ushr"]);
    let shifts = right || step.begins(&["shl", "lsl"]);
    match step.operands.last() {
        Some(Operand::Number(by)) if shifts => Some((right, *by)),
        _ => None,
    }
}

/// Shifts by one: out of an end, or by doubling.
fn by_one(step: &Parts) -> bool {
    shift(step).is_some_and(|(_, by)| by == 1)
        || (step.mnemonic == "add" && reads_twice(step))
        || (step.mnemonic == "lea" && is_doubled(step))
}

fn reads_twice(step: &Parts) -> bool {
    matches!(step.reads()[..], [one, other] if one == other)
}

/// Steps of a checksum bit by bit: as many as both shifts by one and differences without carry.
fn bit_steps(steps: &[Parts]) -> usize {
    let mixes = |step: &&Parts| ["xor", "eor"].contains(&step.mnemonic) && !reads_twice(step);
    let shifts = steps.iter().filter(|step| by_one(step)).count();
    shifts.min(steps.iter().filter(mixes).count())
}

/// Bits taken one at a time: as many as both masks of one bit and shifts of any kind.
fn bits(steps: &[Parts]) -> usize {
    let takes = |step: &&Parts| {
        let bit = |mask: i64| mask.cast_unsigned().is_power_of_two();
        let mask = step.operands.last();
        step.mnemonic == "and" && matches!(mask, Some(Operand::Number(mask)) if bit(*mask))
    };
    let shifts = |step: &&Parts| {
        by_one(step)
            || (step.operands.len() > 1 && step.begins(&["shr", "sar", "lsr", "shl", "lsl"]))
    };
    steps.iter().filter(takes).count().min(steps.iter().filter(shifts).count())
}

/// Whether an address is twice a register, which is how x86 shifts into another one.
fn is_doubled(step: &Parts) -> bool {
    let Some(Operand::Memory(address)) = step.operands.last() else { return false };
    address.distance == 0
        && match address.terms[..] {
            [(_, 2)] => true,
            [(one, 1), (other, 1)] => one == other,
            _ => false,
        }
}

/// Whether bits are summed: in pairs, where the shifted and masked half is taken away, in fours,
/// and in eights. Shifts by one, two and four alone are many things.
fn sums_bits(steps: &[Parts]) -> bool {
    /// By how much what a register has was shifted, and whether it was masked since.
    type Shifted = BTreeMap<Register, (i64, bool)>;
    let (mut shifted, mut found) = (Shifted::new(), [false; 3]);
    for step in steps {
        let of_address = step.operands.iter().filter_map(|operand| match operand {
            Operand::Memory(address) if step.mnemonic == "lea" => Some(address),
            _ => None,
        });
        let terms = of_address.flat_map(|address| address.terms.iter().map(|(of, _)| *of));
        let reads: Vec<Register> = step.reads().into_iter().chain(terms).collect();
        let known: Vec<(i64, bool)> =
            reads.iter().filter_map(|of| shifted.get(of)).copied().collect();
        let adds = step.begins(&["add", "padd", "vpadd", "lea"]);
        let takes = step.begins(&["sub", "psub", "vpsub"]);
        found[0] |= takes && known.contains(&(1, true));
        found[1] |= adds && known.contains(&(2, true));
        found[2] |= adds && known.iter().any(|(by, _)| *by == 4);
        let result = match shift(step) {
            Some((true, by @ (1 | 2 | 4))) => Some((by, false)),
            _ if step.begins(&["and", "pand", "vpand"]) => known.first().map(|of| (of.0, true)),
            _ if step.begins(&["mov", "vmov"]) => known.first().copied(),
            _ => None,
        };
        for register in step.writes() {
            match result {
                Some(result) => shifted.insert(register, result),
                None => shifted.remove(&register),
            };
        }
    }
    found == [true; 3]
}

#[cfg(test)]
mod tests;
