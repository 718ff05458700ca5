//! What the innermost loop around an instruction does, in counts: how it computes, what it waits
//! for, how it goes through memory, and what it calls.

use std::collections::BTreeMap;
use std::ops::Range;

use cases::code::{Code, Fact};

use super::decode::{self, Flow, Line};
use super::image::{Function, Image};
use super::operands::{Operand, Parts, parts};
use super::{facts, values};

/// Instructions of a function that is small: a call of it costs about what it does.
const SMALL: usize = 40;
/// Lines behind a jump within which a panic is called, if it leads to one.
const TO_A_PANIC: usize = 12;

/// A function's lines with its loops.
pub struct Body<'a> {
    image: &'a Image,
    function: &'a Function,
    lines: Vec<Line>,
    loops: Vec<Range<usize>>,
}

impl<'a> Body<'a> {
    /// Decodes a function.
    pub fn new(image: &'a Image, function: &'a Function) -> Self {
        let lines = decode::decode(image.architecture, function.address, image.code(function));
        let loops = whole(super::excerpt::loops(&lines));
        Self { image, function, lines, loops }
    }

    /// The part around an address of which [`Self::code`] speaks: the innermost loop, or all of a
    /// small function; none elsewhere.
    pub fn part(&self, address: u64) -> Option<Range<usize>> {
        let at = self.lines.partition_point(|line| line.address <= address).checked_sub(1)?;
        let around = self.loops.iter().filter(|part| part.contains(&at));
        let innermost = around.min_by_key(|part| part.len()).cloned();
        innermost.or_else(|| self.is_small().then_some(0..self.lines.len()))
    }

    /// What such a part does.
    pub fn code(&self, part: &Range<usize>) -> Code {
        let lines: Vec<&Line> =
            self.lines[part.clone()].iter().filter(|line| !line.is_padding()).collect();
        let mut code = Code::default();
        let mut set = |fact, count: usize| code.set(fact, u32::try_from(count).unwrap_or(u32::MAX));
        set(Fact::Instructions, lines.len());
        if !self.loops.contains(part) {
            set(Fact::Small, 1);
            return code;
        }
        let steps: Vec<Parts> = lines.iter().map(|line| parts(&line.text)).collect();
        let many = |holds: &dyn Fn(usize) -> bool| (0..lines.len()).filter(|at| holds(*at)).count();
        set(
            Fact::Floats,
            many(&|at| lines[at].packed.is_none() && values::is_of_a_float(&steps[at])),
        );
        set(Fact::Packed, many(&|at| lines[at].packed.is_some()));
        set(Fact::Divisions, many(&|at| divides(&steps[at])));
        set(Fact::BitSteps, bit_steps(&steps));
        set(Fact::BitSums, usize::from(sums_bits(&steps)));
        let calls: Vec<&Flow> =
            lines.iter().map(|line| &line.flow).filter(|flow| self.calls(**flow)).collect();
        set(Fact::Calls, calls.len());
        set(Fact::SmallCalls, calls.iter().filter(|flow| self.is_call_of_little(***flow)).count());
        set(Fact::Checks, many(&|at| self.checks(part, lines[at])));
        let walked = values::walk(&steps);
        set(Fact::Loads, walked.loads);
        set(Fact::Stores, walked.stores);
        set(Fact::Gathers, walked.gathers);
        set(Fact::Stride, walked.stride);
        set(Fact::Steps, walked.steps);
        let (chains, recurrences) = values::carried(&steps);
        set(Fact::Chains, chains);
        set(Fact::Recurrences, recurrences);
        let places: Vec<usize> = part.clone().filter(|at| !self.lines[*at].is_padding()).collect();
        set(Fact::Guesses, many(&|at| walked.guesses[at] && self.stays(part, places[at])));
        code
    }

    /// Whether both ways of a jump stay in the loop.
    fn stays(&self, part: &Range<usize>, at: usize) -> bool {
        let Flow::Jump(to) = self.lines[at].flow else { return false };
        let inside = |at: usize| part.contains(&at);
        is_conditional(&self.lines[at]) && inside(at + 1) && self.index(to).is_some_and(inside)
    }

    fn index(&self, address: u64) -> Option<usize> {
        self.lines.binary_search_by_key(&address, |line| line.address).ok()
    }

    /// Whether a conditional jump leads out of the loop to a panic.
    fn checks(&self, part: &Range<usize>, line: &Line) -> bool {
        let Flow::Jump(to) = line.flow else { return false };
        let Some(mut at) = self.index(to).filter(|at| !part.contains(at)) else { return false };
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

fn is_conditional(line: &Line) -> bool {
    !["jmp", "b"].contains(&line.text.trim())
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

/// Steps of a checksum bit by bit: as many as both shifts by one and differences without carry.
fn bit_steps(steps: &[Parts]) -> usize {
    let with_itself = |step: &Parts| matches!(step.reads()[..], [one, other] if one == other);
    let by_one = |step: &&Parts| {
        shift(step).is_some_and(|(_, by)| by == 1)
            || (step.mnemonic == "add" && with_itself(step))
            || (step.mnemonic == "lea" && is_doubled(step))
    };
    let mixes = |step: &&Parts| ["xor", "eor"].contains(&step.mnemonic) && !with_itself(step);
    steps.iter().filter(by_one).count().min(steps.iter().filter(mixes).count())
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

/// Whether bits are summed in pairs, in fours and in eights.
fn sums_bits(steps: &[Parts]) -> bool {
    let shifts = |wanted: i64| steps.iter().any(|step| shift(step) == Some((true, wanted)));
    let masks = steps.iter().filter(|step| step.begins(&["and", "pand", "vpand"]));
    [1, 2, 4].into_iter().all(shifts) && masks.count() >= 3
}

#[cfg(test)]
mod tests;
