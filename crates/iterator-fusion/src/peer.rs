//! `itertools`: groups an iterator by key without collecting it.

use itertools::Itertools;

use crate::recording::{Block, Mean, PLAUSIBLE, Recording};

/// The mean plausible temperature of every hour.
pub fn means(Recording { probe, blocks }: &Recording) -> Vec<Mean> {
    let hours = blocks.iter().chunk_by(|block| block.hour);
    hours
        .into_iter()
        .map(|(hour, blocks)| {
            blocks
                .flat_map(Block::rows)
                .filter(|&(_, status)| status == 0)
                .map(|(raw, _)| probe.centidegrees(raw))
                .filter(|value| PLAUSIBLE.contains(value))
                .fold(Mean { hour, count: 0, sum: 0 }, |mean, value| Mean {
                    count: mean.count + 1,
                    sum: mean.sum + i64::from(value),
                    ..mean
                })
        })
        .filter(|mean| mean.count > 0)
        .collect()
}
