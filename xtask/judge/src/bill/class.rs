//! What an instruction asks of a core: how long what waits for it waits, and which of the core's
//! units it keeps busy. Cycles are those in which the out-of-order cores of today agree to within
//! one or two: classes of instructions, not the table of one processor.

use super::listing::{FLAGS, Line, Operand, Register};

/// The units of a core that several instructions want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Integer arithmetic.
    Integer,
    /// Integer multiplication, and what shares its unit.
    Multiply,
    /// A jump, taken or not.
    Branch,
    /// Integer arithmetic and logic on vectors.
    Vector,
    /// Multiplication of floating-point numbers or of vectors, and what goes with it.
    Float,
    /// Addition and comparison of floating-point numbers.
    Add,
    /// What moves the parts of vectors, or between vectors and general registers.
    Shuffle,
    /// Multiplication without carries.
    CarryLess,
    /// Division and square roots: one unit, kept for several cycles.
    Divide,
    /// None: done where registers are renamed, or a load or a store alone.
    None,
}

impl Unit {
    /// Whether it belongs to the pipes for vectors.
    pub(super) fn is_vector(self) -> bool {
        matches!(self, Self::Vector | Self::Float | Self::Add | Self::Shuffle)
    }
}

/// How long what waits for a result waits, where that is not the same on all cores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Latency {
    /// So many cycles.
    Cycles(f64),
    /// That of an addition of floating-point numbers.
    Addition,
    /// That of a multiplication of numbers in vectors.
    Multiplication,
    /// That of a simple operation on vectors.
    Simple,
    /// That of a step from vectors to general registers, or back.
    Between,
}

use Latency::{Addition, Between, Cycles, Multiplication, Simple};

/// Registers that make an address, and how it is written.
pub(super) type Address = (Vec<Register>, String);

/// What an instruction reads, writes and takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effects {
    /// Registers whose values it needs.
    pub reads: Vec<Register>,
    /// Registers that it leaves a new value in.
    pub writes: Vec<Register>,
    /// Where it loads from.
    pub load: Option<Address>,
    /// Where it stores to.
    pub store: Option<Address>,
    /// From its inputs to its result, loads left out.
    pub latency: Latency,
    /// What it keeps busy.
    pub unit: Unit,
    /// For how many cycles, were there one such unit.
    pub busy: f64,
    /// Bits of its vectors.
    pub bits: u32,
    /// Whether it keeps other cores from its line meanwhile.
    pub locked: bool,
}

/// Latency, unit, and cycles for which the unit is kept.
type Cost = (Latency, Unit, f64);

fn scalar_cost(name: &str) -> Cost {
    match name {
        "nop" | "call" | "ret" | "push" | "pop" | "ud2" => (Cycles(0.0), Unit::None, 0.0),
        "imul" | "mulx" | "popcnt" | "tzcnt" | "lzcnt" | "bsf" | "bsr" | "crc32" | "pdep"
        | "pext" => (Cycles(3.0), Unit::Multiply, 1.0),
        "mul" => (Cycles(3.0), Unit::Multiply, 2.0),
        "div" | "idiv" => (Cycles(14.0), Unit::Divide, 8.0),
        _ if name.starts_with("prefetch") => (Cycles(0.0), Unit::None, 0.0),
        _ if name.starts_with('j') => (Cycles(1.0), Unit::Branch, 1.0),
        _ => (Cycles(1.0), Unit::Integer, 1.0),
    }
}

/// Names without the `v` that marks three operands.
fn vector_cost(stem: &str) -> Cost {
    let starts = |any: &[&str]| any.iter().any(|start| stem.starts_with(start));
    let float = ["ps", "pd", "ss", "sd"].iter().any(|end| stem.ends_with(end));
    if float && starts(&["div", "sqrt"]) {
        return (Cycles(13.0), Unit::Divide, 5.0);
    }
    if starts(&["pgather", "gather"]) {
        return (Cycles(20.0), Unit::Shuffle, 8.0);
    }
    // Two steps each: between the halves of the core, and to the place.
    if starts(&["pinsr", "pextr", "cvttss2si", "cvttsd2si", "cvtsi2s"]) {
        return (Cycles(4.0), Unit::Shuffle, 2.0);
    }
    if starts(&["pclmul"]) {
        return (Cycles(4.0), Unit::CarryLess, 1.0);
    }
    if starts(&["fmadd", "fmsub", "fnmadd", "pdpb", "pmadd52", "cvt"]) {
        return (Cycles(4.0), Unit::Float, 1.0);
    }
    if float && starts(&["mul", "dp"]) || starts(&["pmul", "pmadd", "psadbw"]) {
        return (Multiplication, Unit::Float, 1.0);
    }
    if float && starts(&["add", "sub", "max", "min", "cmp", "ucomi", "comi", "round"]) {
        return (Addition, Unit::Add, 1.0);
    }
    let across = ["perm", "extract", "insert", "align", "broadcast", "pbroadcast", "pcompress"];
    let between = ["pmovmsk", "movmsk", "ptest", "kmov", "kortest", "movd", "movq"];
    if starts(&across) {
        return (Cycles(3.0), Unit::Shuffle, 1.0);
    }
    if starts(&between) && !starts(&["movdq"]) {
        return (Between, Unit::Shuffle, 1.0);
    }
    if starts(&["shuf", "unpck", "pshuf", "punpck", "pack", "palign", "movlh", "movhl"])
        || starts(&["movddup", "movshdup", "psrldq", "pslldq"])
    {
        return (Simple, Unit::Shuffle, 1.0);
    }
    (Simple, Unit::Vector, 1.0)
}

fn stem(name: &str) -> &str {
    name.strip_prefix('v').unwrap_or(name)
}

/// Whether it only copies, and copies all of a register.
fn is_move(name: &str) -> bool {
    let whole = ["movaps", "movups", "movapd", "movupd", "movntps", "movntpd"];
    name == "mov"
        || name == "movabs"
        || whole.contains(&stem(name))
        || ["movdqa", "movdqu"].iter().any(|start| stem(name).starts_with(start))
}

/// Whether it moves one number between a vector and memory; a load clears the rest.
fn moves_one(line: &Line) -> bool {
    let one = ["movss", "movsd", "movd", "movq", "movlps", "movlpd", "movhps", "movhpd"];
    let memory = |at: usize| matches!(line.operands.get(at), Some(Operand::Memory(..)));
    let name = stem(&line.name);
    one.contains(&name) && (memory(0) || memory(1) && !name.starts_with("movh"))
}

/// Whether it reads its first operand and leaves it alone.
fn only_reads(name: &str) -> bool {
    ["cmp", "test", "bt", "ptest", "kortestw", "push", "call"].contains(&stem(name))
        || ["ucomi", "comi"].iter().any(|start| stem(name).starts_with(start))
        || name.starts_with('j')
        || name.starts_with("prefetch")
}

/// Whether it writes its first operand without reading it.
fn only_writes(line: &Line) -> bool {
    const ADDING: [&str; 6] = ["vfm", "vfnm", "vpternlog", "vpdpb", "vpmadd52", "vpgather"];
    const OTHERS: [&str; 17] = [
        "lea", "movzx", "movsx", "movsxd", "pop", "tzcnt", "lzcnt", "popcnt", "andn", "blsr",
        "blsmsk", "bextr", "rorx", "shlx", "shrx", "sarx", "mulx",
    ];
    const STARTS: [&str; 7] = ["pmovmsk", "movmsk", "movd", "movq", "kmov", "cvt", "movshdup"];
    let name = line.name.as_str();
    if name.starts_with('v') {
        return !ADDING.iter().any(|adding| name.starts_with(adding));
    }
    is_move(name)
        || moves_one(line)
        || OTHERS.contains(&name)
        || name.starts_with("pshuf") && name != "pshufb"
        || STARTS.iter().any(|start| name.starts_with(start))
}

/// Whether it reads flags, and whether it writes them.
fn flags(name: &str, vector: bool) -> (bool, bool) {
    const SILENT: [&str; 12] =
        ["lea", "not", "push", "pop", "call", "ret", "nop", "mulx", "rorx", "xchg", "ud2", "shlx"];
    if vector {
        let compares = ["ucomi", "comi", "ptest", "kortest"];
        return (false, compares.iter().any(|start| stem(name).starts_with(start)));
    }
    let jumps = name.starts_with('j') && name != "jmp";
    let conditional = ["set", "cmov", "adc", "sbb", "adcx", "adox"];
    let reads = jumps || conditional.iter().any(|start| name.starts_with(start));
    let silent = SILENT.contains(&name)
        || ["j", "mov", "cmov", "set", "prefetch"].iter().any(|start| name.starts_with(start));
    (reads, !silent)
}

/// Whether the result is the same whatever was in its operands: the usual way to a zero.
fn clears(line: &Line) -> bool {
    let name = ["xor", "sub", "pxor", "pxorq", "xorps", "xorpd", "kxnorw"];
    let last = line.operands.len().saturating_sub(1);
    last > 0 && name.contains(&stem(&line.name)) && line.operands[last] == line.operands[last - 1]
}

/// What a line asks of a core.
pub(super) fn effects(line: &Line) -> Effects {
    let vector = line.operands.iter().any(|operand| match operand {
        Operand::Register(register, ..) => register.is_vector() || register.is_mask(),
        _ => false,
    });
    let cost = if vector { vector_cost(stem(&line.name)) } else { scalar_cost(&line.name) };
    let (latency, unit, busy) = cost;
    let mut found = Effects {
        reads: Vec::new(),
        writes: Vec::new(),
        load: None,
        store: None,
        latency,
        unit,
        busy,
        bits: line.vector_bits(),
        locked: line.is_locked(),
    };
    for (at, operand) in line.operands.iter().enumerate() {
        note(&mut found, line, at, operand);
    }
    let (reads_flags, writes_flags) = flags(&line.name, vector);
    if reads_flags {
        found.reads.push(FLAGS);
    }
    if writes_flags {
        found.writes.push(FLAGS);
    }
    let constant = matches!(line.operands.get(1), Some(Operand::Other(_)));
    if clears(line) {
        found.reads.clear();
        (found.latency, found.unit) = (Cycles(0.0), Unit::None);
    } else if moves_one(line) || is_move(&line.name) && (found.store.is_some() || !constant) {
        (found.latency, found.unit) = (Cycles(0.0), Unit::None);
    }
    implied(&mut found, line);
    found
}

/// What one operand adds; the first is the destination.
fn note(found: &mut Effects, line: &Line, at: usize, operand: &Operand) {
    let exchanges = line.name == "xchg";
    let destination = at == 0 && !only_reads(&line.name) || line.name == "mulx" && at == 1;
    match operand {
        Operand::Register(register, bits, mask) => {
            // A part of a register is merged into the rest of it.
            let partial = *bits < 32 && !register.is_mask() || line.name.starts_with("cmov");
            if !destination || !only_writes(line) || partial {
                found.reads.push(*register);
            }
            if destination || exchanges {
                found.writes.push(*register);
            }
            found.reads.extend(*mask);
        }
        Operand::Memory(registers, _) if line.name == "lea" => found.reads.extend(registers),
        Operand::Memory(registers, text) => {
            let address = (registers.clone(), text.clone());
            if !destination || !(only_writes(line) || line.name.starts_with("set")) {
                found.load = Some(address.clone());
            }
            if destination || exchanges {
                found.store = Some(address);
            }
        }
        Operand::Other(_) => {}
    }
}

/// Registers that an instruction uses without naming them.
fn implied(found: &mut Effects, line: &Line) {
    let (a, d) = (Register(0), Register(2));
    match line.name.as_str() {
        "mul" | "div" | "idiv" => {
            found.reads.push(a);
            // Its one operand is a source.
            found.writes = vec![a, d, FLAGS];
            found.store = None;
        }
        "mulx" => found.reads.push(d),
        "call" => found.writes.push(a),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::listing::parse;
    use super::*;

    fn of(text: &str) -> Effects {
        effects(&parse(text)[0])
    }

    #[test]
    fn destinations_are_read_where_they_are_changed() {
        let (a, c) = (Register(0), Register(1));
        let add = of("add rax, rcx");
        assert_eq!((add.reads, add.writes), (vec![a, c], vec![a, FLAGS]));
        let copy = of("mov rax, rcx");
        assert_eq!((copy.reads, copy.writes, copy.latency), (vec![c], vec![a], Cycles(0.0)));
        let zero = of("xor eax, eax");
        assert_eq!((zero.reads, zero.latency), (vec![], Cycles(0.0)));
        let part = of("mov al, cl");
        assert_eq!(part.reads, [a, c], "merged into what was there");
        let product = of("mul rcx");
        assert!(product.reads.contains(&c) && !product.writes.contains(&c));
        assert!(product.writes.contains(&Register(2)));
    }

    #[test]
    fn addresses_are_no_operands() {
        let c = Register(1);
        let load = of("mov rax, [rcx+8]");
        assert_eq!((load.load, load.store), (Some((vec![c], "rcx+8".into())), None));
        let store = of("mov [rcx+8], rax");
        assert_eq!((store.load, store.store), (None, Some((vec![c], "rcx+8".into()))));
        let both = of("inc dword ptr [rcx]");
        assert!(both.load.is_some() && both.store.is_some());
        let address = of("lea rax, [rcx+8]");
        assert!(address.load.is_none() && address.reads == [c]);
        let compared = of("cmp [rcx], eax");
        assert!(compared.load.is_some() && compared.store.is_none());
        assert!(of("xchg [rcx], rax").locked, "an exchange with memory is atomic");
        assert!(!of("xchg rcx, rax").locked && of("lock inc qword ptr [rcx]").locked);
    }

    #[test]
    fn vectors_have_units_of_their_own() {
        let (first, second) = (Register(16), Register(17));
        let fused = of("vfmadd231ps zmm0, zmm1, [rcx]");
        assert_eq!((fused.unit, fused.latency, fused.bits), (Unit::Float, Cycles(4.0), 512));
        assert_eq!(fused.reads, [first, second], "it adds to its destination");
        let added = of("vaddps ymm0, ymm1, ymm2");
        assert_eq!((added.reads, added.unit), (vec![second, Register(18)], Unit::Add));
        assert_eq!(of("paddd xmm0, xmm1").unit, Unit::Vector);
        assert_eq!(of("pshufd xmm0, xmm1, 0xee").unit, Unit::Shuffle);
        assert_eq!(of("divsd xmm0, xmm1").unit, Unit::Divide);
        assert_eq!(of("movdqa xmm0, [static]").unit, Unit::None);
        assert_eq!(of("movd eax, xmm2").latency, Between);
        assert_eq!(of("movss xmm0, [rcx]").reads, [], "a load clears the rest");
        assert_eq!(of("movss xmm0, xmm1").reads, [first, second], "a move merges");
    }

    #[test]
    fn jumps_wait_for_flags_and_write_none() {
        let jump = of("jne .1");
        assert_eq!((jump.reads, jump.writes, jump.unit), (vec![FLAGS], vec![], Unit::Branch));
        assert_eq!(of("jmp .1").reads, []);
        assert_eq!(of("cmp eax, 3").writes, [FLAGS]);
    }
}
