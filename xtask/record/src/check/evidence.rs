//! Evidence: counts that can be divided by, and listings that can be read.

use super::{
    At as _, Check, Checked, LIST, amount, count, each, each_known, line, share, size, text, up_to,
    word,
};
use crate::{
    Assembly, Counted, Counters, Evidence, Found, RungCost, Second, Simulated, Simulator,
    SystemCalls,
};

/// Kinds of vectors, and the bits of one.
const WIDTHS: usize = 16;
const BITS: u64 = 1 << 16;

impl Evidence {
    /// How long its lists by rung are, by their names.
    pub(super) fn by_rung(&self) -> [(&'static str, usize); 4] {
        fn rungs<T>(found: &Found<Counted<T>>) -> usize {
            found.here().map_or(0, |counted| counted.rungs.len())
        }
        [
            ("simulated", rungs(&self.simulated)),
            ("counters", rungs(&self.counters)),
            ("assembly", rungs(&self.assembly)),
            ("cost", self.cost.len()),
        ]
    }
}

impl Check for Evidence {
    fn check(&self) -> Checked {
        self.simulated.check().at("simulated")?;
        self.simulator.as_ref().map_or(Ok(()), Check::check).at("simulator")?;
        self.counters.check().at("counters")?;
        self.assembly.check().at("assembly")?;
        each(&self.cost, LIST, Check::check).at("cost")
    }
}

impl<T: Check> Check for Found<Counted<T>> {
    fn check(&self) -> Checked {
        match self {
            Self::Here(counted) => {
                counted.scenario.check().at("scenario")?;
                each_known(&counted.rungs, Check::check).at("rungs")
            }
            Self::Unavailable(why) => text(why),
        }
    }
}

impl Check for Simulated {
    fn check(&self) -> Checked {
        amount(self.instructions).at("instructions")?;
        amount(self.branches).at("branches")?;
        amount(self.mispredictions).at("mispredictions")?;
        self.mispredictions_today.map_or(Ok(()), amount).at("mispredictions_today")?;
        amount(self.l1_misses).at("l1_misses")?;
        amount(self.last_level_misses).at("last_level_misses")?;
        self.system.as_ref().map_or(Ok(()), Check::check).at("system")
    }
}

impl Check for SystemCalls {
    fn check(&self) -> Checked {
        amount(self.calls).at("calls")?;
        amount(self.bytes).at("bytes")?;
        amount(self.threads).at("threads")
    }
}

impl Check for Simulator {
    fn check(&self) -> Checked {
        line(&self.program).at("program")?;
        count(self.first_level).at("first_level")?;
        count(self.last_level).at("last_level")?;
        size(self.inputs).at("inputs")?;
        size(self.calls).at("calls")
    }
}

impl Check for Counters {
    fn check(&self) -> Checked {
        for (name, counted) in [
            ("cycles", self.cycles),
            ("instructions", self.instructions),
            ("branches", self.branches),
            ("mispredictions", self.mispredictions),
            ("l1_misses", self.l1_misses),
            ("last_level_misses", self.last_level_misses),
        ] {
            counted.map_or(Ok(()), amount).at(name)?;
        }
        amount(self.running).at("running")
    }
}

impl Check for Assembly {
    fn check(&self) -> Checked {
        line(&self.function).at("function")?;
        share(self.share).at("share")?;
        self.second.as_ref().map_or(Ok(()), Check::check).at("second")?;
        count(self.instructions).at("instructions")?;
        each(&self.packed, WIDTHS, |(bits, instructions)| {
            up_to((*bits).into(), BITS).at("[0]")?;
            count(*instructions).at("[1]")
        })
        .at("packed")?;
        count(self.calls).at("calls")?;
        count(self.panics).at("panics")?;
        text(&self.text).at("text")
    }
}

impl Check for Second {
    fn check(&self) -> Checked {
        line(&self.function).at("function")?;
        share(self.share).at("share")
    }
}

impl Check for RungCost {
    fn check(&self) -> Checked {
        count(self.lines).at("lines")?;
        count(self.unsafe_blocks).at("unsafe_blocks")?;
        each(&self.crates, LIST, |name| word(name)).at("crates")?;
        count(self.packages).at("packages")?;
        self.code_bytes.map_or(Ok(()), count).at("code_bytes")?;
        self.code.as_deref().map_or(Ok(()), word).at("code")
    }
}
