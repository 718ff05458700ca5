//! A profile with each name once, so that a pattern is held against a name and not against every
//! frame.

use std::collections::{BTreeMap, HashMap};

use cases::code::Code;
use cases::repeats::Repeats;
use cases::signs::{Pattern, Sign};

use super::{Part, SHOWN};
use crate::Profile;
use crate::names::{bare, crate_of, is_foreign, shown};
use judge::words::format;

/// Frames of a stack that are looked at: the innermost.
const DEEPEST: usize = 512;
/// The share of all from which on something stands beside.
const BESIDE: f64 = 0.01;
/// The share of a function's own from which on it is one that calls something.
const CALLING: f64 = 0.05;
/// Functions of another crate, one below the other, that may still do little.
const ACCESSORS: usize = 2;
/// Functions that are shown where nothing fits.
const WIDEST: usize = 5;

pub(super) struct Stacks {
    names: Vec<Name>,
    stacks: Vec<Stack>,
    pub(super) total: u64,
}

struct Name {
    full: String,
    bare: String,
    /// The same without its crate.
    path: String,
    /// Whether it is the program's own.
    own: bool,
    /// Whether it is not the language's: the program's own, or of a crate that it chose.
    chosen: bool,
    /// Whether it is core's, or stands for an instruction or a store, which are inlined nearly
    /// everywhere.
    core: bool,
    /// What is known of its calls.
    repeats: Option<Repeats>,
}

struct Stack {
    /// Places of names, from the outermost in.
    frames: Vec<usize>,
    weight: u64,
    /// Bytes of a block, where allocations were recorded.
    block: Option<u64>,
    /// What is known of the machine code.
    code: Option<Code>,
}

/// Where a sign fits a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The function that was meant.
    pub frame: usize,
    /// The nearest function of the program's own.
    pub owner: Option<usize>,
}

/// A sign whose patterns were held against all names.
struct Looked<'a> {
    sign: &'a Sign,
    frames: Vec<bool>,
    under: Vec<bool>,
    owner: Vec<bool>,
    /// Own functions that call what the sign wants.
    calling: Vec<bool>,
    without: Vec<bool>,
}

impl Stacks {
    pub(super) fn new(profile: &Profile, own: &[String]) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<&str> = Vec::new();
        let mut stacks = Vec::new();
        let calls = profile.calls.iter().map(|call| (std::slice::from_ref(&call.name), call.count));
        let seen = profile.stacks.iter().map(|stack| (&stack.frames[..], stack.samples));
        for (at, (frames, weight)) in seen.chain(calls).enumerate() {
            let mut place = |name| {
                *places.entry(name).or_insert_with(|| {
                    names.push(name);
                    names.len() - 1
                })
            };
            let inner = &frames[frames.len().saturating_sub(DEEPEST)..];
            let frames = inner.iter().map(|name| place(name.as_str())).collect();
            let block = profile.bytes.get(at).map(|bytes| bytes / weight.max(1));
            let code = profile.code.get(at).cloned().flatten();
            stacks.push(Stack { frames, weight, block, code });
        }
        let mut names = with_owners(&names, &stacks, own);
        for name in &mut names {
            name.repeats = profile.repeats.get(&name.full).copied();
        }
        Self { names, stacks, total: profile.total() }
    }

    pub(super) fn len(&self) -> usize {
        self.stacks.len()
    }

    pub(super) fn weight(&self, stack: usize) -> u64 {
        self.stacks[stack].weight
    }

    /// The weight of all stacks for which something holds.
    pub(super) fn weight_where(&self, holds: impl Fn(usize) -> bool) -> u64 {
        let held = (0..self.len()).filter(|at| holds(*at));
        held.map(|at| self.weight(at)).fold(0, u64::saturating_add)
    }

    /// Whether each name is meant by one of these.
    fn fit(&self, patterns: &[Pattern]) -> Vec<bool> {
        let fits = |name: &Name| {
            patterns.iter().any(|pattern| pattern.fits(&name.full) || pattern.fits(&name.bare))
        };
        self.names.iter().map(fits).collect()
    }

    /// Whether the path of each name within its crate is.
    fn fit_path(&self, patterns: &[Pattern]) -> Vec<bool> {
        let fits = |name: &Name| patterns.iter().any(|pattern| pattern.fits(&name.path));
        self.names.iter().map(fits).collect()
    }

    /// The program's own functions below which something stands often enough.
    fn calling(&self, wanted: &[bool]) -> Vec<bool> {
        let mut weights = vec![(0.0, 0.0); self.names.len()];
        for stack in &self.stacks {
            let deepest = stack.frames.iter().rposition(|name| wanted[*name]);
            for (at, name) in stack.frames.iter().enumerate() {
                let (all, with) = &mut weights[*name];
                *all += stack.weight as f64;
                *with +=
                    if deepest.is_some_and(|below| at < below) { stack.weight as f64 } else { 0.0 };
            }
        }
        let often = |(all, with): &(f64, f64)| *with > 0.0 && *with >= *all * CALLING;
        weights.iter().zip(&self.names).map(|(of, name)| name.own && often(of)).collect()
    }

    /// Where a sign fits, by stack.
    pub(super) fn hits(&self, sign: &Sign) -> Vec<Option<Hit>> {
        let beside = self.fit(&sign.beside);
        let there = self.weight_where(|at| self.stacks[at].frames.iter().any(|name| beside[*name]));
        if !sign.beside.is_empty() && (there as f64) < self.total as f64 * BESIDE {
            return vec![None; self.len()];
        }
        let frames = if sign.is_of_stacks() { &sign.frames } else { &sign.calls };
        let looked = Looked {
            sign,
            frames: self.fit(frames),
            under: self.fit(&sign.under),
            owner: self.fit_path(&sign.owner),
            calling: self.calling(&self.fit(&sign.calling)),
            without: self.fit(&sign.without),
        };
        self.stacks.iter().map(|stack| self.hit(stack, &looked)).collect()
    }

    fn hit(&self, stack: &Stack, looked: &Looked) -> Option<Hit> {
        let (sign, frames) = (looked.sign, &stack.frames);
        let block = stack.block.unwrap_or(sign.block_least);
        let fits_block =
            block >= sign.block_least && sign.block_most.is_none_or(|most| block <= most);
        let fits_code = sign.fits_code(stack.code.as_ref());
        if !fits_block || !fits_code || frames.iter().any(|name| looked.without[*name]) {
            return None;
        }
        if sign.is_of_repeats() {
            return self.asked_again(sign, frames);
        }
        let last = frames.len().checked_sub(1)?;
        let of_owner = sign.frames.is_empty() && sign.is_of_stacks();
        let fits = |at: &usize| {
            let owner = self.owner(frames, *at);
            (if of_owner { *at == last } else { looked.frames[frames[*at]] })
                && (!sign.innermost || self.is_innermost(frames, *at, of_owner))
                && (sign.under.is_empty() || frames[..*at].iter().any(|name| looked.under[*name]))
                && (sign.owner.is_empty() || owner.is_some_and(|owner| looked.owner[owner]))
                && (sign.calling.is_empty() || owner.is_some_and(|owner| looked.calling[owner]))
                && (!sign.foreign || self.is_foreign_leaf(frames))
                && (sign.recursion == 0 || self.depth(frames, owner) >= sign.recursion)
                && frames[..=*at].iter().filter(|name| **name == frames[*at]).count() >= sign.nested
        };
        let at = (0..=last).rev().find(fits)?;
        let owner = self.owner(frames, at);
        // What happens under none of the program's functions is none of its doing: what it starts,
        // what the system does beside it.
        if owner.is_none() && sign.is_of_stacks() {
            return None;
        }
        let frame = if of_owner { owner.unwrap_or(frames[at]) } else { frames[at] };
        Some(Hit { frame, owner })
    }

    /// The innermost of the program's own functions on a stack that is asked the same again.
    fn asked_again(&self, sign: &Sign, frames: &[usize]) -> Option<Hit> {
        let fits = |name: &usize| {
            let Name { own, repeats, .. } = &self.names[*name];
            *own && repeats.is_some_and(|repeats| sign.fits_repeats(repeats))
        };
        let frame = frames.iter().rev().copied().find(fits)?;
        Some(Hit { frame, owner: Some(frame) })
    }

    /// "`app::price` was called 20,000 times with 312 different arguments", of a function whose
    /// calls are known.
    pub(super) fn told(&self, name: usize) -> Option<String> {
        let Name { bare, repeats, .. } = &self.names[name];
        let Repeats { calls, different, .. } = (*repeats)?;
        let [calls, different] = [calls, different].map(|count| format::count(count as usize));
        let name = shown(bare);
        Some(format!("`{name}` was called {calls} times with {different} different arguments"))
    }

    /// The program's own functions by the share of samples that they and what they call have, but
    /// for `main`, which is called once.
    pub(super) fn hottest(&self) -> Vec<(&str, f64)> {
        let mut weights = vec![0_u64; self.names.len()];
        for stack in &self.stacks {
            let mut there = stack.frames.clone();
            there.sort_unstable();
            there.dedup();
            for name in there {
                weights[name] = weights[name].saturating_add(stack.weight);
            }
        }
        let hot =
            self.names.iter().zip(weights).filter(|(name, _)| name.own && name.path != "main");
        let share = |weight: u64| weight as f64 / self.total.max(1) as f64;
        let mut hot: Vec<(&str, f64)> =
            hot.map(|(name, weight)| (&*name.full, share(weight))).collect();
        hot.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        hot
    }

    /// Whether nothing stands below a frame; of a sign without frames, whether nothing but core's
    /// functions, which are inlined, stands below the program's own.
    fn is_innermost(&self, frames: &[usize], at: usize, of_owner: bool) -> bool {
        let mut below = frames.iter().rev().take_while(|name| !self.names[**name].own);
        if of_owner { below.all(|name| self.names[*name].core) } else { at + 1 == frames.len() }
    }

    /// Whether the time goes in a function of another crate, called by the program's own, with
    /// nothing but core's below it. What goes deeper does something of its own.
    fn is_foreign_leaf(&self, frames: &[usize]) -> bool {
        let below = frames.iter().rev().take_while(|name| !self.names[**name].own);
        let others: Vec<&usize> = below.filter(|name| !self.names[**name].core).collect();
        (1..=ACCESSORS).contains(&others.len())
            && others.iter().all(|name| !is_foreign(&self.names[**name].full))
    }

    /// The nearest function of the program's own, at a frame or above it. Where a stack has none,
    /// as where a recording was cut, it is the nearest that is not the language's.
    fn owner(&self, frames: &[usize], at: usize) -> Option<usize> {
        let nearest = |fits: &dyn Fn(&Name) -> bool| {
            frames[..=at].iter().rev().copied().find(|name| fits(&self.names[*name]))
        };
        nearest(&|name| name.own).or_else(|| nearest(&|name| name.chosen))
    }

    /// How often a function stands on a stack, its closures included.
    fn depth(&self, frames: &[usize], function: Option<usize>) -> usize {
        let Some(function) = function else { return 0 };
        let bare = |name: usize| self.names[name].bare.trim_end_matches("::{closure}");
        frames.iter().filter(|name| bare(**name) == bare(function)).count()
    }

    /// What something picks of each stack, the most frequent first.
    pub(super) fn parts(&self, pick: impl Fn(usize) -> Option<usize>) -> Vec<Part> {
        self.shares(pick, SHOWN)
    }

    /// The functions in which most was seen: the innermost of each stack.
    pub(super) fn widest(&self) -> Vec<Part> {
        self.shares(|at| self.stacks[at].frames.last().copied(), WIDEST)
    }

    fn shares(&self, pick: impl Fn(usize) -> Option<usize>, most: usize) -> Vec<Part> {
        let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
        for at in 0..self.len() {
            if let Some(name) = pick(at) {
                let weight = weights.entry(self.names[name].bare.as_str()).or_default();
                *weight = weight.saturating_add(self.weight(at));
            }
        }
        let mut weights: Vec<(&str, u64)> = weights.into_iter().collect();
        weights.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let part = |(name, weight): (&str, u64)| Part {
            name: shown(name),
            share: weight as f64 / self.total.max(1) as f64,
        };
        weights.into_iter().take(most).map(part).collect()
    }
}

/// The names with whose they are. The program's own are those of `main`'s crate and of crates that
/// the reader names. Where next to nothing is of these, as where all of a program is in its
/// library, they are all that are not the language's.
fn with_owners(names: &[&str], stacks: &[Stack], own: &[String]) -> Vec<Name> {
    let is_main = |name: &str| bare(name).split("::").nth(1) == Some("main") && !is_foreign(name);
    let mains: Vec<&str> =
        names.iter().copied().filter(|name| is_main(name)).filter_map(crate_of).collect();
    let named: Vec<bool> = names
        .iter()
        .map(|name| crate_of(name))
        .map(|of| of.is_some_and(|of| mains.contains(&of) || own.iter().any(|own| own == of)))
        .collect();
    let beyond_main: Vec<bool> =
        names.iter().zip(&named).map(|(name, named)| *named && !is_main(name)).collect();
    let weight = |fits: &[bool]| -> f64 {
        let fitting = stacks.iter().filter(|stack| stack.frames.iter().any(|name| fits[*name]));
        fitting.map(|stack| stack.weight as f64).sum()
    };
    let others = names.iter().zip(&named).any(|(name, named)| !named && !is_foreign(name));
    let by_name = weight(&named) > 0.0 && (!others || weight(&beyond_main) * 5.0 > weight(&named));
    let name = |(full, named): (&&str, &bool)| Name {
        full: (*full).to_owned(),
        bare: bare(full),
        path: bare(full).split_once("::").map_or("", |(_, path)| path).to_owned(),
        own: if by_name { *named } else { !is_foreign(full) },
        chosen: !is_foreign(full),
        core: matches!(crate_of(full), Some("core" | "compiler_builtins"))
            || bare(full).contains("alloc::vec::"),
        repeats: None,
    };
    names.iter().zip(&named).map(name).collect()
}
