//! Threads on cores of their own. A process sleeps while others have their turn, and a system may
//! wake all its threads on one core, and keep them there for longer than a turn if they have not
//! been busy before. A program at work has them apart, and so have rungs, as far as cores go.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

#[cfg(target_os = "linux")]
#[path = "own_cores/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "own_cores/none.rs"]
mod system;

/// Members of crews: of each its thread and its number. Inputs that take turns have crews of their
/// own, which are never at work together.
static MEMBERS: Mutex<Vec<(i32, usize)>> = Mutex::new(Vec::new());

/// Where the first thread that took a core was then; nothing before one did.
static FIRST: OnceLock<usize> = OnceLock::new();

/// Takes note that the calling thread is a crew's member of this number, until this is dropped.
pub(crate) struct Member(i32);

impl Member {
    pub(crate) fn new(number: usize) -> Self {
        let thread = system::caller();
        members().push((thread, number));
        // It began on the cores of whoever started it, and goes to its own at once: the crews of
        // later inputs start in the middle of a turn.
        if let Some(&first) = FIRST.get() {
            let cores = system::cores();
            keep(thread, (number < cores.len()).then(|| place(number, cores, first)));
        }
        Self(thread)
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        members().retain(|&(thread, _)| thread != self.0);
    }
}

fn members() -> MutexGuard<'static, Vec<(i32, usize)>> {
    MEMBERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts the calling thread on the core where it was when this was called first, and the others that
/// the process has now on those behind it, to stay there. All are free if there are more of them
/// than cores, of which the system knows better who shares one; and so is a thread that is alone,
/// since those that start later may go where the one may be that starts them.
pub(crate) fn take() {
    let (caller, members) = (system::caller(), members().clone());
    let is_other = |it: &i32| *it != caller && members.iter().all(|(member, _)| member != it);
    let others: Vec<i32> = system::threads().into_iter().filter(is_other).collect();
    let first = *FIRST.get_or_init(system::core);
    for (thread, core) in places(caller, &members, &others, system::cores(), first) {
        keep(thread, core);
    }
}

/// The cores that threads come to first; `None` where there is only one.
pub(crate) fn first_two() -> Option<[usize; 2]> {
    let cores = system::cores();
    let first = FIRST.get().copied().unwrap_or_else(system::core);
    (cores.len() > 1).then(|| [0, 1].map(|number| place(number, cores, first)))
}

/// Keeps the calling thread on a core.
pub(crate) fn stay(core: usize) {
    keep(system::caller(), Some(core));
}

/// Keeps a thread on a core, or lets it go anywhere.
fn keep(thread: i32, core: Option<usize>) {
    match core {
        Some(core) => system::keep(thread, &[core]),
        None => system::keep(thread, system::cores()),
    }
}

/// A core for each thread, from the first one on, and from the last one back to the start; or none.
/// The caller is number 0, and may sleep while the others work.
fn places(
    caller: i32,
    members: &[(i32, usize)],
    others: &[i32],
    cores: &[usize],
    first: usize,
) -> Vec<(i32, Option<usize>)> {
    let numbered = (1..).zip(others).map(|(number, &thread)| (thread, number));
    let threads = std::iter::once((caller, 0)).chain(members.iter().copied()).chain(numbered);
    let crowded = members.iter().any(|&(_, number)| number >= cores.len());
    let fit = !crowded && others.len() <= cores.len() && members.len() + others.len() > 0;
    threads.map(|(thread, number)| (thread, fit.then(|| place(number, cores, first)))).collect()
}

/// The core of a number.
fn place(number: usize, cores: &[usize], first: usize) -> usize {
    let first = cores.iter().position(|&core| core == first).unwrap_or(0);
    cores[(first + number) % cores.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cores of the caller, of members with these numbers, and of so many others.
    fn cores(members: &[usize], others: i32, first: usize) -> Vec<Option<usize>> {
        let members: Vec<_> = (100..).zip(members.iter().copied()).collect();
        let others: Vec<_> = (200..200 + others).collect();
        let places = places(7, &members, &others, &[4, 6, 5], first);
        let threads = std::iter::once(7).chain(members.iter().map(|it| it.0)).chain(others);
        assert!(places.iter().map(|place| place.0).eq(threads));
        places.into_iter().map(|place| place.1).collect()
    }

    #[test]
    fn threads_get_cores_one_after_the_other() {
        let on = |cores: &[usize]| cores.iter().map(|&core| Some(core)).collect::<Vec<_>>();
        assert_eq!(cores(&[], 1, 4), on(&[4, 6]));
        assert_eq!(cores(&[], 3, 6), on(&[6, 5, 4, 6]), "the caller may sleep");
        assert_eq!(cores(&[], 1, 9), on(&[4, 6]), "a core that is no longer allowed");
        assert_eq!(cores(&[1, 2, 1, 2], 0, 4), on(&[4, 6, 5, 6, 5]), "crews of two inputs");
        assert_eq!(cores(&[1], 2, 4), on(&[4, 6, 6, 5]));
    }

    #[test]
    fn who_is_alone_or_one_too_many_is_free() {
        assert_eq!(cores(&[], 0, 4), [None]);
        assert_eq!(cores(&[], 4, 4), [None; 5]);
        assert_eq!(cores(&[1, 2, 3], 0, 4), [None; 4], "a crew of four on three cores");
    }

    #[test]
    fn a_crew_is_known_while_it_lives() {
        let known = || members().len();
        let crew = crate::crew::Crew::new(3);
        crew.run(|_| ());
        assert!(known() >= 2);
        let threads: Vec<i32> = members().iter().map(|it| it.0).collect();
        drop(crew);
        assert!(threads.iter().any(|thread| members().iter().all(|it| it.0 != *thread)));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_thread_stays_where_it_is_kept() {
        let caller = system::caller();
        assert!(system::threads().contains(&caller));
        for &core in system::cores() {
            system::keep(caller, &[core]);
            assert_eq!(system::core(), core);
        }
        system::keep(caller, system::cores());
    }
}
