//! A process for each rung: what it is told to do, and what it answers. A rung works as if it were
//! alone, in a heap that no other touches and on threads of its own.

use std::io::{self, Read, Write};
use std::num::NonZero;
use std::ops::Range;
use std::thread::available_parallelism;
use std::time::Duration;

use protocol::{Question, Refusal, Tail};

use crate::apart::{self, Process, forks};
use crate::job::{Asked, Frame, Inputs, gate_share};
use crate::one_core;
use crate::own_cores;
use crate::singles::Singles;
use crate::turn::{self, Timed};

/// What a worker is told to do. Numbers of a fixed size on both ways, so that the rung's heap sees
/// nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    /// Find out how many calls make a slice, and whether their length tells with how many untimed
    /// slices a turn begins.
    Calls,
    /// Find out how many untimed slices a turn begins with.
    Untimed { calls: u64 },
    /// Take a turn, with a timed part of so many nanoseconds.
    Turn { calls: u64, untimed: u64, timed: u64 },
    /// Time so many calls one by one.
    Singles { count: u64 },
    /// Say how long those took.
    Tail,
    /// Hold the rung against naive once more.
    Check,
    /// Say how many bytes the rung works on, now that it has worked.
    Data,
    /// End. To ask no more would not do: later workers have a copy of this one's pipe.
    End,
}

/// Numbers in an answer; how many bytes of text follow is one.
type Answer = [f64; 6];

/// In place of the first number: no answer, but a text that says why an input is not cold.
const NOT_COLD: f64 = f64::NAN;

const TASK: usize = 4 * size_of::<u64>();
const ANSWER: usize = size_of::<Answer>();

impl Task {
    fn bytes(self) -> [u8; TASK] {
        let numbers = match self {
            Self::Calls => [0, 0, 0, 0],
            Self::Untimed { calls } => [1, calls, 0, 0],
            Self::Turn { calls, untimed, timed } => [2, calls, untimed, timed],
            Self::Singles { count } => [3, count, 0, 0],
            Self::Tail => [4, 0, 0, 0],
            Self::Check => [5, 0, 0, 0],
            Self::End => [6, 0, 0, 0],
            Self::Data => [7, 0, 0, 0],
        };
        let mut bytes = [0; TASK];
        for (bytes, number) in bytes.chunks_exact_mut(8).zip(numbers) {
            bytes.copy_from_slice(&u64::to_le_bytes(number));
        }
        bytes
    }

    /// `None` for what no version says.
    fn parse(bytes: [u8; TASK]) -> Option<Self> {
        let (numbers, _) = bytes.as_chunks::<8>();
        let [kind, first, second, third] = [0, 1, 2, 3].map(|at| u64::from_le_bytes(numbers[at]));
        Some(match kind {
            0 => Self::Calls,
            1 => Self::Untimed { calls: first },
            2 => Self::Turn { calls: first, untimed: second, timed: third },
            3 => Self::Singles { count: first },
            4 => Self::Tail,
            5 => Self::Check,
            6 => Self::End,
            7 => Self::Data,
            _ => return None,
        })
    }
}

/// Does what it is told until nobody tells it anything.
///
/// # Errors
/// If it is told nonsense, or nobody listens.
pub(crate) fn serve(
    frame: &Frame,
    inputs: &mut dyn Inputs,
    rung: usize,
    mut tasks: impl Read,
    mut answers: impl Write,
) -> io::Result<()> {
    let mut singles = None;
    let mut bytes = [0; TASK];
    loop {
        match tasks.read_exact(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        let task = Task::parse(bytes).ok_or(io::ErrorKind::InvalidData)?;
        if frame.apart {
            own_cores::take(); // with threads that the last task has left
        }
        let Some((mut answer, mut text)) = perform(frame, inputs, rung, task, &mut singles) else {
            return Ok(());
        };
        if let Err(Refusal::NotCold(why)) = inputs.held_cold() {
            (answer[0], answer[1], text) = (NOT_COLD, why.len() as f64, why);
        }
        let mut bytes = [0; ANSWER];
        for (bytes, number) in bytes.chunks_exact_mut(8).zip(answer) {
            bytes.copy_from_slice(&f64::to_le_bytes(number));
        }
        answers.write_all(&bytes)?;
        answers.write_all(text.as_bytes())?;
        answers.flush()?;
    }
}

/// How many calls of a rung make a slice, and how many untimed slices a turn begins with where the
/// length of a call tells. By then each input has had the call that starts its threads.
pub(crate) fn calls(frame: &Frame, inputs: &mut dyn Inputs, rung: usize) -> (u64, Option<u64>) {
    if frame.apart {
        inputs.time(rung, inputs.count() as u64);
        own_cores::take();
    }
    turn::calls(inputs, rung)
}

/// The answer, and a text behind it; `None` if this was the end.
fn perform(
    frame: &Frame,
    inputs: &mut dyn Inputs,
    rung: usize,
    task: Task,
    singles: &mut Option<Singles>,
) -> Option<(Answer, String)> {
    let numbers = |first: f64, second: f64| ([first, second, 0.0, 0.0, 0.0, 0.0], String::new());
    Some(match task {
        Task::Calls => {
            let (calls, untimed) = calls(frame, inputs, rung);
            numbers(calls as f64, untimed.map_or(-1.0, |untimed| untimed as f64))
        }
        Task::Untimed { calls } => numbers(turn::untimed(inputs, rung, calls) as f64, 0.0),
        Task::Turn { calls, untimed, timed } => {
            let timed = Duration::from_nanos(timed);
            let Timed { wall, cpu, faults } = turn::turn(inputs, rung, calls, untimed, timed);
            let (mut answer, text) = numbers(wall, cpu);
            answer[2] = faults;
            (answer, text)
        }
        Task::Singles { count } => {
            singles.get_or_insert_default().time(inputs, rung, count);
            numbers(0.0, 0.0)
        }
        Task::Tail => {
            let tail = singles.take().and_then(Singles::tail);
            let of = |tail: Tail| {
                [tail.calls as f64, tail.p50, tail.p90, tail.p99, tail.p99_9, tail.p99_99]
            };
            (tail.map_or([0.0; 6], of), String::new())
        }
        Task::Check => {
            let difference = inputs.recheck(rung).err().unwrap_or_default();
            let (mut answer, _) = numbers(0.0, 0.0);
            answer[0] = difference.len() as f64;
            (answer, difference)
        }
        Task::Data => {
            let bytes = inputs.data_bytes(rung);
            numbers(bytes.map_or(-1.0, |bytes| bytes as f64), 0.0)
        }
        Task::End => return None,
    })
}

/// A worker as whoever tells it sees it.
pub(crate) struct Worker<'a> {
    process: Process,
    rung: &'a str,
    asked: Asked<'a>,
}

impl<'a> Worker<'a> {
    /// One for this rung, which waits until it is told something.
    ///
    /// # Errors
    /// If the system has no room for it.
    fn new(
        forks: bool,
        frame: &'a Frame,
        inputs: &mut dyn Inputs,
        rung: usize,
        asked: Asked<'a>,
    ) -> Result<Self, Refusal> {
        let name = &frame.rungs()[rung].name;
        let question = Question::Work {
            rung: name.clone(),
            scenario: asked.scenario.clone(),
            seed: asked.seed,
        };
        let work = |tasks, answers| serve(frame, inputs, rung, tasks, answers);
        let process = apart::process(forks, work, &asked, &question)
            .map_err(|error| Refusal::Ended(format!("no process for rung `{name}`: {error}")))?;
        Ok(Self { process, rung: name, asked })
    }

    /// How many calls make a slice, and how many untimed slices a turn begins with where the length
    /// of a call tells.
    pub(crate) fn calls(&mut self) -> Result<(u64, Option<u64>), Refusal> {
        let [calls, untimed, ..] = self.perform(Task::Calls)?;
        Ok((calls as u64, (untimed >= 0.0).then_some(untimed as u64)))
    }

    /// How many untimed slices of so many calls a turn begins with, where their length has not
    /// told already.
    pub(crate) fn untimed(&mut self, calls: u64, told: Option<u64>) -> Result<u64, Refusal> {
        match told {
            Some(untimed) => Ok(untimed),
            None => Ok(self.perform(Task::Untimed { calls })?[0] as u64),
        }
    }

    /// Lets it take a turn.
    pub(crate) fn turn(
        &mut self,
        calls: u64,
        untimed: u64,
        timed: Duration,
    ) -> Result<Timed, Refusal> {
        let timed = timed.as_nanos() as u64;
        let [wall, cpu, faults, ..] = self.perform(Task::Turn { calls, untimed, timed })?;
        Ok(Timed { wall, cpu, faults })
    }

    /// Lets it time so many calls one by one.
    pub(crate) fn singles(&mut self, count: u64) -> Result<(), Refusal> {
        self.perform(Task::Singles { count }).map(drop)
    }

    /// How long those took.
    pub(crate) fn tail(&mut self) -> Result<Option<Tail>, Refusal> {
        let [calls, p50, p90, p99, p99_9, p99_99] = self.perform(Task::Tail)?;
        let calls = calls as u64;
        Ok((calls > 0).then_some(Tail { calls, p50, p90, p99, p99_9, p99_99 }))
    }

    /// Bytes of the data that it works on, where the case says: asked where the rung has been
    /// called, since they may be what its process has come to hold.
    pub(crate) fn data_bytes(&mut self) -> Result<Option<u64>, Refusal> {
        let [bytes, ..] = self.perform(Task::Data)?;
        Ok((bytes >= 0.0).then_some(bytes as u64))
    }

    /// Holds it against naive once more, now that it was timed.
    pub(crate) fn check(&mut self) -> Result<(), Refusal> {
        let [bytes, ..] = self.perform(Task::Check)?;
        let difference = self.text(bytes)?;
        if difference.is_empty() {
            return Ok(());
        }
        Err(Refusal::Disagreement {
            rung: self.rung.to_owned(),
            scenario: self.asked.scenario.to_string(),
            seed: self.asked.seed,
            difference: format!("{difference} (after it was timed)"),
        })
    }

    fn perform(&mut self, task: Task) -> Result<Answer, Refusal> {
        let mut bytes = [0; ANSWER];
        let process = &mut self.process;
        let done = process.ask(&task.bytes()).and_then(|()| process.answer(&mut bytes));
        done.map_err(|_| self.ended())?;
        let (numbers, _) = bytes.as_chunks::<8>();
        let answer: Answer = std::array::from_fn(|at| f64::from_le_bytes(numbers[at]));
        if answer[0].is_nan() {
            return Err(Refusal::NotCold(self.text(answer[1])?));
        }
        Ok(answer)
    }

    /// So many bytes of text behind an answer.
    fn text(&mut self, bytes: f64) -> Result<String, Refusal> {
        let mut text = vec![0; bytes as usize];
        self.process.answer(&mut text).map_err(|_| self.ended())?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn ended(&mut self) -> Refusal {
        let how = self.process.end().unwrap_or_else(|| "without a word".to_owned());
        apart::ended(&format!("the process of rung `{}`", self.rung), how)
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        // One that has ended already needs not be told.
        let _ = self.process.ask(&Task::End.bytes());
    }
}

/// Lets nothing be timed that was not just checked against naive on the same inputs. The check
/// calls every rung, and so leaves behind what all of them do: it has processes of its own, too,
/// each of which has a share of the inputs and a core. Nothing is timed while they are at it.
pub(crate) fn check(
    forks: bool,
    frame: &Frame,
    inputs: &mut dyn Inputs,
    asked: &Asked,
) -> Result<(), Refusal> {
    const WHAT: &str = "the process that checks the rungs";
    let question = Question::Check { scenario: asked.scenario.clone(), seed: asked.seed };
    // One that is started makes all inputs itself.
    let cores = if forks { available_parallelism().map_or(1, NonZero::get) } else { 1 };
    let processes = shares(inputs.count(), cores).map(|share| {
        let work = |_, answer| {
            let refusal = gate_share(frame, inputs, asked, share).err();
            Ok(serde_json::to_writer(answer, &refusal)?)
        };
        apart::process(forks, work, asked, &question).map_err(|error| apart::ended(WHAT, error))
    });
    // All are under way before one is waited for.
    let processes: Vec<Process> = processes.collect::<Result<_, _>>()?;
    processes
        .into_iter()
        .try_for_each(|process| process.value::<Option<Refusal>>(WHAT)?.map_or(Ok(()), Err))
}

/// So many inputs for so many cores: at most a share for each, none of them empty, the first ones
/// in the first.
fn shares(inputs: usize, cores: usize) -> impl Iterator<Item = Range<usize>> {
    let shares = cores.clamp(1, inputs.max(1));
    (0..shares).map(move |share| share * inputs / shares..(share + 1) * inputs / shares)
}

/// A worker for each of these rungs, all of which were just held against naive. Where none has
/// threads, they stay on one core.
///
/// # Errors
/// If a rung disagrees with naive, or the system has no room for another process.
pub(crate) fn workers<'a>(
    frame: &'a Frame,
    inputs: &mut dyn Inputs,
    asked: Asked<'a>,
    rungs: &[usize],
) -> Result<Vec<Worker<'a>>, Refusal> {
    let forks = forks();
    check(forks, frame, inputs, &asked)?;
    if !frame.threads {
        one_core::stay();
    }
    rungs.iter().map(|&rung| Worker::new(forks, frame, inputs, rung, asked)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_survive_the_way() {
        for task in [
            Task::Calls,
            Task::Untimed { calls: 7 },
            Task::Turn { calls: u64::MAX, untimed: 3, timed: 1 << 50 },
            Task::Singles { count: 1 << 40 },
            Task::Tail,
            Task::Check,
            Task::Data,
            Task::End,
        ] {
            assert_eq!(Task::parse(task.bytes()), Some(task));
        }
        assert_eq!(Task::parse([9; TASK]), None);
    }

    #[test]
    fn every_input_has_one_share() {
        for (inputs, cores) in [(1, 1), (1, 8), (10, 2), (10, 3), (64, 16), (5, 64), (0, 2)] {
            let shares: Vec<Range<usize>> = shares(inputs, cores).collect();
            assert!(shares.len() <= cores && !shares.is_empty());
            assert!(inputs == 0 || shares.iter().all(|share| !share.is_empty()));
            assert!(shares.into_iter().flatten().eq(0..inputs), "{inputs} for {cores}");
        }
    }
}
