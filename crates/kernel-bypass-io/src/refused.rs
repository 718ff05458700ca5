//! Tests of what a system refuses, or ends a process for: they begin again in one of their own.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::index::{Index, folder, make};
use crate::record::BYTES;
use crate::scratch::Scratch;
use crate::wanted::Wanted;
use crate::{mapped, ring, system};

/// Runs one test of this file again, alone in a process, which is told so.
fn alone(test: &str) -> (ExitStatus, String) {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program)
        .args(["--exact", &format!("refused::{test}"), "--nocapture"])
        .env(ALONE, test)
        .output()
        .unwrap();
    (output.status, String::from_utf8_lossy(&output.stderr).into_owned())
}

const ALONE: &str = "KERNEL_BYPASS_IO_ALONE";

fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Lets this process have no more of something.
fn limit(what: libc::__rlimit_resource_t, to: u64) {
    let limit = libc::rlimit { rlim_cur: to, rlim_max: to };
    // SAFETY: it reads what is handed over, and this process has asked to be limited.
    assert_eq!(unsafe { libc::setrlimit(what, &limit) }, 0);
}

/// There is no error to return: whoever maps a file that others may shorten must expect a signal.
#[test]
fn a_file_that_shrinks_under_a_mapping_ends_the_process() {
    if !is_alone() {
        let (status, words) = alone("a_file_that_shrinks_under_a_mapping_ends_the_process");
        assert_eq!(status.signal(), Some(libc::SIGBUS), "{words}");
        return;
    }
    limit(libc::RLIMIT_CORE, 0);
    let whole = Scratch::new(&folder());
    make(&whole.0, 100).unwrap();
    let map = mapped::open(&File::open(&whole.0).unwrap()).unwrap();
    let wanted = Wanted::records(vec![90], 1);
    mapped::read(&map, &wanted).unwrap();
    File::options().write(true).open(&whole.0).unwrap().set_len(BYTES as u64).unwrap();
    drop(whole); // the file lives on in the mapping, without a name
    let _ = mapped::read(&map, &wanted);
}

/// A process that may open nothing more gets no ring, as one in a container that refuses them.
#[test]
fn what_is_refused_is_said() {
    if !is_alone() {
        let (status, words) = alone("what_is_refused_is_said");
        assert!(status.success(), "{words}");
        return;
    }
    limit(libc::RLIMIT_NOFILE, 3);
    use system::{cold, direct, direct_ring, registered, ring, uncached};
    for needs in [ring, direct, direct_ring, registered, uncached, cold] {
        let why = needs().unwrap_err();
        assert!(why.starts_with("this system, or a container's rules, refuses "), "{why}");
    }
}

/// Where a folder is memory, nothing in it is cold and nothing goes past the page cache.
#[test]
fn a_file_system_in_memory_is_told() {
    let memory = Path::new("/dev/shm");
    if !fs::read_to_string("/proc/mounts").unwrap().contains(" /dev/shm tmpfs ") {
        return eprintln!("not on this system: /dev/shm is no tmpfs");
    }
    let why = system::direct_in(memory).unwrap_err();
    assert!(why.starts_with("the file system of /dev/shm "), "{why}");
    let why = system::cold_in(memory).unwrap_err();
    assert!(why.starts_with("the page cache of /dev/shm does not let go: 1 page before, 1 after"));
    assert!(system::ring().is_err() || system::uncached_in(memory).is_err());
}

#[test]
fn where_no_file_can_be_there_is_nothing() {
    use system::{cold_in, direct_in, registered_in, uncached_in};
    for needs in [cold_in, direct_in, registered_in, uncached_in] {
        let why = needs(Path::new("/dev/null")).unwrap_err();
        assert!(why.contains("refuses a file: "), "{why}");
    }
}

/// Else a rung would be left out on a system that has all that it needs.
#[test]
fn what_works_is_not_said_to_be_refused() {
    let index = Index::of(Index::SMALL);
    let (file, past) = (index.open().unwrap(), index.open_direct());
    let wanted = Wanted::records(vec![9], 1);
    if ring::open(&file).and_then(|mut ring| ring::read(&mut ring, &wanted)).is_ok() {
        assert_eq!(system::ring(), Ok(()));
    }
    // A system so new has a page cache that lets go of such a file, and says how direct reads are
    // to be aligned if it refuses others.
    if system::uncached().is_ok() {
        assert_eq!(system::cold(), Ok(()));
        if past.is_ok_and(|past| past.read_at(&mut [0; 100], 1).is_err()) {
            assert_eq!(system::direct(), Ok(()));
        }
    }
}
