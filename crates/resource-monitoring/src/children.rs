//! Processes to be watched: shells that do a little and then wait at a pipe, so that whatever is
//! read of them stays as it is. They end with the pipe, whose other end only this process has, and
//! those that are forked from it: at the latest, with the last of these.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, PipeReader, PipeWriter, Read, Write, pipe};
use std::os::unix::ffi::OsStrExt;
use std::process::{self, Child, Command};
use std::thread;
use std::time::Duration;

use super::ended::ended;
use super::found;
use super::process::Watched;

/// What a child does until it waits, and again whenever it is woken up. Where it says that it is
/// ready, it may say nothing else.
const SCRIPT: &str = r#"
printf %s "$1" 2> /dev/null > /proc/$$/comm
while :; do
    rounds=$2
    while [ "$rounds" -gt 0 ]; do rounds=$((rounds - 1)); done
    if [ "$3" -gt 0 ]; then printf "%$3s" "" 2> /dev/null; fi
    echo >&2
    read -r line || exit
done"#;

/// What a child is like.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What it calls itself: up to fifteen bytes, and whatever they are.
    pub name: Vec<u8>,
    /// Rounds of a loop, which take time on a processor.
    pub rounds: usize,
    /// Bytes that it writes to a file.
    pub writes: usize,
    /// Bytes that it has in memory besides; less than 128 KiB.
    pub keeps: usize,
}

/// Children that wait.
pub struct Children {
    children: Vec<Child>,
    wake: PipeWriter,
    awaken: PipeReader,
    /// Who made them: a forked process has a copy of this, and they are none of its children.
    parent: u32,
}

impl Children {
    /// Children as planned, all of which have come to wait.
    ///
    /// # Errors
    /// If the system has no room for them.
    pub fn new(plans: &[Plan]) -> io::Result<Self> {
        let ((asleep, wake), (awaken, ready)) = (pipe()?, pipe()?);
        let file = scratch()?;
        let parent = process::id();
        let mut children = Self { children: Vec::new(), wake, awaken, parent };
        for plan in plans {
            let child = Command::new("/bin/sh")
                .args(["-c", SCRIPT, "child"])
                .arg(OsStr::from_bytes(&plan.name))
                .args([plan.rounds.to_string(), plan.writes.to_string()])
                .env_clear()
                .env("KEPT", "x".repeat(plan.keeps))
                .stdin(asleep.try_clone()?)
                .stdout(file.try_clone()?)
                .stderr(ready.try_clone()?)
                .spawn()?;
            children.children.push(child);
        }
        drop(ready); // if they end, waiting for them does
        children.settle(plans.len())?;
        Ok(children)
    }

    /// Who they are, in the order of their plans.
    ///
    /// # Errors
    /// If the system does not say when they were started.
    pub fn watched(&self) -> io::Result<Vec<Watched>> {
        let of = |child: &Child| found::process(child.id())?.ok_or(io::ErrorKind::NotFound.into());
        self.children.iter().map(of).collect()
    }

    /// Wakes so many of them up, and waits until they have done their work once more; or until one
    /// has done it several times, since nobody knows who wakes up.
    ///
    /// # Errors
    /// If they have ended.
    pub fn work(&mut self, times: usize) -> io::Result<()> {
        self.wake.write_all(&vec![b'\n'; times])?;
        self.settle(times)
    }

    /// Ends a child. Until it is `reaped`, its number is still its own, and there is still
    /// something to read of it.
    ///
    /// # Errors
    /// If the system does not let it be ended.
    pub fn end(&mut self, at: usize, reaped: bool) -> io::Result<()> {
        let child = &mut self.children[at];
        child.kill()?;
        if reaped {
            return child.wait().map(drop);
        }
        until(|| Ok(state(child.id())? == Some(b'Z')))
    }

    /// Lets go of the pipe at which they wait.
    ///
    /// # Panics
    /// If the system has no pipe to put in its place.
    #[cfg(test)]
    pub fn let_go(&mut self) {
        (_, self.wake) = pipe().expect("a pipe");
    }

    /// Waits until they have said so many times that they are ready, and do nothing any more: they
    /// say it a moment before they read. It takes as many calls each time, because simulators
    /// count calls.
    fn settle(&mut self, times: usize) -> io::Result<()> {
        for _ in 0..times {
            self.awaken.read_exact(&mut [0])?;
        }
        thread::sleep(Duration::from_millis(1));
        let asleep = |child: &Child| Ok(!matches!(state(child.id())?, Some(b'R' | b'D')));
        self.children.iter().try_for_each(|child| until(|| asleep(child)))
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        if process::id() != self.parent {
            return;
        }
        for child in &mut self.children {
            // One that has ended already needs no end.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What a process does, as the letter that its file has for it; nothing if it has gone.
fn state(pid: u32) -> io::Result<Option<u8>> {
    match fs::read(format!("/proc/{pid}/stat")) {
        Err(error) if ended(&error) => Ok(None),
        read => {
            let stat = read?;
            let name = memchr::memrchr(b')', &stat).ok_or(io::ErrorKind::InvalidData)?;
            Ok(stat.get(name + 2).copied())
        }
    }
}

fn until(done: impl Fn() -> io::Result<bool>) -> io::Result<()> {
    while !done()? {
        thread::sleep(Duration::from_micros(100));
    }
    Ok(())
}

/// A file without a name beside this program, which is where its builds are: what is written to
/// one in memory would be no storage.
fn scratch() -> io::Result<File> {
    let program = std::env::current_exe()?;
    tempfile::tempfile_in(program.parent().ok_or(io::ErrorKind::NotFound)?)
}
