//! The machine code of the function in which a rung spends its time, from the binary that was
//! timed: sampled, read from its symbols, decoded, counted, and its hottest part written down.

mod code;
mod decode;
mod excerpt;
mod facts;
mod image;
mod operands;
mod values;

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use cases::code::Code;
use protocol::HotSpots;

use self::decode::Line;
use self::image::Function;
use super::{Subject, scenario};
use crate::missing::Missing;
use record::{Assembly, Counted, Found, Second};

pub use self::image::Image;

/// Milliseconds for which a rung is sampled.
const MILLIS: u64 = 60;
/// Nanoseconds above which a call makes the look too long. Far above what a standard
/// scenario takes, or a busy moment would choose another one.
const LONGEST_CALL: f64 = 150e6;
/// Samples within the program below which they say nothing.
const FEWEST: u64 = 20;

/// Finds and decodes each rung's hot function.
pub fn gather(subject: &Subject, image: &Result<Image>) -> Found<Counted<Assembly>> {
    let Some(description) = subject.description() else {
        return Found::Unavailable("the case could not be asked for its rungs".to_owned());
    };
    let Some(measured) = scenario::representative(subject.measured, LONGEST_CALL) else {
        return Found::Unavailable("nothing was measured".to_owned());
    };
    let image = match image {
        Ok(image) => image,
        Err(why) => return Found::Unavailable(format!("{why:#}")),
    };
    let mut unsampled = Missing::default();
    let rungs = description.rungs.iter().map(|rung| {
        if rung.unavailable.is_some() {
            return None;
        }
        let answer = subject.binary.hot(&rung.name, &measured.scenario, MILLIS);
        let samples = unsampled.answered(&rung.name, answer).unwrap_or_default();
        if let Some(why) = &samples.unavailable {
            unsampled.note(&rung.name, why);
        }
        let module = format!("{}::{}", subject.case.name.replace('-', "_"), rung.name);
        of_rung(image, &samples, &module)
    });
    let rungs: Vec<Option<Assembly>> = rungs.collect();
    unsampled.tell(&subject.case.name, "not sampled, so that its largest function stands in");
    if rungs.iter().all(Option::is_none) {
        return Found::Unavailable("the binary has no symbols for any rung".to_owned());
    }
    Found::Here(Counted { scenario: measured.scenario.clone(), rungs })
}

/// The functions in which samples of a binary fell, with their shares, the most first; none where
/// there are too few, or the binary cannot be read.
pub fn functions(binary: &Path, samples: &HotSpots) -> Vec<(String, f64)> {
    let Ok(image) = Image::load(binary) else { return Vec::new() };
    let hottest = hottest(&image, samples).into_iter();
    hottest.map(|(function, share)| (function.demangled(), share)).collect()
}

/// The symbols of the functions in which places of a binary lie, each told by its distance from
/// where that is loaded, and how far from the beginning.
///
/// # Errors
/// If the binary cannot be read.
pub fn symbols_at(binary: &Path, distances: &[u64]) -> Result<Vec<Option<(String, u64)>>> {
    let image = Image::load(binary)?;
    let symbol = |distance: &u64| {
        let address = image.base.checked_add(*distance)?;
        let function = image.function_at(address)?;
        Some((function.name.clone(), address - function.address))
    };
    Ok(distances.iter().map(symbol).collect())
}

/// What is known of the code at places of a binary, each a function's symbol and a distance from
/// its beginning, with the samples there: of the innermost loop around it, or of a small function.
///
/// # Errors
/// If the binary cannot be read.
pub fn code_at(binary: &Path, places: &[(&str, u64, u64)]) -> Result<Vec<Option<Code>>> {
    let image = Image::load(binary)?;
    let mut bodies: HashMap<&str, code::Body> = HashMap::new();
    for (symbol, ..) in places {
        if let Some(function) = image.named(symbol) {
            bodies.entry(symbol).or_insert_with(|| code::Body::new(&image, function));
        }
    }
    let part = |&(symbol, distance, _): &(&'_ str, u64, u64)| {
        let address = image.named(symbol)?.address.checked_add(distance)?;
        Some((address, bodies.get(symbol)?.part(address)?))
    };
    let parts: Vec<Option<(u64, code::Part)>> = places.iter().map(part).collect();
    let mut heats: HashMap<&str, code::Heat> = HashMap::new();
    let mut known: HashMap<(&str, &code::Part), Code> = HashMap::new();
    let found =
        || places.iter().zip(&parts).filter_map(|(place, part)| Some((place, part.as_ref()?)));
    for ((symbol, _, samples), (address, _)) in found() {
        *heats.entry(symbol).or_default().entry(*address).or_default() += samples;
    }
    for ((symbol, _, _), (_, part)) in found() {
        if let (Some(body), Some(heat)) = (bodies.get(symbol), heats.get(symbol)) {
            known.entry((symbol, part)).or_insert_with(|| body.code(part, heat));
        }
    }
    let of = |(place, part): (&(&str, _, _), &Option<(_, code::Part)>)| {
        known.get(&(place.0, &part.as_ref()?.1)).cloned()
    };
    Ok(places.iter().zip(&parts).map(of).collect())
}

/// Everything about one rung.
fn of_rung(image: &Image, samples: &HotSpots, module: &str) -> Option<Assembly> {
    let mut hottest = hottest(image, samples).into_iter();
    let (function, share) =
        hottest.next().or_else(|| largest(image, module).map(|function| (function, 0.0)))?;
    let name = |function: &Function| readable(&function.demangled(), module);
    let lines = decode::decode(image.architecture, function.address, image.code(function));
    let facts = facts::count(image, function, &lines);
    let heat = heat(image, function, &lines, samples, share);
    Some(Assembly {
        function: name(function),
        share: rounded(share),
        second: hottest
            .next()
            .map(|(second, share)| Second { function: name(second), share: rounded(share) }),
        instructions: facts.instructions,
        packed: facts.packed,
        calls: facts.calls,
        panics: facts.panics,
        text: excerpt::write(image, function, &lines, &heat),
    })
}

fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

/// Functions with their shares of all samples in which threads computed, the most first; none if
/// there are too few samples. The measuring code around the call is none of the rung's.
fn hottest<'a>(image: &'a Image, samples: &HotSpots) -> Vec<(&'a Function, f64)> {
    let mut counts = std::collections::BTreeMap::new();
    for (address, count) in &samples.addresses {
        if let Some(function) = image.function_at(image.base + address) {
            *counts.entry(function.address).or_insert(0) += count;
        }
    }
    let inside: u64 = samples.addresses.iter().map(|(_, count)| count).sum();
    if inside < FEWEST {
        return Vec::new();
    }
    let mut hottest: Vec<(u64, String, &Function)> = counts
        .into_iter()
        .filter_map(|(address, count)| Some((image.function_at(address)?, count)))
        .map(|(function, count): (&Function, u64)| (count, function.demangled(), function))
        .filter(|(_, name, _)| !is_harness(name))
        .collect();
    hottest.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let all = (inside + samples.outside) as f64;
    hottest.into_iter().map(|(count, _, function)| (function, count as f64 / all)).collect()
}

/// Whether a function is the measuring code: its own, or its method of a case's types.
fn is_harness(name: &str) -> bool {
    name.trim_start_matches('<').starts_with("harness::")
}

/// Without samples: the largest function of the rung's module.
fn largest<'a>(image: &'a Image, module: &str) -> Option<&'a Function> {
    let of_module = image.of_modules(&[module.to_owned()]);
    of_module.into_iter().max_by(|a, b| a.size.cmp(&b.size).then_with(|| b.name.cmp(&a.name)))
}

/// Share of all samples by line; zeros where the function was not found by sampling.
fn heat(
    image: &Image,
    function: &Function,
    lines: &[Line],
    samples: &HotSpots,
    share: f64,
) -> Vec<f64> {
    let mut heat = vec![0.0; lines.len()];
    if share == 0.0 {
        return heat;
    }
    let inside: u64 = samples.addresses.iter().map(|(_, count)| count).sum();
    let all = (inside + samples.outside) as f64;
    for (address, count) in &samples.addresses {
        let address = image.base + address;
        if (function.address..function.address + function.size).contains(&address) {
            // The last line that does not begin behind it.
            let at = lines.partition_point(|line| line.address <= address).saturating_sub(1);
            heat[at] += *count as f64 / all;
        }
    }
    heat
}

/// Where the rung was inlined into its entry in the table of rungs, the compiler's name for that
/// says nothing of the rung.
fn readable(name: &str, module: &str) -> String {
    let (case, rung) = module.split_once("::").unwrap_or((module, ""));
    let entry = name.starts_with("core::ops::function::FnOnce::call_once")
        || name.starts_with(&format!("{case}::RUNGS"));
    if entry { format!("{case}::RUNGS: {rung}, inlined into its entry") } else { shortened(name) }
}

/// The middle of a very long name says least.
pub fn shortened(name: &str) -> String {
    const LONGEST: usize = 100;
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST {
        return name.to_owned();
    }
    let half = LONGEST / 2;
    let (first, last) = (&letters[..half], &letters[letters.len() - half + 1..]);
    format!("{}…{}", first.iter().collect::<String>(), last.iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(addresses: &[(u64, u64)], outside: u64) -> HotSpots {
        HotSpots { addresses: addresses.to_vec(), outside, ..HotSpots::default() }
    }

    #[test]
    fn the_hot_function_has_most_samples() {
        let image = image::tests::image(&[
            ("_ZN4case5naive3run17h0123456789abcdefE", 0x1000, &[0x90, 0x90, 0xc3]),
            ("_ZN4case5naive5other17h0123456789abcdefE", 0x2000, &[0xc3]),
            ("_ZN7harness3hot6sample17h0123456789abcdefE", 0x3000, &[0xc3]),
        ]);
        let taken = samples(&[(0x1000, 10), (0x1002, 20), (0x2000, 25), (0x3000, 90)], 5);
        let hot = of_rung(&image, &taken, "case::naive").unwrap();
        assert_eq!((hot.function.as_str(), hot.share), ("case::naive::run", 0.2));
        let second = hot.second.unwrap();
        assert_eq!((second.function.as_str(), second.share), ("case::naive::other", 0.1667));
        assert_eq!(hot.instructions, 1, "padding is no work");
        assert!(hot.text.contains("13 % ret"), "{}", hot.text);
        let tie = samples(&[(0x1000, 30), (0x2000, 30)], 0);
        assert_eq!(of_rung(&image, &tie, "case::naive").unwrap().function, "case::naive::other");
    }

    #[test]
    fn without_samples_it_is_the_largest_of_the_module() {
        let image = image::tests::image(&[
            ("_ZN4case5naive3run17h0123456789abcdefE", 0x1000, &[0x90, 0xc3]),
            ("_ZN4case5naive5other17h0123456789abcdefE", 0x2000, &[0xc3]),
            ("_ZN4case4peer3run17h0123456789abcdefE", 0x3000, &[0x90, 0x90, 0xc3]),
        ]);
        let hot = of_rung(&image, &samples(&[(0x3000, FEWEST - 1)], 0), "case::naive").unwrap();
        assert_eq!((hot.function.as_str(), hot.share), ("case::naive::run", 0.0));
        assert_eq!(hot.second, None);
        assert!(of_rung(&image, &HotSpots::default(), "case::absent").is_none());
    }

    #[test]
    fn entries_of_the_table_are_named_for_their_rung() {
        let name = readable("core::ops::function::FnOnce::call_once", "case::naive");
        assert_eq!(name, "case::RUNGS: naive, inlined into its entry");
        assert_eq!(readable("case::naive::run", "case::naive"), "case::naive::run");
        assert_eq!(readable(&"a".repeat(300), "case::naive").chars().count(), 100);
    }
}
