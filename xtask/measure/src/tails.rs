//! How long the slowest calls take: several processes' answers become one.

use protocol::{Effort, Scenario, Tail, Tails};

use crate::binary::Binary;
use crate::interrupt;
use crate::missing::Missing;
use judge::stats;

/// Fresh processes, odd so that the median is one of them.
const PROCESSES: u64 = 5;

/// Asks several processes; what one of them could not answer is left out, and said. `None` if none
/// of them answered, or Ctrl-C came between: who goes on with the run asks again.
pub fn gather(case: &str, binary: &Binary, scenario: &Scenario, effort: Effort) -> Option<Tails> {
    let millis = match effort {
        Effort::Quick => 60,
        Effort::Standard => 300,
        Effort::Full => 2_000,
    };
    let mut missing = Missing::default();
    let answers: Vec<Tails> = (1..=PROCESSES)
        .filter_map(|seed| {
            missing.answered(&format!("process {seed}"), binary.tails(scenario, seed, millis))
        })
        .collect();
    missing.tell(case, &format!("single calls at {scenario} not timed"));
    (!answers.is_empty() && !interrupt::came()).then(|| combine(&answers))
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

    #[cfg(unix)]
    #[test]
    fn processes_that_fail_are_left_out_and_without_any_there_is_no_answer() {
        let folder = tempfile::tempdir().unwrap();
        let gather = |name, script: &str| {
            let binary = crate::stand_in::binary(folder.path(), name, script);
            let scenario = Scenario { input: "short".into(), n: 10, effort: Effort::Quick };
            super::gather("words", &binary, &scenario, Effort::Quick)
        };
        let tail = Tail { calls: 10, p50: 1.0, p90: 2.0, p99: 3.0, p99_9: 4.0, p99_99: 5.0 };
        let answer = serde_json::to_string(&[Some(tail), None]).unwrap();
        let fails = "case \"$2\" in *'\"seed\":1,'*|*'\"seed\":2,'*) exit 1;; esac";
        let some = gather("some", &format!("{fails}\necho '{answer}'")).unwrap();
        assert_eq!((some[0].unwrap().calls, some[1]), (30, None));
        assert_eq!(gather("none", "exit 1"), None);
    }
}
