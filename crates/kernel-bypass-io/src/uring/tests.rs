//! Tests of a real ring, one call after the other.

use std::fs::File;
use std::io::{Write, pipe};
use std::os::fd::{AsRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use super::*;
use crate::index::{Index, folder};
use crate::ring::entry;
use crate::scratch::Scratch;
use crate::system;

/// What a ring gives for the rest of a piece whose first bytes are there.
fn rest(ring: &mut Uring, slot: usize, done: usize, offset: u64) -> io::Result<usize> {
    ring.ask(slot, done, offset)?;
    ring.wait()?;
    let (completed, read) = ring.next().expect("a read that is complete");
    assert_eq!(completed, slot);
    read
}

#[test]
fn the_rest_of_a_piece_lies_behind_what_is_there() {
    if let Err(why) = system::ring() {
        return eprintln!("not on this system: {why}");
    }
    let file = Index::of(Index::SMALL).open().unwrap();
    let mut ring = Uring::new(entry(&file)).unwrap();
    ring.prepare(BYTES, 8);
    assert_eq!(rest(&mut ring, 2, 1_000, 3 * BYTES as u64).unwrap(), BYTES - 1_000);
    let (there, new) = ring.piece(2).split_at(1_000);
    assert!(there.iter().all(|byte| *byte == 0), "nothing was read to there");
    assert_eq!(new, &Record::of(3).0[1_000..]);
    assert_eq!((ring.piece(1), ring.piece(3)), (&[0; BYTES][..], &[0; BYTES][..]));
}

#[test]
fn an_error_has_the_systems_number() {
    if let Err(why) = system::ring() {
        return eprintln!("not on this system: {why}");
    }
    let scratch = Scratch::new(&folder());
    let file = File::create(&scratch.0).unwrap(); // which cannot be read
    let mut ring = Uring::new(entry(&file)).unwrap();
    let error = rest(&mut ring, 0, 0, 0).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::EBADF));
}

#[test]
fn no_slot_is_beyond_the_buffers() {
    if let Err(why) = system::ring() {
        return eprintln!("not on this system: {why}");
    }
    let file = Index::of(Index::SMALL).open().unwrap();
    let mut ring = Uring::new(entry(&file)).unwrap();
    ring.prepare(2 * BYTES, ROOM / 2);
    assert_eq!(ring.piece(ROOM / 2 - 1).len(), 2 * BYTES);
    assert!(catch_unwind(AssertUnwindSafe(|| ring.piece(ROOM / 2).len())).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| ring.prepare(2 * BYTES, ROOM / 2 + 1))).is_err());
}

/// Else a system that refuses nothing would seem to refuse it.
#[test]
fn as_much_is_registered_as_a_process_may_keep_in_place() {
    let (bytes, file) = (ROOM * BYTES, Index::of(Index::SMALL).open().unwrap());
    let keeps = || {
        let mut memory = vec![0_u8; bytes];
        let ring = IoUring::new(1)?;
        let all = libc::iovec { iov_base: memory.as_mut_ptr().cast(), iov_len: bytes };
        // SAFETY: the memory outlives the ring, and nothing is read into it.
        unsafe { ring.submitter().register_buffers(&[all]) }
    };
    match keeps() {
        Err(why) => eprintln!("not on this system: {why}"),
        Ok(()) => Uring::new(entry(&file)).unwrap().register(file.as_raw_fd()).unwrap(),
    }
}

/// A read of a pipe is under way until something is written.
#[test]
fn buffers_stay_while_something_is_under_way() {
    if let Err(why) = system::ring() {
        return eprintln!("not on this system: {why}");
    }
    let (reader, mut writer) = pipe().unwrap();
    let reader = File::from(OwnedFd::from(reader));
    let mut ring = Uring::new(entry(&reader)).unwrap();
    ring.ask(0, 0, 0).unwrap();
    let written = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(20)); // time to be gone too soon
            written.store(true, Relaxed);
            writer.write_all(b"something").unwrap();
        });
        drop(ring);
        assert!(written.load(Relaxed), "the buffers are gone while a read may write to them");
    });
}
