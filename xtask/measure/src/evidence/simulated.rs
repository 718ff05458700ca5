//! Simulated counts: each rung runs under valgrind, which counts its calls alone. Where wrong
//! guesses seem to take much of the time, a predictor of today guesses once more. Nothing is timed,
//! so all cores work at once.

mod asked;
mod callgrind;
mod model;

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use protocol::{Effort, price};

use super::{Subject, scenario};
use crate::interrupt;
use crate::missing::Missing;
use callgrind::{Events, Job};
use judge::words::format;
use record::{Counted, Found, ScenarioRecord, Simulated, Simulator, SystemCalls};

/// Nanoseconds a call up to which a size is simulated.
const SLOWEST: f64 = 1e6;
/// How much slower a call is in the simulator, about.
const SLOWDOWN: f64 = 50.0;
/// Nanoseconds that the slowest rung may take in the simulator, all calls together.
const PATIENCE: f64 = 2e10;
/// Nanoseconds there above which each input is counted once only.
const SOON: f64 = 2e9;
/// Inputs that take turns: enough that the simulated predictor cannot learn one by heart.
const MOST_INPUTS: usize = 5;
/// Calls over which counts are averaged, about.
const CALLS: usize = 10;
/// Share of a rung's time that wrong guesses must be for them to be looked at once more.
const MATTERS: f64 = 0.2;
/// Jumps that are then looked at, about: half of them for a predictor to learn from.
const JUMPS: f64 = 6e5;
/// Calls among which those are: one to learn from, and no more than there is patience for.
const LOOKED_AT: (usize, usize) = (2, 40);
/// Jumps that making inputs may take, for as many inputs as take turns.
const PREPARING: u64 = 4_000_000;

/// What was counted, and by which model.
type Answer = (Found<Counted<Simulated>>, Option<Simulator>);

/// Simulates every rung that runs in the simulator.
pub fn gather(subject: &Subject) -> Answer {
    let unavailable = |why: String| (Found::Unavailable(why), None);
    if subject.effort == Effort::Quick {
        let why = "a quick run leaves simulation out; `cargo xtask bench-all` has it";
        return unavailable(why.to_owned());
    }
    let program = match callgrind::version() {
        Ok(program) => program,
        Err(why) => return unavailable(why),
    };
    let Some(measured) = scenario::counted(subject.measured, SLOWEST) else {
        return (Found::default(), None);
    };
    let slowest = scenario::slowest(measured).unwrap_or(0.0);
    let Some(plan) = Plan::new(measured.inputs, slowest) else {
        return unavailable(format!(
            "a call takes {} even at the smallest size, which is too long for a simulator",
            format::time(slowest)
        ));
    };
    let simulator = model::of(subject.machine, program, plan.inputs, plan.calls);
    match simulate(subject, measured, &plan, &simulator) {
        Ok(rungs) => {
            let scenario = measured.scenario.clone();
            (Found::Here(Counted { scenario, rungs }), Some(simulator))
        }
        Err(why) => unavailable(why),
    }
}

/// How often a rung is called.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    /// Inputs that take turns. One call with each comes before those that are counted: pools,
    /// arenas and caches are then as warm as they are in what is timed.
    inputs: usize,
    /// Calls that are counted: whole turns.
    calls: usize,
}

impl Plan {
    /// For a scenario whose inputs rotate and whose slowest rung takes `ns` nanoseconds a call;
    /// `None` if even one call takes too long.
    fn new(inputs: usize, ns: f64) -> Option<Self> {
        let inputs = inputs.clamp(1, MOST_INPUTS);
        let plans = [
            (Self { inputs, calls: CALLS / inputs * inputs }, SOON),
            (Self { inputs, calls: inputs }, PATIENCE),
            (Self { inputs: 1, calls: 1 }, PATIENCE),
        ];
        let simulated = |plan: &Self| (plan.inputs + plan.calls) as f64 * ns * SLOWDOWN;
        let fits = |(plan, most): (Self, f64)| (simulated(&plan) <= most).then_some(plan);
        plans.into_iter().find_map(fits)
    }
}

/// Counts by rung; `None` where a rung is unavailable or cannot run in the simulator. An error if
/// none can.
fn simulate(
    subject: &Subject,
    measured: &ScenarioRecord,
    plan: &Plan,
    simulator: &Simulator,
) -> Result<Vec<Option<Simulated>>, String> {
    let rungs = subject.description().map_or(&[][..], |description| &description.rungs);
    let mut jobs: Vec<usize> =
        (0..rungs.len()).filter(|&rung| rungs[rung].unavailable.is_none()).collect();
    // The longest first, or the last one keeps a single core busy.
    let cost = |&rung: &usize| scenario::time(measured, rung).unwrap_or(0.0);
    jobs.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
    let folder = tempfile::tempdir().map_err(|error| format!("no folder to work in: {error}"))?;
    let job = |rung: usize| Job {
        binary: subject.binary,
        rung: &rungs[rung].name,
        scenario: &measured.scenario,
        before: plan.inputs,
        calls: plan.calls,
        inputs: plan.inputs,
    };
    let answers = run_all(&jobs, |&rung| callgrind::count(&job(rung), simulator, folder.path()));
    if interrupt::came() {
        return Err("the run was interrupted".to_owned());
    }
    let mut missing = Missing::default();
    let mut counts: Vec<Option<Simulated>> = (0..rungs.len())
        .map(|rung| {
            let at = jobs.iter().position(|job| *job == rung)?;
            let events = missing.answered(&rungs[rung].name, answers[at].clone()?)?;
            Some(per_call(&events, plan.calls))
        })
        .collect();
    if counts.iter().any(Option::is_some) {
        let preparing = |rung| callgrind::preparing(&job(rung), simulator, folder.path());
        guess(subject, measured, &mut counts, preparing, folder.path());
        missing.tell(&subject.case.name, "not simulated");
        return Ok(counts);
    }
    let failure = answers.into_iter().flatten().find_map(Result::err);
    Err(failure.unwrap_or_else(|| "there is no rung to simulate".to_owned()))
}

/// Has today's predictor guess the jumps of rungs of which wrong guesses seem to take much of the
/// time. Where it cannot, or inputs are too dear, the older model's counts stand alone.
fn guess(
    subject: &Subject,
    measured: &ScenarioRecord,
    counts: &mut [Option<Simulated>],
    preparing: impl Fn(usize) -> Result<u64, String>,
    folder: &Path,
) {
    let rungs = subject.description().map_or(&[][..], |description| &description.rungs);
    let Some(price) = subject.machine.price(price::GUESS) else { return };
    let matters = |rung: usize, counts: &Simulated| {
        let time = scenario::time(measured, rung).unwrap_or(f64::INFINITY);
        counts.mispredictions * price > MATTERS * time
    };
    let jobs: Vec<(usize, f64)> = (0..counts.len())
        .filter_map(|rung| Some((rung, counts[rung]?)))
        .filter(|(rung, counts)| matters(*rung, counts))
        .map(|(rung, counts)| (rung, counts.branches))
        .collect();
    // The same inputs for all of them.
    let Some(preparing) = jobs.first().and_then(|(rung, _)| preparing(*rung).ok()) else { return };
    if preparing > PREPARING {
        return;
    }
    let answers = run_all(&jobs, |&(rung, branches)| {
        let affordable = (PREPARING / preparing.max(1)) as usize * MOST_INPUTS;
        let calls = ((JUMPS / branches) as usize).min(affordable).clamp(LOOKED_AT.0, LOOKED_AT.1);
        // Each call has its own input, where there are as many: a short one is learned by heart.
        let inputs = measured.inputs.clamp(1, calls);
        let (rung, scenario) = (rungs[rung].name.as_str(), &measured.scenario);
        let job = Job { binary: subject.binary, rung, scenario, before: 0, calls, inputs };
        let guessed = callgrind::guess(&job, folder).ok()?;
        guessed.wrong((branches * calls as f64 / 2.0) as usize)
    });
    for ((rung, branches), wrong) in jobs.iter().zip(answers) {
        if let Some(counts) = &mut counts[*rung] {
            counts.mispredictions_today = wrong.flatten().map(|share| share * branches);
        }
    }
}

/// Works through a list on all cores; `None` for what Ctrl-C left out.
fn run_all<J: Sync, A: Send>(jobs: &[J], work: impl Fn(&J) -> A + Sync) -> Vec<Option<A>> {
    let next = AtomicUsize::new(0);
    let answers: Mutex<Vec<Option<A>>> = Mutex::new(jobs.iter().map(|_| None).collect());
    let worker = || {
        while !interrupt::came() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(at) else { break };
            let answer = work(job);
            if let Ok(mut answers) = answers.lock() {
                answers[at] = Some(answer);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from).min(jobs.len()) {
            scope.spawn(worker);
        }
    });
    answers.into_inner().unwrap_or_default()
}

/// What one of so many calls costs.
fn per_call(events: &Events, calls: usize) -> Simulated {
    let each = |count: u64| count as f64 / calls as f64;
    Simulated {
        instructions: each(events.instructions),
        branches: each(events.branches),
        mispredictions: each(events.mispredictions),
        mispredictions_today: None,
        l1_misses: each(events.l1_misses),
        last_level_misses: each(events.last_level_misses),
        system: Some(SystemCalls {
            calls: each(events.system.calls),
            bytes: each(events.system.bytes),
            threads: each(events.system.threads),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::asked::Asked;
    use super::*;

    #[test]
    fn counts_are_those_of_one_call() {
        let events = Events {
            instructions: 10_000,
            branches: 250,
            mispredictions: 1,
            l1_misses: 70,
            last_level_misses: 0,
            system: Asked { calls: 20, bytes: 8_000, threads: 0 },
        };
        let expected = Simulated {
            instructions: 1_000.0,
            branches: 25.0,
            mispredictions: 0.1,
            mispredictions_today: None,
            l1_misses: 7.0,
            last_level_misses: 0.0,
            system: Some(SystemCalls { calls: 2.0, bytes: 800.0, threads: 0.0 }),
        };
        assert_eq!(per_call(&events, 10), expected);
    }

    #[test]
    fn whole_turns_are_counted() {
        let plan = |inputs| Plan::new(inputs, 1e6).unwrap();
        assert_eq!((plan(1).inputs, plan(1).calls), (1, 10));
        assert_eq!((plan(3).inputs, plan(3).calls), (3, 9));
        assert_eq!((plan(4_096).inputs, plan(4_096).calls), (5, 10));
    }

    #[test]
    fn slow_jobs_are_called_less_often_and_very_slow_ones_not_at_all() {
        assert_eq!(Plan::new(5, 3e6), Some(Plan { inputs: 5, calls: 5 }));
        assert_eq!(Plan::new(5, 1e8), Some(Plan { inputs: 1, calls: 1 }));
        assert_eq!(Plan::new(5, 1e9), None);
    }

    #[test]
    fn all_jobs_are_done_and_answers_stay_in_order() {
        let jobs: Vec<u32> = (0..100).collect();
        let answers = run_all(&jobs, |job| job * 2);
        assert!(answers.iter().zip(&jobs).all(|(answer, job)| *answer == Some(job * 2)));
        assert!(run_all(&[], |job: &u32| *job).is_empty());
    }
}
