//! A rung's time taken apart by what it does, each at the price that the machine page has of it:
//! instructions and what waits among them, wrong guesses, memory, allocations, threads. Counts come
//! from the simulator, chains of dependent operations from the listing; what remains is named so.
//! No price is fitted to a case, a rung or a processor.

mod class;
mod code;
mod core;
pub mod fit;
mod listing;
mod memory;
mod prices;
mod system;
mod work;

use protocol::{LimitKind, Machine, price};
use record::ScenarioRecord;

use self::memory::Memory;
use self::prices::Prices;
use self::system::{System, Threads, is_in_a_thread};
use self::work::{Known, Work};
use crate::summary::{CaseSummary, ScenarioSummary};

/// What a rung pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Running instructions, as many at once as the core can.
    Instructions,
    /// Waiting for the result of an operation before.
    Chain,
    /// Jumps that were guessed wrongly.
    Guesses,
    /// Fetching memory that is read in order.
    Fetching,
    /// Waiting for memory that nobody could know to fetch.
    Memory,
    /// Moving whole blocks of bytes.
    Copying,
    /// Asking for memory and giving it back.
    Allocations,
    /// Pages that the system hands over.
    Faults,
    /// Asking the system for something, and the bytes that it moves.
    System,
    /// Waiting for reads of the device.
    Device,
    /// Changes of memory that keep other cores away.
    Atomics,
    /// Starting threads and waiting for their end.
    Threads,
}

impl Item {
    /// All, in the order of a bill.
    pub const ALL: [Self; 12] = [
        Self::Instructions,
        Self::Chain,
        Self::Guesses,
        Self::Fetching,
        Self::Memory,
        Self::Copying,
        Self::Allocations,
        Self::Faults,
        Self::System,
        Self::Device,
        Self::Atomics,
        Self::Threads,
    ];

    /// What stands on the bill.
    pub fn name(self) -> &'static str {
        match self {
            Self::Instructions => "instructions",
            Self::Chain => "waiting for the operation before",
            Self::Guesses => "wrong guesses",
            Self::Fetching => "fetching memory in order",
            Self::Memory => "waiting for memory",
            Self::Copying => "copying blocks",
            Self::Allocations => "allocations",
            Self::Faults => "page faults",
            Self::System => "system calls",
            Self::Device => "reads of the device",
            Self::Atomics => "atomic operations",
            Self::Threads => "starting and joining threads",
        }
    }
}

/// One line of a bill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What for.
    pub item: Item,
    /// Nanoseconds of a call.
    pub ns: f64,
}

/// What a call of a rung takes, and what for.
#[derive(Debug, Clone, PartialEq)]
pub struct Bill {
    /// Nanoseconds that were measured.
    pub measured: f64,
    /// What is explained, by [`Item::ALL`]; what costs nothing is left out.
    pub parts: Vec<Part>,
}

/// Why there is no bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Too little is known of the rung or of the machine.
    Unknown,
    /// The simulator knows no vectors as wide as those that were timed, and ran other code instead.
    Unlike,
    /// Another process does the work, and nobody counts what that does.
    Elsewhere,
    /// Calls are cold, and wait for what nobody counts.
    Cold,
}

/// Share of the time below which what was counted is not what takes it.
const LITTLE: f64 = 0.1;
/// What `n` is where a case varies how many reads of the device may be under way.
const UNDER_WAY: &str = "reads under way";

/// Where bills are made: where a case was simulated and timed.
pub fn scenario<'s, 'a>(summary: &'s CaseSummary<'a>) -> Option<&'s ScenarioSummary<'a>> {
    let counted = &summary.record.evidence.as_ref()?.simulated.here()?.scenario;
    summary.scenarios.iter().find(|known| known.record.scenario.same_place(counted))
}

impl Bill {
    /// A rung's bill.
    ///
    /// # Errors
    /// Where none can be made.
    pub fn of(machine: &Machine, summary: &CaseSummary, rung: usize) -> Result<Self, Missing> {
        let waits_unseen =
            |known: &ScenarioSummary| known.cold && device(machine, summary, known).is_none();
        if scenario(summary).is_some_and(waits_unseen) {
            return Err(Missing::Cold);
        }
        let bill = Self::sum(machine, summary, rung)?;
        let elsewhere = bill.explained() < LITTLE * bill.measured && waits(summary, rung);
        if elsewhere { Err(Missing::Elsewhere) } else { Ok(bill) }
    }

    /// What was counted at its prices, whether or not it is what takes the time.
    fn sum(machine: &Machine, summary: &CaseSummary, rung: usize) -> Result<Self, Missing> {
        let scenario = scenario(summary).ok_or(Missing::Unknown)?;
        let figures = scenario.rungs.get(rung).and_then(Option::as_ref).ok_or(Missing::Unknown)?;
        let measured = figures.time.mid;
        let evidence = summary.record.evidence.as_ref().ok_or(Missing::Unknown)?;
        let assembly = evidence.assembly.here().and_then(|it| it.rungs.get(rung)?.as_ref());
        let limit = summary.record.description.as_ref().and_then(|it| it.limit);
        let simulated = evidence.simulated.here();
        let counts = simulated.and_then(|it| it.of(&scenario.record.scenario, rung));
        let share = rung > 0 && limit == Some(LimitKind::Cores);
        let share = share || assembly.is_some_and(is_in_a_thread);
        let at_once = figures.cpu.map(|cpu| cpu / measured);
        let threads = Threads::of(machine.cores, at_once, counts, share);
        let known = Known {
            limit,
            scenario: scenario.record,
            counts,
            // Listings of other processors are in another language.
            assembly: assembly.filter(|_| machine.system.contains("x86_64")),
            threads: threads.together,
        };
        let prices = Prices::of(machine).ok_or(Missing::Unknown)?;
        let work = Work::of(&prices, &known)?;
        let memory = Memory::of(&prices, &known, &work, rung);
        let mut system = System::of(&prices, scenario.record, rung, counts, threads);
        system.device = device(machine, summary, scenario).unwrap_or(0.0);
        Ok(Self { measured, parts: parts(&prices, &known, &work, &memory, &system, rung) })
    }

    /// Nanoseconds that are explained.
    pub fn explained(&self) -> f64 {
        self.parts.iter().map(|part| part.ns).sum()
    }

    /// Nanoseconds that are not; below zero if more was explained than it took.
    pub fn unexplained(&self) -> f64 {
        self.measured - self.explained()
    }

    /// Whether what was asked of the system is more than a little of what is explained. What the
    /// system does behind its calls nobody counts: the bill then says what there is at least.
    pub fn asks(&self) -> bool {
        let asked = self.parts.iter().filter(|part| part.item == Item::System);
        asked.map(|part| part.ns).sum::<f64>() > LITTLE * self.explained()
    }

    /// Whether the sum is as near to the time as this share of it.
    pub fn is_within(&self, share: f64) -> bool {
        self.unexplained().abs() <= share * self.measured
    }

    /// What takes most; `None` where more than half of the time is unexplained, or as much again
    /// explained.
    pub fn binds(&self) -> Option<Item> {
        let most = self.parts.iter().max_by(|a, b| a.ns.total_cmp(&b.ns))?;
        self.is_within(fit::HALF).then_some(most.item)
    }
}

/// What a cold call waits for reads of the device, one by one. Where several may be under way,
/// nobody counts which rung has how many.
fn device(machine: &Machine, summary: &CaseSummary, scenario: &ScenarioSummary) -> Option<f64> {
    let description = summary.record.description.as_ref()?;
    let at = &scenario.record.scenario;
    let axis = description.axis(&at.input)?;
    let alone = axis.quantity == UNDER_WAY && at.n == 1 && scenario.cold;
    let (under_way, ns) = machine.device.first()?;
    let reads = description.limit == Some(LimitKind::DeviceReads) && alone && *under_way <= 1.0;
    reads.then_some(scenario.record.work * ns)
}

/// Whether a rung may be waiting for another process: no sample of it fell into the program, and it
/// asks the system for something in each call, where that was counted.
fn waits(summary: &CaseSummary, rung: usize) -> bool {
    let Some(evidence) = &summary.record.evidence else { return false };
    let sampled = evidence.assembly.here().and_then(|it| it.rungs.get(rung)?.as_ref());
    let counts = evidence.simulated.here().and_then(|it| it.rungs.get(rung)?.as_ref());
    let asks = counts.and_then(|counts| counts.system).is_none_or(|system| system.calls >= 1.0);
    sampled.is_none() && asks
}

/// What is shared is divided; threads are started one after the other.
fn parts(
    prices: &Prices,
    known: &Known,
    work: &Work,
    memory: &Memory,
    system: &System,
    rung: usize,
) -> Vec<Part> {
    // The allocator's instructions are among those that were simulated.
    let allocations = allocations(known.scenario, rung) * prices.other(price::ALLOCATION);
    let allocations = allocations.min(work.busy);
    let each = known.threads;
    let part = |item| {
        let ns = match item {
            Item::Instructions => (work.busy - allocations) / each,
            Item::Chain => work.idle / each,
            Item::Guesses => work.guesses / each,
            Item::Fetching => memory.fetching / each,
            Item::Memory => memory.waiting / each,
            Item::Copying => memory.copying / each,
            Item::Allocations => allocations / each,
            Item::Faults => system.faults / each,
            Item::System => system.calls / each,
            Item::Device => system.device,
            Item::Atomics => work.atomic / each,
            Item::Threads => system.threads,
        };
        Part { item, ns }
    };
    Item::ALL.map(part).into_iter().filter(|part| part.ns > 0.0).collect()
}

fn allocations(scenario: &ScenarioRecord, rung: usize) -> f64 {
    let counted = scenario.allocations.get(rung).copied().flatten();
    counted.map_or(0.0, |it| (it.allocations + it.reallocations) as f64)
}

#[cfg(test)]
mod tests {
    use super::prices::tests::machine;
    use super::*;
    use protocol::{Allocations, Axis, Cost, Description, Effort, Items, RungInfo, Scenario};
    use record::{Assembly, CaseRecord, Counted, Evidence, Found, Simulated, SystemCalls};

    const CHAIN: &str = "      …\n    .1:\n100 % imul rax, rcx\n      add rdx, 8\n      \
                         cmp rdx, rsi\n      jne .1\n      …\n";

    fn assembly(function: &str, text: &str) -> Assembly {
        Assembly {
            function: function.into(),
            share: 1.0,
            second: None,
            instructions: 4,
            packed: Vec::new(),
            calls: 0,
            panics: 0,
            text: text.into(),
        }
    }

    /// One rung that took so long.
    fn case(ns: f64, counts: Option<Simulated>, hot: Option<Assembly>) -> CaseRecord {
        let scenario = Scenario { input: "any".into(), n: 8, effort: Effort::Quick };
        let allocations = Allocations {
            allocations: 10,
            reallocations: 0,
            bytes: 640,
            peak: 640,
            repeatable: true,
            faults: None,
        };
        let evidence = Evidence {
            simulated: Found::Here(Counted { scenario: scenario.clone(), rungs: vec![counts] }),
            assembly: Found::Here(Counted { scenario: scenario.clone(), rungs: vec![hot] }),
            ..Evidence::default()
        };
        let measured = ScenarioRecord {
            scenario: scenario.clone(),
            inputs: 1,
            work: 6400.0,
            within: 6400.0,
            data_bytes: vec![None],
            handover: 0.0,
            blocks: 9,
            quiet: 1.0,
            times: vec![vec![ns]; 3],
            cpu: Vec::new(),
            faults: Vec::new(),
            alone: Vec::new(),
            pairs: Vec::new(),
            solo: Vec::new(),
            allocations: vec![Some(allocations)],
            tails: Vec::new(),
        };
        CaseRecord {
            failure: None,
            description: Some(Description {
                item: "item".into(),
                rungs: vec![RungInfo { name: "naive".into(), unavailable: None }],
                scenarios: vec![scenario],
                limit: Some(LimitKind::Read),
                ..Description::default()
            }),
            scenarios: vec![measured],
            evidence: Some(evidence),
            seconds: 1.0,
        }
    }

    const fn counts(instructions: f64, branches: f64, mispredictions: f64) -> Simulated {
        Simulated {
            instructions,
            branches,
            mispredictions,
            mispredictions_today: None,
            l1_misses: 0.0,
            last_level_misses: 0.0,
            system: None,
        }
    }

    fn priced() -> Machine {
        let cost = |name: &str, ns| Cost { name: name.into(), ns: Some(ns), how: String::new() };
        let costs = vec![cost(price::ALLOCATION, 5.0), cost(price::THREAD, 1e3)];
        Machine { costs, ..machine() }
    }

    fn bill_of(case: &CaseRecord) -> Option<Bill> {
        let machine = priced();
        Bill::of(&machine, &CaseSummary::new(case, &machine)?, 0).ok()
    }

    #[track_caller]
    fn assert_paid(bill: &Bill, expected: &[(Item, f64)]) {
        let paid: Vec<Item> = bill.parts.iter().map(|part| part.item).collect();
        assert_eq!(paid, expected.iter().map(|it| it.0).collect::<Vec<_>>(), "{bill:?}");
        for (part, expected) in bill.parts.iter().zip(expected) {
            let near = (part.ns / expected.1 - 1.0).abs() < 0.02;
            assert!(near, "{:?}: {} instead of {}", part.item, part.ns, expected.1);
        }
    }

    #[test]
    fn ordinary_code_pays_by_the_instruction_and_the_guess() {
        let bill = bill_of(&case(400.0, Some(counts(1e3, 100.0, 5.0)), None)).unwrap();
        let expected =
            [(Item::Instructions, 150.0), (Item::Guesses, 100.0), (Item::Allocations, 50.0)];
        assert_paid(&bill, &expected);
        assert!((bill.unexplained() - 100.0).abs() < 1e-9);
        assert!(bill.is_within(0.26) && !bill.is_within(0.24));
        assert_eq!(bill.binds(), Some(Item::Instructions));
        let short = bill_of(&case(100.0, Some(counts(1e3, 100.0, 5.0)), None)).unwrap();
        assert!(short.unexplained() < 0.0 && short.binds().is_none(), "more than it took");
    }

    #[test]
    fn the_predictor_of_today_decides_unless_it_is_worse_than_that_of_2004() {
        let guesses = |today| {
            let counts = Simulated { mispredictions_today: today, ..counts(1e3, 100.0, 5.0) };
            let bill = bill_of(&case(400.0, Some(counts), None)).unwrap();
            bill.parts.iter().find(|part| part.item == Item::Guesses).unwrap().ns
        };
        assert_eq!([guesses(None), guesses(Some(1.0)), guesses(Some(9.0))], [100.0, 20.0, 100.0]);
    }

    #[test]
    fn a_chain_waits_and_its_loop_is_seen_to_end() {
        let hot = || Some(assembly("f", CHAIN));
        let bill = bill_of(&case(750.0, Some(counts(1e3, 250.0, 0.0)), hot())).unwrap();
        // Four instructions in three cycles, one of them for what fits in.
        let expected =
            [(Item::Instructions, 200.0), (Item::Chain, 500.0), (Item::Allocations, 50.0)];
        assert_paid(&bill, &expected);
        assert_eq!(bill.binds(), Some(Item::Chain));
        let short = bill_of(&case(750.0, Some(counts(1e3, 250.0, 25.0)), hot())).unwrap();
        assert!(short.parts.iter().all(|part| part.item != Item::Guesses), "{short:?}");
        assert!(short.explained() < bill.explained(), "a short loop overlaps with its next turn");
    }

    #[test]
    fn memory_in_order_costs_bandwidth_and_a_chase_its_latency() {
        let misses = |text: &str| {
            let counts = Simulated { l1_misses: 1e3, ..counts(3e3, 1e3, 0.0) };
            let mut case = case(1e5, Some(counts), Some(assembly("f", text)));
            case.scenarios[0].within = 1e6;
            case.scenarios[0].allocations.clear();
            bill_of(&case).unwrap()
        };
        let of = |bill: &Bill, item| bill.parts.iter().find(|it| it.item == item).map(|it| it.ns);
        let sum = misses("    .1:\n100 % add rax, [rcx]\n      add rcx, 0x40\n      jne .1\n");
        // Two nanoseconds a line, less what hides behind a nanosecond of instructions.
        let fetched = of(&sum, Item::Fetching).unwrap();
        assert!(fetched > 1e3 && fetched < 2e3, "{sum:?}");
        assert_eq!(of(&sum, Item::Memory), None);
        let chase = misses("    .1:\n100 % mov rax, [rax]\n      test rax, rax\n      jne .1\n");
        let mut case = case(1e5, Some(Simulated { l1_misses: 1e5, ..counts(3e5, 1e5, 0.0) }), None);
        assert_eq!(of(&chase, Item::Memory), None, "each line is touched for the first time");
        case.evidence.as_mut().unwrap().assembly = Found::Here(Counted {
            scenario: case.scenarios[0].scenario.clone(),
            rungs: vec![Some(assembly(
                "f",
                "    .1:\n100 % mov rax, [rax]\n      test rax, rax\n      jne .1\n",
            ))],
        });
        case.scenarios[0].within = 1e6;
        let again = bill_of(&case).unwrap();
        let waited = of(&again, Item::Memory).unwrap();
        let misses = 1e5 - 1e6 / 64.0;
        assert!((waited / misses - 10.0).abs() < 0.5, "fifteen less five: {again:?}");
    }

    #[test]
    fn what_the_simulator_counts_byte_by_byte_is_a_copy() {
        let bill = bill_of(&case(1e3, Some(counts(12_000.0, 10_000.0, 0.0)), None)).unwrap();
        let copied = bill.parts.iter().find(|part| part.item == Item::Copying).unwrap();
        assert!((copied.ns - 9_600.0 / 32.0).abs() < 1.0, "{bill:?}");
    }

    #[test]
    fn threads_share_what_there_is_and_cost_themselves() {
        let hot = assembly("std::thread::scoped::scope", CHAIN);
        let bill = bill_of(&case(1e3, Some(counts(1e3, 250.0, 0.0)), Some(hot))).unwrap();
        let expected = [
            (Item::Instructions, 100.0),
            (Item::Chain, 250.0),
            (Item::Allocations, 25.0),
            (Item::Threads, 2e3),
        ];
        assert_paid(&bill, &expected);
    }

    #[test]
    fn who_asks_the_system_for_much_pays_at_least_that() {
        let bill = |calls| {
            let system = Some(SystemCalls { calls, bytes: 0.0, threads: 0.0 });
            let case = case(1e3, Some(Simulated { system, ..counts(1e3, 100.0, 0.0) }), None);
            let mut machine = priced();
            let how = String::new();
            machine.costs.push(Cost { name: price::SYSTEM_CALL.into(), ns: Some(10.0), how });
            Bill::of(&machine, &CaseSummary::new(&case, &machine).unwrap(), 0).unwrap()
        };
        assert!(!bill(0.0).asks() && !bill(2.0).asks() && bill(3.0).asks(), "{:?}", bill(3.0));
    }

    #[test]
    fn what_another_process_does_has_no_bill() {
        let waiting = |calls, hot| {
            let system = Some(SystemCalls { calls, bytes: 0.0, threads: 0.0 });
            let case = case(1e6, Some(Simulated { system, ..counts(1e3, 100.0, 0.0) }), hot);
            let machine = priced();
            Bill::of(&machine, &CaseSummary::new(&case, &machine).unwrap(), 0)
        };
        assert_eq!(waiting(2.0, None).err(), Some(Missing::Elsewhere));
        assert!(waiting(0.0, None).is_ok(), "it asks nobody");
        assert!(waiting(2.0, Some(assembly("f", CHAIN))).is_ok(), "it was seen at work");
    }

    #[test]
    fn cold_calls_have_no_bill() {
        let hot = Some(assembly("f", CHAIN));
        let mut case = case(1e3, Some(counts(1e3, 100.0, 0.0)), hot);
        let bill = |case: &CaseRecord| {
            let machine = priced();
            Bill::of(&machine, &CaseSummary::new(case, &machine).unwrap(), 0)
        };
        assert!(bill(&case).is_ok());
        let input = case.scenarios[0].scenario.input.clone();
        case.description.as_mut().unwrap().cold = vec![input];
        assert_eq!(bill(&case).err(), Some(Missing::Cold));
    }

    #[test]
    fn reads_of_the_device_wait_one_for_the_other() {
        let mut case = case(1e3, Some(counts(1e3, 100.0, 0.0)), None);
        (case.scenarios[0].scenario.n, case.scenarios[0].work) = (1, 3.0);
        let Found::Here(counted) = &mut case.evidence.as_mut().unwrap().simulated else {
            unreachable!()
        };
        counted.scenario.n = 1;
        let description = case.description.as_mut().unwrap();
        (description.scenarios[0].n, description.limit) = (1, Some(LimitKind::DeviceReads));
        let input = description.scenarios[0].input.clone();
        description.cold = vec![input.clone()];
        let bill = |case: &CaseRecord, device: &[(f64, f64)]| {
            let machine = Machine { device: device.to_vec(), ..priced() };
            Bill::of(&machine, &CaseSummary::new(case, &machine).unwrap(), 0)
        };
        let device = [(1.0, 200.0), (4.0, 300.0)];
        assert_eq!(bill(&case, &device).err(), Some(Missing::Cold), "who knows how many at once?");
        let (quantity, unit, items) = (UNDER_WAY.into(), String::new(), Items::Always(3));
        let axes = vec![Axis { input, quantity, unit, items }];
        case.description.as_mut().unwrap().axes = axes;
        let made = bill(&case, &device).unwrap();
        let waited = made.parts.iter().find(|part| part.item == Item::Device).unwrap();
        assert_eq!((waited.ns, made.binds()), (600.0, Some(Item::Device)));
        assert_eq!(bill(&case, &[]).err(), Some(Missing::Cold), "nobody looked at the device");
    }

    #[test]
    fn atomic_changes_have_a_line_of_their_own() {
        let text = "    .1:\n100 % lock inc qword ptr [rdx]\n      add rdx, 8\n      jne .1\n";
        let bill = bill_of(&case(1e3, Some(counts(300.0, 100.0, 0.0)), Some(assembly("f", text))))
            .unwrap();
        assert_eq!(bill.binds(), None, "far more than it took");
        assert!(bill.parts.iter().any(|part| part.item == Item::Atomics && part.ns == 2e3));
    }

    #[test]
    fn what_the_simulator_cannot_run_is_told_by_its_work() {
        let text = "    .1:\n100 % vaddps zmm0, zmm0, [rdi+rax]\n      vaddps zmm1, zmm1, \
                    [rsi+rax]\n      add rax, 0x40\n      jne .1\n";
        let bill = bill_of(&case(100.0, None, Some(assembly("f", text)))).unwrap();
        // Fifty passes of two loads.
        let total: f64 = bill.parts.iter().map(|part| part.ns).sum();
        assert!(total > 50.0 * 2.5 && total < 50.0 * 2.5 + 100.0, "{bill:?}");
        assert!(bill_of(&case(100.0, None, None)).is_none(), "nothing is known");
        let ways = "    .1:\n 50 % add rax, 0x40\n      vmovups zmm0, [rdi+rax]\n      \
                    vptestmd k1, zmm0, zmm0\n      kortestw k1, k1\n      je .1\n \
                    50 % vmovups [rsi+rdx], zmm0\n      add rdx, 0x40\n      cmp rax, rcx\n      \
                    jne .1\n";
        let skips = bill_of(&case(100.0, None, Some(assembly("f", ways))));
        assert!(skips.is_none(), "how often which way is taken nobody knows: {skips:?}");
    }

    #[test]
    fn what_the_simulator_did_not_run_has_no_bill() {
        let straight =
            " 30 % vpcompressb zmm0{k1}{z}, zmm0\n      vpmovzxbd zmm2, xmm0\n      ret\n";
        let hot = Assembly { share: 0.9, ..assembly("f", straight) };
        let case = case(100.0, Some(counts(1e3, 100.0, 5.0)), Some(hot));
        let machine = priced();
        let bill = Bill::of(&machine, &CaseSummary::new(&case, &machine).unwrap(), 0);
        assert_eq!(bill.err(), Some(Missing::Unlike));
    }

    #[test]
    fn a_machine_of_which_nothing_is_known_has_no_prices() {
        let case = case(400.0, Some(counts(1e3, 100.0, 5.0)), None);
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        assert!(Bill::of(&Machine::default(), &summary, 0).is_err());
    }
}
