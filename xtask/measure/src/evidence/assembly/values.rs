//! Follows registers through one turn of a loop, line by line: by how much an address moves, what
//! was loaded, and which sums each turn goes on with.

use std::collections::{BTreeMap, BTreeSet};

use super::operands::{Address, BEYOND, Operand, Parts, Register, STACK};

/// Stand for what is in memory at places that stay and that no step writes, from [`BEYOND`] on.
const FIXED: Register = BEYOND;
/// Stand for products of what stays and what moves.
const PRODUCTS: Register = BEYOND + 0x2000;
/// Products and places of a loop of which account is kept.
const MOST: usize = 0x1000;
/// Bytes of a pointer.
const POINTER: usize = 8;

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
    /// Places that are changed in memory and do not move, or are one of some that do not.
    pub counters: usize,
    /// Bytes from an item to the next, of the list with the largest, and bytes of it that are read.
    pub record: (usize, usize),
    /// Loads through a pointer that was loaded in this turn from a list that is gone through.
    pub through: usize,
    /// Whether each step loads from an address that was loaded or halved.
    pub late: Vec<bool>,
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
    /// Whether it is one of two numbers or places that stay, whichever a comparison says.
    chosen: bool,
    /// The access, of those in memory, that loaded it, if it is nothing but a pointer.
    pointer: Option<usize>,
}

/// Memory that a step reads or writes.
struct Access {
    step: usize,
    place: Value,
    loads: bool,
    stores: bool,
    width: usize,
}

/// By how much a register differs from turn to turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moves {
    By(i64),
    ByWhatARunKnows,
    Anyhow,
}

impl Moves {
    /// By how many bytes, if that is known and not none.
    fn by(self) -> Option<i64> {
        match self {
            Self::By(bytes) => Some(bytes.wrapping_abs()).filter(|bytes| *bytes > 0),
            _ => None,
        }
    }
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
            return Self { loaded, halved, ..Self::default() };
        };
        let mut sum = a.clone();
        for (register, times) in b {
            let entry = sum.entry(*register).or_default();
            *entry = entry.wrapping_add(times.wrapping_mul(factor));
        }
        sum.retain(|_, times| *times != 0);
        let sum = Some((sum, number.wrapping_add(more.wrapping_mul(factor))));
        Self { sum, loaded, halved, ..Self::default() }
    }

    fn times(&self, factor: i64) -> Self {
        let zero = Self { loaded: self.loaded, halved: self.halved, ..Self::number(0) };
        zero.plus(self, factor)
    }
}

/// The registers of a turn.
struct Registers {
    values: BTreeMap<Register, Value>,
    /// Those that some step writes.
    written: BTreeSet<Register>,
    /// Places in memory that stay, and that no step writes: a row's length, a list's beginning.
    fixed: Vec<Address>,
    /// The factors that move of products whose other factor stays.
    products: Vec<BTreeMap<Register, i64>>,
}

impl Registers {
    fn new(steps: &[Parts]) -> Self {
        let kept = steps.iter().filter_map(|step| {
            let address = step.memory().filter(|address| address.kept)?;
            Some(address.terms.first()?.0)
        });
        let written: BTreeSet<Register> =
            steps.iter().flat_map(Parts::writes).chain(kept).collect();
        let stores: Vec<&Address> = steps
            .iter()
            .filter(|step| step.moves_memory().1)
            .filter_map(|step| step.memory())
            .collect();
        let mut fixed: Vec<Address> = Vec::new();
        for address in steps.iter().filter_map(Parts::memory) {
            let stays = !address.terms.iter().any(|(of, _)| written.contains(of));
            if stays && !stores.contains(&address) && !fixed.contains(address) {
                fixed.push(address.clone());
            }
        }
        fixed.truncate(MOST);
        Self { values: BTreeMap::new(), written, fixed, products: Vec::new() }
    }

    fn get(&self, register: Register) -> Value {
        self.values.get(&register).cloned().unwrap_or_else(|| Value::of(register))
    }

    /// What stands for a place in memory that stays, if nothing writes it.
    fn fixed(&self, address: &Address) -> Option<Register> {
        let at = self.fixed.iter().position(|fixed| fixed == address)?;
        Some(FIXED + Register::try_from(at).ok()?)
    }

    /// Whether a value is the same in each turn.
    fn stays(&self, value: &Value) -> bool {
        let still = |of: &Register| !self.written.contains(of) && *of < PRODUCTS;
        value.sum.as_ref().is_some_and(|(terms, _)| terms.keys().all(still))
    }

    /// The product of two values of which one stays: it moves by what only a run knows.
    fn product(&mut self, one: &Value, other: &Value) -> Option<Value> {
        let (stays, moves) = if self.stays(one) { (one, other) } else { (other, one) };
        let (terms, _) = moves.sum.as_ref()?;
        let at = Register::try_from(self.products.len()).ok()?;
        if !self.stays(stays) || self.products.len() >= MOST {
            return None;
        }
        self.products.push(terms.clone());
        let (loaded, halved) = (one.loaded || other.loaded, one.halved || other.halved);
        Some(Value { loaded, halved, ..Value::of(PRODUCTS + at) })
    }

    fn operand(&self, operand: Option<&Operand>) -> Value {
        match operand {
            Some(Operand::Register(register)) => self.get(*register),
            Some(Operand::Number(number)) => Value::number(*number),
            Some(Operand::Memory(address)) => match self.fixed(address) {
                Some(register) => Value::of(register),
                None => Value { loaded: true, ..Value::default() },
            },
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
    fn result(&mut self, step: &Parts) -> Value {
        if let Some((one, other, added)) = factors(step) {
            let [one, other] = [one, other].map(|at| self.operand(step.operands.get(at)));
            let product = self.product(&one, &other).unwrap_or_else(|| self.mixed(step));
            return added.map_or(product.clone(), |at| {
                product.plus(&self.operand(step.operands.get(at)), 1)
            });
        }
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
        let from_memory = step.memory().is_some_and(|of| self.fixed(of).is_none());
        let loaded = (from_memory && step.moves_memory().0)
            || step.reads().into_iter().any(|of| self.get(of).loaded);
        let by_one = step.operands.len() == 1 || step.operands.last() == Some(&Operand::Number(1));
        let halves = ["shr", "sar", "lsr", "asr"].contains(&step.mnemonic) && by_one;
        // A choice between two places is as much the middle as either.
        let chooses = step.begins(&["cmov", "csel"]);
        let halved = chooses && step.reads().into_iter().any(|of| self.get(of).halved);
        let of_places = |operand: &Operand| self.stays(&self.operand(Some(operand)));
        let chosen = step.begins(&["set", "cset"])
            || (chooses && !loaded && step.operands.iter().all(of_places));
        Value { loaded, halved: halves || halved, chosen, ..Value::default() }
    }

    /// How a register that begins the turn with something ends it.
    fn moves(&self, register: Register) -> Moves {
        if let Some(of) = register.checked_sub(PRODUCTS) {
            return match self.products.get(usize::from(of)).map(|terms| self.moves_of(terms)) {
                Some(Moves::By(by)) if by != 0 => Moves::ByWhatARunKnows,
                Some(moves) => moves,
                None => Moves::Anyhow,
            };
        }
        let Some(end) = self.values.get(&register) else { return Moves::By(0) };
        let Some((sum, number)) = &end.sum else { return Moves::Anyhow };
        let others = || sum.keys().filter(|of| **of != register);
        match sum.get(&register) {
            Some(1) if others().next().is_none() => Moves::By(*number),
            Some(1) if others().all(|of| !self.values.contains_key(of)) => Moves::ByWhatARunKnows,
            _ => Moves::Anyhow,
        }
    }

    /// Whether an address is one of a few that stay.
    fn is_chosen(&self, address: &Address) -> bool {
        let values: Vec<Value> = address.terms.iter().map(|(of, _)| self.get(*of)).collect();
        values.iter().any(|of| of.chosen) && values.iter().all(|of| of.chosen || self.stays(of))
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
    let (mut registers, mut walked) = (Registers::new(steps), Walked::default());
    let (mut accesses, mut flags): (Vec<Access>, bool) = (Vec::new(), false);
    let mut through = Vec::new();
    walked.late = vec![false; steps.len()];
    for (at, step) in steps.iter().enumerate() {
        let by_itself = step.begins(&["cbz", "cbnz", "tbz", "tbnz"]);
        walked.guesses.push(if by_itself { registers.mixed(step).loaded } else { flags });
        if let Some(address) = step.memory() {
            let (loads, stores) = step.moves_memory();
            // What an array on the stack has at some index is data, and a variable there is none.
            let is_data = !matches!(address.terms[..], [] | [(STACK, _)]);
            walked.stores += usize::from(stores && is_data);
            if is_data {
                let whole = registers.address(address);
                walked.loads += usize::from(loads);
                walked.gathers += usize::from(loads && whole.loaded);
                walked.scatters += usize::from(stores && whole.loaded);
                walked.halvings += usize::from(loads && whole.halved);
                walked.late[at] = loads && (whole.loaded || whole.halved);
                if let [(base, 1)] = address.terms[..] {
                    through.extend(registers.get(base).pointer.filter(|_| loads));
                }
                let chosen = loads && stores && registers.is_chosen(address);
                walked.counters += usize::from(chosen);
                accesses.push(Access { step: at, place: whole, loads, stores, width: step.width });
            }
        }
        if sets_flags(step) {
            flags = registers.mixed(step).loaded;
        }
        let result = match step.moves_memory() {
            (true, _) if step.memory().is_some_and(|of| registers.fixed(of).is_none()) => {
                let loads = step.begins(&["mov", "ldr"]) && step.width == POINTER;
                let last = accesses.len().checked_sub(1).filter(|last| accesses[*last].step == at);
                let pointer = last.filter(|last| loads && !accesses[*last].place.loaded);
                Value { pointer, ..registers.mixed(step) }
            }
            _ => registers.result(step),
        };
        for register in step.writes() {
            registers.values.insert(register, result.clone());
        }
        if let Some(Address { terms, distance, kept: true }) = step.memory()
            && let Some((base, _)) = terms.first()
        {
            let moved = registers.get(*base).plus(&Value::number(*distance), 1);
            registers.values.insert(*base, moved);
        }
    }
    walked.know_moves(&accesses, &registers);
    walked.record = record(&accesses, &registers);
    let of_a_list = |pointer: &&usize| {
        let place = accesses[**pointer].place.sum.as_ref();
        place.is_some_and(|(terms, _)| registers.moves_of(terms).by().is_some())
    };
    walked.through = through.iter().filter(of_a_list).count();
    walked
}

impl Walked {
    /// Adds what only the end of a turn says: how places move, and what the next one begins with.
    fn know_moves(&mut self, accesses: &[Access], registers: &Registers) {
        let later = |of: &Register| registers.values.get(of).is_some_and(|value| value.loaded);
        let changed = |place: &Value| {
            let same = |wanted: &dyn Fn(&Access) -> bool| {
                accesses.iter().any(|at| at.place == *place && wanted(at))
            };
            same(&|at| at.loads) && same(&|at| at.stores)
        };
        for Access { step, place, loads, stores, .. } in accesses {
            let Some((sum, _)) = &place.sum else { continue };
            let loaded = sum.keys().any(later);
            self.gathers += usize::from(*loads && loaded);
            self.scatters += usize::from(*stores && loaded);
            self.late[*step] |= *loads && loaded;
            let moves = registers.moves_of(sum);
            let stays = matches!(moves, Moves::By(0));
            self.counters += usize::from(*stores && !place.loaded && stays && changed(place));
            match moves {
                Moves::By(bytes) => {
                    let bytes = usize::try_from(bytes.unsigned_abs()).unwrap_or(usize::MAX);
                    self.stride = self.stride.max(bytes);
                }
                Moves::ByWhatARunKnows => self.steps += 1,
                Moves::Anyhow => {}
            }
        }
    }
}

/// The factors of a product of two operands, and what is added to it: of a multiplication, or of a
/// shift by what a register has.
fn factors(step: &Parts) -> Option<(usize, usize, Option<usize>)> {
    let by_a_number = matches!(step.operands.last(), Some(Operand::Number(_)));
    match (step.mnemonic, step.operands.len()) {
        ("imul" | "shl" | "lsl", 2) if !by_a_number => Some((0, 1, None)),
        ("mul" | "lsl" | "shlx", 3) if !by_a_number => Some((1, 2, None)),
        ("madd", 4) => Some((1, 2, Some(3))),
        _ => None,
    }
}

/// The bytes from one item to the next, and how many of them are read, of the list with the largest
/// items. A turn may take several: then what it reads looks the same from each of them on.
fn record(accesses: &[Access], registers: &Registers) -> (usize, usize) {
    /// What an address is made of, and by how much a turn moves it.
    type List<'a> = (&'a BTreeMap<Register, i64>, i64);
    let mut lists: BTreeMap<List, BTreeMap<i64, usize>> = BTreeMap::new();
    for access in accesses.iter().filter(|access| access.loads && !access.place.loaded) {
        if let Some((terms, distance)) = &access.place.sum
            && let Some(turn) = registers.moves_of(terms).by()
        {
            let list = lists.entry((terms, turn)).or_default();
            let width = list.entry(distance.rem_euclid(turn)).or_default();
            *width = access.width.max(*width);
        }
    }
    let of_list = |((_, turn), reads): (List, BTreeMap<i64, usize>)| {
        let many = i64::try_from(reads.len()).unwrap_or(1);
        let alike = |item: i64| reads.keys().all(|at| reads.contains_key(&((at + item) % turn)));
        let items = (1..=many).rev().find(|items| turn % items == 0 && alike(turn / items))?;
        let [record, items] = [turn / items, items].map(|of| usize::try_from(of).unwrap_or(1));
        let read = reads.values().sum::<usize>() / items;
        Some((record, read.clamp(1, record)))
    };
    lists.into_iter().filter_map(of_list).max().unwrap_or_default()
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

/// Whether it computes with several floats at a time.
pub fn is_of_floats(step: &Parts) -> bool {
    let stem = step.mnemonic.strip_prefix('v').unwrap_or(step.mnemonic);
    let x86 = (stem.ends_with("ps") || stem.ends_with("pd"))
        && ["add", "sub", "mul", "div", "sqrt", "min", "max", "fm", "fnm"]
            .iter()
            .any(|way| stem.starts_with(way));
    let ways = ["fadd", "fsub", "fmul", "fdiv", "fsqrt", "fmin", "fmax", "fmla", "fmls"];
    x86 || (step.lanes && step.begins(&ways))
}

/// Additions of several floats at a time to a register that no step of a turn makes anew.
pub fn wide_chains(steps: &[Parts]) -> usize {
    let ways = ["add", "vadd", "sub", "vsub", "vfm", "vfnm", "fadd", "fsub", "fmla", "fmls"];
    let goes_on = |step: &Parts, of: &Register| {
        is_of_floats(step) && step.begins(&ways) && step.reads().contains(of)
    };
    let kept = |step: &&Parts| {
        step.writes().iter().any(|of| {
            let mut writers = steps.iter().filter(|other| other.writes().contains(of));
            goes_on(step, of) && writers.all(|other| goes_on(other, of))
        })
    };
    steps.iter().filter(kept).count()
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
    fn vectors_are_added_to_if_they_are_kept() {
        let wide = |lines: &[&str]| wide_chains(&steps(lines));
        assert_eq!(wide(&["mulps xmm1, xmm2", "addps xmm0, xmm1"]), 1);
        assert_eq!(wide(&["vfmadd231pd ymm0, ymm1, [rdi]"]), 1);
        assert_eq!(wide(&["fadd v0.4s, v0.4s, v1.4s"]), 1);
        assert_eq!(wide(&["movups xmm0, [rdi]", "addps xmm0, [rsi]", "movups [rdi], xmm0"]), 0);
        assert_eq!(wide(&["addsd xmm0, [rdi]"]), 0, "it is one float");
        assert_eq!(wide(&["addps xmm0, xmm1", "addps xmm0, xmm2"]), 2, "of two items in a turn");
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
    fn a_row_whose_length_a_run_knows_is_a_step_wherever_that_is_kept() {
        for lines in [
            // In a register, on the stack, or in memory that nothing writes.
            &["mov rax, rdx", "imul rax, rbx", "mov ecx, [rdi+rax*4]", "inc rdx"][..],
            &["mov rax, rdx", "imul rax, [rsp+0x20]", "mov ecx, [rdi+rax*4]", "inc rdx"],
            &["mov rax, rdx", "imul rax, [rsi+8]", "mov ecx, [rdi+rax*4]", "inc rdx"],
            &["mov rax, rdx", "shl rax, cl", "mov esi, [rdi+rax*4]", "inc rdx"],
            &["madd x4, x5, x6, x7", "ldr w1, [x0, x4, lsl #2]", "add x5, x5, #1"],
        ] {
            let walked = walk(&steps(lines));
            assert_eq!((walked.steps, walked.gathers), (1, 0), "{lines:?}");
        }
        // A product of what stays is the same row in each turn.
        let row = walk(&steps(&[
            "mov rax, rbx",
            "imul rax, [rsi+8]",
            "add rax, rdx",
            "mov ecx, [rdi+rax*4]",
            "inc rdx",
        ]));
        assert_eq!((row.steps, row.stride), (0, 4));
        // What is written in the turn may be another value in each.
        let written = walk(&steps(&["mov rax, [rsi+8]", "mov ecx, [rax]", "mov [rsi+8], rdx"]));
        assert_eq!(written.gathers, 1);
        // A variable that is kept on the stack is no data, and an array there is.
        let stack = walk(&steps(&["mov rax, [rsp+8]", "mov ecx, [rsp+rax*4]", "inc [rsp+8]"]));
        assert_eq!((stack.loads, stack.stride), (1, 4));
    }

    #[test]
    fn of_a_turn_that_takes_several_items_one_is_known() {
        let record = |lines: &[&str]| walk(&steps(lines)).record;
        assert_eq!(record(&["movss xmm0, [rdi]", "add rdi, 0x5c"]), (92, 4));
        let four = ["movss xmm0, [rdi]", "movss xmm1, [rdi+0x5c]", "movsd xmm2, [rdi+0xb8]"];
        assert_eq!(record(&[&four[..], &["add rdi, 0x114"]].concat()), (92, 5), "on average");
        let sum = ["addsd xmm0, [rdi]", "addsd xmm0, [rdi+8]", "add rdi, 0x10"];
        assert_eq!(record(&sum), (8, 8));
        let fields = ["mov eax, [rdi]", "mov rcx, [rdi+8]", "add rdi, 0x40"];
        assert_eq!(record(&fields), (64, 12));
        assert_eq!(record(&["movups xmm0, [rdi+rcx]", "add rcx, 0x10"]), (16, 16));
        assert_eq!(record(&["mov eax, [rdi]", "dec rcx"]), (0, 0), "it goes nowhere");
    }

    #[test]
    fn a_list_of_references_is_read_through() {
        let through = |lines: &[&str]| walk(&steps(lines)).through;
        assert_eq!(through(&["mov rax, [rdi]", "add ecx, [rax+0x4c]", "add rdi, 8"]), 1);
        assert_eq!(through(&["mov rax, [rax]", "add ecx, [rax+0x4c]"]), 0, "it is a chain");
        let index = ["mov eax, [rdi]", "add ecx, [rsi+rax*4]", "add rdi, 4"];
        assert_eq!(through(&index), 0, "it is an index");
        let late = walk(&steps(&["mov rax, [rdi]", "add ecx, [rax+8]", "add rdi, 8"])).late;
        assert_eq!(late, [false, true, false]);
    }

    #[test]
    fn what_was_loaded_is_known_where_it_is_an_address_or_decides() {
        let chased = walk(&steps(&["mov rax, [rax+8]", "mov ecx, [rax]", "cmp ecx, edx", "jne"]));
        assert_eq!((chased.gathers, chased.guesses), (2, vec![false, false, false, true]));
        let fixed = walk(&steps(&["cmp rdx, [rax]", "jne", "inc rdx"]));
        assert!(!fixed.guesses[1], "a length that stays is no data");
        let counted = walk(&steps(&["mov ecx, [rax]", "inc rdx", "cmp rdx, rsi", "jne"]));
        assert_eq!((counted.gathers, counted.guesses[3]), (0, false));
        let tested = walk(&steps(&["ldr w1, [x0], #4", "cbz w1"]));
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
            (&["mov rax, [rdx]", "inc [rax]", "add rdx, 8"], 0),
            (&["setae cl", "inc [rdi+rcx*8]", "inc rdx"], 1),
            (&["cmovb rsi, rdi", "inc [rsi]", "dec rcx"], 0),
            (&["mov rsi, r8", "cmovb rsi, rdi", "inc [rsi]", "dec rcx"], 1),
        ] {
            assert_eq!(walk(&steps(lines)).counters, counters, "{lines:?}");
        }
    }
}
