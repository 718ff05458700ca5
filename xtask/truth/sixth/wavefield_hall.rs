//! Plays an orchestra in a hall with a ring of loudspeakers, as in wave field synthesis: each voice
//! is calculated once for a block, and goes to every loudspeaker as loud as its place demands.

use truth::Random;

const BLOCK: usize = 128;
const SPEAKERS: usize = 14;

struct Voice {
    phase: u32,
    step: u32,
    bend: i32,
    strength: i32,
    /// How loud it is at each loudspeaker.
    gains: [f32; SPEAKERS],
}

impl Voice {
    fn random(random: &mut Random) -> Voice {
        let place = random.unit() as f32 * SPEAKERS as f32;
        Voice {
            phase: 0,
            step: 9_000_000 + random.below(90_000_000) as u32,
            bend: 2000 + random.below(9000) as i32,
            strength: 9000 + random.below(20_000) as i32,
            gains: std::array::from_fn(|at| {
                let distance = (at as f32 - place).abs();
                1.0 / (1.0 + distance.min(SPEAKERS as f32 - distance)) / 32768.0
            }),
        }
    }

    /// The voice's next samples: a bent wave with two overtones, in whole numbers as the old
    /// synthesizer had it.
    fn play(&mut self, samples: &mut [f32; BLOCK]) {
        let (start, step) = (self.phase, self.step);
        for (at, sample) in samples.iter_mut().enumerate() {
            let phase = start.wrapping_add(step.wrapping_mul(at as u32));
            let x = (phase as i32) >> 17;
            let wave = (x * (16384 - x.abs())) >> 12;
            let bent = wave + ((wave * (wave.abs() - 16384)) >> 14) * self.bend / 16384;
            let third = (bent * (bent.abs().min(20_000) - 16384)) >> 15;
            let loud = ((bent + third).clamp(-48_000, 48_000) * (self.strength >> 3)) >> 12;
            *sample = loud as f32;
        }
        self.phase = start.wrapping_add(step.wrapping_mul(BLOCK as u32));
    }
}

/// Adds what a loudspeaker gets of each voice.
fn mix(voices: &[Voice], played: &[[f32; BLOCK]], speaker: usize, out: &mut [f32; BLOCK]) {
    out.fill(0.0);
    for (voice, samples) in voices.iter().zip(played) {
        let gain = voice.gains[speaker];
        for (out, sample) in out.iter_mut().zip(samples) {
            *out += sample * gain;
        }
    }
}

/// A loudspeaker's own part: the room's echo, and what its cone cannot follow.
struct Speaker {
    echo: Vec<f32>,
    at: usize,
    low: f32,
    peak: f32,
}

impl Speaker {
    fn new(number: usize) -> Speaker {
        Speaker { echo: vec![0.0; 3001 + number * 97], at: 0, low: 0.0, peak: 0.0 }
    }

    fn finish(&mut self, out: &mut [f32; BLOCK]) {
        for sample in out {
            let with_echo = *sample + self.echo[self.at] * 0.35;
            self.low += (with_echo - self.low) * 0.6;
            self.echo[self.at] = self.low;
            self.at = if self.at + 1 == self.echo.len() { 0 } else { self.at + 1 };
            self.peak = f32::max(self.peak * 0.9999, self.low.abs());
            *sample = self.low / f32::max(1.0, self.peak);
        }
    }
}

fn main() {
    let mut random = Random::new(432);
    let mut voices: Vec<Voice> = (0..44).map(|_| Voice::random(&mut random)).collect();
    let mut speakers: Vec<Speaker> = (0..SPEAKERS).map(Speaker::new).collect();
    let mut played = vec![[0.0; BLOCK]; voices.len()];
    let mut out = [0.0; BLOCK];
    let mut energy = [0.0f64; SPEAKERS];
    for block in 0..48_000 {
        if block % 300 == 0 {
            let changed = random.below(voices.len());
            voices[changed] = Voice::random(&mut random);
        }
        for (voice, samples) in voices.iter_mut().zip(&mut played) {
            voice.play(samples);
        }
        for (at, speaker) in speakers.iter_mut().enumerate() {
            mix(&voices, &played, at, &mut out);
            speaker.finish(&mut out);
            energy[at] += f64::from(out[block % BLOCK].powi(2));
        }
    }
    let all: f64 = energy.iter().sum();
    println!("{all:.4}, loudest {:.4}", energy.iter().copied().fold(0.0, f64::max));
}
