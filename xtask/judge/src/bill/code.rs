//! What a listing says of the instructions of a rung: the parts that samples fell into, and what a
//! pass of each takes on this machine's core.

use std::ops::Range;

use super::class::{Effects, Unit, effects};
use super::core::{Core, Jumps, Pass, Run, jumps};
use super::listing::{self, Line, Operand, is_entered};

/// Share of the samples behind the most frequent atomic change from which on another one counts.
const SELDOM: f64 = 1.0 / 3.0;

/// A part of a listing: an innermost loop, or lines in a row.
pub(super) struct Part {
    /// Share of the samples, of those that the listing shows and those that it does not.
    pub share: f64,
    /// Lines that run in a pass.
    pub lines: Vec<Line>,
    /// Whether it follows itself.
    pub is_loop: bool,
    /// How its jumps are guessed.
    pub jumps: Jumps,
    /// What a pass takes.
    pub pass: Pass,
}

impl Part {
    /// `entered` says whether nothing before its lines leads there.
    fn new(lines: &[Line], is_loop: bool, entered: bool, core: &Core) -> Self {
        let share = lines.iter().map(|line| line.share).sum();
        let lines = often(warm(lines, entered));
        let passes = if is_loop { None } else { Some(1) };
        let pass = core.pass(&lines, Run { load: core.load, passes });
        Self { share, is_loop, jumps: jumps(core, &lines), pass, lines }
    }

    /// Lines of a pass.
    pub(super) fn length(&self) -> f64 {
        self.lines.len() as f64
    }

    /// Cycles of an instruction. Where control comes and goes, it is not less than elsewhere.
    pub(super) fn price(&self, ordinary: f64) -> f64 {
        let own = self.pass.total / self.length();
        let straight =
            !self.is_loop && self.lines.iter().any(|line| line.is_jump() || line.is_call());
        if straight { own.max(ordinary) } else { own }
    }

    fn effects(&self) -> impl Iterator<Item = Effects> {
        self.lines.iter().map(effects)
    }

    /// How many of its lines load.
    pub(super) fn loads(&self) -> f64 {
        self.effects().filter(|it| it.load.is_some()).count() as f64
    }

    /// How many of its lines jump.
    pub(super) fn branches(&self) -> f64 {
        self.lines.iter().filter(|line| line.is_jump()).count() as f64
    }

    /// How many of its lines jump within it: what leaves a loop is hardly ever taken.
    pub(super) fn jumps_within(&self) -> f64 {
        let labels: Vec<&str> = self.lines.iter().filter_map(|it| it.label.as_deref()).collect();
        let stays = |line: &&Line| line.target().is_some_and(|target| labels.contains(&target));
        self.lines.iter().filter(stays).count() as f64
    }

    /// Bits of its widest vectors.
    pub(super) fn bits(&self) -> u32 {
        self.lines.iter().map(Line::vector_bits).max().unwrap_or(0)
    }

    /// Bytes that its widest vectors load in a pass.
    pub(super) fn bytes(&self) -> f64 {
        let widest = self.bits();
        let wide = self.effects().filter(|it| it.load.is_some() && it.bits == widest);
        wide.count() as f64 * f64::from(widest) / 8.0
    }

    /// Floating-point operations of a pass, on numbers of so many bits.
    pub(super) fn flops(&self, bits: f64) -> f64 {
        let each = |line: &Line| {
            let effects = effects(line);
            let lanes = f64::from(effects.bits) / bits;
            match effects.unit {
                Unit::Float if line.name.contains("fm") => 2.0 * lanes,
                Unit::Float | Unit::Add => lanes,
                _ => 0.0,
            }
        };
        self.lines.iter().map(each).sum()
    }

    /// Share of what it reads and writes that it writes, the stack left out.
    pub(super) fn written(&self) -> f64 {
        let size = |it: &Effects| f64::from(it.bits.max(32));
        let far = |at: &Option<super::class::Address>| {
            at.as_ref().is_some_and(|(at, _)| at.iter().any(|register| !register.is_stack()))
        };
        let stored: f64 = self.effects().filter(|it| far(&it.store)).map(|it| size(&it)).sum();
        let loaded: f64 = self.effects().filter(|it| far(&it.load)).map(|it| size(&it)).sum();
        if stored > 0.0 { stored / (stored + loaded) } else { 0.0 }
    }

    /// Bytes by which the pointer moves on in a pass that moves most.
    pub(super) fn stride(&self) -> f64 {
        let loads: Vec<_> = self.effects().filter_map(|it| it.load).collect();
        let moved = self.lines.iter().filter(|line| ["add", "sub"].contains(&line.name.as_str()));
        let steps = moved.filter_map(|line| {
            let [Operand::Register(register, ..), Operand::Other(step)] = line.operands.as_slice()
            else {
                return None;
            };
            let step = number(step)?;
            let indexed = loads.iter().filter(|(registers, _)| registers.contains(register));
            // An index is counted in elements.
            let bytes = indexed.map(|(registers, text)| {
                let scale = text.split_once('*').filter(|_| registers.last() == Some(register));
                step * scale.and_then(|(_, scale)| number(scale.get(..1)?)).unwrap_or(1.0)
            });
            bytes.reduce(f64::max)
        });
        steps.fold(0.0, f64::max)
    }
}

/// The size of a constant, as listings write it: negative ones as the bits that they are.
fn number(text: &str) -> Option<f64> {
    let value = match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok()?.cast_signed(),
        None => text.parse().ok()?,
    };
    Some(value.unsigned_abs() as f64)
}

/// The parts of a listing that samples fell into.
pub(super) fn parts(text: &str, core: &Core) -> Vec<Part> {
    let lines = listing::parse(text);
    let loops = listing::loops(&lines);
    let in_loop = |at: usize| loops.iter().any(|range| range.contains(&at));
    let mut straight: Vec<Range<usize>> = Vec::new();
    for at in (0..lines.len()).filter(|at| !in_loop(*at)) {
        match straight.last_mut() {
            Some(last) if last.end == at && !lines[at].after_gap && !is_entered(&lines, at) => {
                last.end += 1;
            }
            _ => straight.push(at..at + 1),
        }
    }
    let looping = loops.iter().map(|range| (range, true));
    let all = looping.chain(straight.iter().map(|range| (range, false)));
    let sampled = all.filter(|(range, _)| lines[(*range).clone()].iter().any(|it| it.share > 0.0));
    let part = |(range, is_loop): (&Range<usize>, bool)| {
        Part::new(&lines[range.clone()], is_loop, is_entered(&lines, range.start), core)
    };
    sampled.map(part).collect()
}

/// Lines without those that did not run: no sample fell into them, and they are jumped over and
/// call something, or nothing before them leads there. Who comes from elsewhere may come in behind
/// a call that is not made.
fn warm(lines: &[Line], entered: bool) -> Vec<Line> {
    let cold = |range: &Range<usize>| lines[range.clone()].iter().all(|it| it.share == 0.0);
    let mut keep = vec![true; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        let Some(target) = line.target() else { continue };
        let to = lines.iter().position(|line| line.label.as_deref() == Some(target));
        let Some(over) = to.filter(|to| *to > at + 1).map(|to| at + 1..to) else { continue };
        if cold(&over) && lines[over.clone()].iter().any(Line::is_call) {
            keep[over].fill(false);
        }
    }
    let mut led_to = !entered;
    for block in blocks(lines, Line::leaves) {
        let first = block.clone().find(|at| lines[*at].share > 0.0).unwrap_or(block.end);
        let before = block.start..first;
        let calls = lines[before.clone()].iter().any(Line::is_call);
        if !led_to && (first == block.end || calls) {
            keep[before].fill(false);
        }
        led_to |= first < block.end;
        if lines[block.end - 1].leaves() {
            led_to = false;
        }
    }
    lines.iter().zip(keep).filter(|(_, keep)| *keep).map(|(line, _)| line.clone()).collect()
}

/// Lines without the blocks whose atomic changes are hardly ever made. One takes tens of cycles,
/// and samples fall onto the line behind it: where there are few of them, it was seldom run.
fn often(lines: Vec<Line>) -> Vec<Line> {
    let behind = |at: usize| lines[at..].iter().take(2).map(|line| line.share).sum::<f64>();
    let locked: Vec<usize> = (0..lines.len()).filter(|at| effects(&lines[*at]).locked).collect();
    let most = locked.iter().map(|at| behind(*at)).fold(0.0, f64::max);
    let seldom = |block: &Range<usize>| {
        let mut inside = locked.iter().filter(|at| block.contains(at)).peekable();
        inside.peek().is_some() && inside.all(|at| behind(*at) < SELDOM * most)
    };
    let seldom: Vec<_> = blocks(&lines, Line::is_jump).into_iter().filter(seldom).collect();
    let kept = |at: &usize| !seldom.iter().any(|block| block.contains(at));
    (0..lines.len()).filter(kept).map(|at| lines[at].clone()).collect()
}

/// Lines that run one after the other, from each label and each line that ends them to the next.
fn blocks(lines: &[Line], ends: fn(&Line) -> bool) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for at in 0..lines.len() {
        let last = ends(&lines[at]) || lines.get(at + 1).is_none_or(|it| it.label.is_some());
        if last {
            blocks.push(start..at + 1);
            start = at + 1;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORE: Core = Core { vector_bits: 512, ..super::super::core::tests::CORE };

    const SUMS: &str = "      …
    .1:
      vmovups zmm0, [rdi+rax]
 60 % vaddps zmm1, zmm0, [rsi+rax]
      vmovups [rdi+rax], zmm1
      add rax, 0x40
      jne .1
      …
 20 % mov rax, [rsp+8]
      ret
      …
      mov rcx, 1
";

    #[test]
    fn loops_and_rows_with_samples_are_parts() {
        let parts = parts(SUMS, &CORE);
        let seen: Vec<(bool, f64, f64)> =
            parts.iter().map(|part| (part.is_loop, part.share, part.length())).collect();
        assert_eq!(seen, [(true, 0.6, 5.0), (false, 0.2, 2.0)]);
        let sums = &parts[0];
        assert_eq!((sums.bits(), sums.bytes(), sums.flops(32.0)), (512, 128.0, 16.0));
        assert_eq!((sums.loads(), sums.branches(), sums.stride()), (2.0, 1.0, 64.0));
        assert!((sums.written() - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(parts[1].price(0.7), 0.7, "control comes and goes");
    }

    #[test]
    fn what_did_not_run_is_left_out() {
        let lines = listing::parse(
            ".1:\n 9 % cmp rax, 3\n jne .2\n mov rdi, rax\n call grow\n.2:\n 8 % inc rax\n jmp .1\n \
             mov rax, 1\n",
        );
        let names = |lines: &[Line], entered| -> Vec<String> {
            warm(lines, entered).into_iter().map(|line| line.name).collect()
        };
        assert_eq!(names(&lines, false), ["cmp", "jne", "inc", "jmp"]);
        let behind = listing::parse(" call powf\n mulss xmm0, xmm1\n 9 % inc rax\n");
        assert_eq!(names(&behind, true), ["inc"], "who comes from elsewhere comes in behind it");
        assert_eq!(names(&behind, false).len(), 3, "who called it waited there");
    }

    #[test]
    fn an_atomic_change_without_samples_behind_it_was_seldom_made() {
        let text = ".1:\n add rsi, 8\n lock add [r14], rax\n 40 % cmp rsi, 3\n jbe .2\n lock inc \
                    qword ptr [r14+8]\n 5 % cmp rsi, 9\n ja .1\n.2:\n mov rax, [rsi]\n jne .1\n";
        let part = Part::new(&listing::parse(text), true, false, &CORE);
        let names: Vec<&str> = part.lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["add", "add", "cmp", "jbe", "mov", "jne"]);
        assert_eq!(part.pass.locked, CORE.locked);
        let both = Part::new(&listing::parse(&text.replace(" 5 %", "30 %")), true, false, &CORE);
        assert_eq!((both.length(), both.pass.locked), (9.0, 2.0 * CORE.locked));
    }

    #[test]
    fn strides_are_counted_in_bytes() {
        let stride = |text: &str| Part::new(&listing::parse(text), true, false, &CORE).stride();
        assert_eq!(stride("mov eax, [rcx+rdx*4]\nadd rdx, 2\n"), 8.0);
        assert_eq!(stride("mov eax, [rcx+rdx*4]\nsub rcx, 0xffffffffffffff80\n"), 128.0);
        assert_eq!(stride("mov eax, [rcx]\nadd rdx, 2\n"), 0.0);
    }

    #[test]
    fn what_leaves_a_loop_is_hardly_ever_taken() {
        let text = ".1:\n 9 % cmp rax, rcx\n jae below\n cmp rdx, 3\n je .2\n inc rax\n.2:\n \
                    dec rbx\n jne .1\n";
        let part = Part::new(&listing::parse(text), true, false, &CORE);
        assert_eq!((part.branches(), part.jumps_within()), (3.0, 2.0));
    }
}
