//! Sockets stay open from call to call, as they do in a service.

use std::cell::RefCell;
use std::io;
use std::mem;
use std::ops::Range;
use std::process;
use std::thread::LocalKey;

use crate::job::Job;
use crate::ledger::{Arrived, Ledger};

/// A rung's two ends, opened once by each thread that delivers, and anew in a child: it would take
/// datagrams away from its parent if it used the sockets that it inherits.
pub(crate) struct Kept<E>(RefCell<Option<(u32, E)>>);

impl<E> Kept<E> {
    /// Not open yet.
    pub(crate) const fn new() -> Self {
        Self(RefCell::new(None))
    }

    /// What this process has opened. What is its parent's is left alone, and not even
    /// closed: it may have something under way that is not this one's to end.
    fn take(&self, this: u32) -> Option<E> {
        let (opener, ends) = self.0.take()?;
        if opener == this {
            return Some(ends);
        }
        mem::forget(ends);
        None
    }
}

impl<E> Drop for Kept<E> {
    /// Closes what is this process's.
    fn drop(&mut self) {
        self.take(process::id());
    }
}

/// Delivers all messages with a rung's two halves. Where something went wrong, the ends are closed
/// with whatever may still be under way.
pub(crate) fn deliver<E: 'static>(
    kept: &'static LocalKey<Kept<E>>,
    job: &Job,
    open: impl Fn() -> io::Result<E>,
    send: impl Fn(&mut E, &Job, Range<usize>) -> io::Result<()>,
    receive: impl Fn(&mut E, &mut Ledger) -> io::Result<()>,
) -> Arrived {
    // Taken out, and put back only if all is well: a panic closes them, too.
    let this = process::id();
    let ends = kept.with(|kept| kept.take(this));
    let mut ends = ends.map_or_else(open, Ok).expect("no sockets");
    let arrived = job.exchange(&mut ends, send, receive).expect("loopback failed");
    if arrived.messages == job.messages.len() && arrived.doubled + arrived.strange == 0 {
        kept.with(|kept| kept.0.replace(Some((this, ends))));
    }
    arrived
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;
    use crate::link::Link;
    use crate::naive::Ends;

    #[test]
    fn ends_are_kept_until_something_goes_wrong_or_a_child_has_them() {
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        let job = Job { messages: vec![vec![1; 9]; 3], at_a_time: 3 };
        let opened = Cell::new(0);
        let open = || {
            opened.set(opened.get() + 1);
            Ends::open(Link::direct()?)
        };
        let well = || deliver(&KEPT, &job, open, Ends::send, Ends::receive);
        assert_eq!(well(), well());
        assert_eq!((well().messages, opened.get()), (3, 1));
        let give_up = |_: &mut Ends, ledger: &mut Ledger| {
            ledger.give_up();
            Ok(())
        };
        assert_eq!(deliver(&KEPT, &job, open, Ends::send, give_up).lost, 3);
        assert_eq!((well().messages, opened.get()), (3, 2));
        for datagram in [&[0; 8][..], b"nobody's"] {
            let twice = |ends: &mut Ends, ledger: &mut Ledger| {
                Ends::receive(ends, ledger)?;
                ledger.take(datagram);
                Ok(())
            };
            let before = opened.get();
            let arrived = deliver(&KEPT, &job, open, Ends::send, twice);
            assert_eq!((arrived.messages, arrived.doubled + arrived.strange), (3, 3));
            assert_eq!((well().messages, opened.get()), (3, before + 1));
        }
        KEPT.with(|kept| kept.0.borrow_mut().as_mut().expect("open").0 += 1);
        assert_eq!((well().messages, opened.get()), (3, 5));
    }

    /// Nor at the end of a child's thread.
    #[test]
    fn what_a_parent_has_open_is_left_to_it() {
        for (opener, left) in [(process::id(), 1), (process::id() ^ 1, 2)] {
            let ends = Rc::new(());
            drop(Kept(RefCell::new(Some((opener, Rc::clone(&ends))))));
            assert_eq!(Rc::strong_count(&ends), left);
        }
    }
}
