//! Locks of a vault: a small machine runs programs of a few instructions, as locks have them.
//! Nothing is wrong with it. Prints how many opened.

use truth::Random;

#[derive(Clone, Copy)]
enum Turn {
    Add(u32),
    Swap,
    Left(u32),
    JumpIfOdd(u32),
    Keep,
}

fn opens(turns: &[Turn], key: u32) -> bool {
    let (mut one, mut other, mut at, mut kept) = (key, !key, 0, 0);
    for _ in 0..400 {
        let Some(turn) = turns.get(at) else { break };
        at += 1;
        match *turn {
            Turn::Add(number) => one = one.wrapping_add(number),
            Turn::Swap => std::mem::swap(&mut one, &mut other),
            Turn::Left(by) => one = one.rotate_left(by),
            Turn::JumpIfOdd(to) if one & 1 == 1 => at = to as usize,
            Turn::JumpIfOdd(_) => {}
            Turn::Keep => kept ^= one,
        }
    }
    kept & 0xff == 7
}

fn main() {
    let mut random = Random::new(1_778);
    let mut opened = 0;
    for _ in 0..400 {
        let turns: Vec<Turn> = (0..40)
            .map(|_| match random.below(5) {
                0 => Turn::Add(random.number() as u32),
                1 => Turn::Swap,
                2 => Turn::Left(random.below(31) as u32),
                3 => Turn::JumpIfOdd(random.below(40) as u32),
                _ => Turn::Keep,
            })
            .collect();
        opened += (0..2_500).filter(|key| opens(&turns, *key)).count();
    }
    println!("{opened}");
}
