//! A case's bench as a value: rungs, scenarios, limit and claims, then `main`.

use std::fmt::Debug;

use protocol::{Effort, Expect, Items, RungInfo};

use crate::agree::{self, Agreement};
use crate::bad_line::BadLine;
use crate::from_file::FromFile;
use crate::job::{Frame, Inputs, Job, Understanding};
use crate::rung::Rung;
use crate::scenario::{Axis, Distribution, Limit};
use crate::stopwatch::{Cold, Rotation, Show};
use crate::substance::Substance;

/// Makes an input of a file's content, or says which line it cannot read.
type Reader<I> = fn(&[u8]) -> Result<FromFile<I>, BadLine>;

/// How inputs are made, and made cold.
struct Made<I> {
    make: fn(usize, u64) -> I,
    cold: Option<Cold<I>>,
}

/// What a bench file builds. Scenarios first (each [`input`](Self::input) with its sizes), then
/// limit and claims.
pub struct Bench<I: 'static, O: 'static> {
    rungs: &'static [Rung<I, O>],
    agree: Agreement<O>,
    /// How the inputs of each distribution are made, and made cold, in their order.
    made: Vec<Made<I>>,
    edges: Option<fn() -> Vec<I>>,
    read: Option<(&'static str, Reader<I>)>,
    limit: Option<Limit<I>>,
    substance: Option<Substance<O>>,
    show: Option<Show<I>>,
    frame: Frame,
}

impl<I, O> Bench<I, O> {
    /// A bench of rungs whose results must be equal to the first one's.
    #[track_caller]
    pub fn new(rungs: &'static [Rung<I, O>]) -> Self
    where
        O: PartialEq + Debug,
    {
        Self::within(rungs, agree::exact)
    }

    /// A bench of rungs whose results may differ from the first one's as far as `agree(naive,
    /// rung)` allows.
    #[track_caller]
    pub fn within(rungs: &'static [Rung<I, O>], agree: Agreement<O>) -> Self {
        assert!(!rungs.is_empty(), "a case has at least one rung");
        let info = |rung: &Rung<I, O>| RungInfo {
            name: rung.name.to_owned(),
            unavailable: rung.unavailable(),
        };
        let frame = Frame::new(rungs.iter().map(info).collect());
        let (made, edges, read, limit) = (Vec::new(), None, None, None);
        Self { rungs, agree, made, edges, read, limit, substance: None, show: None, frame }
    }

    /// What `n` counts, in the singular: the book shows time per item.
    #[must_use]
    pub fn item(mut self, item: &'static str) -> Self {
        item.clone_into(&mut self.frame.description.item);
        self
    }

    /// Says how much of an answer there is to agree on: 0 where a rung found, wrote or counted
    /// nothing. Inputs all of which have such an answer are refused, because any two rungs that do
    /// nothing agree on it.
    #[must_use]
    pub fn substance(mut self, of: Substance<O>) -> Self {
        self.substance = Some(of);
        self
    }

    /// Opens a distribution of inputs; the sizes that follow belong to it.
    #[must_use]
    pub fn input(mut self, name: &'static str, make: fn(usize, u64) -> I) -> Self {
        self.frame.distributions.push(Distribution::new(name));
        self.made.push(Made { make, cold: None });
        self
    }

    /// Makes `n` of this distribution something else than a size: all its inputs have `items`
    /// items, and the sizes that follow are values of a `quantity` with a `unit` behind it. "of the
    /// rows selected", " %": the plot then shows where between 0 and 100 a technique pays.
    #[must_use]
    #[track_caller]
    pub fn across(mut self, quantity: &'static str, unit: &'static str, items: usize) -> Self {
        let items = Items::Always(items);
        self.frame.last().axis = Some(Axis { quantity, unit, items });
        self
    }

    /// Makes `n` of this distribution a side: its inputs have `n` to a `power` items. With
    /// "rows and columns" and 2, the book shows time per element of a square matrix.
    #[must_use]
    #[track_caller]
    pub fn side(mut self, quantity: &'static str, power: u32) -> Self {
        let items = Items::Power(power);
        self.frame.last().axis = Some(Axis { quantity, unit: "", items });
        self
    }

    /// What the system must have for this distribution; an error says what it lacks, as what stands
    /// behind "not on this system, because". There it is not measured, and said not to be.
    #[must_use]
    #[track_caller]
    pub fn needs(mut self, needs: fn() -> Result<(), String>) -> Self {
        self.frame.last().absent = needs().err();
        self
    }

    /// Makes every timed call of this distribution begin cold: `cold` is called before each,
    /// untimed, and evicts what the call needs, as a file's pages. It proves that they are gone; an
    /// error, as what stands behind "not on this system, because", ends the measuring of the
    /// scenario. A rung that works in place gets a clone that is made afterwards.
    #[must_use]
    #[track_caller]
    pub fn cold(mut self, cold: fn(&I) -> Result<(), String>) -> Self {
        self.frame.last().cold = true;
        self.made.last_mut().expect("each distribution has one").cold = Some(cold);
        self
    }

    /// How many items the inputs of this distribution hold together, when small ones take turns. A
    /// branch predictor learns the outcomes of tens of thousands of branches by heart: where few of
    /// the items decide a branch, a rotation must hold more of them.
    #[must_use]
    #[track_caller]
    pub fn rotating(mut self, items: usize) -> Self {
        self.frame.last().rotated = items;
        self
    }

    /// Times this distribution on one input over and over: for jobs whose data is warm in real life
    /// and in which no branch depends on it.
    #[must_use]
    #[track_caller]
    pub fn fixed(self) -> Self {
        self.rotating(0)
    }

    /// Sizes that every run measures: each rung well under ten milliseconds a call.
    #[must_use]
    #[track_caller]
    pub fn quick<const N: usize>(mut self, sizes: [usize; N]) -> Self {
        self.frame.sizes(&sizes, Effort::Quick);
        self
    }

    /// Sizes that `--quick` leaves out: the slowest rung under about fifty milliseconds a call.
    #[must_use]
    #[track_caller]
    pub fn standard<const N: usize>(mut self, sizes: [usize; N]) -> Self {
        self.frame.sizes(&sizes, Effort::Standard);
        self
    }

    /// Sizes that only `--full` measures.
    #[must_use]
    #[track_caller]
    pub fn full<const N: usize>(mut self, sizes: [usize; N]) -> Self {
        self.frame.sizes(&sizes, Effort::Full);
        self
    }

    /// Adds hand-made inputs on which rungs must agree with naive before anything is timed: what
    /// the distributions hardly ever give, and where code that was made fast tends to be wrong.
    /// The case's tests use the same table.
    #[must_use]
    pub fn edges(mut self, edges: fn() -> Vec<I>) -> Self {
        self.edges = Some(edges);
        self
    }

    /// Lets the job read a file of the user's, which must hold what these words say: they are the
    /// end of every refusal, and the case's line in `docs/src/your-data.md`.
    #[must_use]
    pub fn file(mut self, holds: &'static str, read: Reader<I>) -> Self {
        self.read = Some((holds, read));
        self.frame.description.reads_files = true;
        self
    }

    /// Says that rungs work on several cores: all of them are then watched for neighbours, and
    /// threads that live from call to call are kept on cores of their own.
    #[must_use]
    pub fn threads(mut self) -> Self {
        (self.frame.threads, self.frame.apart) = (true, true);
        self
    }

    /// As [`threads`](Self::threads), but of those it is the job to say where they are.
    #[must_use]
    pub fn free_threads(mut self) -> Self {
        (self.frame.threads, self.frame.apart) = (true, false);
        self
    }

    /// What bounds the job.
    #[must_use]
    pub fn limit(mut self, limit: Limit<I>) -> Self {
        self.frame.description.limit = Some(limit.kind());
        self.limit = Some(limit);
        self
    }

    /// Times single calls in a scenario, because there the slowest matter: the book shows how long
    /// one call in a hundred and one in a thousand takes.
    ///
    /// # Panics
    /// If there is no such scenario.
    #[must_use]
    #[track_caller]
    pub fn tail(mut self, input: &str, n: usize) -> Self {
        self.frame.tail(input, n);
        self
    }

    /// Says that a scenario is there to show what happens beyond the caches. Where a machine's last
    /// cache holds its data all the same, the book says so, and judges no claim on it.
    ///
    /// # Panics
    /// If there is no such scenario.
    #[must_use]
    #[track_caller]
    pub fn beyond(mut self, input: &str, n: usize) -> Self {
        self.frame.beyond(input, n);
        self
    }

    /// Says what a rung does in a scenario; each run holds it against what it measured.
    ///
    /// # Panics
    /// If there is no such rung or scenario.
    #[must_use]
    #[track_caller]
    pub fn claim(mut self, rung: &str, input: &str, n: usize, expect: Expect) -> Self {
        self.frame.claim(rung, input, n, expect);
        self
    }

    /// Holds the claim before it against another rung than naive: whether wider registers pay, for
    /// one, shows against the narrower ones.
    ///
    /// # Panics
    /// If there is no such rung, or no claim before.
    #[must_use]
    #[track_caller]
    pub fn over(mut self, rung: &str) -> Self {
        self.frame.over(rung);
        self
    }

    /// Answers the command line: criterion under `cargo bench`, tests under `cargo test` and
    /// nextest, and what xtask asks.
    pub fn main(self) {
        // As long as the process: tests run on threads of their own.
        crate::cli::main(Box::leak(Box::new(self.job())));
    }

    /// What there is to run.
    pub(crate) fn job(mut self) -> impl Job {
        self.frame.complete();
        self
    }

    fn rotation(&self, inputs: Vec<I>, cold: Option<Cold<I>>) -> Box<dyn Inputs + '_> {
        let (agree, limit) = (self.agree, self.limit.as_ref());
        let rotation = Rotation::new(inputs, self.rungs, agree, limit);
        Box::new(rotation.of_substance(self.substance).shown_by(self.show).made_cold(cold))
    }
}

impl<I: Debug, O> Bench<I, O> {
    /// Shows inputs on which a rung is wrong; see [`Hidden`](crate::lab::Hidden).
    #[must_use]
    pub fn showing_inputs(mut self) -> Self {
        self.show = Some(|input| format!("{input:?}"));
        self
    }
}

impl<I, O> Job for Bench<I, O> {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn make(&self, distribution: usize, n: usize, seed: u64, count: usize) -> Box<dyn Inputs + '_> {
        let &Made { make, cold } = &self.made[distribution];
        self.rotation((0..count as u64).map(|i| make(n, seed + i)).collect(), cold)
    }

    fn edges(&self) -> Option<Box<dyn Inputs + '_>> {
        Some(self.rotation(self.edges?(), None))
    }

    fn read(&self, text: &[u8]) -> Result<Understanding<'_>, BadLine> {
        let (holds, read) = self.read.expect("only a job that reads files is given one");
        let (input, understood) = read(text)
            .and_then(FromFile::enough)
            .map_err(|wrong| wrong.with(&format!("this case reads {holds}")))?;
        Ok((self.rotation(vec![input], None), understood))
    }
}
