//! What could not be found out, and why, where the record has a place for figures only: said to
//! the user, so that a gap in the book is never without a reason.

use crate::interrupt;

/// Parts of a case that gave no answer, by reason.
#[derive(Debug, Default)]
pub struct Missing(Vec<(String, Vec<String>)>);

impl Missing {
    /// Notes that a part, as a rung, gave no answer.
    pub fn note(&mut self, part: &str, why: &impl ToString) {
        let (why, part) = (why.to_string(), part.to_owned());
        match self.0.iter_mut().find(|(known, _)| *known == why) {
            Some((_, parts)) => parts.push(part),
            None => self.0.push((why, vec![part])),
        }
    }

    /// An answer, if there is one; else its absence is noted.
    pub fn answered<T>(&mut self, part: &str, answer: Result<T, impl ToString>) -> Option<T> {
        answer.map_err(|why| self.note(part, &why)).ok()
    }

    /// Says what is missing. Not after Ctrl-C, which ends what was asked: that is no news.
    pub fn tell(&self, case: &str, what: &str) {
        if !interrupt::came() {
            self.lines(case, what).iter().for_each(|line| record::errln!("{line}"));
        }
    }

    /// "bitsets: not sampled: naive, optimized: it ended with …", a line for each reason.
    fn lines(&self, case: &str, what: &str) -> Vec<String> {
        let line = |(why, parts): &(String, Vec<String>)| {
            format!("{case}: {what}: {}: {why}", parts.join(", "))
        };
        self.0.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_with_the_same_reason_share_a_line() {
        let mut missing = Missing::default();
        assert!(missing.lines("bitsets", "not sampled").is_empty());
        assert_eq!(missing.answered("words", Ok::<_, String>(7)), Some(7));
        assert_eq!(missing.answered::<u8>("naive", Err("no signals")), None);
        missing.note("fast", &"it was killed");
        missing.note("optimized", &"no signals");
        assert_eq!(
            missing.lines("bitsets", "not sampled"),
            [
                "bitsets: not sampled: naive, optimized: no signals",
                "bitsets: not sampled: fast: it was killed"
            ]
        );
    }
}
