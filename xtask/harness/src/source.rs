//! The inputs of one scenario, whether seeded or from a file of the user's.

use std::path::Path;

use protocol::{Description, Refusal, Scenario};

use crate::file::{self, BadLine};
use crate::job::{Inputs, Job};

/// Inputs with the name of their scenario.
pub(crate) struct Source<'a> {
    pub(crate) name: String,
    pub(crate) seed: u64,
    pub(crate) inputs: Box<dyn Inputs + 'a>,
}

/// The inputs of a scenario; `most` at most take turns.
pub(crate) fn source<'a>(
    job: &'a dyn Job,
    path: Option<&Path>,
    scenario: &Scenario,
    seed: u64,
    most: usize,
) -> Result<Source<'a>, Refusal> {
    let Scenario { input, n, .. } = scenario;
    let inputs = if let Some(path) = path {
        parse(job, file::first_lines(&read(path)?, *n))?
    } else {
        let distributions = &job.frame().distributions;
        let at = distributions.iter().position(|known| known.name == *input);
        let at = at.ok_or_else(|| Refusal::Usage(format!("there is no distribution `{input}`")))?;
        job.make(at, *n, seed, distributions[at].count(*n, most))
    };
    Ok(Source { name: scenario.to_string(), seed, inputs })
}

/// What the case is; with a file, as far as the file goes.
pub(crate) fn describe(job: &dyn Job, path: Option<&Path>) -> Result<Description, Refusal> {
    let mut description = job.frame().description.clone();
    if let Some(path) = path {
        let text = read(path)?;
        parse(job, &text)?;
        description.item = "line".to_owned();
        description.claims.clear();
        description.axes.clear();
        description.tails.clear();
        // The whole was just read.
        let readable = |part: &[u8]| part.len() == text.len() || parse(job, part).is_ok();
        description.scenarios = file::parts(&text, readable)
            .into_iter()
            .map(|(n, effort)| Scenario { input: file::FILE.to_owned(), n, effort })
            .collect();
    }
    Ok(description)
}

fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    file::read(path).map_err(bad)
}

fn parse<'a>(job: &'a dyn Job, text: &[u8]) -> Result<Box<dyn Inputs + 'a>, Refusal> {
    let read = job.read(text);
    read.ok_or_else(|| Refusal::Usage("this case reads no files".to_owned()))?.map_err(bad)
}

fn bad(BadLine { line, message }: BadLine) -> Refusal {
    Refusal::BadInput { line, message }
}
