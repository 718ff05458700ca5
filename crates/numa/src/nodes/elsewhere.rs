//! Systems that are not asked which memory is near.

use super::Node;

/// No thread is kept anywhere.
#[derive(Debug)]
pub struct Kept;

impl Kept {
    pub(super) fn on(_: &Node) -> Result<Self, String> {
        Err(why())
    }
}

pub(super) fn allowed() -> Result<Vec<usize>, String> {
    Err(why())
}

pub(super) fn bind(_: &mut [u8], _: usize) -> Result<(), String> {
    Err(why())
}

fn why() -> String {
    "nodes are asked of Linux alone".to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn other_systems_say_why_not() {
        assert_eq!(super::super::needs_two().unwrap_err(), "nodes are asked of Linux alone");
    }
}
