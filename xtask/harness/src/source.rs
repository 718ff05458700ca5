//! The inputs of one scenario, whether seeded or from a file of the user's.

use std::path::Path;

use protocol::{Description, Refusal, Scenario, Understood};

use crate::bad_line::BadLine;
use crate::file;
use crate::job::{Asked, Inputs, Job};

/// The inputs of a scenario; `most` at most take turns.
pub(crate) fn source<'a>(
    job: &'a dyn Job,
    asked: &Asked,
    most: usize,
) -> Result<Box<dyn Inputs + 'a>, Refusal> {
    let Asked { path, scenario: Scenario { input, n, .. }, seed } = *asked;
    if let Some(path) = path {
        let text = read(job, path)?;
        let nominal = file::first_lines(&text, *n).len();
        let (_, (inputs, _)) = file::cut(&text, nominal, |part| job.read(part)).map_err(bad)?;
        Ok(inputs)
    } else {
        let at = job.frame().distribution(input)?;
        Ok(job.make(at, *n, seed, job.frame().distributions[at].count(*n, most)))
    }
}

/// What the case is; with a file, as far as the file goes.
pub(crate) fn describe(job: &dyn Job, path: Option<&Path>) -> Result<Description, Refusal> {
    let mut description = job.frame().description.clone();
    if let Some(path) = path {
        let text = read(job, path)?;
        let (sample, (_, understood)) = file::sample(&text, |part| job.read(part)).map_err(bad)?;
        description.understood = Some(of_sample(understood, sample, &text));
        description.item = "line".to_owned();
        description.claims.clear();
        description.axes.clear();
        description.tails.clear();
        description.beyond.clear();
        description.absent.clear();
        description.cold.clear();
        // The sample was just read.
        let readable = |part: &[u8]| {
            if part.len() == sample { Ok(()) } else { job.read(part).map(drop) }
        };
        description.scenarios = file::parts(&text, readable)
            .into_iter()
            .map(|(n, effort)| Scenario { input: file::FILE.to_owned(), n, effort })
            .collect();
    }
    Ok(description)
}

fn read(job: &dyn Job, path: &Path) -> Result<Vec<u8>, Refusal> {
    if !job.frame().description.reads_files {
        return Err(Refusal::Usage("this case reads no files".to_owned()));
    }
    file::read(path).map_err(bad)
}

fn of_sample(mut understood: Understood, sample: usize, text: &[u8]) -> Understood {
    if sample < text.len() {
        understood.how.push_str(&format!("; judged by the first {sample} bytes"));
    }
    understood
}

fn bad(BadLine { line, message }: BadLine) -> Refusal {
    Refusal::BadInput { line, message }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use protocol::Effort;
    use protocol::Expect::DoesNotPay;

    use super::*;
    use crate::{Bench, FromFile, Rows, Rung};

    const RUNGS: &[Rung<Vec<u8>, usize>] = &[Rung::new("naive", |lines| lines.len())];

    fn bench() -> Bench<Vec<u8>, usize> {
        Bench::new(RUNGS)
            .input("random", |n, _| vec![0; n])
            .quick([4, 1 << 20])
            .tail("random", 4)
            .beyond("random", 1 << 20)
            .claim("naive", "random", 4, DoesNotPay)
    }

    /// Each line is a digit.
    fn digits(text: &[u8]) -> Result<FromFile<Vec<u8>>, BadLine> {
        let digit = |(at, line): (usize, &[u8])| match line {
            [digit @ b'0'..=b'9'] => Ok(*digit),
            _ => Err(BadLine::new(at + 1, "no digit")),
        };
        let lines = text.trim_ascii_end().split(|byte| *byte == b'\n').enumerate();
        let input: Vec<u8> = lines.map(digit).collect::<Result<_, _>>()?;
        let rows = Rows::all("line", input.len());
        Ok(FromFile { input, how: "digits".to_owned(), rows })
    }

    /// A file that is gone when it is dropped.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str, content: &str) -> Self {
            let name = format!("casebook-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::write(&path, content).unwrap();
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn scenario(input: &str, n: usize) -> Scenario {
        Scenario { input: input.to_owned(), n, effort: Effort::Quick }
    }

    fn refusal(job: &dyn Job, path: Option<&Path>, scenario: &Scenario) -> Refusal {
        source(job, &Asked { path, scenario, seed: 0 }, 1).err().unwrap()
    }

    #[test]
    fn an_unknown_distribution_is_refused_by_its_name() {
        let refusal = refusal(&bench().job(), None, &scenario("sorted", 4));
        assert_eq!(refusal, Refusal::Usage("there is no distribution `sorted`".to_owned()));
    }

    #[test]
    fn what_this_system_cannot_do_is_said_and_neither_made_nor_claimed() {
        let cold = bench().input("cold", |_, _| unreachable!()).quick([4]).standard([9]);
        let job = cold.needs(|| Err("its pages stay".to_owned())).tail("cold", 4).job();
        let description = describe(&job, None).unwrap();
        assert_eq!(description.absent("cold", 9), Some("its pages stay"));
        assert_eq!((description.absent.len(), description.absent("random", 4)), (2, None));
        assert!(description.scenarios.iter().chain(&description.tails).all(|s| s.input != "cold"));
        let why = "`cold` is not on this system, because its pages stay";
        let refused = refusal(&job, None, &scenario("cold", 4));
        assert_eq!(refused, Refusal::Usage(why.to_owned()));
        crate::edges::check(&job).unwrap();
        let here = bench().needs(|| Ok(())).job();
        assert_eq!(describe(&here, None), describe(&bench().job(), None), "nothing is lacking");
    }

    #[test]
    fn as_many_inputs_take_turns_as_are_wanted_and_fit() {
        let job = bench().job();
        let count = |n, most| {
            let scenario = scenario("random", n);
            let asked = Asked { path: None, scenario: &scenario, seed: 0 };
            source(&job, &asked, most).ok().unwrap().count()
        };
        assert_eq!([count(4, 3), count(4, 0)], [3, 1]);
        assert!(count(4, usize::MAX) > 1_000);
        assert_eq!(count(1 << 20, usize::MAX), 1, "one is too long to be learned by heart");
    }

    #[test]
    fn a_file_is_read_as_far_as_the_scenario_goes() {
        let file = Scratch::new("source", "1\n2\nthree\n");
        let job = bench().file("a digit per line", digits).job();
        let count = |n| {
            let (path, scenario) = (Some(file.0.as_path()), scenario(file::FILE, n));
            let inputs = source(&job, &Asked { path, scenario: &scenario, seed: 0 }, 9)?;
            Ok(inputs.count())
        };
        assert_eq!(count(2), Ok(1), "there is one file");
        let bad = Refusal::BadInput {
            line: 3,
            message: "no digit; this case reads a digit per line".to_owned(),
        };
        assert_eq!(count(3), Err(bad.clone()));
        assert_eq!(describe(&job, Some(&file.0)).err().unwrap(), bad);
    }

    #[test]
    fn a_file_that_nobody_can_read_is_refused_with_words() {
        let file = Scratch::new("source-unread", "1\n");
        let scenario = scenario(file::FILE, 1);
        let refused = refusal(&bench().job(), Some(&file.0), &scenario);
        assert_eq!(refused, Refusal::Usage("this case reads no files".to_owned()));
        let missing = file.0.with_extension("missing");
        let refused =
            refusal(&bench().file("a digit per line", digits).job(), Some(&missing), &scenario);
        assert!(refused.to_string().starts_with("cannot read the file"), "{refused}");
    }

    #[test]
    fn of_a_file_nothing_is_claimed() {
        let file = Scratch::new("source-described", &"7\n".repeat(1_000));
        let job = bench().file("a digit per line", digits).job();
        let of_seeds = describe(&job, None).unwrap();
        assert_eq!((of_seeds.scenarios.len(), of_seeds.claims.len()), (2, 1));
        assert_eq!(of_seeds.beyond, of_seeds.scenarios[1..]);
        let of_file = describe(&job, Some(&file.0)).unwrap();
        assert_eq!(of_file.item, "line");
        let understood = of_file.understood.unwrap().to_string();
        assert_eq!(understood, "digits; 1000 of 1000 lines used");
        assert!(of_file.claims.is_empty() && of_file.tails.is_empty() && of_file.axes.is_empty());
        assert!(of_file.beyond.is_empty());
        assert!(of_file.scenarios.iter().all(|scenario| scenario.input == file::FILE));
        assert_eq!(of_file.scenarios.last().unwrap().n, 1_000);
    }
}
