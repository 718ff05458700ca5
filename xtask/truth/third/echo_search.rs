//! Looks for a sonar's own ping in what its microphone heard, and says how far away what is.

use truth::Random;

const PING: usize = 1_500;

/// A tone that rises, faded in and out.
fn ping() -> Vec<f32> {
    (0..PING)
        .map(|at| {
            let time = at as f32 / PING as f32;
            (time * 200.0 + time * time * 380.0).sin() * (time * std::f32::consts::PI).sin()
        })
        .collect()
}

/// The sea: noise, and the ping again wherever something is.
fn heard(ping: &[f32], samples: usize, echoes: usize, seed: u64) -> Vec<f32> {
    let mut random = Random::new(seed);
    let mut heard: Vec<f32> = (0..samples).map(|_| random.unit() as f32 - 0.5).collect();
    for _ in 0..echoes {
        let (at, loud) = (random.below(samples - PING), random.unit() as f32 * 0.4 + 0.2);
        for (heard, ping) in heard[at..].iter_mut().zip(ping) {
            *heard += loud * ping;
        }
    }
    heard
}

/// A filter with two poles, run forwards and back so that nothing is shifted.
fn smooth(samples: &mut [f32], rounds: usize) {
    let step = |state: &mut [f32; 2], sample: &mut f32| {
        let next = *sample + 0.35 * state[0] - 0.2 * state[1];
        *state = [next, state[0]];
        *sample = 0.85 * next;
    };
    for _ in 0..rounds {
        let mut state = [0.0; 2];
        samples.iter_mut().for_each(|sample| step(&mut state, sample));
        state = [0.0; 2];
        samples.iter_mut().rev().for_each(|sample| step(&mut state, sample));
    }
}

/// How much of the ping is in what was heard from here on.
fn likeness(heard: &[f32], ping: &[f32]) -> f32 {
    let mut sum = 0.0;
    for at in 0..ping.len() {
        sum += heard[at] * ping[at];
    }
    sum
}

/// Where the ping is loudest: places that are above all near them.
fn echoes(heard: &[f32], ping: &[f32]) -> Vec<(usize, f32)> {
    let last = heard.len() - ping.len();
    let likenesses: Vec<f32> =
        (0..last).step_by(2).map(|at| likeness(&heard[at..], ping).abs()).collect();
    let least = likenesses.iter().fold(0.0f32, |most, &loud| most.max(loud)) * 0.6;
    let mut echoes: Vec<(usize, f32)> = Vec::new();
    for (at, &loud) in likenesses.iter().enumerate() {
        if loud < least {
            continue;
        }
        match echoes.last_mut() {
            Some((place, most)) if at * 2 - *place < PING / 4 => {
                if loud > *most {
                    (*place, *most) = (at * 2, loud);
                }
            }
            _ => echoes.push((at * 2, loud)),
        }
    }
    echoes
}

/// Whether echoes of two listenings are the same thing that moved.
fn moved(before: &[(usize, f32)], now: &[(usize, f32)]) -> usize {
    let near = |place: usize| now.iter().any(|(other, _)| other.abs_diff(place) < 400);
    before.iter().filter(|(place, _)| near(*place)).count()
}

fn main() {
    let ping = ping();
    let mut before = Vec::new();
    for listening in 0..12 {
        let mut heard = heard(&ping, 90_000, 25, 480 + listening);
        smooth(&mut heard, 120);
        let peak = heard.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
        heard.iter_mut().for_each(|sample| *sample /= peak);
        let echoes = echoes(&heard, &ping);
        let metres = echoes.first().map_or(0, |(place, _)| place * 1_500 / 96_000 / 2);
        println!("{} echoes, {metres} m, {} again", echoes.len(), moved(&before, &echoes));
        before = echoes;
    }
}
