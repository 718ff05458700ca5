//! Where memory is too small for a file, lines go to the disk: in a process of its own, which
//! leaves memory for good.
#![cfg(unix)]

use std::cell::Cell;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use batching::Written;

/// Writes, after so many calls that fail; says how often it was called, and what came of the last.
fn after(failures: usize, kind: ErrorKind) -> (usize, Option<(Written, Arc<File>)>) {
    let (calls, last) = (Cell::new(0), Cell::new(None));
    let write = |lines: &[String], file: Arc<File>| -> io::Result<()> {
        last.set(Some(Arc::clone(&file)));
        calls.set(calls.get() + 1);
        if calls.get() <= failures {
            return Err(kind.into());
        }
        lines.iter().try_for_each(|line| (&*file).write_all(line.as_bytes()))
    };
    let lines = ["a\n".to_owned()];
    let written = catch_unwind(AssertUnwindSafe(|| Written::with(write, &lines))).ok();
    (calls.get(), written.zip(last.take()))
}

fn device(file: &File) -> u64 {
    file.metadata().unwrap().dev()
}

#[test]
fn lines_go_to_the_disk_once_memory_is_full() {
    // Another error is nothing that a disk would mend.
    let (calls, written) = after(usize::MAX, ErrorKind::PermissionDenied);
    assert_eq!((calls, written.is_none()), (1, true));
    // While a result is there, nobody else has its file; then the next call does.
    let (_, one) = after(0, ErrorKind::StorageFull);
    let (_, other) = after(0, ErrorKind::StorageFull);
    let ((one, first), (other, second)) = (one.unwrap(), other.unwrap());
    assert!(!Arc::ptr_eq(&first, &second) && one == other);
    if let Ok(memory) = tempfile::tempfile_in("/dev/shm") {
        assert_eq!(device(&first), device(&memory));
    }
    drop(one);
    let (_, third) = after(0, ErrorKind::StorageFull);
    assert!(Arc::ptr_eq(&first, &third.as_ref().unwrap().1));
    drop((other, third));
    // Full: the disk is tried, for this and all further lines.
    let (calls, written) = after(1, ErrorKind::StorageFull);
    let (written, file) = written.unwrap();
    assert_eq!((calls, written.content().unwrap()), (2, b"a\n".to_vec()));
    assert_eq!(device(&file), device(&tempfile::tempfile().unwrap()));
    // And where that is full, too, nothing is left to try.
    let (calls, written) = after(usize::MAX, ErrorKind::StorageFull);
    assert_eq!((calls, written.is_none()), (1, true));
}
