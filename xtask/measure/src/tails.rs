//! How long the slowest calls take: several processes' answers become one.

use protocol::{Effort, Scenario, Tail, Tails};

use crate::binary::Binary;
use judge::stats;

/// Fresh processes, odd so that the median is one of them.
const PROCESSES: u64 = 5;

/// Asks several processes; what one of them could not answer is left out.
pub fn gather(binary: &Binary, scenario: &Scenario, effort: Effort) -> Tails {
    let millis = match effort {
        Effort::Quick => 60,
        Effort::Standard => 300,
        Effort::Full => 2_000,
    };
    let answers = (1..=PROCESSES).filter_map(|seed| binary.tails(scenario, seed, millis).ok());
    combine(&answers.collect::<Vec<_>>())
}

/// By rung, the median over processes of each quantile: a process in which the machine was busy
/// does not decide what a tail is.
fn combine(answers: &[Tails]) -> Tails {
    let rungs = answers.first().map_or(0, Vec::len);
    let of_rung = |rung: usize| {
        let tails: Vec<Tail> = answers.iter().filter_map(|answer| *answer.get(rung)?).collect();
        let middle =
            |of: fn(&Tail) -> f64| stats::median(&mut tails.iter().map(of).collect::<Vec<_>>());
        (!tails.is_empty()).then(|| Tail {
            calls: tails.iter().map(|tail| tail.calls).sum(),
            p50: middle(|tail| tail.p50),
            p90: middle(|tail| tail.p90),
            p99: middle(|tail| tail.p99),
            p99_9: middle(|tail| tail.p99_9),
            p99_99: middle(|tail| tail.p99_99),
        })
    };
    (0..rungs).map(of_rung).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_process_does_not_decide() {
        let tail =
            |p99: f64| Some(Tail { calls: 10, p50: 1.0, p90: 2.0, p99, p99_9: 50.0, p99_99: 90.0 });
        let answers = [vec![tail(3.0), None], vec![tail(900.0), None], vec![tail(4.0), None]];
        let combined = combine(&answers);
        assert_eq!(combined[0].unwrap().p99, 4.0);
        assert_eq!(combined[0].unwrap().calls, 30);
        assert_eq!(combined[1], None);
        assert!(combine(&[]).is_empty());
    }
}
