//! What things cost on the machine of a record: what its page has, and where it has no such price
//! yet, what holds for the cores of today.

use protocol::{Machine, at, price};

use super::core::Core;

/// Cycles from an address to its value in the first level.
const LOAD: f64 = 5.0;
/// Instructions that enter in a cycle, kept up over a loop.
const WIDTH: f64 = 5.0;
/// Share of the instructions that can enter at best which real code keeps up: five of the six of
/// the cores on which that was looked at.
const KEPT_UP: f64 = 5.0 / 6.0;
/// What an instruction at best takes of its price: that is measured in turns of eight, and the jump
/// to the next turn enters as well.
const OF_A_TURN: f64 = 8.0 / 9.0;
/// Operations on vectors in a cycle: three on some cores, four on others.
const PIPES: f64 = 3.5;
/// Cycles from a floating-point number to its sum with another: two on some cores, three on others.
const ADD: f64 = 2.5;
/// Cycles from a number in a vector to its product: three on some cores, four on others.
const MULTIPLY: f64 = 4.0;
/// Cycles of a simple operation on vectors: one on some cores, two on others.
const SIMPLE: f64 = 1.0;
/// Cycles of a step between vectors and general registers.
const BETWEEN: f64 = 3.0;
/// Cycles for which a multiplication without carries keeps its unit: one on some cores, two on
/// others.
const CARRY_LESS: f64 = 1.0;
/// Cycles of an instruction in code that is no loop on numbers: five in a cycle, as long as
/// nothing is guessed wrongly and nothing misses.
const ORDINARY: f64 = 0.2;
/// Cycles that a wrong guess costs.
const GUESS: f64 = 20.0;
/// Share of what is fetched ahead that hides behind instructions which run meanwhile: all of it on
/// some cores, next to nothing on others.
const HIDDEN: f64 = 0.5;
/// How many times as much the wider vectors compute where units are as wide as they are.
const WIDER: f64 = 1.5;
/// Where the second level is looked at, as a multiple of the first.
const SECOND: f64 = 16.0;

/// Bytes whose usual pages' addresses a core of today keeps: two thousand pages and more.
const TRANSLATED: f64 = 8388608.0;

/// Bytes of a first level, where nobody has looked.
const FIRST: f64 = 32768.0;

/// Bytes of a cache line.
pub(super) const LINE: f64 = 64.0;

/// The prices of one machine, times in nanoseconds.
pub(super) struct Prices<'a> {
    machine: &'a Machine,
    /// A cycle.
    pub cycle: f64,
    /// Cycles of an instruction of ordinary code.
    pub ordinary: f64,
    /// A wrong guess whose comparison is known at once.
    pub guess: f64,
    /// Share of what is fetched ahead that hides behind instructions.
    pub hidden: f64,
    /// Its core.
    pub core: Core,
}

impl<'a> Prices<'a> {
    /// The prices of a machine; `None` if too little of it was measured.
    pub(super) fn of(machine: &'a Machine) -> Option<Self> {
        let first = *machine.levels().first()?;
        let cycle = machine.price(price::CYCLE).unwrap_or(first.1 / LOAD);
        if cycle <= 0.0 || machine.read.is_empty() || machine.copy.is_empty() {
            return None;
        }
        let cycles = |name: &str| machine.price(name).map(|ns| ns / cycle);
        let at_best = cycles(price::INSTRUCTION).map(|each| each * OF_A_TURN);
        let line = LINE / at(&machine.read, first.0 * SECOND)?;
        let hidden = machine.price(price::BEHIND).map(|ns| (1.0 - ns / line).clamp(0.0, 1.0));
        let add = cycles(price::ADDITION).unwrap_or(ADD);
        let multiply = cycles(price::MULTIPLICATION).unwrap_or(MULTIPLY);
        let peak = |name: &str| {
            let peak = machine.peaks.iter().find(|peak| peak.vectors == name);
            peak.map_or(0.0, |peak| peak.flops32)
        };
        let wide = peak("AVX-512") > WIDER * peak("AVX2 + FMA");
        Some(Self {
            machine,
            cycle,
            ordinary: at_best.map_or(ORDINARY, |each| each / KEPT_UP),
            guess: machine.price(price::GUESS).unwrap_or(GUESS * cycle),
            hidden: hidden.unwrap_or(HIDDEN),
            core: Core {
                width: at_best.map_or(WIDTH, |each| KEPT_UP / each),
                vector_bits: if wide { 512 } else { 256 },
                pipes: cycles(price::VECTOR).map_or(PIPES, f64::recip),
                load: LOAD,
                add,
                add_behind: cycles(price::BEHIND_PRODUCT).map_or(add, |both| both - multiply),
                multiply,
                simple: cycles(price::SIMPLE).unwrap_or(SIMPLE),
                between: cycles(price::BETWEEN).map_or(BETWEEN, |both| both / 2.0),
                carry_less: cycles(price::CARRY_LESS).unwrap_or(CARRY_LESS),
                locked: cycles(price::ATOMIC).unwrap_or(GUESS),
            },
        })
    }

    /// Until the value of an access is there that falls anywhere among so many bytes. As long as a
    /// core keeps the addresses of all their pages, the size of a page makes no difference: what
    /// was measured later on the one kind than on the other met a neighbour in the last level.
    pub(super) fn latency(&self, bytes: f64) -> f64 {
        let usual = at(&self.machine.latency, bytes).unwrap_or(0.0);
        let huge = self.machine.latency_huge_pages.as_ref().filter(|_| bytes <= TRANSLATED);
        huge.and_then(|curve| at(curve, bytes)).map_or(usual, |huge| huge.min(usual))
    }

    /// The same of a search that misses the first level: each step halves what is left of so many
    /// bytes, so steps fall on all sizes alike.
    pub(super) fn latency_of_steps(&self, bytes: f64) -> f64 {
        let first = self.machine.effective_caches.first().map_or(FIRST, |&bytes| bytes as f64);
        let halved = std::iter::successors(Some(bytes), |bytes| Some(bytes / 2.0));
        let beyond: Vec<f64> = halved.take_while(|&bytes| bytes > first).collect();
        let sum: f64 = beyond.iter().map(|&bytes| self.latency(bytes)).sum();
        if beyond.is_empty() { self.latency(bytes) } else { sum / beyond.len() as f64 }
    }

    /// A line of so many bytes that are read in order.
    pub(super) fn line(&self, bytes: f64) -> f64 {
        LINE / at(&self.machine.read, bytes).unwrap_or(f64::INFINITY)
    }

    /// A line of so many bytes of which half are written.
    pub(super) fn copied_line(&self, bytes: f64) -> f64 {
        self.copied(bytes) * LINE / 2.0
    }

    /// A byte that is copied within so many.
    pub(super) fn copied(&self, bytes: f64) -> f64 {
        at(&self.machine.copy, bytes).unwrap_or(f64::INFINITY).recip()
    }

    /// What else the machine page has; nothing where it does not.
    pub(super) fn other(&self, name: &str) -> f64 {
        self.machine.price(name).unwrap_or(0.0)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use protocol::Cost;

    /// A machine of which no single price is known: a cycle of a nanosecond, first level, second
    /// level, memory.
    pub(in super::super) fn machine() -> Machine {
        Machine {
            cores: 2,
            system: "linux x86_64".into(),
            read: vec![(1e4, 64.0), (1e6, 32.0), (1e8, 8.0)],
            copy: vec![(1e4, 32.0), (1e6, 16.0), (1e8, 4.0)],
            latency: vec![(1e4, 5.0), (1e6, 15.0), (1e8, 105.0)],
            ..Machine::default()
        }
    }

    #[test]
    fn what_the_page_lacks_is_what_cores_have_today() {
        let machine = machine();
        let prices = Prices::of(&machine).unwrap();
        assert_eq!((prices.cycle, prices.guess, prices.core.add), (1.0, GUESS, ADD));
        assert_eq!((prices.line(1e6), prices.copied_line(1e6)), (2.0, 2.0));
        assert_eq!(prices.core.vector_bits, 256);
        assert!(Prices::of(&Machine::default()).is_none());
    }

    #[test]
    fn the_jump_of_a_turn_is_no_part_of_an_instruction() {
        let how = String::new();
        let costs = vec![Cost { name: price::INSTRUCTION.into(), ns: Some(0.1875), how }];
        let machine = Machine { costs, ..machine() };
        let prices = Prices::of(&machine).unwrap();
        assert!((prices.core.width - 5.0).abs() < 1e-9, "five sixths of six");
        assert!((prices.ordinary - 0.2).abs() < 1e-9);
    }

    #[test]
    fn a_neighbour_slows_one_kind_of_pages_and_not_the_price() {
        let of = |huge: [f64; 3], bytes| {
            let huge = [1e4, 1e6, 1e8].into_iter().zip(huge).collect();
            Prices::of(&Machine { latency_huge_pages: Some(huge), ..machine() })
                .unwrap()
                .latency(bytes)
        };
        assert_eq!(of([5.0, 9.0, 70.0], 1e6), 9.0, "the usual ones met a neighbour");
        assert_eq!(of([5.0, 25.0, 70.0], 1e6), 15.0, "the huge ones did");
        assert_eq!(of([5.0, 9.0, 70.0], 1e8), 105.0, "so many addresses are looked up");
    }

    #[test]
    fn what_the_page_has_counts() {
        let cost = |name: &str, ns| Cost { name: name.into(), ns: Some(ns), how: String::new() };
        let mut machine = machine();
        machine.costs = vec![
            cost(price::CYCLE, 0.5),
            cost(price::ADDITION, 1.0),
            cost(price::GUESS, 7.0),
            cost(price::VECTOR, 0.25),
            cost(price::BEHIND, 0.0),
        ];
        let prices = Prices::of(&machine).unwrap();
        assert_eq!((prices.cycle, prices.guess, prices.hidden), (0.5, 7.0, 1.0));
        assert_eq!((prices.core.add, prices.core.pipes), (2.0, 2.0));
        assert_eq!((prices.core.add_behind, prices.core.multiply), (2.0, MULTIPLY));
    }

    #[test]
    fn an_addition_behind_a_product_has_a_price_of_its_own() {
        let cost = |name: &str, ns| Cost { name: name.into(), ns: Some(ns), how: String::new() };
        let mut machine = machine();
        machine.costs = vec![
            cost(price::CYCLE, 0.5),
            cost(price::ADDITION, 1.0),
            cost(price::MULTIPLICATION, 1.5),
            cost(price::BEHIND_PRODUCT, 3.0),
            cost(price::BETWEEN, 4.0),
        ];
        let core = Prices::of(&machine).unwrap().core;
        assert_eq!((core.add, core.multiply, core.add_behind, core.between), (2.0, 3.0, 3.0, 4.0));
    }

    #[test]
    fn steps_of_a_search_fall_on_all_sizes() {
        let machine = Machine { effective_caches: vec![10_000], ..machine() };
        let prices = Prices::of(&machine).unwrap();
        let (steps, anywhere) = (prices.latency_of_steps(1e8), prices.latency(1e8));
        assert!(steps > prices.latency(1e4) && steps < 0.7 * anywhere, "{steps} {anywhere}");
        assert_eq!(prices.latency_of_steps(5e3), prices.latency(5e3), "all in the first level");
    }
}
