//! A weigh house: clerks ask one who knows the prices, each question over a channel, each answer
//! over one of its own. Prints what was paid.

use std::sync::mpsc;
use std::thread;

use truth::Random;

struct Question {
    good: usize,
    answer: mpsc::Sender<u64>,
}

/// Answers until nobody asks any more.
fn know(questions: mpsc::Receiver<Question>) {
    let prices: Vec<u64> = (0..500).map(|good| good * 7 % 90 + 10).collect();
    for question in questions {
        let _ = question.answer.send(prices[question.good]);
    }
}

/// A clerk's load: how much of each good is in it.
fn weighed(random: &mut Random) -> u64 {
    (0..60).map(|_| random.number() >> 60).sum()
}

fn main() {
    let (ask, questions) = mpsc::channel();
    let knower = thread::spawn(|| know(questions));
    let mut random = Random::new(1_270);
    let mut paid = 0;
    for _ in 0..160_000 {
        let (answer, answered) = mpsc::channel();
        ask.send(Question { good: random.below(500), answer }).expect("somebody knows");
        paid += answered.recv().expect("an answer comes") * weighed(&mut random);
    }
    drop(ask);
    knower.join().expect("who knows ends well");
    println!("{paid}");
}
