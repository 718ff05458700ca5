//! Looks for bats in a night's recording. Each piece that is loud enough is laid over the calls of
//! known kinds, at all shifts, and the kind that fits best is counted. Prints the counts.

use truth::Random;

const KINDS: usize = 6;
const CALL: usize = 480;
const PIECE: usize = 1_600;
const WINDOW: usize = 400;
const PIECES: usize = 4_000;

/// A call that sweeps from a high pitch to a lower one.
fn call(kind: usize) -> Vec<f32> {
    let (high, low) = (0.9 - kind as f32 * 0.09, 0.3 - kind as f32 * 0.03);
    let mut phase = 0.0_f32;
    (0..CALL)
        .map(|at| {
            let place = at as f32 / CALL as f32;
            phase += high + (low - high) * place.sqrt();
            phase.sin() * (place * std::f32::consts::PI).sin()
        })
        .collect()
}

/// A piece of the night: noise, and in most of them a bat.
fn piece(calls: &[Vec<f32>], random: &mut Random) -> Vec<f32> {
    let mut piece: Vec<f32> = (0..PIECE).map(|_| random.unit() as f32 - 0.5).collect();
    if random.below(10) < 8 {
        let call = &calls[random.skewed(calls.len())];
        let start = random.below(PIECE - CALL);
        let loud = 0.4 + random.unit() as f32;
        piece[start..].iter_mut().zip(call).for_each(|(sample, call)| *sample += loud * call);
    }
    piece
}

/// Takes the rumble of the wind away: what changes slowly.
fn without_rumble(piece: &mut [f32]) {
    let mut slow = 0.0;
    for sample in piece {
        slow += (*sample - slow) * 0.01;
        *sample -= slow;
    }
}

/// The strengths of a piece at some pitches, by turning a pointer for each (after Goertzel).
fn strengths(piece: &[f32]) -> [f32; 64] {
    let mut strengths = [0.0; 64];
    let mut turns = [0.0_f32; 64];
    turns.iter_mut().enumerate().for_each(|(at, turn)| *turn = 2.0 * (at as f32 * 0.045).cos());
    let (mut last, mut before) = ([0.0_f32; 64], [0.0_f32; 64]);
    for &sample in piece {
        for at in 0..64 {
            let now = sample + turns[at] * last[at] - before[at];
            before[at] = last[at];
            last[at] = now;
        }
    }
    for at in 0..64 {
        let product = turns[at] * last[at] * before[at];
        strengths[at] = last[at] * last[at] + before[at] * before[at] - product;
    }
    strengths
}

/// How well a call fits what was heard, whatever the loudness.
fn likeness(heard: &[f32], call: &[f32]) -> f32 {
    let mut product = 0.0;
    let mut power = 0.0;
    for (heard, call) in heard.iter().zip(call) {
        product += heard * call;
        power += heard * heard;
    }
    product / power.sqrt()
}

/// The kind that fits best, at its best shift.
fn best_kind(piece: &[f32], calls: &[Vec<f32>]) -> (usize, usize, f32) {
    let mut best = (0, 0, 0.0);
    for (kind, call) in calls.iter().enumerate() {
        for shift in (0..=PIECE - CALL).step_by(14) {
            let likeness = likeness(&piece[shift..shift + CALL], call);
            if likeness > best.2 {
                best = (kind, shift, likeness);
            }
        }
    }
    best
}

fn main() {
    let mut random = Random::new(1_938);
    let calls: Vec<Vec<f32>> = (0..KINDS).map(call).collect();
    let (mut counts, mut shifts, mut quiet) = ([0; KINDS], 0, 0);
    let mut pitches = [0_u32; 64];
    for _ in 0..PIECES {
        let mut piece = piece(&calls, &mut random);
        without_rumble(&mut piece);
        for start in (0..=PIECE - WINDOW).step_by(WINDOW / 4) {
            let strengths = strengths(&piece[start..start + WINDOW]);
            let louder = |&a: &usize, &b: &usize| strengths[a].total_cmp(&strengths[b]);
            pitches[(0..64).max_by(louder).unwrap_or(0)] += 1;
        }
        let (kind, shift, likeness) = best_kind(&piece, &calls);
        if likeness < 4.2 {
            quiet += 1;
        } else {
            counts[kind] += 1;
            shifts += shift;
        }
    }
    let common = (0..64).max_by_key(|&pitch| pitches[pitch]).unwrap_or(0);
    println!("{counts:?}, {quiet} without a bat, shifts {shifts}, mostly pitch {common}");
}
