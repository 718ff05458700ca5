//! Every rung against the first, before anything is timed: a wrong result gets an error, never a
//! time.

use std::fmt::{Debug, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use protocol::PANICKED;

use crate::rung::{Call, Rung};

/// Sizes at which unrolled, vectorized and blocked code tends to be wrong: around every power of
/// two that is a register, a word or a block, and primes that divide into none of them.
pub const SIZES: [usize; 30] = [
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 97, 127, 128, 129, 255,
    257, 511, 513, 1000, 1025,
];

/// Seeds tried at each size.
const SEEDS: u64 = 6;

/// Whether a rung's result, the second, is right where naive's is the first; an error says how it
/// is not.
pub type Agreement<O> = fn(&O, &O) -> Result<(), String>;

/// How a rung differs from naive.
#[derive(Debug)]
pub struct Disagreement {
    /// The rung that differs.
    pub rung: &'static str,
    /// The first difference.
    pub difference: String,
}

/// Accepts equal results; an error shows where their debug forms part.
///
/// # Errors
/// Says what naive and the rung have at the first difference.
pub fn exact<O: PartialEq + Debug>(naive: &O, rung: &O) -> Result<(), String> {
    if naive == rung {
        return Ok(());
    }
    let (naive, rung) = (format!("{naive:?}"), format!("{rung:?}"));
    let at = naive
        .char_indices()
        .zip(rung.chars())
        .find(|((_, a), b)| a != b)
        .map_or(naive.len().min(rung.len()), |((at, _), _)| at);
    let near = |text: &str| {
        let from = text.floor_char_boundary(at.saturating_sub(24));
        let to = text.floor_char_boundary((at + 40).min(text.len()));
        text[from.min(to)..to].to_owned()
    };
    let element = element(&naive, at).map_or_else(String::new, |at| format!("element {at}: "));
    let (naive, rung) = (near(&naive), near(&rung));
    Err(format!("{element}from character {at}, naive has …{naive}…, this rung …{rung}…"))
}

/// In which element of a list a character stands, from 0; `None` where the text is no list's.
fn element(list: &str, at: usize) -> Option<usize> {
    let before = list.strip_prefix('[')?.get(..at.checked_sub(1)?)?;
    let (mut depth, mut commas) = (0, 0);
    for letter in before.chars() {
        match letter {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth -= 1,
            ',' if depth == 0 => commas += 1,
            _ => {}
        }
    }
    Some(commas)
}

/// Holds every available rung against the first on one input. Rungs that reuse scratch space are
/// called twice: what one call leaves behind must not change the next. Before the first, what other
/// rungs left there is spoilt.
///
/// # Errors
/// Names the first rung that differs or panics.
pub fn check<I, O>(
    rungs: &[Rung<I, O>],
    input: &mut I,
    agree: Agreement<O>,
) -> Result<(), Disagreement> {
    let (naive, _) = rungs.split_first().expect("a case has at least one rung");
    let call = |rung: &Rung<I, O>, input: &mut I| {
        attempt(rung, input).map_err(|difference| Disagreement { rung: rung.name, difference })
    };
    naive.spoil(input);
    let expected = call(naive, input)?;
    for (at, rung) in rungs.iter().enumerate().filter(|(_, rung)| rung.unavailable().is_none()) {
        let first = if at == 0 { 2 } else { 1 }; // naive, often the slowest, was called already
        rung.spoil(input);
        let last = if matches!(rung.call, Call::Reuses { .. }) { 2 } else { 1 };
        for call_number in first..=last {
            agree(&expected, &call(rung, input)?).map_err(|mut difference| {
                if call_number == 2 {
                    difference.push_str(" (in the second call on the same input)");
                }
                Disagreement { rung: rung.name, difference }
            })?;
        }
    }
    Ok(())
}

/// Holds one rung against the first on one input.
pub(crate) fn recheck<I, O>(
    naive: &Rung<I, O>,
    rung: &Rung<I, O>,
    input: &mut I,
    agree: Agreement<O>,
) -> Result<(), String> {
    rung.spoil(input);
    let found = attempt(rung, input)?;
    naive.spoil(input);
    agree(&attempt(naive, input)?, &found)
}

/// Calls a rung, or says how it panicked.
fn attempt<I, O>(rung: &Rung<I, O>, input: &mut I) -> Result<O, String> {
    let call = AssertUnwindSafe(|| rung.once(input));
    catch_unwind(call).map_err(|panic| format!("{PANICKED}{}", panic_message(&*panic)))
}

/// Panics unless every rung gives what the first gives, over [`SIZES`] and several seeds. For
/// tests.
///
/// # Panics
/// With rung, size, seed and first difference.
pub fn agree<I, O: PartialEq + Debug>(rungs: &[Rung<I, O>], input: fn(usize, u64) -> I) {
    agree_by(rungs, input, exact);
}

/// Like [`agree`], for results that are right within a tolerance.
///
/// # Panics
/// With rung, size, seed and first difference.
pub fn agree_by<I, O>(rungs: &[Rung<I, O>], input: fn(usize, u64) -> I, agree: Agreement<O>) {
    let mut report = String::new();
    for n in SIZES {
        for seed in 0..SEEDS {
            if let Err(Disagreement { rung, difference }) = check(rungs, &mut input(n, seed), agree)
            {
                let _ = writeln!(report, "rung `{rung}` at n = {n}, seed = {seed}: {difference}");
            }
        }
    }
    assert!(report.is_empty(), "disagreement with naive:\n{report}");
}

/// Panics unless every rung gives what the first gives on this very input. For tables of edge
/// inputs and for property tests.
///
/// # Panics
/// With rung and first difference.
pub fn agree_on<I, O: PartialEq + Debug>(rungs: &[Rung<I, O>], input: I) {
    agree_on_by(rungs, input, exact);
}

/// Like [`agree_on`], for results that are right within a tolerance.
///
/// # Panics
/// With rung and first difference.
pub fn agree_on_by<I, O>(rungs: &[Rung<I, O>], mut input: I, agree: Agreement<O>) {
    if let Err(Disagreement { rung, difference }) = check(rungs, &mut input, agree) {
        panic!("rung `{rung}` disagrees with naive: {difference}");
    }
}

/// Panics unless every rung gives what the first gives on each of a case's edges: the table that
/// its bench file hands to the gate.
///
/// # Panics
/// With rung, place in the table and first difference.
pub fn agree_at<I, O: PartialEq + Debug>(rungs: &[Rung<I, O>], edges: Vec<I>) {
    agree_at_by(rungs, edges, exact);
}

/// Like [`agree_at`], for results that are right within a tolerance.
///
/// # Panics
/// With rung, place in the table and first difference.
pub fn agree_at_by<I, O>(rungs: &[Rung<I, O>], edges: Vec<I>, agree: Agreement<O>) {
    for (at, mut input) in edges.into_iter().enumerate() {
        if let Err(Disagreement { rung, difference }) = check(rungs, &mut input, agree) {
            panic!("rung `{rung}` disagrees with naive at edge {at}: {difference}");
        }
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRONG: &[Rung<Vec<u32>, u32>] = &[
        Rung::new("naive", |v| v.iter().sum()),
        Rung::new("drops_tail", |v| v.chunks_exact(4).flatten().sum()),
    ];

    #[test]
    fn a_wrong_rung_is_named_with_its_difference() {
        let wrong = check(WRONG, &mut vec![1, 2, 3, 4, 5], exact).unwrap_err();
        assert_eq!(wrong.rung, "drops_tail");
        assert_eq!(wrong.difference, "from character 1, naive has …15…, this rung …10…");
        assert!(check(WRONG, &mut vec![1, 2, 3, 4], exact).is_ok());
    }

    #[test]
    fn the_element_of_a_list_that_differs_is_named() {
        let says = |naive: &[(u32, u32)], rung: &[(u32, u32)]| {
            exact(&naive.to_vec(), &rung.to_vec()).unwrap_err()
        };
        let third = says(&[(1, 2), (3, 4), (5, 6)], &[(1, 2), (3, 4), (5, 7)]);
        assert!(third.starts_with("element 2: from character "), "{third}");
        assert!(says(&[(1, 2)], &[]).starts_with("element 0: "));
        assert!(says(&[], &[(1, 2)]).starts_with("element 0: "));
    }

    #[test]
    fn a_panicking_rung_is_named() {
        let rungs: &[Rung<usize, usize>] =
            &[Rung::new("naive", |n| *n), Rung::new("bad", |n| [1, 2][*n])];
        let wrong = check(rungs, &mut 2, exact).unwrap_err();
        assert_eq!(wrong.rung, "bad");
        assert!(wrong.difference.contains("index out of bounds"), "{}", wrong.difference);
    }

    #[test]
    fn state_left_behind_by_a_first_call_is_found() {
        let rungs: &[Rung<u32, u32>] = &[
            Rung::new("naive", |n| *n),
            Rung::reusing(
                "counts",
                |_| (),
                |n| {
                    *n += 1;
                    *n - 1
                },
            ),
        ];
        let wrong = check(rungs, &mut 7, exact).unwrap_err();
        assert!(wrong.difference.contains("second call"), "{}", wrong.difference);
    }

    #[test]
    fn what_another_rung_wrote_is_no_result() {
        /// A number, and where its double is written.
        type Scratch = (u32, u32);
        let spoil = |scratch: &mut Scratch| scratch.1 = u32::MAX;
        let rungs: [Rung<Scratch, u32>; 2] = [
            Rung::reusing("naive", spoil, |scratch| {
                scratch.1 = 2 * scratch.0;
                scratch.1
            }),
            Rung::reusing("writes nothing", spoil, |scratch| scratch.1),
        ];
        assert_eq!(check(&rungs, &mut (7, 0), exact).unwrap_err().rung, "writes nothing");
        let [naive, lazy] = &rungs;
        assert!(recheck(naive, lazy, &mut (7, 14), exact).is_err());
        assert!(recheck(naive, naive, &mut (7, 0), exact).is_ok());
    }

    #[test]
    fn a_rung_that_this_machine_lacks_is_not_called() {
        let rungs: &[Rung<u32, u32>] = &[
            Rung::new("naive", |n| *n),
            Rung::new("elsewhere", |_| unreachable!()).needs(|| Err("another machine".to_owned())),
        ];
        assert!(check(rungs, &mut 7, exact).is_ok());
    }

    #[test]
    #[should_panic(expected = "rung `drops_tail` at n = 1, seed = 0")]
    fn agree_reports_size_and_seed() {
        agree(WRONG, |n, seed| (0..n as u32).map(|i| i + seed as u32 + 1).collect());
    }
}
