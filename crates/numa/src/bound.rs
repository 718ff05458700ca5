//! Each part is bound to a node, and its thread runs there: pages lie where they are read, whoever
//! touches them first.

use crate::nodes::{self, Node};
use crate::table::{Columns, Found, Job};

/// Loads the table, and asks it.
///
/// # Panics
/// If there are no two nodes, which [`nodes::needs_two`] knows.
pub fn query(job: &Job) -> Found {
    query_on(job, nodes::known())
}

/// Loads the table to these nodes, and asks it there.
pub(crate) fn query_on(job: &Job, nodes: &[Node]) -> Found {
    let mut columns = Columns::new(job.blocks.len());
    let parts = columns.parts(job.blocks.len(), job.threads());
    job.each(&parts, |me, part| {
        let node = &nodes[me % nodes.len()];
        let _stays = node.keeps_this_thread();
        node.binds(part.amounts);
        node.binds(part.kinds);
        part.load(&job.blocks);
        part.scan(&job.blocks, &job.prices, job.least)
    })
}
