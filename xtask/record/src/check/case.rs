//! A case: whatever is told by rung is told of each.

use protocol::{
    Absent, Axis, Build, Claim, Description, Expect, Items, RungInfo, Scenario, Understood,
};

use super::{
    At as _, Check, Checked, LIST, amount, at_most, by_rung_or_none, count, distinct, each, ensure,
    line, name, positive, size, text, up_to, word,
};
use crate::CaseRecord;

/// Rungs of a case.
const RUNGS: usize = 64;
/// Letters of what stands behind a number: " %".
const UNIT: usize = 20;
/// The dimensions of an input.
const POWER: u32 = 16;

impl Check for CaseRecord {
    fn check(&self) -> Checked {
        self.failure.as_deref().map_or(Ok(()), text).at("failure")?;
        amount(self.seconds).at("seconds")?;
        at_most(self.scenarios.len(), LIST).at("scenarios")?;
        let Some(description) = &self.description else {
            let nothing = self.scenarios.is_empty() && self.evidence.is_none();
            return ensure(nothing, || "nothing says which rungs it has".into()).at("description");
        };
        description.check().at("description")?;
        let rungs = description.rungs.len();
        each(&self.scenarios, LIST, |scenario| scenario.check_with(rungs)).at("scenarios")?;
        let places = self.scenarios.iter().map(|known| (&known.scenario.input, known.scenario.n));
        distinct(places).at("scenarios")?;
        let Some(evidence) = &self.evidence else { return Ok(()) };
        evidence.check().at("evidence")?;
        for (name, entries) in evidence.by_rung() {
            by_rung_or_none(entries, rungs).at(name).at("evidence")?;
        }
        Ok(())
    }
}

impl Check for Description {
    fn check(&self) -> Checked {
        name(&self.item).at("item")?;
        each(&self.rungs, RUNGS, Check::check).at("rungs")?;
        ensure(!self.rungs.is_empty(), || "there is none".into()).at("rungs")?;
        distinct(self.rungs.iter().map(|rung| &rung.name)).at("rungs")?;
        each(&self.scenarios, LIST, Check::check).at("scenarios")?;
        each(&self.claims, LIST, Check::check).at("claims")?;
        each(&self.axes, LIST, Check::check).at("axes")?;
        each(&self.tails, LIST, Check::check).at("tails")?;
        each(&self.beyond, LIST, Check::check).at("beyond")?;
        each(&self.cold, LIST, |input| name(input)).at("cold")?;
        each(&self.absent, LIST, Check::check).at("absent")?;
        self.build.as_ref().map_or(Ok(()), Check::check).at("build")?;
        self.understood.as_ref().map_or(Ok(()), Check::check).at("understood")
    }
}

impl Check for Build {
    fn check(&self) -> Checked {
        line(&self.rustc).at("rustc")?;
        word(&self.target).at("target")?;
        each(&self.flags, LIST, |flag| line(flag)).at("flags")?;
        line(&self.opt_level).at("opt_level")?;
        line(&self.panic).at("panic")?;
        each(&self.features, LIST, |feature| word(feature)).at("features")?;
        count(self.alignment).at("alignment")
    }
}

impl Check for Understood {
    fn check(&self) -> Checked {
        text(&self.how).at("how")?;
        name(&self.unit).at("unit")?;
        count(self.there).at("there")?;
        up_to(self.used, self.there).at("used")
    }
}

impl Check for RungInfo {
    fn check(&self) -> Checked {
        word(&self.name).at("name")?;
        self.unavailable.as_deref().map_or(Ok(()), text).at("unavailable")
    }
}

impl Check for Scenario {
    fn check(&self) -> Checked {
        name(&self.input).at("input")?;
        size(self.n).at("n")
    }
}

impl Check for Absent {
    fn check(&self) -> Checked {
        self.scenario.check().at("scenario")?;
        text(&self.why).at("why")
    }
}

impl Check for Claim {
    fn check(&self) -> Checked {
        word(&self.rung).at("rung")?;
        name(&self.input).at("input")?;
        size(self.n).at("n")?;
        match self.expect {
            Expect::MemoryAtMost(share) => positive(share),
            Expect::Faster | Expect::DoesNotPay => Ok(()),
        }
        .at("expect")?;
        self.over.as_deref().map_or(Ok(()), word).at("over")
    }
}

impl Check for Axis {
    fn check(&self) -> Checked {
        name(&self.input).at("input")?;
        name(&self.quantity).at("quantity")?;
        let is_unit = self.unit.is_empty() || name(&self.unit).is_ok();
        ensure(is_unit && self.unit.len() <= UNIT, || "this is no unit".into()).at("unit")?;
        match self.items {
            Items::Always(items) => size(items),
            Items::Power(power) => up_to(power.into(), POWER.into()),
        }
        .at("items")
    }
}
