//! Holds the signs of all cases against a profile. A sample may be explained by several cases; all
//! of them may claim it, and the surest sign gets it, so that no sample is counted twice in a sum.

mod stacks;

use cases::Case;
use cases::signs::Sign;
use judge::rate::Rate;
use serde::{Deserialize, Serialize};

use self::stacks::{Hit, Stacks};
use crate::{Kind, Profile};

/// Cases that are named at most.
pub const MOST: usize = 5;
/// Up to so many are filled up with cases that are not sure enough to be said by themselves.
const FILLED: usize = 3;
/// Frames, callers and functions that are named of each.
const SHOWN: usize = 3;
/// What a sample counts for a case that is said beside others, if one of these explains it.
const EXPLAINED: f64 = 0.1;
/// Whatever a case's signs ask for, a smaller share of its own is no accusation.
const FLOOR: f64 = 0.04;
/// More samples than these make no share surer: they may be nanoseconds or instructions.
const TRIALS: u64 = 10_000;
/// The share of all from which on a function's calls are worth a look …
const WATCHED: f64 = 0.1;
/// … and of how many functions.
const WATCHED_AT_MOST: usize = 12;
/// Overlap with another case of which it is worth to speak, as a share of the case's own samples.
const OVERLAP: f64 = 0.2;

/// A case that fits a profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The case.
    pub case: String,
    /// Whether it is said only because another case is: a sign that fits much that is as it should
    /// be, or samples that a surer case explains.
    #[serde(default)]
    pub perhaps: bool,
    /// What was seen, in the words of its signs, the most frequent first.
    pub what: Vec<String>,
    /// The share of all samples in which something of it was seen, with its 95 % interval.
    pub share: f64,
    /// The lower end of that.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The share that no surer case explains.
    pub own: f64,
    /// The functions that were seen, with their shares.
    pub frames: Vec<Part>,
    /// Who calls them in the program's own code.
    pub callers: Vec<Part>,
    /// Other cases that explain a part of the same samples, with that part as a share of these.
    pub overlaps: Vec<Part>,
}

/// Something with its share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its share.
    pub share: f64,
}

/// What a profile says.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Cases, the likeliest first.
    pub findings: Vec<Finding>,
    /// The functions in which most of all was seen, of whatever case.
    pub widest: Vec<Part>,
    /// What the run shows beside its stacks, with the case that is about it: no accusation, since
    /// no profile says whether a core that was idle had anything to do, or what a thread that slept
    /// was waiting for.
    pub asides: Vec<(String, String)>,
}

/// A sign that was seen often enough.
struct Seen<'a> {
    case: usize,
    sign: &'a Sign,
    /// The share that was asked of it.
    least: f64,
    /// Whether it is seen so often, and not only with other signs of its case.
    alone: bool,
    /// Where it fits, by stack.
    hits: Vec<Option<Hit>>,
    total: u64,
}

/// Holds all cases against a profile. `own` are crates that are the reader's, beside that of
/// `main`.
pub fn find(profile: &Profile, cases: &[Case], own: &[String]) -> Found {
    let stacks = Stacks::new(profile, own);
    let mut surely = seen(&stacks, profile, cases, |sign| sign.least);
    // Signs that see enough only together, and less where surer ones do, take nothing from others.
    let found = ranked(&stacks, &surely, cases, &Beside::Nothing);
    let said = |case: usize| found.iter().any(|finding| finding.case == cases[case].name);
    surely.retain(|seen| seen.alone || said(seen.case));
    let mut findings = ranked(&stacks, &surely, cases, &Beside::Nothing);
    findings.truncate(MOST);
    if !findings.is_empty() && findings.len() < FILLED {
        // Something is wrong: then what is seen too often to be an accusation is worth a word, and
        // so is what explains the samples of a surer case as well.
        let perhaps = seen(&stacks, profile, cases, Sign::least_beside_another);
        let said = |case: usize| findings.iter().any(|finding| finding.case == cases[case].name);
        let explained = |at: usize| surely.iter().any(|of| said(of.case) && of.hits[at].is_some());
        let explained = (0..stacks.len()).map(explained).collect();
        let others = ranked(&stacks, &perhaps, cases, &Beside::Others(explained)).into_iter();
        let new = |other: &Finding| findings.iter().all(|finding| finding.case != other.case);
        let others: Vec<Finding> = others.filter(new).take(FILLED - findings.len()).collect();
        findings.extend(others);
    }
    Found { findings, widest: stacks.widest(), asides: asides(profile, cases) }
}

/// The functions of a program of which it is worth to know with what they are called, the hottest
/// first. What closures have captured is no argument in debug information.
pub fn worth_watching(profile: &Profile, own: &[String]) -> Vec<String> {
    let stacks = Stacks::new(profile, own);
    let hot = stacks.hottest().into_iter().filter(|(name, share)| {
        *share >= WATCHED && !name.contains("{closure}") && !name.contains("{{closure}}")
    });
    hot.take(WATCHED_AT_MOST).map(|(name, _)| name.to_owned()).collect()
}

/// Cases with a sign of the whole run, where so many cores were idle or threads slept so often.
fn asides(profile: &Profile, cases: &[Case]) -> Vec<(String, String)> {
    let idle = profile.busy.map_or(0.0, |busy| 1.0 - busy);
    let sleeps = profile.sleeps.unwrap_or(0.0);
    let fits = |sign: &Sign| idle >= sign.idle && sleeps >= f64::from(sign.sleeps);
    let signs = cases.iter().flat_map(|case| case.signs.iter().map(move |sign| (case, sign)));
    let shown = signs.filter(|(_, sign)| sign.is_of_the_run() && fits(sign));
    shown.map(|(case, sign)| (case.name.clone(), sign.what.clone())).collect()
}

/// Signs whose share is surely what is asked of them, by themselves or with others of their case.
fn seen<'a>(
    stacks: &Stacks,
    profile: &Profile,
    cases: &'a [Case],
    least: impl Fn(&Sign) -> f64,
) -> Vec<Seen<'a>> {
    let mut seen = Vec::new();
    for (case, of) in cases.iter().enumerate() {
        let mut signs = Vec::new();
        for sign in &of.signs {
            let of_kind = match profile.kind {
                Kind::Calls => !sign.is_of_stacks(),
                Kind::Samples => sign.is_of_stacks() && !sign.is_of_blocks(),
                Kind::Allocations => sign.is_of_stacks(),
            };
            if !of_kind || sign.is_of_the_run() || least(sign) == 0.0 {
                continue;
            }
            let hits = stacks.hits(sign);
            let total = stacks.weight_where(|at| hits[at].is_some());
            let (low, _) = interval(total, stacks.total);
            let least = least(sign);
            let alone = low >= least && total >= sign.often;
            if alone || (low >= FLOOR && sign.often == 0) {
                signs.push(Seen { case, sign, least, alone, hits, total });
            }
        }
        let together = !signs.iter().any(|seen| seen.alone)
            && is_enough_together(stacks, &signs.iter().collect::<Vec<_>>(), |_| true);
        seen.extend(signs.into_iter().filter(|seen| seen.alone || together));
    }
    seen
}

/// Whether several signs of a case, of which each may see too little, see enough: half of what one
/// asks for and half of what another does, in other samples, are as much as all of one.
fn is_enough_together(stacks: &Stacks, signs: &[&Seen], counts: impl Fn(usize) -> bool) -> bool {
    let least = |at: usize| {
        let fitting = signs.iter().filter(|seen| counts(at) && seen.hits[at].is_some());
        fitting.map(|seen| seen.least).reduce(f64::min)
    };
    let fitting = || (0..stacks.len()).filter_map(|at| Some((at, least(at)?)));
    let total = fitting().map(|(at, _)| stacks.weight(at)).fold(0, u64::saturating_add);
    let weights = fitting().map(|(at, least)| stacks.weight(at) as f64 / least);
    // As sure as all of it is seen, so sure is each part.
    weights.sum::<f64>() * interval(total, stacks.total).0 >= total as f64 && total > 0
}

/// The interval of a share.
fn interval(hits: u64, of: u64) -> (f64, f64) {
    let scale = (of as f64 / TRIALS as f64).max(1.0);
    let [hits, of] = [hits, of].map(|count| (count as f64 / scale).floor() as u64);
    if of == 0 { (0.0, 1.0) } else { Rate { hits: hits.min(of), of }.interval() }
}

/// Which sign a stack belongs to: the surest, and of those the one that explains most.
fn winner<'s, 'a>(seen: &'s [Seen<'a>], stack: usize) -> Option<&'s Seen<'a>> {
    let fits = seen.iter().filter(|seen| seen.hits[stack].is_some());
    fits.max_by_key(|seen| (seen.sign.sure, seen.total))
}

/// What is said already.
enum Beside {
    /// Nothing: a case is accused if it explains enough that no surer one does.
    Nothing,
    /// Other cases, which explain these stacks.
    Others(Vec<bool>),
}

/// The cases that explain enough, the likeliest first.
fn ranked(stacks: &Stacks, seen: &[Seen], cases: &[Case], beside: &Beside) -> Vec<Finding> {
    let found = (0..cases.len()).filter_map(|case| finding(stacks, seen, cases, case, beside));
    let mut findings: Vec<(f64, Finding)> = found.collect();
    findings.sort_by(|a, b| b.0.total_cmp(&a.0));
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// The weight of what some signs of a case explain: where nothing is said yet, of what no surer one
/// does.
fn rank(stacks: &Stacks, seen: &[Seen], signs: &[&Seen], beside: &Beside) -> f64 {
    let wins = |at: usize| winner(seen, at).is_some_and(|seen| seen.case == signs[0].case);
    let counts = |at: usize| match beside {
        Beside::Nothing => f64::from(u8::from(wins(at))),
        Beside::Others(explained) if explained[at] => EXPLAINED,
        Beside::Others(_) => 1.0,
    };
    let surest = |at: usize| {
        let of_case = signs.iter().filter(|seen| seen.hits[at].is_some());
        of_case.map(|seen| seen.sign.sure).max()
    };
    let weight = |(at, sure): (usize, u8)| {
        counts(at) * stacks.weight(at) as f64 * (0.5 + f64::from(sure) / 10.0)
    };
    (0..stacks.len()).filter_map(|at| Some((at, surest(at)?))).map(weight).sum()
}

/// A case with the weight by which it is ranked, if it explains enough.
fn finding(
    stacks: &Stacks,
    seen: &[Seen],
    cases: &[Case],
    case: usize,
    beside: &Beside,
) -> Option<(f64, Finding)> {
    let mut signs: Vec<&Seen> = seen.iter().filter(|seen| seen.case == case).collect();
    if signs.is_empty() {
        return None;
    }
    let fits = |case: usize, at: usize| {
        seen.iter().any(|seen| seen.case == case && seen.hits[at].is_some())
    };
    let all = stacks.weight_where(|at| fits(case, at));
    let wins = |at: usize| winner(seen, at).is_some_and(|seen| seen.case == case);
    let own = stacks.weight_where(wins);
    let alone = signs.iter().filter(|seen| seen.alone).map(|seen| seen.least).reduce(f64::min);
    let low = interval(own, stacks.total).0;
    let enough = low >= FLOOR
        && (alone.is_some_and(|least| low >= least) || is_enough_together(stacks, &signs, wins));
    if matches!(beside, Beside::Nothing) && !enough {
        return None;
    }
    let rank = rank(stacks, seen, &signs, beside);
    signs.sort_by_key(|seen| std::cmp::Reverse(seen.total));
    let hits = |at: usize| signs.iter().find_map(|seen| seen.hits[at]);
    let share = |part: u64, of: u64| part as f64 / of.max(1) as f64;
    let overlaps = (0..cases.len()).filter(|other| *other != case).filter_map(|other| {
        let both = stacks.weight_where(|at| fits(case, at) && fits(other, at));
        let share = share(both, all);
        (share >= OVERLAP).then(|| Part { name: cases[other].name.clone(), share })
    });
    let (low, high) = interval(all, stacks.total);
    let mut what: Vec<String> = signs.iter().map(|seen| seen.sign.what.clone()).collect();
    what.dedup();
    what.truncate(SHOWN);
    let mut told: Vec<String> = (0..stacks.len())
        .filter_map(|at| signs.iter().find(|seen| seen.sign.is_of_repeats())?.hits[at])
        .filter_map(|hit| stacks.told(hit.frame))
        .collect();
    told.sort();
    told.dedup();
    told.truncate(SHOWN);
    what.extend(told);
    let finding = Finding {
        case: cases[case].name.clone(),
        perhaps: matches!(beside, Beside::Others(_)),
        what,
        share: share(all, stacks.total),
        low,
        high,
        own: share(own, stacks.total),
        frames: stacks.parts(|at| hits(at).map(|hit| hit.frame)),
        callers: stacks.parts(|at| hits(at).and_then(|hit| hit.owner)),
        overlaps: overlaps.take(SHOWN).collect(),
    };
    Some((rank, finding))
}

#[cfg(test)]
mod tests;
