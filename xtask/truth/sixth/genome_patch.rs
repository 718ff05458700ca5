//! Applies a patient's variants to the reference of a chromosome, one after the other as the caller
//! found them, and says which effects are the most frequent and where the new text differs.

use std::collections::HashMap;

use truth::Random;

struct Variant {
    /// Where it is in the text as it is then.
    at: usize,
    removed: usize,
    inserted: String,
}

fn reference(letters: usize) -> String {
    let mut random = Random::new(22);
    (0..letters).map(|_| char::from(b"ACGT"[random.below(4)])).collect()
}

/// Variants, gene by gene; in a gene, each is not far from the last one.
fn variants(mut length: usize, count: usize) -> Vec<Variant> {
    let mut random = Random::new(23);
    let mut at = length / 2;
    let mut variants = Vec::with_capacity(count);
    for number in 0..count {
        if number % 60 == 0 {
            at = random.below(length);
        }
        at = (at + random.below(400)).min(length - 40);
        let removed = random.skewed(12);
        let inserted: String =
            (0..random.skewed(12)).map(|_| char::from(b"ACGT"[random.below(4)])).collect();
        length = length - removed + inserted.len();
        variants.push(Variant { at, removed, inserted });
    }
    variants
}

/// The annotation that came with the variants: a gene, an effect and a quality in each line.
fn annotation(lines: usize) -> String {
    let mut random = Random::new(24);
    let effects: Vec<String> = (0..600).map(|at| truth::word(at * 7) + "_variant").collect();
    let mut annotation = String::new();
    for _ in 0..lines {
        let effect = &effects[random.skewed(effects.len())];
        let (gene, quality) = (random.below(20_000), random.below(99));
        annotation += &format!("G{gene:05}\t{effect}\t{quality}\n");
    }
    annotation
}

struct Sequence {
    letters: String,
}

impl Sequence {
    fn apply(&mut self, variant: &Variant) {
        let range = variant.at..variant.at + variant.removed;
        self.letters.replace_range(range, &variant.inserted);
    }
}

/// The effects of all variants that are good enough, in their order.
fn effects(annotation: &str) -> Vec<String> {
    let mut effects = Vec::new();
    for line in annotation.lines() {
        let mut fields = line.split('\t').skip(1);
        if let (Some(effect), Some(quality)) = (fields.next(), fields.next())
            && quality != "0"
        {
            effects.push(effect.to_owned());
        }
    }
    effects
}

fn frequent_effects(effects: &[String]) -> Vec<(&str, u32)> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for effect in effects {
        *counts.entry(effect).or_insert(0) += 1;
    }
    let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts.truncate(10);
    counts
}

fn repeated_effects(effects: &[String]) -> usize {
    effects.windows(2).filter(|pair| pair[0] == pair[1]).count()
}

/// The part of letters that are G or C in each window, and how much that varies.
fn content(letters: &[u8]) -> (u32, u32) {
    let count = |window: &[u8]| {
        let counted = window.iter().map(|&letter| u32::from(letter == b'G' || letter == b'C'));
        counted.sum::<u32>()
    };
    let windows = letters.chunks_exact(1000).map(count);
    windows.fold((u32::MAX, 0), |(least, most), count| (least.min(count), most.max(count)))
}

/// A digest of the text by which two laboratories compare what they have.
fn digest(letters: &[u8]) -> u64 {
    letters.iter().fold(0xcbf2_9ce4_8422_2325, |digest: u64, &letter| {
        (digest ^ u64::from(letter)).wrapping_mul(0x100_0000_01b3)
    })
}

fn main() {
    let reference = reference(1_600_000);
    let variants = variants(reference.len(), 40_000);
    let annotation = annotation(600_000);
    let mut sums = (0, 0, 0u64);
    let mut sequence = Sequence { letters: reference.clone() };
    for (number, variant) in variants.iter().enumerate() {
        sequence.apply(variant);
        if number % 400 == 0 {
            let (least, most) = content(sequence.letters.as_bytes());
            sums = (sums.0 + least, sums.1 + most, sums.2 ^ digest(sequence.letters.as_bytes()));
        }
    }
    let mut found = 0;
    for _ in 0..6 {
        let effects = effects(&annotation);
        found += repeated_effects(&effects);
        found += frequent_effects(&effects).iter().map(|(_, count)| *count as usize).sum::<usize>();
    }
    println!("{} letters, {sums:x?}, {found}", sequence.letters.len());
}
