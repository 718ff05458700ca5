//! What can be known of the calls of a function: how many were seen, and how many of them asked
//! what none before had asked. A recording has it beside its stacks.

/// Calls of one function, whose answers followed from its arguments as far as was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeats {
    /// Calls that were looked at.
    pub calls: u64,
    /// Different arguments among them.
    pub different: u64,
    /// What a call executes on average, with all that it calls; a large number stands for all that
    /// are larger.
    pub instructions: u64,
}

/// How a frame begins that says them.
const FRAME: &str = "[calls ";
/// Calls below which a share says nothing.
const FEWEST: u64 = 100;

impl Repeats {
    /// The share of calls that asked again.
    pub fn share(self) -> f64 {
        if self.calls < FEWEST {
            return 0.0;
        }
        self.calls.saturating_sub(self.different) as f64 / self.calls as f64
    }

    /// As a frame of folded stacks has it, below its function in a stack that was never seen:
    /// "[calls seen=20000 different=312 instructions=4000]".
    pub fn frame(self) -> String {
        let Self { calls, different, instructions } = self;
        format!("{FRAME}seen={calls} different={different} instructions={instructions}]")
    }

    /// What [`Self::frame`] wrote; words of other versions say nothing.
    pub fn of_frame(frame: &str) -> Option<Self> {
        let inside = frame.strip_prefix(FRAME)?.strip_suffix(']')?;
        let count = |wanted: &str| {
            let mut words = inside.split(' ').filter_map(|part| part.split_once('='));
            words.find(|(word, _)| *word == wanted)?.1.parse().ok()
        };
        Some(Self {
            calls: count("seen")?,
            different: count("different")?,
            instructions: count("instructions")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_again() {
        let repeats = Repeats { calls: 20_000, different: 312, instructions: 4_000 };
        assert_eq!(repeats.frame(), "[calls seen=20000 different=312 instructions=4000]");
        assert_eq!(Repeats::of_frame(&repeats.frame()), Some(repeats));
        let later = "[calls seen=20000 later=1 different=312 instructions=4000]";
        assert_eq!(Repeats::of_frame(later), Some(repeats));
        for none in ["[calls ]", "[calls seen=1]", "[calls seen=x different=1 instructions=1]"] {
            assert_eq!(Repeats::of_frame(none), None, "{none}");
        }
    }

    #[test]
    fn a_few_calls_say_nothing() {
        let share = |calls, different| Repeats { calls, different, instructions: 1 }.share();
        assert_eq!([share(1_000, 100), share(99, 1), share(0, 0)], [0.9, 0.0, 0.0]);
        assert_eq!(share(100, 101), 0.0, "what cannot be is no panic");
    }
}
