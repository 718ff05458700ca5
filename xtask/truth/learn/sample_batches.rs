//! One thread takes samples, another makes a spectrum of them; they are handed over by thousands.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use truth::Random;

const BATCHES: usize = 900;
const SAMPLES: usize = 4096;

fn spectrum(batches: &Receiver<Vec<f32>>) -> f64 {
    let mut energy = [0.0_f64; 64];
    for batch in batches {
        for (bin, energy) in energy.iter_mut().enumerate() {
            let turn = 2.0 * (bin as f32 * 0.05).cos();
            let (mut one, mut two) = (0.0_f32, 0.0_f32);
            for sample in &batch {
                (one, two) = (sample + turn * one - two, one);
            }
            *energy += f64::from(one * one + two * two - turn * one * two);
        }
    }
    energy.iter().sum()
}

fn main() {
    let (send, batches) = sync_channel(8);
    let taker = thread::spawn(move || {
        let mut random = Random::new(74);
        for _ in 0..BATCHES {
            let batch: Vec<f32> = (0..SAMPLES).map(|_| random.unit() as f32 - 0.5).collect();
            send.send(batch).unwrap();
        }
    });
    println!("{:.3}", spectrum(&batches));
    taker.join().unwrap();
}
