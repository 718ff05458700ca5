//! The hot part of a rung as a record keeps it, read back: instructions in Intel's notation, each
//! with its share of the samples, and the loops among them.

use std::ops::Range;

/// Something that holds a value between two instructions: general registers, vectors, masks, flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Register(pub u8);

/// All flags together: what compares write and jumps read.
pub(super) const FLAGS: Register = Register(64);
/// The stack pointer.
const STACK: Register = Register(4);
/// The first vector register.
const VECTORS: u8 = 16;
/// The first mask register.
const MASKS: u8 = 48;

impl Register {
    /// Whether it is a vector.
    pub(super) fn is_vector(self) -> bool {
        (VECTORS..MASKS).contains(&self.0)
    }

    /// Whether it is a mask.
    pub(super) fn is_mask(self) -> bool {
        (MASKS..FLAGS.0).contains(&self.0)
    }

    /// Whether it points to the stack.
    pub(super) fn is_stack(self) -> bool {
        self == STACK
    }

    /// A register by its name, with its width in bits.
    fn named(name: &str) -> Option<(Self, u32)> {
        const LEGACY: [&str; 8] = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"];
        for (prefix, bits) in [("xmm", 128), ("ymm", 256), ("zmm", 512)] {
            if let Some(number) = name.strip_prefix(prefix) {
                return Some((Self(VECTORS + number.parse::<u8>().ok()?), bits));
            }
        }
        if let Some(number) = name.strip_prefix('k').and_then(|number| number.parse::<u8>().ok()) {
            return Some((Self(MASKS + number), 64));
        }
        if let Some(rest) = name.strip_prefix('r')
            && rest.starts_with(|first: char| first.is_ascii_digit())
        {
            let (number, bits) = match rest.as_bytes()[rest.len() - 1] {
                b'd' => (&rest[..rest.len() - 1], 32),
                b'w' => (&rest[..rest.len() - 1], 16),
                b'b' | b'l' => (&rest[..rest.len() - 1], 8),
                _ => (rest, 64),
            };
            return Some((Self(number.parse().ok()?), bits));
        }
        let (stem, bits) = match name.as_bytes() {
            [b'r', ..] => (name[1..].to_owned(), 64),
            [b'e', ..] => (name[1..].to_owned(), 32),
            [letter, b'l' | b'h'] => (format!("{}x", *letter as char), 8),
            [_, _, b'l'] => (name[..2].to_owned(), 8),
            _ => (name.to_owned(), 16),
        };
        let at = LEGACY.iter().position(|legacy| *legacy == stem)?;
        Some((Self(u8::try_from(at).ok()?), bits))
    }
}

/// What an instruction works on.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    /// A register with its width in bits, and the mask that governs it.
    Register(Register, u32, Option<Register>),
    /// What stands at an address: the registers that make it, and how it is written.
    Memory(Vec<Register>, String),
    /// A constant, or where a jump goes.
    Other(String),
}

/// One line of a listing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Share of the rung's samples.
    pub share: f64,
    /// Its label, where a jump goes to it.
    pub label: Option<String>,
    /// Whether lines are left out before it.
    pub after_gap: bool,
    /// Whether it keeps other cores from its line meanwhile.
    pub locked: bool,
    /// What it does: "add".
    pub name: String,
    /// With what, the destination first.
    pub operands: Vec<Operand>,
}

impl Line {
    /// Where it jumps, if it does.
    pub(super) fn target(&self) -> Option<&str> {
        match self.operands.first() {
            Some(Operand::Other(target)) if self.is_jump() => Some(target),
            _ => None,
        }
    }

    /// Whether it is a jump, taken or not.
    pub(super) fn is_jump(&self) -> bool {
        self.name.starts_with('j')
    }

    /// Whether it calls or ends a function.
    pub(super) fn is_call(&self) -> bool {
        self.name == "call" || self.name == "ret"
    }

    /// Whether what stands behind it is not what runs next.
    pub(super) fn leaves(&self) -> bool {
        self.name == "jmp" || self.name == "ret"
    }

    /// Whether it is an atomic change: an exchange with memory always is.
    pub(super) fn is_locked(&self) -> bool {
        let memory = self.operands.iter().any(|operand| matches!(operand, Operand::Memory(..)));
        self.locked || self.name == "xchg" && memory
    }

    /// Bits of the widest vector that it names; 0 if it names none.
    pub(super) fn vector_bits(&self) -> u32 {
        let widths = self.operands.iter().filter_map(|operand| match operand {
            Operand::Register(register, bits, _) if register.is_vector() => Some(*bits),
            _ => None,
        });
        widths.max().unwrap_or(0)
    }
}

/// Reads a listing.
pub(super) fn parse(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut label, mut after_gap) = (None, false);
    for line in text.lines().map(str::trim) {
        if line == "…" {
            (label, after_gap) = (None, true);
        } else if let Some(name) = line.strip_suffix(':') {
            label = Some(name.to_owned());
        } else if !line.is_empty() {
            let mut line = instruction(line);
            line.label = label.take();
            line.after_gap = std::mem::take(&mut after_gap);
            lines.push(line);
        }
    }
    lines
}

/// One instruction, with its share before it.
fn instruction(text: &str) -> Line {
    let shared = text
        .split_once(" % ")
        .and_then(|(share, rest)| Some((share.trim().parse::<f64>().ok()? / 100.0, rest)));
    let (share, text) = shared.unwrap_or((0.0, text));
    let (locked, text) = match text.strip_prefix("lock ") {
        Some(text) => (true, text),
        None => (false, text),
    };
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    let operands = if name == "call" { vec![operand(rest)] } else { operands(rest) };
    Line { share, label: None, after_gap: false, locked, name: name.to_owned(), operands }
}

fn operands(text: &str) -> Vec<Operand> {
    text.split(", ").filter(|part| !part.is_empty()).map(operand).collect()
}

fn operand(text: &str) -> Operand {
    if let Some((_, inner)) = text.split_once('[') {
        let inner = inner.split(']').next().unwrap_or_default();
        let parts = inner.split(['+', '-', '*']);
        let registers = parts.filter_map(|part| Some(Register::named(part)?.0)).collect();
        return Operand::Memory(registers, inner.to_owned());
    }
    let (name, mask) = text.split_once('{').unwrap_or((text, ""));
    let mask = mask.split('}').next().and_then(|mask| Some(Register::named(mask)?.0));
    match Register::named(name) {
        Some((register, bits)) => Operand::Register(register, bits, mask),
        None => Operand::Other(text.to_owned()),
    }
}

/// Whether a line runs after the one before it, where that does not jump.
pub(super) fn follows(lines: &[Line], at: usize) -> bool {
    at > 0 && !lines[at].after_gap && !lines[at - 1].leaves()
}

/// Whether nothing in a listing leads to a line: what runs there has come from elsewhere.
pub(super) fn is_entered(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let led_to = |label| lines.iter().any(|other| other.target() == Some(label));
    let before = at == 0 || line.after_gap || follows(lines, at);
    !before && !line.label.as_deref().is_some_and(led_to)
}

/// Whether it is left in its middle, and what runs behind that has come from elsewhere: the jump
/// back is that of a loop around.
fn is_entered_within(lines: &[Line]) -> bool {
    let mut entered = (1..lines.len()).filter(|&at| is_entered(lines, at));
    entered.any(|at| {
        let row = (at..lines.len()).take_while(|&next| next == at || follows(lines, next));
        row.map(|at| lines[at].share).sum::<f64>() > 0.0
    })
}

/// The innermost loops: from where a jump goes back to, to the last jump there, without lines left
/// out between, and without a way in from elsewhere.
pub(super) fn loops(lines: &[Line]) -> Vec<Range<usize>> {
    let mut loops: Vec<Range<usize>> = Vec::new();
    for (end, line) in lines.iter().enumerate() {
        let Some(target) = line.target() else { continue };
        let start = lines[..=end].iter().rposition(|line| line.label.as_deref() == Some(target));
        let Some(start) = start else { continue };
        if lines[start + 1..=end].iter().any(|line| line.after_gap)
            || is_entered_within(&lines[start..=end])
        {
            continue;
        }
        // Lines behind a loop that lead back into its middle are a part of it that was put aside.
        if let Some(around) = loops.iter_mut().find(|it| (it.start + 1..it.end).contains(&start)) {
            around.end = end + 1;
            continue;
        }
        loops.retain(|other| other.start != start);
        if !loops.iter().any(|other| other.start > start) {
            loops.push(start..end + 1);
        }
    }
    loops
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEARCH: &str = "      …
    .1:
      mov r10, r9
      lea r11, [r10+rdi]
      cmp dword ptr [rcx+r11*4-8], 0x10
 98 % cmovb rdi, r11
      vpcompressd zmm1{k1}{z}, zmm2
      lock inc qword ptr [static]
      ja .1
      …
      ret
";

    #[test]
    fn a_listing_is_read_line_by_line() {
        let lines = parse(SEARCH);
        assert_eq!(lines.len(), 8);
        assert_eq!((lines[0].label.as_deref(), lines[0].after_gap), (Some(".1"), true));
        let general = |number, bits| Operand::Register(Register(number), bits, None);
        assert_eq!(lines[0].operands, [general(10, 64), general(9, 64)]);
        let memory = Operand::Memory(vec![Register(1), Register(11)], "rcx+r11*4-8".into());
        assert_eq!(lines[2].operands, [memory, Operand::Other("0x10".into())]);
        assert_eq!((lines[3].share, lines[3].name.as_str()), (0.98, "cmovb"));
        let masked = Operand::Register(Register(VECTORS + 1), 512, Some(Register(MASKS + 1)));
        assert_eq!((&lines[4].operands[0], lines[4].vector_bits()), (&masked, 512));
        assert!(lines[5].locked && lines[5].name == "inc");
        assert_eq!(lines[6].target(), Some(".1"));
        assert!(lines[7].after_gap);
    }

    #[test]
    fn what_leads_back_into_the_middle_of_a_loop_is_a_part_of_it() {
        let aside = ".1:\n inc rax\n ja .3\n.2:\n inc rcx\n jne .1\n jmp below\n.3:\n inc rdx\n \
                     jmp .2\n";
        let only = |text: &str| {
            let loops = loops(&parse(text));
            assert_eq!(loops.len(), 1, "{loops:?}");
            loops[0].clone()
        };
        assert_eq!(only(aside), 0..7);
        let inner = ".1:\n inc rax\n.2:\n inc rcx\n jne .2\n jmp .1\n";
        assert_eq!(only(inner), 1..3);
    }

    #[test]
    fn registers_have_many_names() {
        for (name, number, bits) in [
            ("rax", 0, 64),
            ("ecx", 1, 32),
            ("bh", 3, 8),
            ("sil", 6, 8),
            ("r8", 8, 64),
            ("r12d", 12, 32),
            ("r9b", 9, 8),
            ("di", 7, 16),
            ("ymm15", VECTORS + 15, 256),
            ("k2", MASKS + 2, 64),
        ] {
            assert_eq!(Register::named(name), Some((Register(number), bits)), "{name}");
        }
        for other in ["0x40", "below", "itself", "static", "3", ""] {
            assert_eq!(Register::named(other), None, "{other}");
        }
    }

    #[test]
    fn innermost_loops_without_gaps_are_found() {
        let of = |lines: &[Line]| -> Vec<(usize, usize)> {
            loops(lines).into_iter().map(|range| (range.start, range.end)).collect()
        };
        let lines = parse(SEARCH);
        assert_eq!(of(&lines), [(0, 7)]);
        let nested = parse(".1:\n inc rax\n.2:\n dec rcx\n jne .2\n cmp rax, 3\n jne .1\n");
        assert_eq!(of(&nested), [(1, 3)]);
        let twice = parse(".1:\n inc rax\n je .1\n dec rcx\n jmp .1\n");
        assert_eq!(of(&twice), [(0, 4)], "to the last jump back");
        let gap = parse(".1:\n inc rax\n …\n dec rcx\n jmp .1\n");
        assert_eq!(of(&gap), []);
        let around = parse(".1:\n mov rax, rcx\n jmp below\n 9 % inc rax\n je .1\n");
        assert_eq!(of(&around), [], "who comes from elsewhere goes on elsewhere");
        let named = ".1:\n mov rax, rcx\n jmp below\n.2:\n 9 % inc rax\n je .1\n";
        assert_eq!(of(&parse(&format!("{named} …\n jb .2\n"))), [], "by a jump from elsewhere");
        let cold = parse(".1:\n 9 % inc rax\n jmp .1\n dec rcx\n je .1\n");
        assert_eq!(of(&cold), [(0, 4)], "nobody came");
    }
}
