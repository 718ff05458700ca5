//! Keys whose values are wanted, and what is to be known at the end: the same for every rung.

use std::time::Duration;

use crate::backend::Value;
use crate::client::Client;
use crate::rings::{self, Rings};
use crate::site::{self, Site};

/// Keys, and where their values are to be had.
#[derive(Debug)]
pub struct Job {
    /// In the order in which their values are wanted; some come more than once.
    pub keys: Vec<u64>,
    /// Keys that may be in flight at once: asked for and not answered.
    pub limit: usize,
    pub(crate) site: Site,
    pub(crate) rings: Rings,
}

/// What is known at the end.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// The value of each key, in their order; nothing where the backend does not know it.
    pub values: Vec<Value>,
    /// By how many keys more than the limit were in flight at once, as the backend counted them;
    /// not asked of a rung that promises no limit.
    pub beyond: usize,
}

impl Job {
    /// Values of a backend that answers after some delay. To read a value takes so much effort.
    pub(crate) fn new(keys: Vec<u64>, limit: usize, delay: Duration, effort: u32) -> Self {
        Self { keys, limit, site: Site::new(delay, effort), rings: Rings::new(delay, effort) }
    }

    /// Does it with no limit.
    pub(crate) fn unbounded(&self, aggregate: impl AsyncFnOnce(&Client) -> Vec<Value>) -> Report {
        let values = self.site.shared(aggregate);
        self.site.most_in_flight();
        Report { values, beyond: 0 }
    }

    /// Does it within the limit.
    pub(crate) fn bounded(
        &self,
        aggregate: impl AsyncFnOnce(&Client, usize) -> Vec<Value>,
    ) -> Report {
        let values = self.site.shared(async |client| aggregate(client, self.limit).await);
        self.report(values)
    }

    /// Does it on every core, each of which has its share of the keys and of the limit.
    pub(crate) fn each_core(
        &self,
        aggregate: impl Fn(&site::Line, &[u64], usize) -> Vec<Value> + Sync,
    ) -> Report {
        let values = self.site.each_core(|me, cores, line| {
            self.share(me, cores)
                .map_or_else(Vec::new, |(keys, limit)| aggregate(line, keys, limit))
        });
        self.report(values.concat())
    }

    /// Does so with rings.
    pub(crate) fn each_ring(
        &self,
        aggregate: impl Fn(&rings::Line, &[u64], usize) -> Vec<Value> + Sync,
    ) -> Report {
        let values = self.rings.each_core(|me, cores, line| {
            self.share(me, cores)
                .map_or_else(Vec::new, |(keys, limit)| aggregate(line, keys, limit))
        });
        let beyond = self.rings.most_in_flight().saturating_sub(self.limit);
        Report { values: values.concat(), beyond }
    }

    /// One core's share; a limit below the number of cores leaves some without work.
    fn share(&self, me: usize, cores: usize) -> Option<(&[u64], usize)> {
        let cores = cores.min(self.limit);
        let at = |share| self.keys.len() * share / cores;
        let limit = |share| self.limit * share / cores;
        (me < cores).then(|| (&self.keys[at(me)..at(me + 1)], limit(me + 1) - limit(me)))
    }

    fn report(&self, values: Vec<Value>) -> Report {
        Report { values, beyond: self.site.most_in_flight().saturating_sub(self.limit) }
    }
}
