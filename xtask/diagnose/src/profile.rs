//! What any reader makes of a file.

use std::collections::{BTreeMap, HashSet};

use cases::code::Code;
use cases::repeats::Repeats;
use protocol::Stack;

use crate::names::is_foreign;

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Moments at which a stack was seen: time.
    Samples,
    /// Blocks that were asked of the allocator.
    Allocations,
    /// System calls.
    Calls,
}

/// A profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// What was counted.
    pub kind: Kind,
    /// What the file was taken for.
    pub how: String,
    /// The stacks, of which the same may come twice.
    pub stacks: Vec<Stack>,
    /// Bytes of each stack's blocks; empty where no allocations were recorded.
    pub bytes: Vec<u64>,
    /// What is known of the machine code in which each stack's samples fell; empty where nothing
    /// is known of any.
    pub code: Vec<Option<Code>>,
    /// Where that code is, if the sampler says it; empty where it says it of none.
    pub places: Vec<Option<Place>>,
    /// What is known of the calls of functions, by their names; empty where nobody looked.
    pub repeats: BTreeMap<String, Repeats>,
    /// System calls instead of stacks.
    pub calls: Vec<Call>,
    /// Samples for which there was no room.
    pub lost: u64,
    /// The share of the machine's cores that it kept busy, where it ran here.
    pub busy: Option<f64>,
    /// How often its threads went to sleep in a second, where it ran here.
    pub sleeps: Option<f64>,
}

/// Where the machine code of a stack's innermost function was interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The binary's file.
    pub file: String,
    /// The function's symbol.
    pub symbol: String,
    /// Bytes from its beginning.
    pub distance: u64,
}

/// A system call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// How often it was made.
    pub count: u64,
}

impl Kind {
    /// "samples".
    pub fn plural(self) -> &'static str {
        match self {
            Self::Samples => "samples",
            Self::Allocations => "allocations",
            Self::Calls => "system calls",
        }
    }
}

impl Profile {
    /// Samples of time.
    pub fn samples(how: impl Into<String>, stacks: Vec<Stack>) -> Self {
        Self {
            kind: Kind::Samples,
            how: how.into(),
            stacks,
            bytes: Vec::new(),
            code: Vec::new(),
            places: Vec::new(),
            repeats: BTreeMap::new(),
            calls: Vec::new(),
            lost: 0,
            busy: None,
            sleeps: None,
        }
    }

    /// All that was counted.
    pub fn total(&self) -> u64 {
        let stacks = self.stacks.iter().map(|stack| stack.samples);
        let calls = self.calls.iter().map(|call| call.count);
        stacks.chain(calls).fold(0, u64::saturating_add)
    }

    /// Of which stacks the innermost function's code is somebody's own, or runs a closure of his,
    /// which may be inlined elsewhere in it than where a sample falls. Of sorting he wrote no loop.
    pub fn of_chosen_code(&self) -> Vec<bool> {
        let function = |at: usize| {
            let place = self.places.get(at)?.as_ref()?;
            Some((place.file.as_str(), place.symbol.as_str()))
        };
        let itself: Vec<bool> = self.stacks.iter().map(is_of_chosen_code).collect();
        let chosen: HashSet<(&str, &str)> =
            (0..itself.len()).filter(|at| itself[*at]).filter_map(function).collect();
        let runs_his = |at: usize| {
            let sorts = self.stacks[at].function.contains("::sort");
            !sorts && function(at).is_some_and(|function| chosen.contains(&function))
        };
        (0..itself.len()).map(|at| itself[at] || runs_his(at)).collect()
    }
}

/// Whether the code of a stack's innermost function is somebody's own, or has something of his
/// inlined into it, and is not the language's.
fn is_of_chosen_code(stack: &Stack) -> bool {
    let last = stack.frames.iter().rposition(|frame| *frame == stack.function);
    stack.frames.iter().skip(last.unwrap_or(0)).any(|frame| !is_foreign(frame))
}

/// A stack whose innermost frame is the function with machine code.
pub(crate) fn stack(frames: Vec<String>, samples: u64) -> Stack {
    let function = frames.last().cloned().unwrap_or_default();
    Stack { frames, function, samples }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_chosen_by_its_function_or_by_what_is_inlined_into_it() {
        let chosen = |frames: &[&str], function: &str| {
            let frames = frames.iter().map(|frame| (*frame).to_owned()).collect();
            is_of_chosen_code(&Stack { frames, function: function.to_owned(), samples: 1 })
        };
        assert!(chosen(&["app::main", "app::go", "core::ops::add"], "app::go"));
        let fold = "core::iter::fold";
        assert!(chosen(&["app::main", fold, "app::go::{closure}"], fold), "it runs his closure");
        assert!(!chosen(
            &["app::main", "core::slice::sort", "core::ptr::read"],
            "core::slice::sort"
        ));
        assert!(!chosen(&["app::main", "memcpy"], "memcpy") && !chosen(&[], ""));
    }

    #[test]
    fn a_function_that_runs_a_closure_is_chosen_wherever_a_sample_falls_in_it() {
        let stack = |function: &str, inlined: &str| Stack {
            frames: ["app::main", function, inlined].map(str::to_owned).into(),
            function: function.to_owned(),
            samples: 1,
        };
        let place = |symbol: &str| {
            Some(Place { file: "app".to_owned(), symbol: symbol.to_owned(), distance: 0 })
        };
        let [fold, sort] = ["core::iter::fold", "core::slice::sort::quicksort"];
        let own = "app::go::{closure}";
        let profile = Profile {
            stacks: vec![
                stack(fold, own),
                stack(fold, "core::ptr::read"),
                stack(fold, "core::ptr::read"),
                stack(sort, own),
                stack(sort, "core::ptr::read"),
            ],
            places: vec![place("one"), place("one"), place("other"), place("sort"), place("sort")],
            ..Profile::samples(String::new(), Vec::new())
        };
        assert_eq!(profile.of_chosen_code(), [true, true, false, true, false]);
    }
}
