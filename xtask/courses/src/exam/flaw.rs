//! What is wrong with a benchmark: the bank has the benchmarks, and what could be wrong the other
//! answers.

use judge::words::marks;

use super::bank::{BANK, Fault, Flawed};
use super::{OFFERED, Question};
use judge::stats::Dice;

/// A question for each benchmark of the bank.
pub fn all(dice: &mut Dice) -> Vec<Question> {
    BANK.iter().map(|flawed| question(flawed, dice)).collect()
}

fn question(Flawed { code, fault, also }: &Flawed, dice: &mut Dice) -> Question {
    let wrong = |other: &&Fault| *other != fault && !also.contains(other);
    let mut others: Vec<&Fault> = Fault::ALL.iter().filter(wrong).collect();
    dice.shuffle(&mut others);
    let offered = [fault].into_iter().chain(others).take(OFFERED);
    Question {
        title: "What is wrong with this benchmark?".to_owned(),
        asks: format!(
            "It was built with `--release` unless it says otherwise. What makes its figures say \
             something else than they seem to?\n\n{}",
            marks::listing("rust", code)
        ),
        answers: offered.map(|fault| fault.says().to_owned()).collect(),
        right: 0,
        because: fault.instead().to_owned(),
        any_order: true,
    }
}
