//! The documents and how one of them is scored: the same in every rung.

/// What is known of each document, a column each. A document's number is its place.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// How well its words fit.
    pub relevance: Vec<f32>,
    /// Its age in days.
    pub age: Vec<f32>,
}

impl Documents {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.relevance.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.relevance.is_empty()
    }

    /// Adds one.
    pub fn push(&mut self, relevance: f32, age: f32) {
        self.relevance.push(relevance);
        self.age.push(age);
    }

    /// Every document's score, in order.
    pub fn scores(&self) -> impl Iterator<Item = f32> + '_ {
        self.relevance.iter().zip(&self.age).map(|(relevance, age)| score(*relevance, *age))
    }

    /// The documents in another order.
    pub fn reordered(&self, order: &[u32]) -> Self {
        let pick = |column: &[f32]| order.iter().map(|at| column[*at as usize]).collect();
        Self { relevance: pick(&self.relevance), age: pick(&self.age) }
    }
}

/// Relevance that fades with age: half of it is left after a year.
pub fn score(relevance: f32, age: f32) -> f32 {
    relevance / faded(age)
}

/// By what the relevance of a document of that age is divided.
pub fn faded(age: f32) -> f32 {
    1.0 + age * (1.0 / 365.0)
}

/// An integer that orders like [`f32::total_cmp`]: the bits of a negative number count down, so
/// they are flipped.
pub fn rank(score: f32) -> i32 {
    let bits = score.to_bits().cast_signed();
    bits ^ ((bits >> 31).cast_unsigned() >> 1).cast_signed()
}

/// Rank and number in one integer, of which the larger is the better: of two equal ranks the
/// smaller number wins, so it is stored flipped.
pub fn key(rank: i32, number: u32) -> i64 {
    i64::from(rank) << 32 | i64::from(!number)
}

/// The document's number in a key.
pub fn number(key: i64) -> u32 {
    !(key as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relevance_halves_in_a_year() {
        let scores = [0.0, 365.0, 730.0].map(|age| score(6.0, age));
        for (score, expected) in scores.into_iter().zip([6.0, 3.0, 2.0]) {
            assert!((score - expected).abs() < 1e-5, "{score} instead of {expected}");
        }
    }

    #[test]
    fn what_was_added_is_there() {
        let mut documents = Documents::default();
        assert_eq!((documents.is_empty(), documents.len()), (true, 0));
        documents.push(1.0, 2.0);
        assert_eq!((documents.is_empty(), documents.len()), (false, 1));
    }

    #[test]
    fn ranks_order_like_floats() {
        let values = [
            -f32::NAN,
            f32::NEG_INFINITY,
            -2.0,
            -1e-40,
            -0.0,
            0.0,
            1e-40,
            1.0,
            2.0,
            f32::INFINITY,
            f32::NAN,
        ];
        for a in values {
            for b in values {
                assert_eq!(rank(a).cmp(&rank(b)), a.total_cmp(&b), "{a} {b}");
            }
        }
    }

    #[test]
    fn keys_order_by_rank_then_by_place() {
        assert!(key(3, 9) > key(2, 1) && key(2, 1) > key(2, 2) && key(-1, 0) < key(0, u32::MAX));
        for at in [0, 1, u32::MAX] {
            assert_eq!(number(key(-5, at)), at);
        }
    }
}
