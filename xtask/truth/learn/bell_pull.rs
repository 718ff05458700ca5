//! Ringers in threads of their own, each of which waits for its turn to pull.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

fn main() {
    let turn = AtomicUsize::new(0);
    let n = 4;
    thread::scope(|scope| {
        for me in 0..n {
            let turn = &turn;
            scope.spawn(move || {
                let mut rounds = 0;
                while rounds < 60 {
                    let now = turn.load(Ordering::Acquire);
                    if now % n == me {
                        let mut x = now as u64;
                        for _ in 0..20_000 {
                            x = x.wrapping_mul(31) ^ x >> 3;
                        }
                        std::hint::black_box(x);
                        turn.store(now + 1, Ordering::Release);
                        rounds += 1;
                    } else {
                        std::hint::spin_loop();
                    }
                }
            });
        }
    });
    println!("{}", turn.load(Ordering::Relaxed));
}
