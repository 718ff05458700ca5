//! One hot loop in one crate: nothing to inline from elsewhere, no branch to guess, no call to lay
//! out, and every step needs the one before it. What a build setting changes here is the noise of
//! whoever measures.

use std::process::ExitCode;

/// A step of a generator (SplitMix64's finalizer on its own output), each from the last.
fn chain(steps: u64) -> u64 {
    let mut state = 1_u64;
    for _ in 0..steps {
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    }
    state
}

fn main() -> ExitCode {
    let steps = std::env::args().nth(1).and_then(|steps| steps.parse().ok());
    let Some(steps) = steps else {
        eprintln!("usage: kernel STEPS");
        return ExitCode::from(2);
    };
    println!("{}", chain(steps));
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn each_step_is_made_of_the_one_before() {
        let once = 0xBF58_476D_1CE4_E5B9_u64;
        assert_eq!(chain(0), 1);
        assert_eq!(chain(1), (once ^ (once >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB));
        assert_ne!(chain(1_000), chain(1_001));
    }
}
