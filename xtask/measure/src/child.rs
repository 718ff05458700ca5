//! Processes that the tool starts: each ends with it, however the tool ends, and none goes on to
//! measure, or to build, for nobody.

use std::ffi::OsStr;
use std::process::Command;

/// A command whose process ends with this one.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    end_with_us(&mut command);
    command
}

/// Nobody can do anything at the moment in which he is killed, so the kernel is asked beforehand.
/// It looks at the thread that started the process: that one waits for it, here and everywhere.
#[cfg(target_os = "linux")]
pub fn end_with_us(command: &mut Command) {
    use std::io;
    use std::os::unix::process::CommandExt as _;

    let us = std::process::id();
    let ask = move || {
        // SAFETY: it takes numbers, and changes nothing but what happens at the parent's end.
        if unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) } == -1 {
            return Err(io::Error::last_os_error());
        }
        // Who ended before that has another in his place.
        if std::os::unix::process::parent_id() != us {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    };
    // SAFETY: the two are bare system calls, which may be made between fork and exec.
    unsafe { command.pre_exec(ask) };
}

/// Elsewhere nobody can be asked; a process of a round ends within a second or so.
#[cfg(not(target_os = "linux"))]
pub fn end_with_us(_: &mut Command) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::io::Read as _;
    use std::process::Stdio;
    use std::time::Duration;

    /// A pipe ends when the last process that holds it has ended.
    #[test]
    fn a_child_ends_with_the_thread_that_waits_for_it() {
        let (mut ended, held) = std::io::pipe().unwrap();
        let start = move || command("sleep").arg("60").stdout(held).spawn().unwrap();
        let mut child = std::thread::spawn(start).join().unwrap();
        let (done, wait) = std::sync::mpsc::channel();
        std::thread::spawn(move || done.send(ended.read(&mut [0])));
        let read = wait.recv_timeout(Duration::from_secs(20)).expect("the child runs on");
        assert_eq!(read.unwrap(), 0);
        assert!(!child.wait().unwrap().success());
        assert!(command("true").stdin(Stdio::null()).status().unwrap().success());
    }
}
