//! Stacks cut to what belongs to the rung. What made its input, and what called it, is left out.

use std::collections::BTreeMap;

use protocol::Stack;
use serde::{Deserialize, Serialize};

/// The function of the harness that calls nothing but the rung.
const ENTRY: &str = "profile::rung_call";
/// Where threads begin: those of a rung's own have no entry on their stacks.
const THREAD: [&str; 2] = ["thread_start", "__rust_begin_short_backtrace"];
/// Time of the entry itself: a call that costs next to nothing, or a result's drop.
const CALL: &str = "[call]";
/// What the stacks of other threads start at.
const WORKERS: &str = "[other threads]";

/// The rung's samples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// Its stacks, the same ones together, each a list of names joined by semicolons.
    pub folded: BTreeMap<String, u64>,
    /// Samples in it.
    pub inside: u64,
    /// Samples elsewhere.
    pub outside: u64,
    /// The function in which most samples were, its share of those inside.
    pub hottest: Option<(String, f64)>,
}

/// Keeps of each stack what is below the rung's entry.
pub fn cut(stacks: &[Stack]) -> Cut {
    let mut cut = Cut { folded: BTreeMap::new(), inside: 0, outside: 0, hottest: None };
    let mut functions: BTreeMap<&str, u64> = BTreeMap::new();
    for stack in stacks {
        let Some(frames) = below_entry(&stack.frames) else {
            cut.outside += stack.samples;
            continue;
        };
        cut.inside += stack.samples;
        *functions.entry(&stack.function).or_default() += stack.samples;
        // A semicolon separates frames, and array types have one.
        let frames: Vec<String> = frames.iter().map(|frame| frame.replace(';', ",")).collect();
        *cut.folded.entry(frames.join(";")).or_default() += stack.samples;
    }
    let hottest = functions.into_iter().max_by_key(|(_, samples)| *samples);
    cut.hottest =
        hottest.map(|(name, samples)| (name.to_owned(), samples as f64 / cut.inside as f64));
    cut
}

fn below_entry(frames: &[String]) -> Option<Vec<String>> {
    if let Some(entry) = frames.iter().rposition(|frame| frame.contains(ENTRY)) {
        let rung = frames[entry + 1..].iter().skip_while(|frame| is_glue(frame));
        let rung: Vec<String> = rung.cloned().collect();
        return Some(if rung.is_empty() { vec![CALL.to_owned()] } else { rung });
    }
    let is_main = |frame: &String| frame == "main" || frame.contains("lang_start");
    let start = frames
        .iter()
        .rposition(|frame| THREAD.iter().any(|name| frame.contains(name)))
        .filter(|_| !frames.iter().any(is_main))?;
    let work = frames[start + 1..].iter().skip_while(|frame| is_glue(frame)).cloned();
    Some(std::iter::once(WORKERS.to_owned()).chain(work).collect())
}

/// What stands between a function pointer and the function: nobody wrote it.
fn is_glue(frame: &str) -> bool {
    frame.contains("core::ops::function::Fn") || frame.contains("::RUNGS::")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(frames: &str, samples: u64) -> Stack {
        let frames: Vec<String> = frames.split(" > ").map(str::to_owned).collect();
        let function = frames.last().unwrap().clone();
        Stack { frames, function, samples }
    }

    #[test]
    fn a_graph_starts_at_the_rung() {
        let root = "_start > main > std::rt::lang_start > harness::profile::run";
        let cut = cut(&[
            stack(&format!("{root} > hashing::input > rand::fill"), 30),
            stack(
                &format!(
                    "{root} > harness::profile::rung_call > core::ops::function::FnOnce::call_once \
                     > hashing::RUNGS::{{closure#0}} > hashing::naive::count > malloc"
                ),
                8,
            ),
            stack(&format!("{root} > harness::profile::rung_call > hashing::naive::count"), 1),
            stack(&format!("{root} > harness::profile::rung_call"), 1),
        ]);
        let folded: Vec<(&str, u64)> = cut.folded.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        let expected =
            [("[call]", 1), ("hashing::naive::count", 1), ("hashing::naive::count;malloc", 8)];
        assert_eq!(folded, expected);
        assert_eq!((cut.inside, cut.outside), (10, 30));
        assert_eq!(cut.hottest, Some(("malloc".into(), 0.8)));
    }

    #[test]
    fn the_rungs_own_threads_count() {
        let thread = "clone3 > start_thread > std::sys::thread::unix::Thread::new::thread_start";
        let cut = cut(&[stack(&format!("{thread} > rayon_core::job > sum::<[u8; 4]>"), 5)]);
        let only = cut.folded.keys().next().map(String::as_str);
        assert_eq!(only, Some("[other threads];rayon_core::job;sum::<[u8, 4]>"));
    }

    #[test]
    fn without_samples_nothing_is_hot() {
        let cut = cut(&[stack("main > input", 3)]);
        assert_eq!((cut.inside, cut.hottest), (0, None));
    }
}
