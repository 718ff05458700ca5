//! What is to be shown, and the page that it is rendered into.

use std::rc::Rc;

/// Cells to show, and the page on which they were last shown: a server renders one answer after
/// another into the same buffer.
#[derive(Debug)]
pub struct Table {
    /// One text each.
    pub cells: Vec<String>,
    page: Rc<Vec<u8>>,
}

impl Table {
    /// A table with nothing shown yet.
    pub fn new(cells: Vec<String>) -> Self {
        Self { cells, page: Rc::default() }
    }

    /// Bytes that any rendering reads.
    pub fn bytes(&self) -> usize {
        self.cells.iter().map(String::len).sum()
    }

    /// Renders into the last page's buffer, or into a copy if somebody still looks at it.
    pub(crate) fn show(&mut self, render: fn(&[String], &mut Vec<u8>)) -> Rc<Vec<u8>> {
        render(&self.cells, Rc::make_mut(&mut self.page));
        Rc::clone(&self.page)
    }

    /// Leaves nonsense where the next page is written.
    pub(crate) fn spoil(&mut self) {
        Rc::make_mut(&mut self.page).fill(b'?');
    }
}
