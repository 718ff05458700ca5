//! Prices are asked of another thread one by one, and each answer is waited for.

use std::sync::mpsc;
use std::thread;
use truth::Random;

fn main() {
    let (ask, asked) = mpsc::channel::<(u32, mpsc::Sender<u64>)>();
    let desk = thread::spawn(move || {
        let mut n = 0u64;
        for (item, answer) in asked {
            n += 1;
            let mut x = u64::from(item);
            for _ in 0..40 {
                x = x.wrapping_mul(31).rotate_left(7) ^ n;
            }
            answer.send(x).unwrap();
        }
        n
    });
    let mut random = Random::new(3);
    let mut sum = 0u64;
    for _ in 0..120_000 {
        let (answer, answered) = mpsc::channel();
        ask.send((random.below(1000) as u32, answer)).unwrap();
        sum = sum.wrapping_add(answered.recv().unwrap());
    }
    drop(ask);
    println!("{sum} {}", desk.join().unwrap());
}
