//! Plays a guessing game of words: filters candidates by the colours of the answers so far and
//! takes the guess that parts them best.

use truth::Random;

type Word = [u8; 5];

/// Colours of a guess, in base three.
fn colours(guess: &Word, answer: &Word) -> u8 {
    let mut marks = [0u8; 5];
    let mut spare = [0u8; 32];
    for at in 0..5 {
        if guess[at] == answer[at] {
            marks[at] = 2;
        } else {
            spare[usize::from(answer[at] & 31)] += 1;
        }
    }
    for at in 0..5 {
        let spare = &mut spare[usize::from(guess[at] & 31)];
        if marks[at] == 0 && *spare > 0 {
            *spare -= 1;
            marks[at] = 1;
        }
    }
    marks.iter().fold(0, |sum, mark| sum * 3 + mark)
}

/// How many candidates are left on average after a guess, times their number.
fn spread(guess: &Word, candidates: &[Word]) -> u64 {
    let mut counts = [0u32; 243];
    for answer in candidates {
        counts[usize::from(colours(guess, answer))] += 1;
    }
    counts.iter().map(|&count| u64::from(count) * u64::from(count)).sum()
}

fn best(guesses: &[Word], candidates: &[Word]) -> Word {
    if let [only] | [only, _] = candidates {
        return *only;
    }
    *guesses.iter().min_by_key(|guess| spread(guess, candidates)).expect("there are guesses")
}

fn words(count: usize) -> Vec<Word> {
    let mut random = Random::new(371);
    let mut words: Vec<Word> = (0..count)
        .map(|_| {
            std::array::from_fn(|at| match at % 2 {
                0 => b"bcdfglmnprst"[random.skewed(12)],
                _ => b"aeiou"[random.below(5)],
            })
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Guesses until the word is found; the first guess is known beforehand.
fn play(answer: &Word, first: Word, guesses: &[Word], candidates: &mut Vec<Word>) -> u32 {
    let (mut guess, mut turns) = (first, 1);
    while guess != *answer {
        let seen = colours(&guess, answer);
        candidates.retain(|candidate| colours(&guess, candidate) == seen);
        guess = best(guesses, candidates);
        turns += 1;
    }
    turns
}

fn main() {
    let words = words(6_000);
    let guesses: Vec<Word> = words.iter().copied().step_by(2).collect();
    let first = best(&guesses[..200], &words);
    let mut turns = [0u32; 12];
    let mut candidates = Vec::with_capacity(words.len());
    for answer in words.iter().step_by(5) {
        candidates.clear();
        candidates.extend_from_slice(&words);
        let took = play(answer, first, &guesses, &mut candidates);
        turns[(took as usize).min(11)] += 1;
    }
    println!("{} words, turns {turns:?}", words.len());
}
