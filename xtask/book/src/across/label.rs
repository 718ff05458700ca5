//! Short names for machines, distinct within one book.

use protocol::Machine;
use record::Record;

/// Words that say nothing about which processor it is.
const NOISE: [&str; 7] = ["AMD", "Intel", "CPU", "Processor", "Genuine", "Gen", "APU"];

/// A way to tell two machines apart that have the same processor.
type Suffix = fn(&Record) -> String;

/// One label for each record, all of them different.
pub fn labels(records: &[&Record]) -> Vec<String> {
    let mut labels: Vec<String> = records
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let name = short(&record.machine.processor);
            let zen = hidden_generation(&record.machine).filter(|_| name == "EPYC");
            let name = zen.map_or(name, |zen| format!("Zen {zen} EPYC"));
            if name.is_empty() { format!("machine {}", letter(at)) } else { name }
        })
        .collect();
    for at in 0..labels.len() {
        let label = labels[at].clone();
        let group: Vec<usize> = (at..labels.len()).filter(|i| labels[*i] == label).collect();
        if group.len() > 1 {
            let suffixes = suffixes(records, &group);
            for (at, suffix) in group.into_iter().zip(suffixes) {
                labels[at] = format!("{label} ({suffix})");
            }
        }
    }
    labels
}

/// What tells the records of a group apart: cores, then system, then when they ran.
fn suffixes(records: &[&Record], group: &[usize]) -> Vec<String> {
    let ways: [Suffix; 4] = [
        |record| match record.machine.cores {
            1 => "1 core".to_owned(),
            cores => format!("{cores} cores"),
        },
        |record| record.machine.system.clone(),
        |record| record.date()[..10].to_owned(),
        Record::date,
    ];
    let distinct = |texts: &[String]| (1..texts.len()).all(|at| !texts[..at].contains(&texts[at]));
    ways.iter()
        .map(|way| group.iter().map(|at| way(records[*at])).collect::<Vec<String>>())
        .find(|texts| distinct(texts))
        .unwrap_or_else(|| group.iter().map(|at| letter(*at)).collect())
}

/// "Zen 4 EPYC" of "AMD EPYC 9R14 96-Core Processor", "Core i7-12700K" of "12th Gen Intel(R)
/// Core(TM) i7-12700K". A virtual machine may hide the model: "EPYC" is then all that is known.
fn short(processor: &str) -> String {
    let plain = processor.replace("(R)", " ").replace("(TM)", " ").replace("(tm)", " ");
    let plain = ["@", " with ", " w/ "]
        .iter()
        .fold(plain.as_str(), |text, end| text.split_once(end).map_or(text, |(before, _)| before));
    let ordinal = |word: &str| word.strip_suffix("th").is_some_and(|n| n.parse::<u32>().is_ok());
    let is_noise = |word: &str| NOISE.contains(&word) || word.ends_with("-Core") || ordinal(word);
    let words: Vec<&str> = plain.split_whitespace().filter(|word| !is_noise(word)).collect();
    if let ["EPYC", model, ..] = words[..]
        && let Some(zen) = epyc_generation(model)
    {
        return format!("Zen {zen} EPYC");
    }
    words.join(" ")
}

/// Which EPYC it is where a virtual machine hides the model: since the fourth generation they have
/// AVX-512, and since the fifth 48 KiB of data cache next to the core.
fn hidden_generation(machine: &Machine) -> Option<u32> {
    let has_avx512 = machine.features.iter().any(|feature| feature == "avx512f");
    match machine.caches.first() {
        Some(32_768) if has_avx512 => Some(4),
        Some(49_152) if has_avx512 => Some(5),
        _ => None,
    }
}

/// The last digit of an EPYC's model number is its generation, whoever it was made for.
fn epyc_generation(model: &str) -> Option<u32> {
    let digits = model.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let generation = digits.chars().last()?.to_digit(10)?;
    (digits.len() == 4 && (1..=5).contains(&generation)).then_some(generation)
}

/// "A" for the first record. After the alphabet, numbers.
fn letter(at: usize) -> String {
    let letter = u8::try_from(at).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at));
    letter.map_or_else(|| (at + 1).to_string(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::tests::empty;

    fn labels_of(machines: &[(&str, usize, u64)]) -> Vec<String> {
        let records: Vec<Record> = machines
            .iter()
            .map(|&(processor, cores, started)| {
                let mut record = empty(processor);
                record.machine.cores = cores;
                record.started = started;
                record
            })
            .collect();
        labels(&records.iter().collect::<Vec<_>>())
    }

    #[test]
    fn processors_are_named_in_a_few_words() {
        for (processor, name) in [
            ("AMD EPYC 9R14 96-Core Processor", "Zen 4 EPYC"),
            ("AMD EPYC 7763 64-Core Processor", "Zen 3 EPYC"),
            ("AMD EPYC", "EPYC"),
            ("AMD EPYC-Milan Processor", "EPYC-Milan"),
            ("AMD Ryzen 9 7950X 16-Core Processor", "Ryzen 9 7950X"),
            ("AMD Ryzen 7 7840U w/ Radeon 780M Graphics", "Ryzen 7 7840U"),
            ("12th Gen Intel(R) Core(TM) i7-12700K", "Core i7-12700K"),
            ("Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz", "Xeon Platinum 8375C"),
            ("Apple M2 Pro", "Apple M2 Pro"),
            ("", ""),
        ] {
            assert_eq!(short(processor), name);
        }
    }

    #[test]
    fn an_epyc_whose_model_is_hidden_is_known_by_what_it_has() {
        let label = |processor: &str, feature: &str, cache: u64| {
            let mut record = empty(processor);
            record.machine.features = vec![feature.into()];
            record.machine.caches = vec![cache];
            labels(&[&record]).remove(0)
        };
        assert_eq!(label("AMD EPYC", "avx512f", 49_152), "Zen 5 EPYC");
        assert_eq!(label("AMD EPYC", "avx512f", 32_768), "Zen 4 EPYC");
        assert_eq!(label("AMD EPYC", "avx2", 32_768), "EPYC");
        assert_eq!(label("AMD EPYC 7763 64-Core Processor", "avx512f", 49_152), "Zen 3 EPYC");
        assert_eq!(label("Another", "avx512f", 49_152), "Another");
    }

    #[test]
    fn no_two_machines_share_a_label() {
        assert_eq!(labels_of(&[("", 1, 0), ("Apple M2", 8, 0)]), ["machine A", "Apple M2"]);
        assert_eq!(labels_of(&[("X", 1, 0), ("X", 8, 0)]), ["X (1 core)", "X (8 cores)"]);
        let day = 86_400;
        assert_eq!(labels_of(&[("X", 2, 0), ("X", 2, day)]), ["X (1970-01-01)", "X (1970-01-02)"]);
        assert_eq!(
            labels_of(&[("X", 2, 0), ("X", 2, 60)]),
            ["X (1970-01-01 00:00 UTC)", "X (1970-01-01 00:01 UTC)"]
        );
        assert_eq!(labels_of(&[("X", 2, 0), ("Y", 2, 0), ("X", 2, 0)]), ["X (A)", "Y", "X (C)"]);
    }
}
