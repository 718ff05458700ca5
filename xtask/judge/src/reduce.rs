//! From the raw rounds of a scenario to what a record keeps: times, paired log ratios, and how
//! quiet it was.

use std::borrow::Cow;

use protocol::{Block, FURTHER, QUIET_SLACK, Reading, Round, Scenario};

use crate::stats;
use record::{Pair, ScenarioRecord};

/// Processor time that is further than this from the time that passed, as a logarithm, tells of
/// threads, of spinning or of waiting; what is closer, of interruptions.
const OTHER_TIME: f64 = 0.1;

/// Nanoseconds that a page fault takes at the very least.
const FAULT: f64 = 100.0;
/// Page faults that may take less of the time than this explain nothing.
const TELLS: f64 = 0.01;

/// Reduces all rounds of one scenario. Every rung is paired with naive, and besides as in `pairs`,
/// which has the base first.
///
/// # Panics
/// Without a round.
pub fn reduce(
    scenario: &Scenario,
    rungs: usize,
    rounds: &[Round],
    pairs: &[(usize, usize)],
) -> ScenarioRecord {
    let rounds = &*near(rounds, f64::INFINITY);
    let first = &rounds[0];
    let quiet = quiet_blocks(rounds);
    let processes = heard(rounds, &quiet);
    // Naive runs twice in each block, and each is held against the others. Not the mean of both:
    // what interrupts one slice in three interrupts one of two more often, and equal rungs would
    // seem to differ.
    let control = first.columns.len() - 1;
    let columns = |rung: usize| -> Vec<usize> {
        (0..=control).filter(|&column| first.columns[column] == rung).collect()
    };
    let of_rungs: Vec<Vec<usize>> = (0..rungs).map(columns).collect();
    let against_itself = Pair::new(0, 0, &logs(&processes, &[0], &[control]));
    let wanted = (1..rungs).map(|rung| (0, rung)).chain(pairs.iter().copied());
    let compared = wanted.filter_map(|(base, rung)| {
        let (from, to) = (&of_rungs[base], &of_rungs[rung]);
        let both = !from.is_empty() && !to.is_empty();
        both.then(|| Pair::new(base, rung, &logs(&processes, from, to)))
    });
    ScenarioRecord {
        scenario: scenario.clone(),
        inputs: first.inputs,
        work: first.work,
        within: first.within,
        data_bytes: first.data_bytes.clone(),
        handover: handover(rounds),
        blocks: quiet.iter().map(Vec::len).sum(),
        quiet: share(&quiet),
        times: processes.iter().map(|process| times(process, |b| &b.ns, &of_rungs)).collect(),
        cpu: cpu(&processes, &of_rungs),
        faults: faults(&processes, &of_rungs),
        pairs: std::iter::once(against_itself).chain(compared).collect(),
        solo: Vec::new(),
        allocations: Vec::new(),
        tails: Vec::new(),
        alone: Vec::new(),
    }
}

/// Nanoseconds from core to core: the middle of those rounds that know it, or 0.
fn handover(rounds: &[Round]) -> f64 {
    let known = rounds.iter().map(|round| round.handover).filter(|ns| *ns > 0.0);
    let mut known: Vec<f64> = known.collect();
    if known.is_empty() { 0.0 } else { round4(stats::median(&mut known)) }
}

/// Whether cores that take so long to hand a line over are further apart than others, where both
/// are known.
fn further(handover: f64, than: f64) -> bool {
    than > 0.0 && handover > than * FURTHER
}

/// Rounds of which the cores were as near to each other as they ever were, and as near as is known
/// elsewhere. A host moves the cores of a guest for minutes to where lines take a multiple to go
/// between them, and back; times of both do not belong together.
fn near(rounds: &[Round], elsewhere: f64) -> Cow<'_, [Round]> {
    let known = rounds.iter().map(|round| round.handover).filter(|ns| *ns > 0.0);
    let nearest = known.fold(elsewhere, f64::min);
    let far = |round: &Round| further(round.handover, nearest);
    if rounds.iter().any(far) {
        rounds.iter().filter(|round| !far(round)).cloned().collect()
    } else {
        rounds.into()
    }
}

/// Puts what further processes of a scenario found beside what is known of it. Of two that worked
/// on cores at other distances, only the nearer is kept.
pub fn join(known: &mut ScenarioRecord, more: ScenarioRecord) {
    if further(more.handover, known.handover) {
        return;
    }
    if further(known.handover, more.handover) {
        let of = |list: &mut Vec<Vec<f64>>| list.clear();
        [&mut known.times, &mut known.cpu, &mut known.faults].into_iter().for_each(of);
        known.pairs.iter_mut().for_each(|pair| pair.logs.clear());
        (known.blocks, known.handover) = (0, more.handover);
    }
    let quiet = known.quiet * known.blocks as f64 + more.quiet * more.blocks as f64;
    known.blocks += more.blocks;
    known.quiet = quiet / known.blocks.max(1) as f64;
    // Neither is kept where it tells nothing: processor time is then the time that passed.
    let wall = |of: &ScenarioRecord| of.times.clone();
    let none = |of: &ScenarioRecord| of.times.iter().map(|of| vec![0.0; of.len()]).collect();
    let cpu = both(&known.cpu, &more.cpu, || wall(known), || wall(&more));
    let faults = both(&known.faults, &more.faults, || none(known), || none(&more));
    (known.cpu, known.faults) = (cpu, faults);
    known.times.extend(more.times);
    for Pair { base, rung, logs } in more.pairs {
        let of = known.pairs.iter_mut().find(|pair| (pair.base, pair.rung) == (base, rung));
        if let Some(of) = of {
            of.logs.extend(logs);
        }
    }
}

/// One list after the other; nothing where neither is there, and where one is not, what it stands
/// for.
fn both(
    known: &[Vec<f64>],
    more: &[Vec<f64>],
    of_known: impl Fn() -> Vec<Vec<f64>>,
    of_more: impl Fn() -> Vec<Vec<f64>>,
) -> Vec<Vec<f64>> {
    if known.is_empty() && more.is_empty() {
        return Vec::new();
    }
    let or = |list: &[Vec<f64>], otherwise: Vec<Vec<f64>>| {
        if list.is_empty() { otherwise } else { list.to_vec() }
    };
    [or(known, of_known()), or(more, of_more())].concat()
}

/// The quiet blocks of a process.
type Process<'a> = Vec<&'a Block>;

/// The processes that are heard.
fn heard<'a>(rounds: &'a [Round], quiet: &[Vec<bool>]) -> Vec<Process<'a>> {
    let counts: Vec<usize> =
        quiet.iter().map(|process| process.iter().filter(|quiet| **quiet).count()).collect();
    let all = rounds.iter().zip(quiet).zip(stats::heard(&counts));
    let heard = all.filter(|(_, heard)| *heard).map(|((round, quiet), _)| {
        let calm = round.blocks.iter().zip(quiet).filter(|(_, quiet)| **quiet);
        calm.map(|(block, _)| block).collect()
    });
    heard.collect()
}

/// What a call took in a process, by rung; 0 where a rung has no column.
fn times(process: &Process, of: fn(&Block) -> &Vec<f64>, of_rungs: &[Vec<usize>]) -> Vec<f64> {
    let middle = |columns: &Vec<usize>| {
        let times = process
            .iter()
            .flat_map(|block| columns.iter().filter_map(|&column| of(block).get(column).copied()));
        let mut times: Vec<f64> = times.collect();
        if times.is_empty() { 0.0 } else { round4(stats::median(&mut times)) }
    };
    of_rungs.iter().map(middle).collect()
}

/// Processor time by process and rung, if some rung's is not the time that passed.
fn cpu(processes: &[Process], of_rungs: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let cpu: Vec<Vec<f64>> =
        processes.iter().map(|process| times(process, |block| &block.cpu, of_rungs)).collect();
    let wall = processes.iter().map(|process| times(process, |block| &block.ns, of_rungs));
    let pairs = cpu.iter().flatten().copied().zip(wall.flatten());
    let differs = |(cpu, wall): (f64, f64)| cpu > 0.0 && (cpu / wall).ln().abs() > OTHER_TIME;
    if pairs.into_iter().any(differs) { cpu } else { Vec::new() }
}

/// Page faults by process and rung, if some rung has so many that they are part of its time.
fn faults(processes: &[Process], of_rungs: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let faults: Vec<Vec<f64>> =
        processes.iter().map(|process| times(process, |block| &block.faults, of_rungs)).collect();
    let wall = processes.iter().map(|process| times(process, |block| &block.ns, of_rungs));
    let mut pairs = faults.iter().flatten().copied().zip(wall.flatten());
    let tell = pairs.any(|(faults, wall)| faults * FAULT > wall * TELLS);
    if tell { faults } else { Vec::new() }
}

/// Log ratios of some columns to others, by process and chunk of blocks.
fn logs(processes: &[Process], from: &[usize], to: &[usize]) -> Vec<Vec<f64>> {
    let chunks = |process: &Process| {
        let log = |block: &Block, from: usize, to: usize| (block.ns[from] / block.ns[to]).ln();
        let logs = process.iter().flat_map(|block| {
            from.iter().flat_map(move |&from| to.iter().map(move |&to| log(block, from, to)))
        });
        stats::chunk_medians(&logs.collect::<Vec<f64>>())
    };
    processes.iter().map(chunks).collect()
}

/// Nanoseconds per call of a rung that was measured alone, by the rounds of some processes that
/// have no other column: medians of quiet blocks, and of those the median. `None` if no block is
/// heard of processes whose cores were as near to each other as `in_turns`, where lines took so
/// long from one to the other.
pub fn alone(rounds: &[Round], in_turns: f64) -> Option<f64> {
    let rounds = &*near(rounds, if in_turns > 0.0 { in_turns } else { f64::INFINITY });
    let processes = heard(rounds, &quiet_blocks(rounds));
    let of_process = |process: &Process| times(process, |block| &block.ns, &[vec![0]])[0];
    let mut times: Vec<f64> = processes.iter().map(of_process).filter(|ns| *ns > 0.0).collect();
    (!times.is_empty()).then(|| round4(stats::median(&mut times)))
}

/// Whether the sentinel ran slow in too many blocks for them to be believed.
pub fn too_busy(rounds: &[Round]) -> bool {
    share(&quiet_blocks(rounds)) < stats::LEAST_QUIET
}

/// How slow the sentinel may run in a quiet block, by the rounds so far; `None` before the first.
pub fn quiet(rounds: &[Round]) -> Option<Reading> {
    let slowest = |part: fn(&Block) -> f64, slack: f64| {
        let mut times: Vec<f64> = rounds.iter().flat_map(|round| &round.blocks).map(part).collect();
        stats::slowest_quiet(&mut times, slack)
    };
    (!rounds.is_empty()).then(|| Reading {
        compute: slowest(|block| block.compute, QUIET_SLACK),
        stream: slowest(|block| block.stream, stats::STREAM_SLACK),
    })
}

/// How many untimed slices each column needs: as most of the first processes found. Empty while too
/// few have: any of them may have been disturbed.
pub fn untimed(rounds: &[Round]) -> Vec<u64> {
    const ENOUGH: usize = 3;
    let Some((first, _)) = rounds.split_first().filter(|_| rounds.len() >= ENOUGH) else {
        return Vec::new();
    };
    let middle = |column: usize| {
        let found = rounds[..ENOUGH].iter().filter_map(|round| round.untimed.get(column).copied());
        let mut found: Vec<u64> = found.collect();
        found.sort_unstable();
        found.get(found.len() / 2).copied()
    };
    (0..first.untimed.len()).filter_map(middle).collect()
}

/// Which blocks, by process, ran while the sentinel ran at its usual speed. Where blocks take so
/// long that a process has only one, the moment before and after says nothing of it: all count.
pub fn quiet_blocks(rounds: &[Round]) -> Vec<Vec<bool>> {
    let single = rounds.iter().all(|round| round.blocks.len() == 1);
    let limit = quiet(rounds);
    let reading = |block: &Block| Reading { compute: block.compute, stream: block.stream };
    let holds = |block: &Block| limit.is_some_and(|limit| !reading(block).exceeds(limit));
    let is_quiet = |block: &Block| single || holds(block);
    rounds.iter().map(|round| round.blocks.iter().map(is_quiet).collect()).collect()
}

fn share(quiet: &[Vec<bool>]) -> f64 {
    let blocks = quiet.iter().map(Vec::len).sum::<usize>();
    quiet.iter().flatten().filter(|quiet| **quiet).count() as f64 / blocks.max(1) as f64
}

/// Four significant digits: what a time is good for.
fn round4(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powi(3 - x.abs().log10().floor() as i32);
    (x * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Effort;

    fn round(blocks: &[([f64; 4], f64)]) -> Round {
        let blocks = blocks
            .iter()
            .map(|(ns, sentinel)| Block {
                ns: ns.to_vec(),
                compute: *sentinel,
                stream: 0.0,
                ..Block::default()
            })
            .collect();
        Round {
            inputs: 1,
            columns: vec![0, 1, 3, 0],
            untimed: Vec::new(),
            blocks,
            work: 0.0,
            within: 0.0,
            data_bytes: vec![None; 4],
            handover: 0.0,
        }
    }

    /// One in which lines took so long from core to core.
    fn apart(ns: f64, handover: f64) -> Round {
        Round { handover, ..round(&[([ns; 4], 10.0)]) }
    }

    #[test]
    fn of_cores_at_two_distances_the_nearer_count() {
        let scenario = Scenario { input: "any".into(), n: 1, effort: Effort::Quick };
        let of = |rounds: &[Round]| reduce(&scenario, 4, rounds, &[]);
        let record =
            of(&[apart(9.0, 160.0), apart(1.0, 50.0), apart(2.0, 60.0), apart(8.0, 150.0)]);
        let naive = |record: &ScenarioRecord| -> Vec<f64> {
            record.times.iter().map(|times| times[0]).collect()
        };
        assert_eq!((naive(&record), record.handover), (vec![1.0, 2.0], 55.0));
        let far = of(&[apart(9.0, 160.0), apart(8.0, 150.0)]);
        assert_eq!((naive(&far), far.handover), (vec![9.0, 8.0], 155.0));
        let unknown = of(&[apart(9.0, 0.0), apart(1.0, 50.0)]);
        assert_eq!((naive(&unknown), unknown.handover), (vec![9.0, 1.0], 50.0));

        let joined = |mut known: ScenarioRecord, more: &ScenarioRecord| {
            join(&mut known, more.clone());
            known
        };
        assert_eq!(joined(record.clone(), &far), record);
        assert_eq!(joined(far.clone(), &record), record);
        assert_eq!(naive(&joined(record.clone(), &record)), [1.0, 2.0, 1.0, 2.0]);

        let one = |ns: f64, handover: f64| Round {
            columns: vec![0],
            blocks: vec![Block { ns: vec![ns], compute: 10.0, ..Block::default() }; 3],
            ..apart(ns, handover)
        };
        let both = [one(30.0, 160.0), one(10.0, 50.0), one(30.0, 150.0)];
        assert_eq!(
            [0.0, 50.0, 20.0].map(|in_turns| alone(&both, in_turns)),
            [Some(10.0), Some(10.0), None]
        );
        assert_eq!(alone(&both[..1], 150.0), Some(30.0));
    }

    #[test]
    fn ratios_are_paired_within_quiet_blocks_and_skip_missing_rungs() {
        let scenario = Scenario { input: "any".into(), n: 1, effort: Effort::Quick };
        let slow = ([900.0, 10.0, 5.0, 100.0], 99.0);
        let calm = ([100.0, 50.0, 20.0, 100.0], 10.0);
        let twice = ([300.0, 100.0, 40.0, 200.0], 10.0);
        let record =
            reduce(&scenario, 4, &[round(&[calm, slow, twice]), round(&[calm])], &[(3, 1), (2, 3)]);

        assert_eq!((record.blocks, record.quiet), (4, 0.75));
        assert_eq!(record.times, [[150.0, 75.0, 0.0, 30.0], [100.0, 50.0, 0.0, 20.0]]);
        let of =
            |base, rung| record.pairs.iter().find(|pair| (pair.base, pair.rung) == (base, rung));
        assert_eq!(of(0, 0).unwrap().logs, [vec![0, 4055], vec![0]]);
        assert_eq!(of(0, 1).unwrap().logs, [vec![6931, 6931, 10_986, 6931], vec![6931; 2]]);
        assert_eq!(of(3, 1).unwrap().logs, [vec![-9163, -9163], vec![-9163]]);
        assert!(of(0, 2).is_none() && of(2, 3).is_none());
    }

    #[test]
    fn further_processes_stand_behind_those_that_are_known() {
        let scenario = Scenario { input: "any".into(), n: 1, effort: Effort::Quick };
        let calm = round(&[([100.0, 50.0, 20.0, 100.0], 10.0)]);
        let mut waits = round(&[([300.0, 100.0, 40.0, 200.0], 10.0); 3]);
        for block in &mut waits.blocks {
            (block.cpu, block.faults) = (vec![30.0, 10.0, 4.0, 20.0], vec![3.0, 0.0, 0.0, 3.0]);
        }
        let of = |rounds: &[Round]| reduce(&scenario, 4, rounds, &[(3, 1)]);
        let mut known = of(std::slice::from_ref(&calm));
        join(&mut known, of(std::slice::from_ref(&waits)));
        let [first, second] = [[100.0, 50.0, 0.0, 20.0], [250.0, 100.0, 0.0, 40.0]];
        assert_eq!((known.blocks, known.quiet), (4, 1.0));
        assert_eq!(known.times, [first, second]);
        assert_eq!(known.cpu, [first, [25.0, 10.0, 0.0, 4.0]]);
        assert_eq!(known.faults, [[0.0; 4], [3.0, 0.0, 0.0, 0.0]]);
        let both = of(&[calm.clone(), waits]);
        assert_eq!(known.pairs, both.pairs);

        let mut quiet = of(std::slice::from_ref(&calm));
        join(&mut quiet, of(&[calm]));
        assert_eq!((quiet.times.len(), quiet.cpu.len(), quiet.faults.len()), (2, 0, 0));
    }

    #[test]
    fn contended_blocks_are_found_across_processes() {
        let rounds = [[10.0, 10.1, 19.0], [10.2, 11.3, 9.9]]
            .map(|sentinels| round(&sentinels.map(|sentinel| ([1.0; 4], sentinel))));
        assert_eq!(quiet_blocks(&rounds), [[true, true, false], [true, false, true]]);
        assert_eq!(quiet(&rounds[..0]), None);
        // A block that is alone in its process says nothing of the others.
        assert_eq!(
            quiet_blocks(&[round(&[([1.0; 4], 9.0)]), round(&[([1.0; 4], 99.0)])]),
            [[true]; 2]
        );
    }

    #[test]
    fn processor_time_is_kept_where_it_tells_something() {
        let scenario = Scenario { input: "any".into(), n: 1, effort: Effort::Quick };
        let kept = |cpu: [f64; 4]| {
            let mut round = round(&[([100.0, 50.0, 20.0, 110.0], 10.0)]);
            round.blocks[0].cpu = cpu.into();
            reduce(&scenario, 4, &[round], &[]).cpu
        };
        assert!(kept([99.0, 51.0, 20.0, 109.0]).is_empty());
        assert_eq!(kept([100.0, 95.0, 4.0, 110.0]), [[105.0, 95.0, 0.0, 4.0]]);
    }

    #[test]
    fn page_faults_are_kept_where_they_are_part_of_a_time() {
        let scenario = Scenario { input: "any".into(), n: 1, effort: Effort::Quick };
        let kept = |faults: [f64; 4]| {
            let mut round = round(&[([10_000.0, 5_000.0, 2_000.0, 11_000.0], 10.0)]);
            round.blocks[0].faults = faults.into();
            reduce(&scenario, 4, &[round], &[]).faults
        };
        assert!(kept([0.9, 0.4, 0.1, 0.9]).is_empty());
        assert!(kept([0.0; 4]).is_empty());
        assert_eq!(kept([3.0, 2.0, 0.0, 4.0]), [[3.5, 2.0, 0.0, 0.0]]);
    }

    #[test]
    fn what_most_processes_found_out_is_known() {
        let found = |untimed: [u64; 4]| Round { untimed: untimed.into(), ..round(&[]) };
        let mut rounds = vec![found([1, 1, 64, 1]), found([1, 256, 128, 1])];
        assert!(untimed(&rounds).is_empty() && untimed(&[]).is_empty());
        rounds.extend([found([2, 1, 128, 2]), found([9; 4])]);
        assert_eq!(untimed(&rounds), [1, 1, 128, 1]);
    }

    #[test]
    fn a_rung_alone_is_timed_by_the_middle_of_its_processes() {
        let process = |ns: f64, blocks: usize, sentinel: f64| Round {
            columns: vec![2],
            blocks: vec![Block { ns: vec![ns], compute: sentinel, ..Block::default() }; blocks],
            ..round(&[])
        };
        let calm = [process(40.0, 9, 10.0), process(20.0, 9, 10.0), process(30.0, 9, 10.0)];
        assert_eq!(alone(&calm, 0.0), Some(30.0));
        let [first, second, third] = calm;
        let busy = process(90.0, 9, 99.0);
        let short = process(90.0, 2, 10.0);
        assert_eq!(
            alone(&[first, busy, second, short, third], 0.0),
            Some(30.0),
            "neither is heard"
        );
        assert_eq!(alone(&[], 0.0), None);
        assert_eq!(alone(&[process(1.0, 0, 10.0)], 0.0), None);
    }

    #[test]
    fn times_keep_four_digits() {
        assert_eq!(
            [round4(123_456.0), round4(0.012_345_6), round4(9.9999)],
            [123_500.0, 0.012_35, 10.0]
        );
        assert_eq!([round4(0.0), round4(f64::NAN)], [0.0, 0.0]);
    }
}
