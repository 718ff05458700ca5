//! Follows registers through one turn of a loop, line by line: by how much an address moves, what
//! was loaded, and which sums each turn goes on with.

use std::collections::BTreeMap;

use super::operands::{Address, Operand, Parts, Register, STACK};

/// What a turn of a loop does with memory.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    pub loads: usize,
    pub stores: usize,
    /// Loads at an address that was loaded, in the same turn or the one before.
    pub gathers: usize,
    /// Bytes by which the place moves that is read or written and moves furthest.
    pub stride: usize,
    /// Places read or written that move by what only a run knows.
    pub steps: usize,
    /// Loads at a place that was halved.
    pub halvings: usize,
    /// Writes at an address that was loaded, in the same turn or the one before.
    pub scatters: usize,
    /// Places that are changed in memory and do not move.
    pub counters: usize,
    /// Whether the flags depend on what was loaded, before each step.
    pub guesses: Vec<bool>,
}

/// What is in a register, by what was in registers when the turn began.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Value {
    /// A sum of those, with factors, and a number; none if it is anything else.
    sum: Option<(BTreeMap<Register, i64>, i64)>,
    /// Whether something that was loaded in this turn is in it.
    loaded: bool,
    /// Whether something that was halved in this turn is.
    halved: bool,
}

/// By how much a register differs from turn to turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moves {
    By(i64),
    ByWhatARunKnows,
    Anyhow,
}

impl Value {
    fn of(register: Register) -> Self {
        Self { sum: Some((BTreeMap::from([(register, 1)]), 0)), ..Self::default() }
    }

    fn number(number: i64) -> Self {
        Self { sum: Some((BTreeMap::new(), number)), ..Self::default() }
    }

    fn plus(&self, other: &Self, factor: i64) -> Self {
        let (loaded, halved) = (self.loaded || other.loaded, self.halved || other.halved);
        let (Some((a, number)), Some((b, more))) = (&self.sum, &other.sum) else {
            return Self { sum: None, loaded, halved };
        };
        let mut sum = a.clone();
        for (register, times) in b {
            let entry = sum.entry(*register).or_default();
            *entry = entry.wrapping_add(times.wrapping_mul(factor));
        }
        sum.retain(|_, times| *times != 0);
        Self { sum: Some((sum, number.wrapping_add(more.wrapping_mul(factor)))), loaded, halved }
    }

    fn times(&self, factor: i64) -> Self {
        let zero = Self { loaded: self.loaded, halved: self.halved, ..Self::number(0) };
        zero.plus(self, factor)
    }
}

/// The registers of a turn.
#[derive(Default)]
struct Registers(BTreeMap<Register, Value>);

impl Registers {
    fn get(&self, register: Register) -> Value {
        self.0.get(&register).cloned().unwrap_or_else(|| Value::of(register))
    }

    fn operand(&self, operand: Option<&Operand>) -> Value {
        match operand {
            Some(Operand::Register(register)) => self.get(*register),
            Some(Operand::Number(number)) => Value::number(*number),
            Some(Operand::Memory(_)) => Value { loaded: true, ..Value::default() },
            None => Value::default(),
        }
    }

    fn address(&self, address: &Address) -> Value {
        let terms = address.terms.iter();
        terms.fold(Value::number(address.distance), |sum, (register, factor)| {
            sum.plus(&self.get(*register), *factor)
        })
    }

    /// What a step makes of its operands.
    fn result(&self, step: &Parts) -> Value {
        let operand = |at: usize| self.operand(step.operands.get(at));
        // Of two operands the first is the left one as well.
        let (left, right) = if step.operands.len() > 2 { (1, 2) } else { (0, 1) };
        let shifted = |value: Value| value.times(1 << step.shift.min(32));
        match (step.mnemonic, step.operands.get(1)) {
            ("lea", Some(Operand::Memory(address))) => self.address(address),
            ("mov" | "movsxd" | "movzx" | "movsx" | "sxtw", Some(_)) => operand(1),
            ("add" | "adds", Some(_)) => operand(left).plus(&shifted(operand(right)), 1),
            ("sub" | "subs", Some(_)) => operand(left).plus(&shifted(operand(right)), -1),
            ("inc", _) => operand(0).plus(&Value::number(1), 1),
            ("dec", _) => operand(0).plus(&Value::number(1), -1),
            ("shl" | "lsl", Some(_)) => match step.operands.last() {
                Some(Operand::Number(by @ 0..=32)) => operand(left).times(1 << by),
                _ => self.mixed(step),
            },
            ("imul", Some(_)) => match step.operands.last() {
                Some(Operand::Number(by)) => operand(left).times(*by),
                _ => self.mixed(step),
            },
            _ => self.mixed(step),
        }
    }

    fn mixed(&self, step: &Parts) -> Value {
        let loaded =
            step.moves_memory().0 || step.reads().into_iter().any(|of| self.get(of).loaded);
        let by_one = step.operands.len() == 1 || step.operands.last() == Some(&Operand::Number(1));
        let halves = ["shr", "sar", "lsr", "asr"].contains(&step.mnemonic) && by_one;
        // A choice between two places is as much the middle as either.
        let chooses = step.begins(&["cmov", "csel"]);
        let halved = chooses && step.reads().into_iter().any(|of| self.get(of).halved);
        Value { sum: None, loaded, halved: halves || halved }
    }

    /// How a register that begins the turn with something ends it.
    fn moves(&self, register: Register) -> Moves {
        let Some(end) = self.0.get(&register) else { return Moves::By(0) };
        let Some((sum, number)) = &end.sum else { return Moves::Anyhow };
        let others = || sum.keys().filter(|of| **of != register);
        match sum.get(&register) {
            Some(1) if others().next().is_none() => Moves::By(*number),
            Some(1) if others().all(|of| !self.0.contains_key(of)) => Moves::ByWhatARunKnows,
            _ => Moves::Anyhow,
        }
    }

    /// How a sum of what registers began the turn with ends it.
    fn moves_of(&self, sum: &BTreeMap<Register, i64>) -> Moves {
        sum.iter().fold(Moves::By(0), |moves, (register, factor)| {
            match (moves, self.moves(*register)) {
                (Moves::By(by), Moves::By(more)) => {
                    Moves::By(by.wrapping_add(more.wrapping_mul(*factor)))
                }
                (Moves::Anyhow, _) | (_, Moves::Anyhow) => Moves::Anyhow,
                _ => Moves::ByWhatARunKnows,
            }
        })
    }
}

/// Follows one turn.
pub fn walk(steps: &[Parts]) -> Walked {
    let (mut registers, mut walked) = (Registers::default(), Walked::default());
    let (mut addresses, mut flags) = (Vec::new(), false);
    for step in steps {
        let by_itself = step.begins(&["cbz", "cbnz", "tbz", "tbnz"]);
        walked.guesses.push(if by_itself { registers.mixed(step).loaded } else { flags });
        if let Some(address) = step.memory() {
            let (loads, stores) = step.moves_memory();
            let is_data =
                !address.terms.is_empty() && !address.terms.iter().any(|(of, _)| *of == STACK);
            walked.stores += usize::from(stores && is_data);
            if is_data {
                let whole = registers.address(address);
                walked.loads += usize::from(loads);
                walked.gathers += usize::from(loads && whole.loaded);
                walked.scatters += usize::from(stores && whole.loaded);
                walked.halvings += usize::from(loads && whole.halved);
                addresses.push((whole, loads, stores));
            }
        }
        if sets_flags(step) {
            flags = registers.mixed(step).loaded;
        }
        let result = match step.moves_memory() {
            (true, _) => registers.mixed(step),
            _ => registers.result(step),
        };
        for register in step.writes() {
            registers.0.insert(register, result.clone());
        }
        if let Some(Address { terms, distance, kept: true }) = step.memory()
            && let Some((base, _)) = terms.first()
        {
            let moved = registers.get(*base).plus(&Value::number(*distance), 1);
            registers.0.insert(*base, moved);
        }
    }
    let later = |of: &Register| registers.0.get(of).is_some_and(|value| value.loaded);
    let changed = |place: &Value| {
        let same = |wanted: &dyn Fn(&(Value, bool, bool)) -> bool| {
            addresses.iter().any(|at| at.0 == *place && wanted(at))
        };
        same(&|at| at.1) && same(&|at| at.2)
    };
    for (address, loads, stores) in &addresses {
        let Some((sum, _)) = &address.sum else { continue };
        let loaded = sum.keys().any(later);
        walked.gathers += usize::from(*loads && loaded);
        walked.scatters += usize::from(*stores && loaded);
        let moves = registers.moves_of(sum);
        let stays = matches!(moves, Moves::By(0));
        walked.counters += usize::from(*stores && !address.loaded && stays && changed(address));
        match moves {
            Moves::By(bytes) => {
                let bytes = usize::try_from(bytes.unsigned_abs()).unwrap_or(usize::MAX);
                walked.stride = walked.stride.max(bytes);
            }
            Moves::ByWhatARunKnows => walked.steps += 1,
            Moves::Anyhow => {}
        }
    }
    walked
}

fn sets_flags(step: &Parts) -> bool {
    let both = ["ucomis", "vucomis", "comis", "vcomis", "fcmp"];
    let x86 =
        ["cmp", "test", "add", "sub", "and", "or", "xor", "inc", "dec", "shr", "shl", "neg", "bt"];
    let arm = ["cmn", "tst", "adds", "subs", "ands"];
    step.begins(&both) || x86.contains(&step.mnemonic) || arm.contains(&step.mnemonic)
}

/// Registers of one float that each turn goes on with: those to which it only adds, by additions of
/// which each waits for the one before, and those of which it makes the next in another way.
pub fn carried(steps: &[Parts]) -> (usize, usize) {
    let kept = steps.iter().filter(|step| is_of_a_float(step) || is_copy(step));
    let mut computed: Vec<Register> = kept.flat_map(Parts::writes).collect();
    computed.sort_unstable();
    computed.dedup();
    let goes_on: Vec<Done> = computed.iter().filter_map(|of| done(steps, *of)).collect();
    let chains = goes_on.iter().filter(|done| **done == Done::Added).count();
    (chains, goes_on.iter().filter(|done| **done == Done::Otherwise).count())
}

/// What was done to what a register began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Done {
    Nothing,
    Added,
    Otherwise,
}

/// What a turn does to a register, if it ends with what it began with in it.
fn done(steps: &[Parts], register: Register) -> Option<Done> {
    // Where it is, and what was done to it there.
    let mut places = BTreeMap::from([(register, Done::Nothing)]);
    for step in steps {
        let floats = is_of_a_float(step);
        let added = addends(step).unwrap_or_default();
        let now = |of: &Register| {
            let before = *places.get(of)?;
            let way = match (floats, added.contains(of)) {
                (true, true) => Done::Added,
                (true, false) => Done::Otherwise,
                (false, _) => Done::Nothing,
            };
            Some(before.max(way))
        };
        let reads = if floats || is_copy(step) { step.reads() } else { Vec::new() };
        let held = reads.iter().filter_map(now).max();
        for register in step.writes() {
            match held {
                Some(done) => places.insert(register, done),
                None => places.remove(&register),
            };
        }
    }
    places.get(&register).copied().filter(|done| *done > Done::Nothing)
}

/// Whether it copies a register of floats into another.
fn is_copy(step: &Parts) -> bool {
    step.begins(&["mova", "vmova", "fmov"]) && step.memory().is_none()
}

/// Whether it computes with one float.
pub fn is_of_a_float(step: &Parts) -> bool {
    const X86: [&str; 9] = ["add", "sub", "mul", "div", "sqrt", "min", "max", "fm", "fnm"];
    const ARM: [&str; 10] =
        ["fadd", "fsub", "fmul", "fdiv", "fsqrt", "fmin", "fmax", "fmadd", "fmsub", "fnm"];
    let stem = step.mnemonic.strip_prefix('v').unwrap_or(step.mnemonic);
    let x86 = (stem.ends_with("ss") || stem.ends_with("sd"))
        && X86.iter().any(|beginning| stem.starts_with(beginning));
    x86 || (step.begins(&ARM) && !step.lanes)
}

/// The registers that an addition of one float adds; of a product that is added, the other side.
fn addends(step: &Parts) -> Option<Vec<Register>> {
    let stem = step.mnemonic.strip_prefix('v').unwrap_or(step.mnemonic);
    let scalar = stem.ends_with("ss") || stem.ends_with("sd");
    let operand = |at: usize| step.operands.get(at).and_then(Operand::register);
    if stem.starts_with("fm") || stem.starts_with("fnm") {
        let added = match stem {
            _ if stem.contains("231") => operand(0),
            _ if stem.contains("213") => operand(2),
            _ if stem.contains("132") => operand(1),
            "fmadd" | "fmsub" | "fnmadd" | "fnmsub" => operand(3),
            _ => return None,
        };
        let of_x86 = stem.contains(|letter: char| letter.is_ascii_digit());
        return (!of_x86 || scalar).then(|| added.into_iter().collect());
    }
    let adds = scalar && (stem.starts_with("add") || stem.starts_with("sub"));
    let arm = ["fadd", "fsub"].contains(&step.mnemonic) && !step.lanes;
    (adds || arm).then(|| step.reads())
}

#[cfg(test)]
mod tests {
    use super::super::operands::parts;
    use super::*;

    fn steps<'a>(lines: &[&'a str]) -> Vec<Parts<'a>> {
        lines.iter().map(|line| parts(line)).collect()
    }

    #[test]
    fn what_each_turn_goes_on_with_is_a_chain_if_it_is_a_sum() {
        for (lines, chains, others) in [
            (&["addsd xmm0, [rax+rcx*8]", "inc rcx"][..], 1, 0),
            (&["vaddsd xmm1, xmm0, [rax]", "vaddsd xmm0, xmm1, [rax+8]"], 1, 0),
            (&["movsd xmm1, [rax]", "mulsd xmm1, [rcx]", "addsd xmm0, xmm1"], 1, 0),
            (&["vfmadd231sd xmm0, xmm1, [rcx]"], 1, 0),
            (&["fmadd d0, d1, d2, d0"], 1, 0),
            (&["addsd xmm0, [rax]", "addsd xmm1, [rax+8]"], 2, 0),
            // The sum begins anew in each turn.
            (&["movsd xmm0, [rax]", "addsd xmm0, [rax+8]", "movsd [rcx], xmm0"], 0, 0),
            // It is a factor, which no other order of additions helps.
            (&["mulsd xmm0, xmm1", "addsd xmm0, xmm2"], 0, 1),
            (&["vfmadd213sd xmm0, xmm1, xmm2"], 0, 1),
            (&["fadd v0.4s, v0.4s, v1.4s"], 0, 0),
            (&["addps xmm0, [rax]"], 0, 0),
            (&["movapd xmm3, xmm0", "mulsd xmm3, xmm1", "movapd xmm0, xmm3"], 0, 1),
            // One is the other's product as well: a filter of the second order.
            (
                &[
                    "movaps xmm3, xmm0",
                    "mulss xmm0, xmm2",
                    "subss xmm0, xmm1",
                    "addss xmm0, [rax]",
                    "mulss xmm1, xmm2",
                    "subss xmm1, xmm3",
                ],
                0,
                2,
            ),
        ] {
            assert_eq!(carried(&steps(lines)), (chains, others), "{lines:?}");
        }
    }

    #[test]
    fn an_address_moves_by_what_its_registers_do() {
        let stride = |lines: &[&str]| {
            let walked = walk(&steps(lines));
            (walked.loads, walked.stride, walked.steps)
        };
        assert_eq!(stride(&["mov eax, [rdi+rcx*8]", "inc rcx"]), (1, 8, 0));
        assert_eq!(stride(&["mov eax, [rdi+8]", "add rdi, 0x48"]), (1, 72, 0));
        assert_eq!(stride(&["movss xmm0, [rdi]", "add rdi, rsi"]), (1, 0, 1), "rows of any length");
        assert_eq!(
            stride(&["lea rax, [r14+rdx]", "mov cl, [rax]", "add r14, 0x1000"]),
            (1, 4096, 0)
        );
        assert_eq!(stride(&["imul rax, rcx, 0x28", "mov edx, [rdi+rax]", "inc rcx"]), (1, 40, 0));
        assert_eq!(stride(&["mov [rdi], eax", "add rdi, 0x400"]), (0, 1024, 0));
        assert_eq!(stride(&["mov eax, [rsp+8]", "mulsd xmm0, [static]"]), (0, 0, 0));
        assert_eq!(stride(&["ldr x1, [x0], #0x10"]), (1, 16, 0));
        assert_eq!(stride(&["ldr d0, [x0, x2, lsl #3]", "add x2, x2, #1"]), (1, 8, 0));
        assert_eq!(stride(&["ldr d0, [x0]", "add x0, x0, x5, lsl #3"]), (1, 0, 1));
    }

    #[test]
    fn what_was_loaded_is_known_where_it_is_an_address_or_decides() {
        let chased = walk(&steps(&["mov rax, [rax+8]", "mov ecx, [rax]", "cmp ecx, edx", "jne"]));
        assert_eq!((chased.gathers, chased.guesses), (2, vec![false, false, false, true]));
        let counted = walk(&steps(&["mov ecx, [rax]", "inc rdx", "cmp rdx, rsi", "jne"]));
        assert_eq!((counted.gathers, counted.guesses[3]), (0, false));
        let tested = walk(&steps(&["ldr w1, [x0]", "cbz w1"]));
        assert!(tested.guesses[1]);
    }

    #[test]
    fn places_are_halved_lists_are_of_lists_and_counters_stay() {
        let search = walk(&steps(&[
            "mov rdx, rcx",
            "sub rdx, rax",
            "shr rdx, 1",
            "add rdx, rax",
            "cmp [rdi+rdx*8], rsi",
        ]));
        assert_eq!((search.loads, search.halvings), (1, 1));
        let list = walk(&steps(&["mov eax, [rdi+rdx*8]", "inc rdx"]));
        assert_eq!(list.halvings, 0);
        let lists = walk(&steps(&["mov rax, [rdi]", "mov [rax+rcx*4], edx", "add rdi, 0x18"]));
        assert_eq!((lists.gathers, lists.scatters, lists.stride), (0, 1, 24));
        for (lines, counters) in [
            (&["inc [rdi+8]", "dec rcx"][..], 1),
            (&["mov rax, [rdi+8]", "add rax, rdx", "mov [rdi+8], rax", "dec rcx"], 1),
            (&["inc [rdi+rcx*8]", "dec rcx"], 0),
            (&["mov rax, [rdi]", "mov [rdi+8], rax", "dec rcx"], 0),
            (&["mov rax, [rdi]", "inc [rax]", "dec rcx"], 0),
        ] {
            assert_eq!(walk(&steps(lines)).counters, counters, "{lines:?}");
        }
    }
}
