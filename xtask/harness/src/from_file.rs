//! What a reader makes of a user's file: an input, and how it understood what is there.

use protocol::Understood;

use crate::bad_line::BadLine;

/// An input made of a file, and the words for it.
#[derive(Debug, Clone, PartialEq)]
pub struct FromFile<I> {
    /// What the rungs work on.
    pub input: I,
    /// How the file was read: format, separator, columns by name.
    pub how: String,
    /// How much of it is used.
    pub rows: Rows,
}

/// How many rows a file has, and how many of them a job works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// What is counted, in the singular.
    pub unit: &'static str,
    /// How many are there.
    pub there: usize,
    /// How many of those are used.
    pub used: usize,
    /// The first that is not, and why.
    pub unused: Option<BadLine>,
}

impl Rows {
    /// All of them are used.
    pub fn all(unit: &'static str, there: usize) -> Self {
        Self { unit, there, used: there, unused: None }
    }

    /// Counts a row that is used.
    pub(crate) fn add(&mut self) {
        (self.there, self.used) = (self.there + 1, self.used + 1);
    }

    /// Counts a row that is not.
    pub(crate) fn skip(&mut self, line: usize, why: impl FnOnce() -> String) {
        self.there += 1;
        self.unused.get_or_insert_with(|| BadLine::new(line, why()));
    }
}

impl<I> FromFile<I> {
    /// Makes another input of this one; it was read in the same way.
    ///
    /// # Errors
    /// If `make` has an objection.
    pub fn and_then<J>(
        self,
        make: impl FnOnce(I) -> Result<J, BadLine>,
    ) -> Result<FromFile<J>, BadLine> {
        let Self { input, how, rows } = self;
        Ok(FromFile { input: make(input)?, how, rows })
    }

    /// Adds what the job does with it.
    #[must_use]
    pub fn for_job(mut self, what: &str) -> Self {
        self.how.push_str("; ");
        self.how.push_str(what);
        self
    }

    /// Refuses a file of which less than half can be used: what would be measured is another one.
    pub(crate) fn enough(self) -> Result<(I, Understood), BadLine> {
        let Self { input, how, rows: Rows { unit, there, used, unused } } = self;
        if used == 0 || used < there - used {
            let BadLine { line, message } =
                unused.unwrap_or_else(|| BadLine::new(0, "nothing in it can be used"));
            let message = format!("{message}; only {used} of {there} {unit}s can be used ({how})");
            return Err(BadLine { line, message });
        }
        let (there, used) = (there as u64, used as u64);
        Ok((input, Understood { how, unit: unit.to_owned(), there, used }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(used: usize, skipped: usize) -> FromFile<()> {
        let mut rows = Rows::all("row", 0);
        (0..used).for_each(|_| rows.add());
        (0..skipped).for_each(|at| rows.skip(used + at + 1, || "a gap".to_owned()));
        FromFile { input: (), how: "one column".to_owned(), rows }
    }

    #[test]
    fn a_file_of_which_most_cannot_be_used_is_refused_with_the_first_line_of_that() {
        assert_eq!(rows(5, 5).enough().unwrap().1.used, 5);
        let wrong = rows(4, 5).enough().unwrap_err();
        let message = "a gap; only 4 of 9 rows can be used (one column)";
        assert_eq!(wrong, BadLine::new(5, message));
        let wrong = rows(0, 0).enough().unwrap_err();
        assert!(wrong.message.starts_with("nothing in it can be used"), "{wrong:?}");
    }

    #[test]
    fn what_the_job_does_is_added() {
        let file = rows(1, 0).for_job("adds it up").and_then(|()| Ok(7)).unwrap();
        assert_eq!((file.input, file.how.as_str()), (7, "one column; adds it up"));
        assert!(rows(1, 0).and_then(|()| Err::<(), _>(BadLine::new(3, "no"))).is_err());
    }
}
