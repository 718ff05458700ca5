//! What can be known of the machine code in which a sample fell: counts, each with a word. The same
//! words stand in a manifest's signs and in a recording.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

/// What is counted of the innermost loop around a sample, or of the whole function where no loop
/// is. One that is not there is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Instructions, padding left out.
    Instructions,
    /// Instructions that read memory other than the stack.
    Loads,
    /// Instructions that write memory other than the stack.
    Stores,
    /// Arithmetic on one float at a time.
    Floats,
    /// Instructions that compute on vectors lane by lane.
    Packed,
    /// Registers of one float to which each turn of the loop adds, each addition waiting for the
    /// one before.
    Chains,
    /// Registers of one float of which each turn makes the next in another way, by a product or a
    /// larger one: no order of additions helps.
    Recurrences,
    /// Divisions and square roots.
    Divisions,
    /// Calls of other functions, those that end in a panic left out.
    Calls,
    /// Of these, calls of functions with a few instructions, no loop and no call of their own.
    SmallCalls,
    /// Conditional jumps that lead to a panic: indices that are checked.
    Checks,
    /// Conditional jumps on what was loaded in the same turn, both of whose ways stay in the loop.
    Guesses,
    /// Loads at an address that was loaded, or computed from what was, in the same turn or the one
    /// before.
    Gathers,
    /// Bytes by which an address that is read or written moves in a turn, of the one that moves
    /// furthest.
    Stride,
    /// Addresses that are read or written and move by an amount that only a run knows.
    Steps,
    /// Bytes from an item to the next, of the list whose items are the largest, however many of
    /// them a turn takes.
    Record,
    /// Per cent of the bytes of such an item that are read.
    Used,
    /// Loads through a pointer that was loaded in the same turn from a list that is gone through.
    Through,
    /// Per cent of the samples in the loop that fell at a load whose address had to be loaded
    /// first, or was halved, or right behind it.
    Waits,
    /// Per cent of those that fell at a conditional jump on what was loaded in the same turn, or
    /// where it leads: a processor begins anew there if it had guessed wrongly.
    GuessWaits,
    /// Shifts of a value by one bit, after which something is taken away without carry: a checksum
    /// bit by bit.
    BitSteps,
    /// Sums of bits by masks and shifts: `count_ones` where the build has no instruction for it.
    BitSums,
    /// Bits that are taken one at a time, beside shifts: to be counted, or put elsewhere.
    Bits,
    /// Conditional jumps on what was loaded in the same turn that leave the loop for a larger one
    /// around it, as a filter does whose inner loop skips what is not wanted.
    Leaves,
    /// Conditional jumps on what was loaded in the same turn, wherever they lead, panics left out.
    Asks,
    /// Comparisons of sixteen bytes at once, of a build that knows no wider ones.
    ByteVectors,
    /// Loads of one byte that is asked for being zero or one, and nothing else: a flag.
    Flags,
    /// Loads of one byte.
    Bytes,
    /// Writes of one byte.
    ByteStores,
    /// Loads at a place that was halved: the middle of what is left in a search.
    Halvings,
    /// Writes at an address that was loaded, in the same turn or the one before.
    Scatters,
    /// Changes of a value in memory whose place does not move from turn to turn: a counter that is
    /// in no register.
    Counters,
    /// Changes of a value in memory that no other core may come between.
    Locked,
    /// Of these, exchanges: what a store is that all cores have to see at once.
    Swaps,
    /// Carries of long numbers: additions with a carry, and carries that are kept as numbers.
    Carries,
    /// Calls of what only a run knows: a method of a `dyn` value, or a pointer to a function.
    UnknownCalls,
    /// Loops inside it that compute with numbers, call nothing, and end after a number of turns
    /// that is known when they begin.
    Inner,
    /// One, where it is no loop but a function of a few instructions that calls nothing.
    Small,
    /// Calls of the function by itself, of what it has read in memory: it goes down a tree.
    Descents,
    /// Products of two integers that only a run knows, of one pair or of several at once.
    Products,
    /// Multiplications by ten, where the digit zero is taken away as well: numbers that are read by
    /// hand.
    Digits,
    /// Shifts by eight, sixteen and twenty-four bits: parts of a word, as the colours of a pixel.
    Channels,
    /// Arithmetic on several floats at a time.
    WideFloats,
    /// Additions of several floats at a time to what each turn goes on with.
    WideChains,
    /// Per cent of the samples in the loop around it that fell beside it, if that loop is short and
    /// calls nothing: to begin it costs as much.
    Around,
}

/// Facts with their counts, zeros left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Code(BTreeMap<Fact, u32>);

/// All of them, with the words for them; the order is that of the enum.
const WORDS: [(Fact, &str); 45] = [
    (Fact::Instructions, "instructions"),
    (Fact::Loads, "loads"),
    (Fact::Stores, "stores"),
    (Fact::Floats, "floats"),
    (Fact::Packed, "packed"),
    (Fact::Chains, "chains"),
    (Fact::Recurrences, "recurrences"),
    (Fact::Divisions, "divisions"),
    (Fact::Calls, "calls"),
    (Fact::SmallCalls, "small_calls"),
    (Fact::Checks, "checks"),
    (Fact::Guesses, "guesses"),
    (Fact::Gathers, "gathers"),
    (Fact::Stride, "stride"),
    (Fact::Steps, "steps"),
    (Fact::Record, "record"),
    (Fact::Used, "used"),
    (Fact::Through, "through"),
    (Fact::Waits, "waits"),
    (Fact::GuessWaits, "guess_waits"),
    (Fact::BitSteps, "bit_steps"),
    (Fact::BitSums, "bit_sums"),
    (Fact::Bits, "bits"),
    (Fact::Leaves, "leaves"),
    (Fact::Asks, "asks"),
    (Fact::ByteVectors, "byte_vectors"),
    (Fact::Flags, "flags"),
    (Fact::Bytes, "bytes"),
    (Fact::ByteStores, "byte_stores"),
    (Fact::Halvings, "halvings"),
    (Fact::Scatters, "scatters"),
    (Fact::Counters, "counters"),
    (Fact::Locked, "locked"),
    (Fact::Swaps, "swaps"),
    (Fact::Carries, "carries"),
    (Fact::UnknownCalls, "unknown_calls"),
    (Fact::Inner, "inner"),
    (Fact::Small, "small"),
    (Fact::Descents, "descents"),
    (Fact::Products, "products"),
    (Fact::Digits, "digits"),
    (Fact::Channels, "channels"),
    (Fact::WideFloats, "wide_floats"),
    (Fact::WideChains, "wide_chains"),
    (Fact::Around, "around"),
];
/// How a frame begins that says them.
const FRAME: &str = "[code ";

impl Code {
    /// A count; zero where nothing is known.
    pub fn get(&self, fact: Fact) -> u32 {
        self.0.get(&fact).copied().unwrap_or(0)
    }

    /// Sets a count.
    pub fn set(&mut self, fact: Fact, count: u32) {
        if count == 0 {
            self.0.remove(&fact);
        } else {
            self.0.insert(fact, count);
        }
    }

    /// As a frame of folded stacks has it: "[code instructions=9 loads=2]".
    pub fn frame(&self) -> String {
        let mut frame = FRAME.to_owned();
        for (fact, word) in WORDS.iter().filter(|(fact, _)| self.get(*fact) > 0) {
            let _ = write!(frame, "{word}={} ", self.get(*fact));
        }
        frame.truncate(frame.trim_end().len());
        frame + "]"
    }

    /// What [`Self::frame`] wrote. Words of other versions say nothing; without any it is none.
    pub fn of_frame(frame: &str) -> Option<Self> {
        let inside = frame.strip_prefix(FRAME)?.strip_suffix(']')?;
        let mut code = Self::default();
        for (word, count) in inside.split(' ').filter_map(|part| part.split_once('=')) {
            if let Some((fact, _)) = WORDS.iter().find(|(_, known)| *known == word) {
                code.set(*fact, count.parse().ok()?);
            }
        }
        (code != Self::default()).then_some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_says_what_is_not_zero_and_is_read_again() {
        let mut code = Code::default();
        for (fact, count) in [(Fact::Loads, 2), (Fact::Instructions, 9), (Fact::Calls, 0)] {
            code.set(fact, count);
        }
        assert_eq!(code.frame(), "[code instructions=9 loads=2]");
        assert_eq!(Code::of_frame(&code.frame()), Some(code.clone()));
        assert_eq!(Code::of_frame("[code instructions=9 loads=2 later=1]"), Some(code));
        for none in ["[code]", "[code x=1]", "[code loads=many]", "[libc.so.6]", "code loads=1"] {
            assert_eq!(Code::of_frame(none), None, "{none}");
        }
    }

    /// A manifest says them by the same words.
    #[test]
    fn each_fact_has_one_word() {
        for (at, (fact, word)) in WORDS.into_iter().enumerate() {
            let read: Fact = serde_json::from_value(word.into()).unwrap();
            assert_eq!((read, fact as usize), (fact, at));
        }
    }
}
