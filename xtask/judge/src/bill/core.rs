//! A core that has what all out-of-order cores have: instructions enter in order, so many a cycle,
//! start as soon as their inputs are there, and leave in order, out of a window of some hundreds.
//! Run on a loop it tells what a pass takes, and how much of that is waiting.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};

use super::class::{Address, Effects, Latency, Unit, effects};
use super::listing::{FLAGS, Line, Register};

/// Instructions that may have entered and not left. Cores advertise more, but run out of registers
/// to rename first.
const WINDOW: usize = 192;
/// Instructions that may wait for their inputs: schedulers hold more, but each unit has its own.
const SCHEDULER: usize = 64;
/// Passes over which a pass is averaged at least, and as many before.
const PASSES: usize = 40;
/// Parts of a cycle that are told apart where cycles are sorted.
const TICK: f64 = 1e3;

/// How much of each kind a core does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Core {
    /// Instructions that enter in a cycle.
    pub width: f64,
    /// Bits of vectors that a unit works on at once; wider ones take it twice.
    pub vector_bits: u32,
    /// Operations on vectors in a cycle.
    pub pipes: f64,
    /// Cycles from an address to its value in the first level.
    pub load: f64,
    /// Cycles from a floating-point number to its sum with another, where it is a sum itself.
    pub add: f64,
    /// The same where it is something else.
    pub add_behind: f64,
    /// Cycles from a number in a vector to its product.
    pub multiply: f64,
    /// Cycles of a simple operation on vectors, for what waits for it.
    pub simple: f64,
    /// Cycles of a step between vectors and general registers.
    pub between: f64,
    /// Cycles for which a multiplication without carries keeps its unit.
    pub carry_less: f64,
    /// Cycles of an atomic change that no other core wants.
    pub locked: f64,
}

/// How a loop runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Run {
    /// Cycles of a load whose address was not known long before.
    pub load: f64,
    /// Passes after which it begins anew and waits for nothing of before; `None` if it does not.
    pub passes: Option<usize>,
}

/// What a pass of a loop takes, in cycles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pass {
    /// By what enters and what units are kept busy.
    pub busy: f64,
    /// With what waits for the operation before it.
    pub total: f64,
    /// Of the busy ones, those of atomic changes.
    pub locked: f64,
}

/// How many of a unit a core has.
fn units(unit: Unit) -> f64 {
    match unit {
        Unit::Integer => 4.0,
        Unit::Vector => 3.0,
        Unit::Branch | Unit::Float | Unit::Add | Unit::Shuffle => 2.0,
        Unit::Multiply | Unit::CarryLess | Unit::Divide => 1.0,
        Unit::None => f64::INFINITY,
    }
}

impl Core {
    /// What a pass of a loop takes, or of lines in a row where it begins anew each time.
    pub(super) fn pass(&self, lines: &[Line], run: Run) -> Pass {
        let body: Vec<Effects> = lines.iter().map(effects).collect();
        let locked = body.iter().filter(|it| it.locked).count() as f64 * self.locked;
        let back = usize::from(run.passes != Some(1));
        let within = lines.iter().rev().skip(1).filter(|line| line.name == "jmp").count();
        let busy = self.busy(&body).max((back + within) as f64);
        let locked = if locked > busy { locked } else { 0.0 };
        let busy = busy.max(locked);
        Pass { busy, total: self.waiting(&body, run).max(busy), locked }
    }

    /// Cycles by what enters and what units are kept busy.
    fn busy(&self, body: &[Effects]) -> f64 {
        let sum = |of: &dyn Fn(&Effects) -> f64| body.iter().map(of).sum::<f64>();
        let twice = |bits: u32| if bits > self.vector_bits { 2.0 } else { 1.0 };
        let pipes = sum(&|it| if it.unit.is_vector() { twice(it.bits) } else { 0.0 });
        // Two wide loads and one wide store a cycle; three narrow loads, and two narrow stores.
        let wide = |bits: u32| bits >= 256;
        let load = |bits| if wide(bits) { twice(bits) / 2.0 } else { 1.0 / 3.0 };
        let store = |bits| if wide(bits) { twice(bits) } else { 0.5 };
        let loads = sum(&|it| if it.load.is_some() { load(it.bits) } else { 0.0 });
        let stores = sum(&|it| if it.store.is_some() { store(it.bits) } else { 0.0 });
        let kept = body.iter().map(|one| {
            let same = |it: &Effects| f64::from(u8::from(it.unit == one.unit));
            // The unit without carries is as wide as vectors are.
            if one.unit == Unit::CarryLess {
                return sum(&|it| same(it) * it.busy) * self.carry_less;
            }
            sum(&|it| same(it) * it.busy * twice(it.bits)) / units(one.unit)
        });
        let entering = self.entering(body) / self.width;
        kept.chain([entering, pipes / self.pipes, loads, stores]).fold(0.0, f64::max)
    }

    /// Instructions as they enter: a comparison and the jump behind it are one, and what takes two
    /// steps is two.
    fn entering(&self, body: &[Effects]) -> f64 {
        let fused = body.windows(2).filter(|pair| {
            pair[1].unit == Unit::Branch
                && pair[1].reads.contains(&FLAGS)
                && pair[0].unit == Unit::Integer
                && pair[0].writes.contains(&FLAGS)
        });
        let split = body.iter().filter(|it| it.unit == Unit::Shuffle && it.busy > 1.0);
        (body.len() + split.count() - fused.count()) as f64
    }

    /// Cycles of a pass among passes that follow each other.
    fn waiting(&self, body: &[Effects], run: Run) -> f64 {
        let foreseen = Foreseen::of(body, true);
        let each = run.passes.unwrap_or(usize::MAX).max(1);
        // Until the window is full, and then whole rounds of a short loop.
        let least = PASSES.max(2 * WINDOW / body.len());
        let counted = if each < least { least.div_ceil(each) * each } else { each.min(2 * least) };
        let step = self.entering(body) / body.len() as f64 / self.width;
        let mut state = State::default();
        let mut before = 0.0;
        for pass in 0..2 * counted {
            if pass == counted {
                before = state.left;
            }
            if run.passes.is_some() && pass % each == 0 {
                state.ready.clear();
            }
            if each == 1 {
                state.stored.clear();
            }
            for effects in body {
                let known = effects.load.as_ref().is_none_or(|(at, _)| foreseen.sees(at));
                state.run(effects, self, if known { self.load } else { run.load });
                state.enter += step;
            }
        }
        (state.left - before) / counted as f64
    }

    /// `sum` says whether what it waits for last is a sum.
    fn latency(&self, effects: &Effects, sum: bool) -> f64 {
        let own = match effects.latency {
            Latency::Cycles(cycles) => cycles,
            Latency::Addition if sum => self.add,
            Latency::Addition => self.add_behind,
            Latency::Multiplication => self.multiply,
            Latency::Simple => self.simple,
            Latency::Between => self.between,
        };
        own + if effects.locked { self.locked } else { 0.0 }
    }
}

/// What a loop knows without having loaded it: where its pointers and counters stand in the passes
/// to come. What is read at such addresses is fetched before it is asked for.
struct Foreseen {
    loaded: Vec<Register>,
}

/// Whether an address is on the stack, or a constant.
fn is_near(address: &Address) -> bool {
    address.0.iter().all(|register| register.is_stack())
}

impl Foreseen {
    /// `choices` tells whether what a comparison of loaded values chose counts as loaded.
    fn of(body: &[Effects], choices: bool) -> Self {
        let mut loaded: Vec<Register> = Vec::new();
        loop {
            let before = loaded.len();
            for effects in body {
                let fresh = effects.load.as_ref().is_some_and(|address| !is_near(address));
                let mut reads = effects.reads.iter().filter(|it| choices || **it != FLAGS);
                if fresh || reads.any(|read| loaded.contains(read)) {
                    let written = effects.writes.iter().filter(|it| !loaded.contains(it));
                    let written: Vec<Register> = written.copied().collect();
                    loaded.extend(written);
                } else if effects.writes.contains(&FLAGS) {
                    // Flags are written anew all the time.
                    loaded.retain(|register| *register != FLAGS);
                }
            }
            if loaded.len() == before {
                break;
            }
        }
        loaded.retain(|register| *register != FLAGS);
        Self { loaded }
    }

    fn sees(&self, registers: &[Register]) -> bool {
        !registers.iter().any(|register| self.loaded.contains(register))
    }
}

/// Whether what a loop loads next is what a comparison of loaded values chose: a search.
pub(super) fn searches(lines: &[Line]) -> bool {
    let body: Vec<Effects> = lines.iter().map(effects).collect();
    let [chosen, loaded] = [true, false].map(|choices| Foreseen::of(&body, choices));
    let mut loads = body.iter().filter_map(|it| it.load.as_ref());
    loads.any(|(at, _)| loaded.sees(at) && !chosen.sees(at))
}

/// Whether a processor can foresee the jumps of a loop, and how long it waits for one that it
/// cannot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Jumps {
    /// Whether all of them are on counters and the like.
    pub foreseen: bool,
    /// Cycles from the beginning of a pass until where the last of the others goes is known.
    pub known: f64,
}

/// Looks at the jumps of a loop.
pub(super) fn jumps(core: &Core, lines: &[Line]) -> Jumps {
    let body: Vec<Effects> = lines.iter().map(effects).collect();
    let foreseen = Foreseen::of(&body, false);
    let mut state = State::default();
    let mut found = Jumps { foreseen: true, known: 0.0 };
    let mut compared_known = true;
    for effects in &body {
        if effects.unit == Unit::Branch {
            if effects.reads.contains(&FLAGS) && !compared_known {
                let known = state.ready.get(&FLAGS).copied().unwrap_or(0.0);
                found = Jumps { foreseen: false, known: found.known.max(known) };
            }
        } else if effects.writes.contains(&FLAGS) {
            let near = effects.load.as_ref().is_none_or(is_near);
            // Nobody counts in vectors.
            let counted = !effects.reads.iter().any(|register| register.is_vector());
            compared_known = near && counted && foreseen.sees(&effects.reads);
        }
        state.run(effects, core, core.load);
    }
    found
}

/// Where a run stands.
#[derive(Default)]
struct State {
    /// Cycle at which a register has its value.
    ready: HashMap<Register, f64>,
    /// Registers that hold sums.
    sums: HashSet<Register>,
    /// How often a register was written: what an address means.
    version: HashMap<Register, usize>,
    /// Cycle at which what was stored at an address is there.
    stored: HashMap<(String, Vec<usize>), f64>,
    /// Cycles at which the instructions of the window leave.
    window: VecDeque<f64>,
    /// Cycles at which those start that wait.
    waiting: BinaryHeap<Reverse<u64>>,
    /// Cycle at which the next one can enter.
    enter: f64,
    /// Cycle at which the last one left.
    left: f64,
}

impl State {
    fn run(&mut self, effects: &Effects, core: &Core, load: f64) {
        if self.window.len() >= WINDOW {
            self.enter = self.enter.max(self.window.pop_front().unwrap_or_default());
        }
        if self.waiting.len() >= SCHEDULER
            && let Some(Reverse(first)) = self.waiting.pop()
        {
            self.enter = self.enter.max(first as f64 / TICK);
        }
        let mut start = self.enter.max(self.at(&effects.reads));
        if let Some(address) = &effects.load {
            let known = self.enter.max(self.at(&address.0));
            // What was just stored comes from the queue of stores.
            let stored = self.stored.get(&self.key(address)).copied();
            start = start.max(stored.map_or(known + load, |stored| stored.max(known) + core.load));
        }
        if effects.unit != Unit::None {
            self.waiting.push(Reverse((start * TICK) as u64));
        }
        let behind = self.sums.contains(&self.last(&effects.reads));
        let done = start + core.latency(effects, behind);
        let copies = effects.unit == Unit::None && behind;
        let sum = effects.latency == Latency::Addition || copies;
        if let Some(address) = &effects.store {
            self.stored.insert(self.key(address), done);
        }
        for register in &effects.writes {
            self.ready.insert(*register, done);
            *self.version.entry(*register).or_default() += 1;
            if sum {
                self.sums.insert(*register);
            } else {
                self.sums.remove(register);
            }
        }
        self.left = self.left.max(done);
        self.window.push_back(self.left);
    }

    /// Cycle at which all of them are there.
    fn at(&self, registers: &[Register]) -> f64 {
        registers.iter().filter_map(|it| self.ready.get(it)).copied().fold(0.0, f64::max)
    }

    /// The one that is there last.
    fn last(&self, registers: &[Register]) -> Register {
        let ready = |it: &&Register| self.ready.get(it).copied().unwrap_or(0.0);
        let last = registers.iter().max_by(|a, b| ready(a).total_cmp(&ready(b)));
        last.copied().unwrap_or(FLAGS)
    }

    fn key(&self, (registers, text): &Address) -> (String, Vec<usize>) {
        let version = |it: &Register| self.version.get(it).copied().unwrap_or(0);
        (text.clone(), registers.iter().map(version).collect())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::listing::parse;
    use super::*;

    /// One as many have it.
    pub(in super::super) const CORE: Core = Core {
        width: 6.0,
        vector_bits: 256,
        pipes: 3.5,
        load: 5.0,
        add: 3.0,
        add_behind: 3.0,
        multiply: 4.0,
        simple: 1.0,
        between: 3.0,
        carry_less: 1.0,
        locked: 10.0,
    };

    fn pass(text: &str) -> Pass {
        CORE.pass(&parse(text), Run { load: CORE.load, passes: None })
    }

    fn missing(text: &str) -> f64 {
        CORE.pass(&parse(text), Run { load: 100.0, passes: None }).total
    }

    #[track_caller]
    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 0.01, "{a} {b}");
    }

    #[test]
    fn a_chain_takes_what_its_operations_take() {
        near(pass("add rax, rcx\nadd rax, rdx\nadd rax, rbx\n").total, 3.0);
        near(pass("imul rax, rcx\nadd rdx, 8\n").total, 3.0);
        near(pass("mulsd xmm0, xmm1\naddsd xmm0, xmm2\n").total, 7.0);
        near(pass("divsd xmm0, xmm1\n").total, 13.0);
    }

    #[test]
    fn what_does_not_wait_overlaps() {
        near(pass("mov rax, [rcx]\nimul rax, rdx\nmov [rbx], rax\nadd rcx, 8\n").total, 1.0);
        near(pass("mov rax, rcx\nadd rax, 1\nadd rcx, 8\n").total, 1.0);
        near(pass("vfmadd231ps zmm0, zmm8, zmm9\nvfmadd231ps zmm1, zmm8, zmm9\n").busy, 2.0);
        near(pass("vpaddd ymm0, ymm1, ymm2\n".repeat(7).as_str()).busy, 7.0 / 3.0);
    }

    #[test]
    fn what_goes_through_memory_waits_for_it() {
        near(pass("mov rax, [rax]\n").total, 5.0);
        near(pass("movzx eax, al\nxor eax, [rdi+rax*4]\n").total, 7.0);
        near(pass("inc dword ptr [rsp+8]\n").total, 6.0);
        near(pass("inc dword ptr [rcx]\nadd rcx, 4\n").total, 1.0);
        let atomic = pass("lock inc dword ptr [rcx]\nadd rcx, 8\n");
        assert_eq!((atomic.busy, atomic.locked), (10.0, 10.0));
    }

    #[test]
    fn a_loop_that_begins_anew_waits_only_within_itself() {
        let text = parse("mulsd xmm0, xmm1\nadd rcx, 8\n");
        let of = |passes| CORE.pass(&text, Run { load: 5.0, passes }).total;
        near(of(None), 4.0);
        assert!(of(Some(8)) < 1.5, "{}", of(Some(8)));
        assert!(of(Some(1000)) > 3.0, "the window does not reach the next round");
    }

    #[test]
    fn a_load_that_misses_costs_what_it_cannot_hide() {
        near(missing("mov rax, [rax]\n"), 100.0);
        near(missing("add rax, [rcx]\nadd rcx, 8\n"), 1.0);
        let gather = missing("mov rdx, [rcx]\nadd rax, [rbx+rdx*8]\nadd rcx, 8\n");
        assert!(gather > 1.0 && gather < 10.0, "{gather}: many are under way at once");
    }

    #[test]
    fn jumps_on_counters_are_foreseen() {
        let of = |text: &str| jumps(&CORE, &parse(text));
        assert!(of("mov rax, [rcx]\nadd rcx, 8\ncmp rcx, rdx\njne .1\n").foreseen);
        let compared = of("add rcx, 8\ncmp [rcx], eax\njne .1\n");
        assert!(!compared.foreseen && (compared.known - 7.0).abs() < 0.01);
        // A comparison that chooses a side moves the end of a search by little.
        let search = "cmp [rcx+rdi*4], eax\nsetb dl\nlea rdi, [rdx+rdi*2]\ncmp rdi, rsi\njb .1\n";
        assert!(of(search).foreseen);
        let chase = of("mov rax, [rax]\ntest rax, rax\njne .1\n");
        assert!(!chase.foreseen);
    }

    #[test]
    fn a_sum_of_a_sum_is_there_sooner() {
        let core = Core { add: 2.0, multiply: 3.0, simple: 2.0, ..CORE };
        let pass = |text: &str| core.pass(&parse(text), Run { load: 5.0, passes: None }).total;
        near(pass("addsd xmm0, xmm1\n"), 2.0);
        near(pass("mulsd xmm0, xmm1\naddsd xmm0, xmm2\n"), 6.0);
        near(
            pass("addsd xmm0, xmm1\nmovaps xmm2, xmm0\naddsd xmm2, xmm0\nmovaps xmm0, xmm2\n"),
            4.0,
        );
        near(pass("paddd xmm0, xmm1\npshufd xmm0, xmm0, 1\n"), 4.0);
    }

    #[test]
    fn multiplications_without_carries_keep_their_unit() {
        let core = Core { carry_less: 2.0, ..CORE };
        let text = "pclmulqdq xmm0, xmm8, 0\npclmulqdq xmm1, xmm8, 0\n";
        let busy = |text: &str| core.pass(&parse(text), Run { load: 5.0, passes: None }).busy;
        near(busy(text), 4.0);
        let wide = "vpclmulqdq zmm0, zmm8, zmm9, 0\nvpclmulqdq zmm1, zmm8, zmm9, 0\n";
        assert!(core.vector_bits < 512);
        near(busy(wide), 4.0);
    }

    #[test]
    fn a_search_loads_what_a_comparison_chose() {
        let halving = "lea rdx, [rax+rcx]\ncmp [rdi+rdx*4], esi\ncmovb rax, rdx\nshr rcx, 1\n";
        assert!(searches(&parse(halving)));
        assert!(!searches(&parse("mov rax, [rax+8]\ntest rax, rax\n")), "a list is followed");
        assert!(!searches(&parse("cmp [rdi+rdx*4], esi\nsetb al\ninc rdx\n")), "read in order");
    }

    #[test]
    fn nobody_counts_in_vectors() {
        let foreseen = |text: &str| jumps(&CORE, &parse(text)).foreseen;
        assert!(foreseen("mulsd xmm0, xmm1\ninc rax\ncmp rax, rcx\njne .1\n"));
        assert!(!foreseen("mulsd xmm0, xmm1\nucomisd xmm0, xmm2\nja .1\n"));
    }
}
