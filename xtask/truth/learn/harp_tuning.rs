//! Harps that go out of tune: each string pulls at those beside it until all is still. Prints how
//! far the strings are from where they were.

use truth::Random;

const HARPS: usize = 60;
const STRINGS: usize = 400;

/// Each string follows its neighbours a little, and those of the harp beside it.
fn settle(pulls: &mut Vec<Vec<f32>>, new: &mut Vec<Vec<f32>>) {
    for harp in 1..pulls.len() - 1 {
        for string in 1..pulls[harp].len() - 1 {
            let beside = pulls[harp][string - 1] + pulls[harp][string + 1];
            let across = pulls[harp - 1][string] + pulls[harp + 1][string];
            new[harp][string] = pulls[harp][string] * 0.6 + (beside + across) * 0.1;
        }
    }
    std::mem::swap(pulls, new);
}

/// Somebody plays: strings are plucked, some of them often.
fn play(pulls: &mut [Vec<f32>], random: &mut Random) {
    for _ in 0..9_000 {
        let harp = random.below(HARPS);
        let string = random.skewed(STRINGS);
        pulls[harp][string] += 0.01;
    }
}

fn main() {
    let mut random = Random::new(1_810);
    let mut pulls = vec![vec![0.0; STRINGS]; HARPS];
    let mut new = pulls.clone();
    for _ in 0..9_000 {
        play(&mut pulls, &mut random);
        for _ in 0..3 {
            settle(&mut pulls, &mut new);
        }
    }
    let far: f32 = pulls.iter().flatten().sum();
    println!("{far:.3}");
}
