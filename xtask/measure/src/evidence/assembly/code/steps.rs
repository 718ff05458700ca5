//! What single steps of a loop do, and what a few of them in a row amount to: a flag, a carry, a
//! bit that is taken off, the counting of bits.

use std::collections::BTreeMap;

use super::super::decode::Line;
use super::super::operands::{Operand, Parts, Register, STACK, parts};

pub(super) fn is_conditional(line: &Line) -> bool {
    !["jmp", "b"].contains(&line.text.trim())
}

/// Whether memory is read or written by the byte.
pub(super) fn is_of_a_byte(text: &str) -> bool {
    const NAMED: [&str; 8] = ["al", "bl", "cl", "dl", "sil", "dil", "bpl", "spl"];
    let numbered = |name: &str| name.starts_with('r') && name.ends_with('b');
    let (mnemonic, operands) = text.split_once(' ').unwrap_or((text, ""));
    let by_arm = ["ldrb", "ldrsb", "strb", "ldurb", "sturb"].contains(&mnemonic);
    let narrow = |name: &str| NAMED.contains(&name) || numbered(name);
    let plain = !mnemonic.starts_with("mov") || mnemonic == "mov";
    by_arm || text.contains("byte ptr [") || (plain && operands.split(", ").any(narrow))
}

/// Whether the first step asks a byte for being zero or one: at once, or as the next one does.
pub(super) fn is_a_flag(steps: &[Parts]) -> bool {
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
pub(super) fn is_locked(text: &str) -> bool {
    text.starts_with("lock ")
        || swaps(&parts(text))
        || ["ldadd", "ldclr", "ldset", "ldeor", "cas"].iter().any(|way| text.starts_with(way))
}

/// Whether a register and memory change places.
pub(super) fn swaps(step: &Parts) -> bool {
    (step.mnemonic == "xchg" && step.memory().is_some()) || step.begins(&["swp"])
}

/// Additions with a carry, and carries that are kept as numbers: as ones, or in the upper half of a
/// register whose lower one is written. A comparison sets the same flag, and its answer is none.
pub(super) fn carries(steps: &[Parts]) -> usize {
    let (mut carry, mut carries) = (false, 0);
    let halves = steps.iter().any(|step| step.width == 4 && step.moves_memory().1);
    let added = |of: &Register| {
        let adds = |step: &Parts| {
            let of_address = step.operands.iter().any(|operand| {
                matches!(operand, Operand::Memory(address) if step.mnemonic == "lea"
                    && address.terms.iter().any(|(term, _)| term == of))
            });
            of_address || (step.mnemonic == "add" && step.reads().contains(of))
        };
        steps.iter().any(adds)
    };
    for step in steps {
        let with = ["adc", "adcx", "adox", "adcs"].contains(&step.mnemonic)
            || (step.mnemonic == "sbb" && step.operands.first() != step.operands.get(1));
        let kept = ["setb", "setc", "sbb"].contains(&step.mnemonic) && carry;
        let upper = halves && shift(step) == Some((true, 32)) && step.writes().iter().any(added);
        carries += usize::from(with || kept || upper);
        if with || ["add", "adds"].contains(&step.mnemonic) {
            carry = true;
        } else if ["cmp", "test", "sub", "and", "or", "xor"].contains(&step.mnemonic) {
            carry = false;
        }
    }
    carries
}

/// Whether a call goes to where something points that the loop has just read, or by a place in a
/// table of methods. What is called through a register that stays is one function.
pub(super) fn is_unknown_call(steps: &[Parts], at: usize) -> bool {
    let step = &steps[at];
    let written = |of: &Register| steps.iter().any(|step| step.writes().contains(of));
    step.begins(&["call", "blr"])
        && match step.operands.first() {
            Some(Operand::Register(register)) => written(register),
            Some(Operand::Memory(address)) => address.terms.iter().any(|(of, _)| *of != STACK),
            _ => false,
        }
}

/// Lines before a call among which its arguments are made ready.
const ARGUMENTS: usize = 12;

/// Whether the first or the second argument of the call behind these lines was read from memory
/// other than the stack.
pub(super) fn hands_on_what_it_read(lines: &[Line]) -> bool {
    let near = &lines[lines.len().saturating_sub(ARGUMENTS)..];
    let read = |argument: &[&str]| {
        let writes = |line: &&Line| argument.contains(&first_operand(&line.text));
        let last = near.iter().rev().find(writes).map(|line| parts(&line.text));
        last.is_some_and(|step| {
            let from = step.memory().is_some_and(|of| !matches!(of.terms[..], [] | [(STACK, _)]));
            step.begins(&["mov", "ldr"]) && from && step.moves_memory().0
        })
    };
    read(&["rdi", "x0"]) || read(&["rsi", "x1"])
}

/// What stands first behind the mnemonic.
fn first_operand(text: &str) -> &str {
    let operands = text.split_once(' ').map_or("", |(_, operands)| operands);
    operands.split(',').next().unwrap_or_default().trim()
}

/// Whether it divides, or takes a root.
pub(super) fn divides(step: &Parts) -> bool {
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

/// Whether it is a product of two integers of which none is a number that the compiler knew.
pub(super) fn is_a_product(step: &Parts) -> bool {
    let by_a_number = matches!(step.operands.last(), Some(Operand::Number(_)));
    let stem = step.mnemonic.strip_prefix('v').unwrap_or(step.mnemonic);
    let one = ["mul", "imul", "mulx", "madd", "umull", "smull", "umulh"].contains(&stem);
    (one && !by_a_number) || ["pmul", "pmadd"].iter().any(|way| stem.starts_with(way))
}

/// Multiplications by ten in a loop that takes the digit zero away: numbers read by hand. x86 adds
/// four times a register to itself and doubles that.
pub(super) fn digits(steps: &[Parts]) -> usize {
    const ZERO: i64 = 0x30;
    let address = |step: &Parts| match step.operands.last() {
        Some(Operand::Memory(address)) if step.mnemonic == "lea" => Some(address.clone()),
        _ => None,
    };
    let takes_zero = |step: &&Parts| {
        let of_address = address(step).is_some_and(|of| of.distance == -ZERO);
        let number = match step.operands.last() {
            Some(Operand::Number(number)) => *number,
            _ => 0,
        };
        let least = [-ZERO, 0x100 - ZERO, 0x1_0000_0000 - ZERO].contains(&number);
        of_address
            || (step.mnemonic == "add" && least)
            || (["sub", "xor", "eor"].contains(&step.mnemonic) && number == ZERO)
    };
    let times_ten = |step: &&Parts| {
        let fivefold = address(step)
            .is_some_and(|of| matches!(of.terms[..], [(one, 1), (other, 4)] if one == other));
        let ten = step.operands.last() == Some(&Operand::Number(10));
        fivefold || (step.begins(&["imul"]) && ten)
    };
    if steps.iter().any(|step| takes_zero(&step)) {
        steps.iter().filter(times_ten).count()
    } else {
        0
    }
}

/// Whether a part of a word is taken out, or put in: by a whole number of bytes.
pub(super) fn is_of_a_channel(step: &Parts) -> bool {
    let lanes = step.begins(&["psll", "vpsll"]);
    let by = match step.operands.last() {
        Some(Operand::Number(by)) if lanes => *by,
        _ => shift(step).map_or(0, |(_, by)| by),
    };
    [8, 16, 24].contains(&by)
}

/// Steps of a checksum bit by bit: as many as both shifts by one and differences without carry.
pub(super) fn bit_steps(steps: &[Parts]) -> usize {
    let mixes = |step: &&Parts| ["xor", "eor"].contains(&step.mnemonic) && !reads_twice(step);
    let shifts = steps.iter().filter(|step| by_one(step)).count();
    shifts.min(steps.iter().filter(mixes).count())
}

/// Bits taken one at a time: as many as both masks of one bit and shifts of any kind.
pub(super) fn bits(steps: &[Parts]) -> usize {
    let takes = |step: &&Parts| {
        let bit = |mask: i64| mask.cast_unsigned().is_power_of_two();
        let mask = step.operands.last();
        step.mnemonic == "and" && matches!(mask, Some(Operand::Number(mask)) if bit(*mask))
    };
    let shifts = |step: &&Parts| {
        by_one(step)
            || (step.operands.len() > 1 && step.begins(&["shr", "sar", "lsr", "shl", "lsl"]))
    };
    let masked = steps.iter().filter(takes).count().min(steps.iter().filter(shifts).count());
    masked + steps.windows(2).filter(|two| drops_the_last_bit(&two[0], &two[1])).count()
}

/// Whether a number and one less than it have what both have: its last bit is gone.
fn drops_the_last_bit(less: &Parts, both: &Parts) -> bool {
    let by_one = match less.operands.last() {
        Some(Operand::Memory(address)) if less.mnemonic == "lea" => {
            address.distance == -1 && address.terms.len() == 1
        }
        Some(Operand::Number(number)) => {
            (less.mnemonic == "add" && *number == -1) || (less.mnemonic == "sub" && *number == 1)
        }
        _ => less.mnemonic == "dec",
    };
    let of_it = less.writes().iter().any(|of| both.reads().contains(of));
    both.mnemonic == "blsr" || (by_one && of_it && both.mnemonic == "and")
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
pub(super) fn sums_bits(steps: &[Parts]) -> bool {
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
