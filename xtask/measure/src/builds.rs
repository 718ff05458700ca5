//! One program, built in many ways: each variant by cargo into a folder of its own, in which
//! nothing but the finished program is kept; then all of them by [`programs`].
//!
//! A `Subject` is what is built and run; a `Variant` is how; the `Workshop` builds; `tools`
//! merge profiles and lay finished programs out anew, where they are to be had. Nothing is written
//! outside of the target folder of this workspace: not to the sources, and no lock file.

mod maker;
pub mod room;
mod source;
mod subject;
mod tools;
mod variants;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use cases::Workspace;
use record::{BuildOutcome, BuiltProgram, BuiltVariant, ProgramJob};

use crate::interrupt;
use crate::programs::{self, Budget, Job, Program};

pub use self::subject::{OwnCrate, Subject, ours, own};
pub use self::variants::known;

use self::maker::Workshop;
use self::variants::Variant;

/// Builds a program in the variants of these names, or in all, and measures them on every job.
///
/// # Errors
/// If the base cannot be built or run, there is no variant of a name, or the disk is too small.
pub fn measure(
    workspace: &Workspace,
    subject: &Subject,
    only: &[String],
    budget: Budget,
) -> Result<BuiltProgram> {
    let folder = folder(workspace).join(&subject.name);
    let workshop = Workshop::new(workspace, subject, &folder)?;
    let (mut variants, mut programs) = (Vec::new(), Vec::new());
    let chosen = variants::of(subject, workshop.target(), only);
    for (at, variant) in chosen.iter().enumerate() {
        if interrupt::came() {
            break;
        }
        record::errln!("{}: {} of {}: {}", subject.name, at + 1, chosen.len(), variant.name);
        let outcome = match workshop.build(variant) {
            Ok((path, cost)) => {
                programs.push((variants.len(), path));
                BuildOutcome::Built(cost)
            }
            Err(why) if at == 0 => bail!("{} cannot be built: {why}", subject.name),
            Err(why) => BuildOutcome::Unavailable(record::kept(&why)),
        };
        variants.push(described(variant, outcome));
        if at == 0 {
            workshop.has_room_for_more()?;
        }
    }
    workshop.clear();
    let mut built =
        BuiltProgram { name: subject.name.clone(), null: subject.null, variants, jobs: Vec::new() };
    for (name, job) in &subject.jobs {
        if interrupt::came() {
            break;
        }
        record::errln!("{}: {name}: {} programs in turns", subject.name, programs.len());
        let folder = folder.join("runs").join(name);
        let rounds = rounds(&mut built, &programs, (job, subject.empty.as_ref()), budget, &folder)?;
        built.jobs.push(ProgramJob { name: name.clone(), rounds });
    }
    Ok(built)
}

/// Where all builds are.
pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.scratch().join("builds")
}

fn described(variant: &Variant, outcome: BuildOutcome) -> BuiltVariant {
    BuiltVariant {
        name: variant.name.to_owned(),
        settings: variant.settings(),
        layout: variant.layout,
        outcome,
    }
}

/// Measures what was built, and puts every run at the place of its variant.
fn rounds(
    built: &mut BuiltProgram,
    paths: &[(usize, PathBuf)],
    (job, empty): (&Job, Option<&Job>),
    budget: Budget,
    folder: &Path,
) -> Result<Vec<record::ProgramRound>> {
    let program = |(variant, path): &(usize, PathBuf)| Program {
        name: built.variants[*variant].name.clone(),
        path: path.clone(),
        env: Vec::new(),
        job: job.clone(),
        empty: empty.cloned(),
    };
    let programs: Vec<Program> = paths.iter().map(program).collect();
    let measured = programs::run(&programs, budget, folder)?;
    for ((variant, _), why) in paths.iter().zip(measured.refused) {
        if let Some(why) = why {
            built.variants[*variant].outcome = BuildOutcome::Refused(record::kept(&why));
        }
    }
    let count = built.variants.len();
    let spread = measured.rounds.into_iter().map(|round| {
        let mut runs = vec![None; count + 1];
        for ((variant, _), run) in paths.iter().zip(&round.runs) {
            runs[*variant] = *run;
        }
        runs[count] = round.runs.last().copied().flatten();
        record::ProgramRound { runs }
    });
    Ok(spread.collect())
}

/// The processor's name; empty where the system does not say.
pub fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    if let Some((_, name)) = name {
        return name.trim().to_owned();
    }
    let asked = crate::child::command("sysctl").args(["-n", "machdep.cpu.brand_string"]).output();
    asked.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()).unwrap_or_default()
}
