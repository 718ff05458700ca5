//! How often a hand of dice beats another, by playing. Each game asks the same of the same cup, and
//! no two throws are the same.

use std::cell::Cell;

const GAMES: usize = 500_000;

/// A cup of dice, which everybody at the table may shake.
struct Cup {
    state: Cell<u64>,
    sides: u32,
}

impl Cup {
    fn throw(&self) -> u32 {
        let mut state = self.state.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.state.set(state);
        ((state >> 32) * u64::from(self.sides) >> 32) as u32 + 1
    }

    /// The best three of several dice.
    #[inline(never)]
    fn best_three(&self, dice: u32) -> u32 {
        let (mut first, mut second, mut third) = (0, 0, 0);
        for _ in 0..dice * 8 {
            let throw = self.throw() + self.throw();
            if throw > first {
                (first, second, third) = (throw, first, second);
            } else if throw > second {
                (second, third) = (throw, second);
            } else {
                third = third.max(throw);
            }
        }
        first * 3 + second * 2 + third
    }
}

fn main() {
    let cup = Cup { state: Cell::new(0x5eed_1234_5678_9abc), sides: 60 };
    let (mut won, mut even) = (0, 0);
    for _ in 0..GAMES {
        let (mine, theirs) = (cup.best_three(7), cup.best_three(6));
        won += u32::from(mine > theirs);
        even += u32::from(mine == theirs);
    }
    println!("{won} won, {even} even of {GAMES}");
}
