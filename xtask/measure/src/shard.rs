//! Parts of a run that several machines measure at the same time, and whose records are merged.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use anyhow::{Result, bail};
use record::Shards;
use serde::{Deserialize, Serialize};

use cases::Case;

/// One part of a run, as `--shard 2/4` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which part, from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let numbers = parts.and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            Some((_, of)) if of > 0 => Err(format!("the shards of {of} are 1/{of} to {of}/{of}")),
            _ => Err("a shard is two whole numbers, K/N: the K-th of N parts, from 1".to_owned()),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl From<Shard> for Shards {
    fn from(shard: Shard) -> Self {
        Self { numbers: BTreeSet::from([shard.number]), of: shard.of }
    }
}

impl Shard {
    /// The cases that belong to this part. They are dealt out like cards in the order of their
    /// names, because a run gives each the same time; so parts differ by one case at most.
    ///
    /// # Errors
    /// If there are more parts than cases.
    pub fn of(self, cases: Vec<&Case>) -> Result<Vec<&Case>> {
        if self.of > cases.len() {
            bail!(
                "shard {self} cuts {} chosen cases into more parts than there are cases; use at \
                 most --shard K/{}",
                cases.len(),
                cases.len()
            );
        }
        let mut names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        names.sort_unstable();
        let mine: BTreeSet<&str> =
            names.into_iter().skip(self.number - 1).step_by(self.of).collect();
        Ok(cases.into_iter().filter(|case| mine.contains(case.name.as_str())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cases::Workspace;

    #[test]
    fn wrong_shards_say_what_is_right() {
        assert_eq!("2/4".parse(), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["", "2", "2/", "/4", "a/b", "0/0", "1/0", "-1/4", "1/4/2"] {
            assert!(wrong.parse::<Shard>().unwrap_err().contains("K/N"), "{wrong}");
        }
        for beyond in ["0/4", "5/4"] {
            assert!(beyond.parse::<Shard>().unwrap_err().contains("1/4 to 4/4"), "{beyond}");
        }
    }

    #[test]
    fn every_case_is_in_exactly_one_shard_and_shards_are_even() {
        let workspace = Workspace::load().unwrap();
        let all = workspace.select(&[]).unwrap();
        let names = |cases: &[&Case]| -> Vec<String> {
            cases.iter().map(|case| case.name.clone()).collect()
        };
        let shards: Vec<Vec<String>> = (1..=4)
            .map(|number| names(&Shard { number, of: 4 }.of(all.clone()).unwrap()))
            .collect();
        let sizes = || shards.iter().map(Vec::len);
        assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
        let mut together = shards.concat();
        let mut expected = names(&all);
        together.sort_unstable();
        expected.sort_unstable();
        assert_eq!(together, expected);

        let reversed = all.iter().copied().rev().collect();
        let same: BTreeSet<_> =
            names(&Shard { number: 2, of: 4 }.of(reversed).unwrap()).into_iter().collect();
        assert_eq!(same, shards[1].iter().cloned().collect(), "by name, not by place");
    }

    #[test]
    fn more_shards_than_cases_are_refused() {
        let workspace = Workspace::load().unwrap();
        let one = workspace.select(&["bitsets".to_owned()]).unwrap();
        assert_eq!(Shard { number: 1, of: 1 }.of(one.clone()).unwrap().len(), 1);
        let error = Shard { number: 1, of: 2 }.of(one).unwrap_err().to_string();
        assert!(error.contains("K/1"), "{error}");
    }
}
