//! Processes that the tool starts: each ends with it, however the tool ends, and none goes on to
//! measure, or to build, for nobody.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::interrupt;

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

/// How often somebody looks for Ctrl-C: a process in a group of its own does not get it.
const LOOK: Duration = Duration::from_millis(100);

/// Runs a command to its end, or for so long, or until Ctrl-C: then it is killed, with every
/// process that came of it. What it printed, and whether its time was over.
///
/// # Errors
/// If it cannot be started.
pub fn output_within(command: &mut Command, limit: Duration) -> io::Result<(Output, bool)> {
    lead_a_group(command);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (output, late) = watched(child.id(), limit, || child.wait_with_output());
    Ok((output?, late))
}

/// Hears what the leader of a group prints, to its end. If that takes longer than the limit, or at
/// Ctrl-C, the whole group is killed; whether its time was over.
pub fn watched<T>(leader: u32, limit: Duration, hear: impl FnOnce() -> T) -> (T, bool) {
    let begun = Instant::now();
    let (ended, waits) = mpsc::channel::<()>();
    let watch = thread::spawn(move || {
        while waits.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            let late = begun.elapsed() > limit;
            if late || interrupt::came() {
                kill_group(leader);
                return late;
            }
        }
        false
    });
    let heard = hear();
    drop(ended);
    (heard, watch.join().unwrap_or(false))
}

/// Puts a command and all that comes of it into a group of its own. Who interrupts the tool alone,
/// as a supervisor does, then ends them as well, and not the terminal only.
#[cfg(unix)]
pub fn lead_a_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Elsewhere a process is known by who started it.
#[cfg(not(unix))]
pub fn lead_a_group(_: &mut Command) {}

#[cfg(unix)]
fn kill_group(leader: u32) {
    // SAFETY: it takes numbers. Nobody has waited for the leader while its pipes are open, so the
    // group is its own still.
    unsafe { libc::kill(-(leader as i32), libc::SIGKILL) };
}

#[cfg(not(unix))]
fn kill_group(leader: u32) {
    // Where it is missing, the process goes on, and so does who waits for it.
    let _ = Command::new("taskkill").args(["/F", "/T", "/PID", &leader.to_string()]).output();
}

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

    #[test]
    fn what_takes_too_long_is_killed_with_all_that_came_of_it() {
        let limit = Duration::from_millis(150);
        let mut endless = command("sh");
        let (output, late) =
            output_within(endless.args(["-c", "echo a; sleep 600 & sleep 600"]), limit).unwrap();
        assert!(late && !output.status.success() && output.stdout == b"a\n", "{output:?}");
        let mut left = command("sh");
        let (output, late) = output_within(left.args(["-c", "sleep 600 & exit 0"]), limit).unwrap();
        assert!(late && output.status.success(), "{output:?}");
        let hour = Duration::from_secs(3600);
        let (output, late) = output_within(command("echo").arg("b"), hour).unwrap();
        assert!(!late && output.status.success() && output.stdout == b"b\n", "{output:?}");
    }
}
