//! A case's bench as a value: rungs, scenarios, limit and claims, then `main`.

use std::fmt::Debug;

use protocol::{Claim, Description, Effort, Expect, Items, Refusal, RungInfo, Scenario};

use crate::agree::{self, Agreement};
use crate::file::BadLine;
use crate::rung::Rung;
use crate::scenario::{Axis, Distribution, Limit, ROTATED};
use crate::stopwatch::Rotation;

/// Makes an input of a file's content, or says which line it cannot read.
pub(crate) type Reader<I> = fn(&[u8]) -> Result<I, BadLine>;

/// What a bench file builds. Scenarios first (each [`input`](Self::input) with its sizes), then
/// limit and claims.
pub struct Bench<I: 'static, O: 'static> {
    pub(crate) rungs: &'static [Rung<I, O>],
    pub(crate) agree: Agreement<O>,
    pub(crate) distributions: Vec<Distribution<I>>,
    pub(crate) read: Option<Reader<I>>,
    pub(crate) limit: Option<Limit<I>>,
    pub(crate) threads: bool,
    item: &'static str,
    claims: Vec<Claim>,
    tails: Vec<Scenario>,
}

impl<I, O> Bench<I, O> {
    /// A bench of rungs whose results must be equal to the first one's.
    pub fn new(rungs: &'static [Rung<I, O>]) -> Self
    where
        O: PartialEq + Debug,
    {
        Self::within(rungs, agree::exact)
    }

    /// A bench of rungs whose results may differ from the first one's as far as `agree(naive,
    /// rung)` allows.
    pub fn within(rungs: &'static [Rung<I, O>], agree: Agreement<O>) -> Self {
        assert!(!rungs.is_empty(), "a case has at least one rung");
        Self {
            rungs,
            agree,
            distributions: Vec::new(),
            read: None,
            limit: None,
            threads: false,
            item: "item",
            claims: Vec::new(),
            tails: Vec::new(),
        }
    }

    /// What `n` counts, in the singular: the book shows time per item.
    #[must_use]
    pub fn item(mut self, item: &'static str) -> Self {
        self.item = item;
        self
    }

    /// Opens a distribution of inputs; the sizes that follow belong to it.
    #[must_use]
    pub fn input(mut self, name: &'static str, make: fn(usize, u64) -> I) -> Self {
        self.distributions.push(Distribution {
            name,
            make,
            sizes: Vec::new(),
            rotated: ROTATED,
            axis: None,
        });
        self
    }

    /// Makes `n` of this distribution something else than a size: all its inputs have `items`
    /// items, and the sizes that follow are values of a `quantity` with a `unit` behind it. "of the
    /// rows selected", " %": the plot then shows where between 0 and 100 a technique pays.
    #[must_use]
    pub fn across(mut self, quantity: &'static str, unit: &'static str, items: usize) -> Self {
        let items = Items::Always(items);
        self.distribution().axis = Some(Axis { quantity, unit, items });
        self
    }

    /// Makes `n` of this distribution a side: its inputs have `n` to a `power` items. With
    /// "rows and columns" and 2, the book shows time per element of a square matrix.
    #[must_use]
    pub fn side(mut self, quantity: &'static str, power: u32) -> Self {
        let items = Items::Power(power);
        self.distribution().axis = Some(Axis { quantity, unit: "", items });
        self
    }

    /// How many items the inputs of this distribution hold together, when small ones take turns. A
    /// branch predictor learns the outcomes of tens of thousands of branches by heart: where few of
    /// the items decide a branch, a rotation must hold more of them.
    #[must_use]
    pub fn rotating(mut self, items: usize) -> Self {
        self.distribution().rotated = items;
        self
    }

    /// Times this distribution on one input over and over: for jobs whose data is warm in real life
    /// and in which no branch depends on it.
    #[must_use]
    pub fn fixed(self) -> Self {
        self.rotating(0)
    }

    /// Sizes that every run measures: each rung well under ten milliseconds a call.
    #[must_use]
    pub fn quick<const N: usize>(self, sizes: [usize; N]) -> Self {
        self.sizes(sizes, Effort::Quick)
    }

    /// Sizes that `--quick` leaves out: the slowest rung under about fifty milliseconds a call.
    #[must_use]
    pub fn standard<const N: usize>(self, sizes: [usize; N]) -> Self {
        self.sizes(sizes, Effort::Standard)
    }

    /// Sizes that only `--full` measures.
    #[must_use]
    pub fn full<const N: usize>(self, sizes: [usize; N]) -> Self {
        self.sizes(sizes, Effort::Full)
    }

    /// Lets the job read a file of the user's.
    #[must_use]
    pub fn file(mut self, read: fn(&[u8]) -> Result<I, BadLine>) -> Self {
        self.read = Some(read);
        self
    }

    /// Says that rungs work on several cores: all of them are then watched for neighbours.
    #[must_use]
    pub fn threads(mut self) -> Self {
        self.threads = true;
        self
    }

    /// What bounds the job.
    #[must_use]
    pub fn limit(mut self, limit: Limit<I>) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Times single calls in a scenario, because there the slowest matter: the book shows how long
    /// one call in a hundred and one in a thousand takes.
    ///
    /// # Panics
    /// If there is no such scenario.
    #[must_use]
    pub fn tail(mut self, input: &str, n: usize) -> Self {
        self.tails.push(self.scenario(input, n));
        self
    }

    /// Says what a rung does in a scenario; each run holds it against what it measured.
    ///
    /// # Panics
    /// If there is no such rung or scenario.
    #[must_use]
    pub fn claim(mut self, rung: &str, input: &str, n: usize, expect: Expect) -> Self {
        self.known(rung);
        self.scenario(input, n);
        let (rung, input) = (rung.to_owned(), input.to_owned());
        self.claims.push(Claim { rung, input, n, expect, over: None });
        self
    }

    /// Holds the claim before it against another rung than naive: whether wider registers pay, for
    /// one, shows against the narrower ones.
    ///
    /// # Panics
    /// If there is no such rung, or no claim before.
    #[must_use]
    pub fn over(mut self, rung: &str) -> Self {
        self.known(rung);
        self.claims.last_mut().expect("`claim` comes before `over`").over = Some(rung.to_owned());
        self
    }

    /// Answers the command line: criterion under `cargo bench`, a smoke run under `cargo test`, and
    /// what xtask asks.
    pub fn main(self) {
        crate::cli::main(&self);
    }

    pub(crate) fn describe(&self) -> Description {
        Description {
            item: self.item.to_owned(),
            rungs: self
                .rungs
                .iter()
                .map(|rung| RungInfo {
                    name: rung.name.to_owned(),
                    unavailable: rung.unavailable(),
                })
                .collect(),
            scenarios: self.distributions.iter().flat_map(Distribution::scenarios).collect(),
            claims: self.claims.clone(),
            limit: self.limit.as_ref().map(Limit::kind),
            reads_files: self.read.is_some(),
            axes: self.distributions.iter().filter_map(Distribution::describe_axis).collect(),
            tails: self.tails.clone(),
        }
    }

    pub(crate) fn available(&self) -> impl Iterator<Item = &'static Rung<I, O>> + use<I, O> {
        self.rungs.iter().filter(|rung| rung.unavailable().is_none())
    }

    /// Lets nothing be timed that was not just checked against naive on the same inputs.
    pub(crate) fn gate(
        &self,
        scenario: &str,
        seed: u64,
        rotation: &mut Rotation<I>,
    ) -> Result<(), Refusal> {
        if let Some(why) = self.rungs[0].unavailable() {
            return Err(Refusal::Usage(format!("naive cannot run here: {why}")));
        }
        for (input, seed) in rotation.inputs.iter_mut().zip(seed..) {
            agree::check(self.rungs, input, self.agree).map_err(|wrong| Refusal::Disagreement {
                rung: wrong.rung.to_owned(),
                scenario: scenario.to_owned(),
                seed,
                difference: wrong.difference,
            })?;
        }
        Ok(())
    }

    fn known(&self, rung: &str) {
        let known = self.rungs.iter().any(|known| known.name == rung);
        assert!(known, "claim on unknown rung `{rung}`");
    }

    /// # Panics
    /// If there is no such scenario: the bench file names one that it does not measure.
    fn scenario(&self, input: &str, n: usize) -> Scenario {
        let mut known = self.distributions.iter().flat_map(Distribution::scenarios);
        let found = known.find(|s| s.input == input && s.n == n);
        found.unwrap_or_else(|| panic!("there is no scenario {input}/{n}"))
    }

    fn distribution(&mut self) -> &mut Distribution<I> {
        self.distributions.last_mut().expect("`input` comes before its sizes")
    }

    fn sizes<const N: usize>(mut self, sizes: [usize; N], effort: Effort) -> Self {
        self.distribution().sizes.extend(sizes.map(|n| (n, effort)));
        self
    }
}
