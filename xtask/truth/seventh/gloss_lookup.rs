//! A dictionary on disk, as readers of electronic books have it: blocks of entries in order, an
//! index of their first words in memory. Looks up the words of a text and prints how many letters
//! of glosses were shown.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use truth::{Random, word};

const ENTRIES: usize = 110_000;
const BLOCK: usize = 4_096;
const LOOKUPS: usize = 1_300_000;

/// Writes all entries in order of their words; none goes across the end of a block. In front of
/// each are the lengths of its word and of its gloss.
fn publish(path: &Path, words: &[String], random: &mut Random) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut block = Vec::with_capacity(BLOCK);
    for (number, headword) in words.iter().enumerate() {
        let gloss = 30 + random.below(130);
        if block.len() + headword.len() + gloss + 2 > BLOCK {
            block.resize(BLOCK, 0);
            file.write_all(&block)?;
            block.clear();
        }
        block.extend([headword.len() as u8, gloss as u8]);
        block.extend_from_slice(headword.as_bytes());
        block.extend((0..gloss).map(|at| if (at + number) % 7 == 0 { b' ' } else { b'a' }));
    }
    block.resize(BLOCK, 0);
    file.write_all(&block)?;
    file.flush()
}

/// A word as a number, in the same order: none is longer than sixteen letters.
fn order(word: &[u8]) -> u128 {
    let mut letters = [0; 16];
    letters[..word.len()].copy_from_slice(word);
    u128::from_be_bytes(letters)
}

struct Dictionary {
    file: File,
    /// The first word of each block.
    first: Vec<u128>,
    block: Vec<u8>,
}

impl Dictionary {
    fn open(path: &Path) -> io::Result<Dictionary> {
        let mut file = File::open(path)?;
        let mut block = vec![0; BLOCK];
        let mut first = Vec::new();
        for _ in 0..file.metadata()?.len() / BLOCK as u64 {
            file.read_exact(&mut block)?;
            let end = 2 + usize::from(block[0]);
            first.push(order(&block[2..end]));
        }
        Ok(Dictionary { file, first, block })
    }

    /// What the dictionary says about a word.
    fn gloss(&mut self, wanted: &str) -> io::Result<Option<&[u8]>> {
        let place = order(wanted.as_bytes());
        let behind = self.first.partition_point(|&first| first <= place);
        let Some(number) = behind.checked_sub(1) else { return Ok(None) };
        self.file.seek(SeekFrom::Start((number * BLOCK) as u64))?;
        self.file.read_exact(&mut self.block)?;
        Ok(entry(&self.block, wanted.as_bytes()))
    }
}

/// A word's entry in a block; behind the last one are zeros.
fn entry<'a>(block: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let mut rest = block;
    while let [headword, gloss, after @ ..] = rest
        && *headword > 0
    {
        let (headword, after) = after.split_at_checked(usize::from(*headword))?;
        let (gloss, after) = after.split_at_checked(usize::from(*gloss))?;
        if headword == wanted {
            return Some(gloss);
        }
        rest = after;
    }
    None
}

fn main() -> io::Result<()> {
    let mut random = Random::new(1_755);
    let mut words: Vec<String> = (0..ENTRIES).map(|number| word(number * 3)).collect();
    words.sort_unstable();
    words.dedup();
    let path = std::env::temp_dir().join(format!("glosses-{}", std::process::id()));
    publish(&path, &words, &mut random)?;
    let mut dictionary = Dictionary::open(&path)?;
    let (mut found, mut letters, mut blanks) = (0, 0, 0);
    for _ in 0..LOOKUPS {
        let wanted = &words[random.below(words.len())];
        if let Some(gloss) = dictionary.gloss(wanted)? {
            found += 1;
            letters += gloss.len();
            blanks += gloss.iter().filter(|&&byte| byte == b' ').count();
        }
    }
    fs::remove_file(path)?;
    println!("{found} of {LOOKUPS} words found, {letters} letters, {blanks} blanks");
    Ok(())
}
