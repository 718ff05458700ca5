//! What a count comes to. All rungs share this, so that they differ in how they count and in
//! nothing else.

/// How many distinct words a text has, and the most frequent ones.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Distinct words.
    pub distinct: usize,
    /// At most [`Summary::TOP`] words with their counts: highest count first, then in the order of
    /// their bytes.
    pub top: Vec<(String, u64)>,
}

impl Summary {
    /// How many words a summary names.
    pub const TOP: usize = 20;

    /// Adds a word that was not added before.
    #[inline]
    pub fn add(&mut self, word: &[u8], count: u64) {
        self.distinct += 1;
        if self.top.len() < Self::TOP || self.top[Self::TOP - 1].1 <= count {
            self.rank(word, count);
        }
    }

    #[inline(never)]
    fn rank(&mut self, word: &[u8], count: u64) {
        let before = |known: &(String, u64)| {
            known.1 > count || known.1 == count && known.0.as_bytes() < word
        };
        let at = self.top.partition_point(before);
        if at == Self::TOP {
            return;
        }
        // The word that falls off the end leaves its buffer to the new one.
        let full = self.top.len() == Self::TOP;
        let (mut name, _) = if full { self.top.pop() } else { None }.unwrap_or_default();
        name.clear();
        name.push_str(str::from_utf8(word).expect("words of a text end where characters end"));
        self.top.insert(at, (name, count));
    }
}

impl<'a> FromIterator<(&'a str, u64)> for Summary {
    fn from_iter<T: IntoIterator<Item = (&'a str, u64)>>(counts: T) -> Self {
        let mut summary = Self::default();
        counts.into_iter().for_each(|(word, count)| summary.add(word.as_bytes(), count));
        summary
    }
}
