//! The nodes of this machine: which cores are near which memory, as the system's files say it.

use std::io;
use std::sync::LazyLock;

#[cfg(target_os = "linux")]
#[path = "nodes/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "nodes/elsewhere.rs"]
mod system;

pub use system::Kept;

/// Where Linux has its files on nodes.
const FOLDER: &str = "/sys/devices/system/node";

/// Cores, and the memory that is near them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The system's number.
    pub number: usize,
    /// Its cores, by the system's numbers, as far as this thread may use them.
    pub cores: Vec<usize>,
}

impl Node {
    /// Lets this thread run on the node's cores alone, until what is returned is dropped.
    ///
    /// # Panics
    /// If the system refuses.
    pub fn keeps_this_thread(&self) -> Kept {
        Kept::on(self).expect("the node has cores that this thread may use")
    }

    /// Has the pages of this memory come from the node, as far as nobody has touched them yet.
    ///
    /// # Panics
    /// If the system refuses, which [`needs_two`] knows.
    pub fn binds(&self, memory: &mut [u8]) {
        system::bind(memory, self.number).expect("memory can be bound to a node");
    }
}

/// All nodes that have cores for this thread.
///
/// # Errors
/// If the system does not name them.
pub fn all() -> Result<Vec<Node>, String> {
    let allowed = system::allowed()?;
    let mut nodes = read(|name| std::fs::read_to_string(format!("{FOLDER}/{name}")))?;
    nodes.iter_mut().for_each(|node| node.cores.retain(|core| allowed.contains(core)));
    nodes.retain(|node| !node.cores.is_empty());
    Ok(nodes)
}

/// The same, asked once: they do not change while a program runs.
///
/// # Panics
/// If the system does not name them.
pub(crate) fn known() -> &'static [Node] {
    static KNOWN: LazyLock<Vec<Node>> =
        LazyLock::new(|| all().expect("the system names its nodes"));
    &KNOWN
}

/// Whether there are two nodes, and memory can be bound to either.
///
/// # Errors
/// Why not.
pub fn needs_two() -> Result<(), String> {
    let nodes = enough(all()?)?;
    nodes.iter().try_for_each(|node| can_bind(&mut fresh_page()?, node))
}

/// Whether memory can be bound to a node: containers often forbid it.
pub(crate) fn can_bind(memory: &mut [u8], node: &Node) -> Result<(), String> {
    system::bind(memory, node.number)
}

/// The nodes, if they are two.
fn enough(nodes: Vec<Node>) -> Result<Vec<Node>, String> {
    if nodes.len() < 2 {
        let cause = "one node has all cores that may be used here: all memory is equally near";
        return Err(cause.to_owned());
    }
    Ok(nodes)
}

/// A page that nobody has touched.
fn fresh_page() -> Result<memmap2::MmapMut, String> {
    memmap2::MmapMut::map_anon(1 << 16).map_err(|error| format!("there is no memory: {error}"))
}

/// The nodes by their files, of which `file` gives the content.
fn read(file: impl Fn(&str) -> io::Result<String>) -> Result<Vec<Node>, String> {
    let content = |name: &str| {
        let text = file(name).map_err(|error| format!("the system names no nodes: {error}"))?;
        list(text.trim()).ok_or_else(|| format!("{FOLDER}/{name} is no list: {}", text.trim()))
    };
    let node = |number| {
        let cores = content(&format!("node{number}/cpulist"))?;
        Ok(Node { number, cores })
    };
    content("online")?.into_iter().map(node).collect()
}

/// Numbers as the system lists them: `0-3,8`. No text is a list of none.
fn list(text: &str) -> Option<Vec<usize>> {
    let mut numbers = Vec::new();
    for range in text.split(',').filter(|_| !text.is_empty()) {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
        if first > last {
            return None;
        }
        numbers.extend(first..=last);
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of a machine that is not this one.
    fn machine(files: &[(&str, &str)]) -> Result<Vec<Node>, String> {
        read(|name| {
            let found = files.iter().find(|(file, _)| *file == name);
            found.map(|(_, text)| (*text).to_owned()).ok_or(io::ErrorKind::NotFound.into())
        })
    }

    #[test]
    fn lists_are_read_as_the_system_writes_them() {
        assert_eq!(list(""), Some(vec![]));
        assert_eq!(list("0"), Some(vec![0]));
        assert_eq!(list("0-2,5,8-9"), Some(vec![0, 1, 2, 5, 8, 9]));
        assert_eq!(list("7-7"), Some(vec![7]));
        for wrong in ["-", "1-", "2-1", "0,,1", "a", "0-1-2", " 0"] {
            assert_eq!(list(wrong), None, "{wrong}");
        }
    }

    /// Two sockets with two threads a core, and a third node of memory alone (CXL).
    #[test]
    fn a_machine_of_two_sockets_is_understood() {
        let nodes = machine(&[
            ("online", "0-1,4\n"),
            ("node0/cpulist", "0-1,4-5\n"),
            ("node1/cpulist", "2-3,6-7\n"),
            ("node4/cpulist", "\n"),
        ]);
        let node = |number, cores: &[usize]| Node { number, cores: cores.to_vec() };
        let expected = [node(0, &[0, 1, 4, 5]), node(1, &[2, 3, 6, 7]), node(4, &[])];
        assert_eq!(nodes.unwrap(), expected);
    }

    #[test]
    fn a_machine_that_does_not_say_is_told() {
        let error = machine(&[]).unwrap_err();
        assert!(error.starts_with("the system names no nodes"), "{error}");
        let error = machine(&[("online", "0-1"), ("node0/cpulist", "0")]).unwrap_err();
        assert!(error.starts_with("the system names no nodes"), "{error}");
        let error = machine(&[("online", "zero")]).unwrap_err();
        assert_eq!(error, "/sys/devices/system/node/online is no list: zero");
    }

    #[test]
    fn one_node_is_not_enough_and_two_are() {
        let node = |number| Node { number, cores: vec![number] };
        for few in [vec![], vec![node(0)]] {
            assert!(enough(few).unwrap_err().starts_with("one node has all cores"));
        }
        assert_eq!(enough(vec![node(0), node(1)]).unwrap().len(), 2);
    }

    /// Where nothing can be bound at all, that is refused, too.
    #[test]
    fn no_memory_is_bound_to_a_node_that_is_not_there() {
        let gone = Node { number: 1_023, cores: vec![0] };
        let mut memory = fresh_page().unwrap();
        assert!(can_bind(&mut memory, &gone).is_err());
        let bound = std::panic::AssertUnwindSafe(|| gone.binds(&mut memory));
        assert!(std::panic::catch_unwind(bound).is_err());
    }

    /// What this machine has: a core that may be used is on one node, and none is on two.
    #[test]
    fn this_machine_is_understood_or_says_why_not() {
        let Ok(nodes) = all() else { return };
        let mut cores: Vec<usize> = nodes.iter().flat_map(|node| node.cores.clone()).collect();
        cores.sort_unstable();
        assert_eq!(cores, system::allowed().unwrap());
        assert_eq!(known(), nodes);
        assert!(nodes.len() >= 2 || needs_two().is_err());
    }
}
