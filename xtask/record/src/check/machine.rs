//! A machine: its curves go up, so that one may look between two points.

use protocol::{Cost, Machine, Peak};

use super::{
    At as _, Check, Checked, LIST, amount, count, each, ensure, line, name, positive, size, word,
};

impl Check for Machine {
    fn check(&self) -> Checked {
        line(&self.processor).at("processor")?;
        size(self.cores).at("cores")?;
        line(&self.system).at("system")?;
        each(&self.features, LIST, |feature| word(feature)).at("features")?;
        each(&self.caches, LIST, |cache| count(*cache)).at("caches")?;
        curve(&self.read).at("read")?;
        curve(&self.copy).at("copy")?;
        curve(&self.latency).at("latency")?;
        curve(&self.device).at("device")?;
        amount(self.flops32).at("flops32")?;
        amount(self.flops64).at("flops64")?;
        let huge_pages = self.latency_huge_pages.as_deref().unwrap_or_default();
        curve(huge_pages).at("latency_huge_pages")?;
        each(&self.effective_caches, LIST, |cache| count(*cache)).at("effective_caches")?;
        amount(self.read_all_cores).at("read_all_cores")?;
        amount(self.copy_all_cores).at("copy_all_cores")?;
        each(&self.peaks, LIST, Check::check).at("peaks")?;
        each(&self.costs, LIST, Check::check).at("costs")
    }
}

fn curve(points: &[(f64, f64)]) -> Checked {
    each(points, LIST, |(size, value)| {
        positive(*size).at("[0]")?;
        positive(*value).at("[1]")
    })?;
    let goes_up = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
    ensure(goes_up, || "the sizes do not go up".into())
}

impl Check for Peak {
    fn check(&self) -> Checked {
        name(&self.vectors).at("vectors")?;
        amount(self.flops32).at("flops32")?;
        amount(self.flops64).at("flops64")
    }
}

impl Check for Cost {
    fn check(&self) -> Checked {
        name(&self.name).at("name")?;
        self.ns.map_or(Ok(()), amount).at("ns")?;
        line(&self.how).at("how")
    }
}
