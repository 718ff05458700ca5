//! What an instruction reads and writes, from its text: enough to follow a value through a loop, on
//! both kinds of processor, whose registers have no name in common that means another.

/// A register, however much of it is named: 0 to 31 for integers, from 32 on for floats, and from
/// [`SLOTS`] on for what x86 keeps on the stack for want of registers.
pub type Register = u16;

/// The first of the registers of floats and vectors.
const FLOATS: Register = 32;
/// What holds the stack, and what compilers spill to.
pub const STACK: Register = 31;
/// The first of the places on the stack.
const SLOTS: Register = 64;
/// Beyond all places on the stack: registers that only a reader of loops knows.
pub const BEYOND: Register = SLOTS + 0x8000;
/// The eight integer registers of x86 that have names.
const NAMED: [[&str; 4]; 8] = [
    ["rax", "eax", "ax", "al"],
    ["rcx", "ecx", "cx", "cl"],
    ["rdx", "edx", "dx", "dl"],
    ["rbx", "ebx", "bx", "bl"],
    ["rsp", "esp", "sp", "spl"],
    ["rbp", "ebp", "bp", "bpl"],
    ["rsi", "esi", "si", "sil"],
    ["rdi", "edi", "di", "dil"],
];

/// An operand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    Register(Register),
    Number(i64),
    Memory(Address),
}

/// Registers with factors, and a distance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    pub terms: Vec<(Register, i64)>,
    pub distance: i64,
    /// Whether the first register keeps the sum, as AArch64 can.
    pub kept: bool,
}

/// An instruction's mnemonic and operands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    pub mnemonic: &'a str,
    pub operands: Vec<Operand>,
    /// Bits by which the last operand is shifted before it is used.
    pub shift: u32,
    /// Bytes of memory that it moves, if it does.
    pub width: usize,
    /// Whether AArch64 names lanes in it: `v0.4s`.
    pub lanes: bool,
}

/// Reads an instruction's text.
pub fn parts(text: &str) -> Parts<'_> {
    let (mut mnemonic, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    if ["lock", "rep", "repe", "repne"].contains(&mnemonic) {
        (mnemonic, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    }
    let (mut operands, mut shift) = (Vec::new(), 0);
    for text in split(rest) {
        match shifted(text) {
            Some(bits) => shift = bits,
            None => operands.extend(operand(text)),
        }
    }
    // `[x0], 8` moves the register afterwards.
    if let [.., Operand::Memory(address), Operand::Number(by)] = &mut operands[..]
        && ["ld", "st"].iter().any(|way| mnemonic.starts_with(way))
    {
        (address.distance, address.kept) = (*by, true);
    }
    // A variable without a register of its own is one all the same.
    let keeps_apart = mnemonic == "lea" || ["ld", "st"].iter().any(|way| mnemonic.starts_with(way));
    for operand in operands.iter_mut().filter(|_| !keeps_apart) {
        if let Operand::Memory(address) = operand
            && let Some(slot) = address.slot()
        {
            *operand = Operand::Register(slot);
        }
    }
    let lanes = split(rest).iter().any(|text| text.starts_with('v') && text.contains('.'));
    Parts { mnemonic, operands, shift, width: width(mnemonic, rest), lanes }
}

/// Bytes that an instruction reads or writes: as it says, or of the register it moves them to.
fn width(mnemonic: &str, operands: &str) -> usize {
    const SAID: [(&str, usize); 7] = [
        ("zmmword ptr", 64),
        ("ymmword ptr", 32),
        ("xmmword ptr", 16),
        ("qword ptr", 8),
        ("dword ptr", 4),
        ("word ptr", 2),
        ("byte ptr", 1),
    ];
    // Of a wide register these move a part.
    const PARTS: [(&str, usize); 12] = [
        ("ss", 4),
        ("sd", 8),
        ("movd", 4),
        ("movq", 8),
        ("lps", 8),
        ("hps", 8),
        ("lpd", 8),
        ("hpd", 8),
        ("insrd", 4),
        ("insrq", 8),
        ("insrw", 2),
        ("insrb", 1),
    ];
    let said = SAID.iter().find(|(words, _)| operands.contains(words));
    let part = || PARTS.iter().find(|(end, _)| mnemonic.ends_with(end));
    let moved = said.or_else(part).map(|(_, bytes)| *bytes);
    moved.or_else(|| split(operands).into_iter().find_map(bytes)).unwrap_or(0)
}

/// Bytes of the register that a text names.
fn bytes(text: &str) -> Option<usize> {
    let named = NAMED.iter().find_map(|names| names.iter().position(|name| *name == text));
    if let Some(at) = named {
        return Some(8 >> at);
    }
    register(text)?;
    Some(match text.split(|letter: char| letter.is_ascii_digit()).next()? {
        "zmm" => 64,
        "ymm" => 32,
        "xmm" | "q" | "v" => 16,
        "r" if text.ends_with('d') => 4,
        "r" if text.ends_with('w') => 2,
        "r" if text.ends_with('b') => 1,
        "w" | "s" => 4,
        "h" => 2,
        "b" => 1,
        _ => 8,
    })
}

impl Address {
    /// The place on the stack that it is, if nothing but a number says where.
    fn slot(&self) -> Option<Register> {
        let distance = Register::try_from(self.distance).ok()?;
        let alone = self.terms == [(STACK, 1)] && distance < BEYOND - SLOTS;
        alone.then(|| SLOTS + distance)
    }
}

/// At commas outside of brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_i32, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// `lsl 3` as the last operand.
fn shifted(text: &str) -> Option<u32> {
    let (how, bits) = text.split_once(' ')?;
    let extends = ["lsl", "uxtw", "sxtw", "uxtx", "sxtx"].contains(&how);
    extends.then(|| number(bits).and_then(|bits| bits.try_into().ok())).flatten()
}

fn operand(text: &str) -> Option<Operand> {
    if let Some(at) = text.find('[')
        && !text[..at].contains('.')
    {
        let end = text.rfind(']')?;
        let mut address = address(&text[at + 1..end]);
        address.kept = text.ends_with('!');
        return Some(Operand::Memory(address));
    }
    if text == "xzr" || text == "wzr" {
        return Some(Operand::Number(0));
    }
    register(text).map(Operand::Register).or_else(|| number(text).map(Operand::Number))
}

/// `rax+rcx*8-0x10` or `x0, x1, lsl 3`.
fn address(text: &str) -> Address {
    let mut address = Address::default();
    for part in text.replace('-', "+-").split(['+', ',']).map(str::trim) {
        if let Some(bits) = shifted(part) {
            if let Some((_, factor)) = address.terms.last_mut() {
                *factor <<= bits.min(8);
            }
            continue;
        }
        let (name, factor) = part.split_once('*').unwrap_or((part, "1"));
        match (register(name), number(part)) {
            (Some(register), _) => address.terms.push((register, number(factor).unwrap_or(1))),
            (None, Some(distance)) => address.distance += distance,
            (None, None) => {}
        }
    }
    address
}

fn number(text: &str) -> Option<i64> {
    let text = text.trim_start_matches('#');
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let magnitude = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok()?,
        None => text.parse().ok()?,
    };
    Some(magnitude.cast_signed().wrapping_mul(sign))
}

/// The register that a text names, a part or lanes of it included.
pub fn register(text: &str) -> Option<Register> {
    let text = text.trim_matches(['{', '}', ' ']);
    if text == "rsp" || text == "sp" {
        return Some(STACK);
    }
    if let Some(at) = NAMED.iter().position(|names| names.contains(&text)) {
        return Register::try_from(at).ok();
    }
    let letters = text.find(|letter: char| letter.is_ascii_digit())?;
    let (kind, rest) = text.split_at(letters);
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, lanes) = rest.split_at(end);
    let number = digits.parse::<Register>().ok().filter(|number| *number < 32)?;
    match (kind, lanes) {
        ("r", "" | "d" | "w" | "b") | ("x" | "w", "") => Some(number),
        ("xmm" | "ymm" | "zmm" | "q" | "d" | "s" | "h" | "b", "") => Some(FLOATS + number),
        ("xmm" | "ymm" | "zmm", lanes) if lanes.starts_with('{') => Some(FLOATS + number),
        ("v", lanes) if lanes.is_empty() || lanes.starts_with('.') => Some(FLOATS + number),
        _ => None,
    }
}

impl Parts<'_> {
    /// Whether the mnemonic begins with one of these.
    pub fn begins(&self, beginnings: &[&str]) -> bool {
        beginnings.iter().any(|beginning| self.mnemonic.starts_with(beginning))
    }

    /// Whether the first operand is no result.
    fn only_reads(&self) -> bool {
        const WHOLE: [&str; 18] = [
            "cmp", "test", "bt", "push", "call", "jmp", "ptest", "vptest", "cmn", "tst", "ccmp",
            "ccmn", "cbz", "cbnz", "tbz", "tbnz", "br", "blr",
        ];
        const BEGINNING: [&str; 9] =
            ["ucomis", "comis", "vucomis", "vcomis", "fcmp", "fccmp", "prefetch", "prfm", "st"];
        WHOLE.contains(&self.mnemonic) || self.begins(&BEGINNING)
    }

    /// How many of the first operands are results.
    fn results(&self) -> usize {
        let pair = ["ldp", "ldnp", "ldpsw"].contains(&self.mnemonic);
        if self.only_reads() { 0 } else { 1 + usize::from(pair) }
    }

    /// Registers that it writes.
    pub fn writes(&self) -> Vec<Register> {
        let results = self.operands.iter().take(self.results());
        let mut writes: Vec<Register> = results.filter_map(Operand::register).collect();
        let one = self.operands.len() == 1;
        if one && ["mul", "imul", "div", "idiv"].contains(&self.mnemonic) {
            writes = vec![0, 2]; // rax and rdx
        }
        writes
    }

    /// Whether the first operand is read although it is written: of x86's instructions of two
    /// operands, and of those of both that add to it.
    fn keeps_first(&self) -> bool {
        const ADDING: [&str; 9] =
            ["fmla", "fmls", "mla", "mls", "movk", "bfi", "bfxil", "vfm", "vfnm"];
        const FROM_ONE: [&str; 28] = [
            "mov", "lea", "set", "cvt", "pop", "ld", "lzcnt", "tzcnt", "v", "sqrt", "neg", "mvn",
            "fneg", "fabs", "fsqrt", "cnt", "sxt", "uxt", "fcvt", "scvt", "ucvt", "clz", "rbit",
            "rev", "dup", "adr", "cset", "fmov",
        ];
        let of_itself = self.operands.len() == 1 && self.mnemonic == "neg";
        self.begins(&ADDING) || of_itself || (self.operands.len() <= 2 && !self.begins(&FROM_ONE))
    }

    /// Registers that it reads beside those of an address.
    pub fn reads(&self) -> Vec<Register> {
        let results = self.results();
        let first = if self.keeps_first() { 0 } else { results };
        let reads = self.operands.iter().skip(first);
        reads.filter_map(Operand::register).collect()
    }

    /// The memory that it reads or writes; `lea` does neither.
    pub fn memory(&self) -> Option<&Address> {
        if self.begins(&["lea", "nop", "prfm", "prefetch"]) {
            return None;
        }
        self.operands.iter().find_map(|operand| match operand {
            Operand::Memory(address) => Some(address),
            _ => None,
        })
    }

    /// Whether it reads memory, and whether it writes any.
    pub fn moves_memory(&self) -> (bool, bool) {
        if self.memory().is_none() {
            return (false, false);
        }
        if self.begins(&["st"]) {
            return (false, true);
        }
        let first = matches!(self.operands.first(), Some(Operand::Memory(_)));
        let stored = first && self.results() > 0;
        let replaced = self.begins(&["mov", "vmov", "set", "vextract", "pextr", "extract"]);
        (!stored || !replaced, stored)
    }
}

impl Operand {
    pub fn register(&self) -> Option<Register> {
        match self {
            Self::Register(register) => Some(*register),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads_and_writes(text: &str) -> (Vec<Register>, Vec<Register>) {
        let parts = parts(text);
        (parts.reads(), parts.writes())
    }

    #[test]
    fn registers_are_the_same_however_much_of_them_is_named() {
        for (names, number) in [
            (&["rax", "eax", "al", "x0", "w0"][..], 0),
            (&["r9", "r9d", "r9b", "x9", "w9"], 9),
            (&["xmm3", "zmm3", "v3.4s", "d3", "q3", "zmm3{k1}{z}"], FLOATS + 3),
            (&["rsp", "sp"], STACK),
        ] {
            for name in names {
                assert_eq!(register(name), Some(number), "{name}");
            }
        }
        for name in ["xzr", "0x10", "r99", "lsl", "st0", "k1"] {
            assert_eq!(register(name), None, "{name}");
        }
    }

    #[test]
    fn an_address_has_terms_and_a_distance() {
        let of = |text: &str| parts(text).memory().cloned().unwrap();
        let x86 = of("movss xmm0, [rax+rcx*4-0x10]");
        assert_eq!((x86.terms, x86.distance), (vec![(0, 1), (1, 4)], -16));
        assert_eq!(of("ldr d0, [x3, x4, lsl #3]").terms, [(3, 1), (4, 8)]);
        let after = of("ldr x1, [x0], #0x8");
        assert_eq!((after.distance, after.kept), (8, true));
        assert!(of("str x1, [x0, #-0x8]!").kept);
        assert_eq!(of("mulsd xmm1, [static]"), Address::default());
        assert_eq!(parts("lea rax, [rcx+8]").memory(), None);
    }

    #[test]
    fn what_is_kept_on_the_stack_is_a_register() {
        let slot = parts("mov rax, [rsp+0x18]").operands[1].register();
        assert!(slot.is_some_and(|slot| slot >= SLOTS));
        assert_eq!(parts("add [rsp+0x18], rax").operands[0].register(), slot);
        assert_eq!(parts("mov rax, [rsp+rcx*8+0x18]").operands[1].register(), None);
        assert_eq!(parts("lea rax, [rsp+0x18]").operands[1].register(), None);
    }

    #[test]
    fn how_much_is_moved_is_said_or_follows_from_the_register() {
        for (text, width) in [
            ("mov rax, [rdi]", 8),
            ("mov [rdi], r9d", 4),
            ("movzx eax, word ptr [rdi]", 2),
            ("cmp byte ptr [rdi], 1", 1),
            ("movss xmm0, [rdi]", 4),
            ("mulsd xmm0, [rdi+8]", 8),
            ("movups xmm0, [rdi]", 16),
            ("vaddps ymm0, ymm1, [rdi]", 32),
            ("mov [rdi], cl", 1),
            ("ldr w1, [x0]", 4),
            ("ldr q1, [x0]", 16),
        ] {
            assert_eq!(parts(text).width, width, "{text}");
        }
    }

    #[test]
    fn results_and_sources_are_told_apart() {
        for (text, reads, writes) in [
            ("add eax, ecx", vec![0, 1], vec![0]),
            ("mov eax, ecx", vec![1], vec![0]),
            ("vaddsd xmm0, xmm1, xmm2", vec![33, 34], vec![32]),
            ("vfmadd231sd xmm0, xmm1, xmm2", vec![32, 33, 34], vec![32]),
            ("addsd xmm0, [rax+8]", vec![32], vec![32]),
            ("cmp eax, ecx", vec![0, 1], vec![]),
            ("cmove edx, ecx", vec![2, 1], vec![2]),
            ("idiv rcx", vec![1], vec![0, 2]),
            ("fadd d0, d0, d1", vec![32, 33], vec![32]),
            ("fmla v0.4s, v1.4s, v2.4s", vec![32, 33, 34], vec![32]),
            ("ldp x0, x1, [x2]", vec![], vec![0, 1]),
            ("stp x0, x1, [x2]", vec![0, 1], vec![]),
            ("neg x0, x1", vec![1], vec![0]),
            ("neg eax", vec![0], vec![0]),
            ("csel x0, xzr, x1", vec![1], vec![0]),
        ] {
            assert_eq!(reads_and_writes(text), (reads, writes), "{text}");
        }
    }

    #[test]
    fn memory_is_read_written_or_both() {
        for (text, moves) in [
            ("mov [rax], ecx", (false, true)),
            ("add [rax], ecx", (true, true)),
            ("cmp [rax], ecx", (true, false)),
            ("add ecx, [rax]", (true, false)),
            ("str x0, [x1]", (false, true)),
            ("ldr x0, [x1]", (true, false)),
            ("lea rax, [rcx]", (false, false)),
        ] {
            assert_eq!(parts(text).moves_memory(), moves, "{text}");
        }
    }
}
